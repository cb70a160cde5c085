import { chown, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  connectToApp,
  listenForCommands,
  type ReceivedCommand,
} from '../../../main/cli/command-channel.ts';
import {
  type AppCommand,
  type CommandResult,
  MAX_CONTENT_BYTES,
  PROTOCOL,
  type Progress,
} from '../../../main/cli/protocol.ts';
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

function listen(run: (received: ReceivedCommand) => Promise<CommandResult>, at = folder): void {
  stops.push(listenForCommands(at, '1.0.0', run));
}

const connectTo = (at = folder) => waitFor('the app to listen', () => connectToApp(at, '1.0.0'));

async function* parts(...all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}

async function ask(command: AppCommand, content?: AsyncIterable<Uint8Array>, at = folder) {
  const connection = await connectTo(at);
  try {
    return await connection.send({ command }, content, () => {});
  } finally {
    connection.close();
  }
}

/** What the socket answers to these bytes, until it closes. */
async function answerTo(...sent: readonly (string | object)[]): Promise<string> {
  const socket = connect(join(folder, 'command.sock'));
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  socket.on('error', () => {});
  for (const part of sent) {
    socket.write(typeof part === 'string' ? part : `${JSON.stringify(part)}\n`);
  }
  await new Promise((resolve) => socket.once('close', resolve));
  return received;
}

const GREETING = { protocol: PROTOCOL, version: '1.0.0' };
const list: AppCommand = { kind: 'list' };

test('a command arrives whole, and its result comes back', async () => {
  const seen: AppCommand[] = [];
  listen(async ({ command }) => {
    seen.push(command);
    return { code: 3, error: 'why\n\n' };
  });
  const paths = ['/a b', '/\t\n', '/\0', '/ü€\u{1f600}', '/"', '/--share', '/\ud800'];
  const command: AppCommand = { kind: 'share-files', paths, options: { once: true }, name: 'n' };
  expect(await ask(command)).toEqual({ code: 3, error: 'why\n\n' });
  expect(seen).toEqual([command]);
});

test('500 long names arrive, and so do 2 MB', async () => {
  const counts: number[] = [];
  listen(async ({ command }) => {
    counts.push('paths' in command ? command.paths.length : 0);
    return { code: 0 };
  });
  await ask({ kind: 'share-files', paths: Array.from({ length: 500 }, () => 'ä'.repeat(250)) });
  await ask({ kind: 'share-files', paths: ['x'.repeat(2_000_000)] });
  expect(counts).toEqual([500, 1]);
});

test('content arrives byte for byte', async () => {
  const seen: Uint8Array[] = [];
  listen(async ({ content }) => {
    seen.push(content);
    return { code: 0 };
  });
  const bytes = Buffer.from(Array.from({ length: 1_000_000 }, (_, at) => (at * 7) % 256));
  const sent = parts(bytes.subarray(0, 1), bytes.subarray(1, 70_000), bytes.subarray(70_000));
  expect(await ask({ kind: 'share-content' }, sent)).toEqual({ code: 0 });
  expect(await ask({ kind: 'share-content' }, parts())).toEqual({ code: 0 });
  expect(seen.map((one) => Buffer.compare(Buffer.from(one), bytes))).toEqual([0, -1]);
});

test('content over the limit is refused before all of it was read, and not shared', async () => {
  let runs = 0;
  listen(async () => {
    runs += 1;
    return { code: 0 };
  });
  const part = Buffer.alloc(1_000_000);
  let sent = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (; sent < 3 * MAX_CONTENT_BYTES; sent += part.length) yield part;
  }
  expect(await ask({ kind: 'share-content' }, endless())).toMatchObject({
    code: 1,
    error: expect.stringContaining(String(MAX_CONTENT_BYTES / 1_000_000)),
  });
  expect(sent).toBeLessThan(3 * MAX_CONTENT_BYTES);
  expect(runs).toBe(0);
});

test('progress comes before the result, to those who want it', async () => {
  listen(async ({ onProgress }) => {
    onProgress({ what: 'a file', sentBytes: 1, totalBytes: 2 });
    onProgress({ what: 'a file' });
    return { code: 0 };
  });
  for (const progress of [true, false]) {
    const steps: Progress[] = [];
    const connection = await connectTo();
    const request = { command: list, ...(progress ? ({ progress } as const) : {}) };
    await connection.send(request, undefined, (step) => steps.push(step));
    connection.close();
    expect(steps).toEqual(
      progress ? [{ what: 'a file', sentBytes: 1, totalBytes: 2 }, { what: 'a file' }] : [],
    );
  }
});

test.each(['cancel', 'close'] as const)('%s cancels a command', async (how) => {
  const canceled = Promise.withResolvers<void>();
  listen(({ signal }) => {
    const { promise, resolve } = Promise.withResolvers<CommandResult>();
    signal.addEventListener('abort', () => {
      canceled.resolve();
      resolve({ code: 1, error: 'canceled' });
    });
    return promise;
  });
  const connection = await connectTo();
  const result = connection.send({ command: list }, undefined, () => {});
  connection[how]();
  await canceled.promise;
  expect(await result).toEqual(how === 'cancel' ? { code: 1, error: 'canceled' } : undefined);
  connection.close();
});

test('nothing cancels a command whose result nobody waits for', async () => {
  const done = Promise.withResolvers<boolean>();
  const closed = Promise.withResolvers<void>();
  listen(async ({ signal }) => {
    await closed.promise;
    done.resolve(signal.aborted);
    return { code: 1 };
  });
  const connection = await connectTo();
  const request = { command: list, noWait: true } as const;
  expect(await connection.send(request, undefined, () => {})).toEqual({ code: 0 });
  connection.close();
  await connection.closed();
  closed.resolve();
  expect(await done.promise).toBe(false);
});

test('a folder with a long path works, and the working directory stays', async () => {
  const long = join(folder, 'x'.repeat(100), 'y'.repeat(100));
  await mkdir(long, { recursive: true });
  const before = process.cwd();
  listen(async () => ({ code: 0 }), long);
  expect(await ask(list, undefined, long)).toEqual({ code: 0 });
  expect(process.cwd()).toBe(before);
});

test('nobody listens where the app does not run, or ended without cleaning up', async () => {
  expect(await connectToApp(folder, '1.0.0')).toBeUndefined();
  expect(await connectToApp(join(folder, 'missing'), '1.0.0')).toBeUndefined();
  listen(async () => ({ code: 0 }));
  expect(await ask(list)).toEqual({ code: 0 });
  stops.pop()?.();
  expect(await connectToApp(folder, '1.0.0')).toBeUndefined();
  listen(async () => ({ code: 1 }));
  expect(await ask(list)).toEqual({ code: 1 });
});

test('only this user can open the socket', async () => {
  listen(async () => ({ code: 0 }));
  await ask(list);
  expect((await stat(join(folder, 'command.sock'))).mode & 0o777).toBe(0o600);
});

test.skipIf(process.getuid?.() !== 0)('the socket of another user is not used', async () => {
  listen(async () => ({ code: 0 }));
  await ask(list);
  await chown(join(folder, 'command.sock'), 65_534, 65_534);
  expect(await connectToApp(folder, '1.0.0')).toBeUndefined();
});

test('an app that ends without an answer is noticed', async () => {
  listen(() => new Promise(() => {}));
  const connection = await connectTo();
  const answer = connection.send({ command: list }, undefined, () => {});
  connection.close();
  expect(await answer).toBeUndefined();
});

test('another version gets a greeting and no result, but can quit the app', async () => {
  const seen: string[] = [];
  listen(async ({ command }) => {
    seen.push(command.kind);
    return { code: 0 };
  });
  await ask(list);
  const other = { protocol: PROTOCOL + 1, version: '9.0.0', more: 1 };
  const greeting = `${JSON.stringify(GREETING)}\n`;
  expect(await answerTo(other, { command: { kind: 'list' } })).toBe(greeting);
  expect(await answerTo(other, { command: { kind: 'unheard-of' } })).toBe(greeting);
  const quit = connect(join(folder, 'command.sock'));
  quit.write(`${JSON.stringify(other)}\n${JSON.stringify({ command: { kind: 'quit' } })}\n`);
  await waitFor('the app to be asked to quit', () => seen.includes('quit'));
  quit.destroy();
  expect(seen).toEqual(['list', 'quit']);
});

test('a command tells that the app speaks another version', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(`${JSON.stringify({ protocol: PROTOCOL + 1, version: '9.0.0' })}\n`);
  });
  await new Promise<void>((resolve) => server.listen(join(folder, 'command.sock'), resolve));
  stops.push(() => void server.close());
  expect(await ask(list)).toEqual({ otherVersion: '9.0.0' });
});

test('what is no command is not answered, and the next one is', async () => {
  listen(async () => ({ code: 0 }));
  await ask(list);
  for (const text of ['null\n', '{}\n', '{"protocol":"1"}\n', 'GET / HTTP/1.1\n\n']) {
    expect(await answerTo(text)).toBe('');
  }
  const wrong = [
    {},
    { command: { kind: 'shutdown' } },
    { command: { kind: 'list', more: 1 } },
    { command: { kind: 'share-files', paths: [] } },
    { command: { kind: 'share-content', options: { maxOpens: 0 } } },
  ];
  for (const request of wrong) {
    expect(await answerTo(GREETING, request)).toBe(`${JSON.stringify(GREETING)}\n`);
  }
  const content = { command: { kind: 'share-content' } };
  expect(await answerTo(GREETING, content, { content: '*' })).not.toContain('result');
  expect(await ask(list)).toEqual({ code: 0 });
});

test('whatever lines come, the next command is done', async () => {
  let unexpected = 0;
  listen(async ({ command }) => {
    if (command.kind !== 'list') unexpected += 1;
    return { code: 0 };
  });
  await ask(list);
  const line = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', '')),
    fc.json(),
    fc.constant(JSON.stringify(GREETING)),
    fc.constant(JSON.stringify({ command: { kind: 'share-content' } })),
    fc.constant('{"content":"AAAA"}'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 5 }), async (lines) => {
      const socket = connect(join(folder, 'command.sock'));
      socket.on('error', () => {});
      socket.end(lines.map((one) => `${one}\n`).join(''));
      socket.resume();
      await new Promise((resolve) => socket.once('close', resolve));
      expect(await ask(list)).toEqual({ code: 0 });
    }),
    { numRuns: 200 },
  );
  expect(unexpected).toBe(0);
});
