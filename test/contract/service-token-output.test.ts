import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../support/desktop/wait-for.ts';
import { CLI, NODE } from '../support/service/process.ts';

// The service alone prints its token to whoever started it, and to nothing that is kept.

let folder: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linkify-token-'));
});

afterEach(async () => {
  if (running?.exitCode === null) {
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  }
  await rm(folder, { recursive: true, force: true });
});

const dataDir = () => join(folder, 'data');
const line = (...more: string[]) => [CLI, '--data', dataDir(), '--loopback', ...more];
const token = () => readFile(join(dataDir(), 'api-token'), 'utf8');

/** What it prints into a file. */
async function printedToFile(env: Record<string, string> = {}): Promise<string> {
  const path = join(folder, 'out');
  const out = await open(path, 'w');
  running = spawn(NODE, line(), {
    stdio: ['ignore', out.fd, 'ignore'],
    env: { ...process.env, ...env },
  });
  await out.close();
  return waitFor('a line', async () => {
    const text = await readFile(path, 'utf8');
    return text.endsWith('\n') && text;
  });
}

test('a pipe of the starter gets the token', async () => {
  running = spawn(NODE, line(), { stdio: ['ignore', 'pipe', 'ignore'] });
  const [chunk] = await once(running.stdout as NodeJS.ReadableStream, 'data');
  expect(JSON.parse(String(chunk))).toEqual({ api: expect.any(String), token: await token() });
});

test('a file gets the path of the file that holds it', async () => {
  const text = await printedToFile();
  expect(JSON.parse(text)).toEqual({
    api: expect.any(String),
    tokenFile: join(dataDir(), 'api-token'),
  });
  expect(text).not.toContain(await token());
});

test('a token from the environment is not printed into a file at all', async () => {
  const given = 'given-'.repeat(8);
  const text = await printedToFile({ LINKIFY_TOKEN: given });
  expect(JSON.parse(text)).toEqual({ api: expect.any(String) });
  expect(text).not.toContain(given);
});

test("systemd's journal, a socket that it names, gets no token", async () => {
  const script =
    'JOURNAL_STREAM=$(stat -L -c %d:%i /proc/$$/fd/1); export JOURNAL_STREAM; exec "$@"';
  running = spawn('sh', ['-c', script, 'sh', NODE, ...line()], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [chunk] = await once(running.stdout as NodeJS.ReadableStream, 'data');
  expect(JSON.parse(String(chunk))).toHaveProperty('tokenFile');
  expect(String(chunk)).not.toContain(await token());
});
