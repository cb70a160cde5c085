import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  commandLineOf,
  connectToApp,
  listenForCommands,
} from '../../../main/cli/command-channel.ts';
import type { CommandAnswer, CommandLineInput } from '../../../main/cli/command-line.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';

// The way between a command and the running app, over a real socket.

let folder: string;
const stops: (() => void)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-channel-'));
});

afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await rm(folder, { recursive: true, force: true });
});

function listen(answer: (input: CommandLineInput) => Promise<CommandAnswer>, at = folder): void {
  stops.push(listenForCommands(at, answer));
}

async function ask(input: CommandLineInput, at = folder): Promise<CommandAnswer | undefined> {
  const connection = await waitFor('the app to listen', () => connectToApp(at));
  try {
    return await connection.send(input);
  } finally {
    connection.close();
  }
}

const input = (argv: readonly string[]): CommandLineInput => ({ argv, cwd: '/w', packaged: true });

test('a command line arrives whole, and its result comes back', async () => {
  listen(async (given) => ({ code: 3, out: JSON.stringify(given.argv), error: 'why\n\n' }));
  const argv = ['a b', ' ', '\t\n', '\0', 'ü€\u{1f600}', '"', '--share'];
  expect(await ask(input(argv))).toEqual({ code: 3, out: JSON.stringify(argv), error: 'why\n\n' });
});

test('500 long names arrive, and so do 2 MB', async () => {
  listen(async ({ argv }) => ({ code: 0, out: String(argv.length) }));
  expect(await ask(input(Array.from({ length: 500 }, () => `/${'ä'.repeat(250)}`)))).toEqual({
    code: 0,
    out: '500',
  });
  expect(await ask(input(['x'.repeat(2_000_000)]))).toEqual({ code: 0, out: '1' });
});

test('a folder with a long path works, and the working directory stays', async () => {
  const long = join(folder, 'x'.repeat(100), 'y'.repeat(100));
  await mkdir(long, { recursive: true });
  const before = process.cwd();
  listen(async () => ({ code: 0 }), long);
  expect(await ask(input([]), long)).toEqual({ code: 0 });
  expect(process.cwd()).toBe(before);
});

test('nobody listens where the app does not run, or ended without cleaning up', async () => {
  expect(await connectToApp(folder)).toBeUndefined();
  expect(await connectToApp(join(folder, 'missing'))).toBeUndefined();
  listen(async () => ({ code: 0 }));
  expect(await ask(input([]))).toEqual({ code: 0 });
  stops.pop()?.();
  expect(await connectToApp(folder)).toBeUndefined();
  listen(async () => ({ code: 1 }));
  expect(await ask(input([]))).toEqual({ code: 1 });
});

test('only this user can open the socket', async () => {
  listen(async () => ({ code: 0 }));
  await ask(input([]));
  expect((await stat(join(folder, 'command.sock'))).mode & 0o777).toBe(0o600);
});

test('an app that ends without an answer is noticed', async () => {
  let stop = (): void => {};
  listen(() => new Promise(() => {}));
  const connection = await waitFor('the app to listen', () => connectToApp(folder));
  const answer = connection.send(input([]));
  stop = () => connection.close();
  stop();
  expect(await answer).toBeUndefined();
});

test('what is no command line is not answered, and the next one is', async () => {
  listen(async () => ({ code: 0 }));
  await ask(input([]));
  for (const text of ['null\n', '{}\n', '{"argv":[1],"packaged":true}\n', 'GET / HTTP/1.1\n\n']) {
    const socket = connect(join(folder, 'command.sock'));
    const received: Buffer[] = [];
    socket.on('data', (chunk) => received.push(chunk));
    socket.write(text);
    await new Promise((resolve) => socket.once('close', resolve));
    expect(received).toEqual([]);
  }
  expect(await ask(input([]))).toEqual({ code: 0 });
});

test('every command line that is sent is read as it was, anything else as none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary' })),
      fc.option(fc.string(), { nil: undefined }),
      fc.boolean(),
      (argv, cwd, packaged) => {
        const sent = { argv, ...(cwd === undefined ? {} : { cwd }), packaged };
        const line = JSON.stringify(sent);
        expect(line).not.toContain('\n');
        expect(commandLineOf(line)).toEqual(sent);
      },
    ),
  );
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(commandLineOf(text)).toBeUndefined();
    }),
  );
});
