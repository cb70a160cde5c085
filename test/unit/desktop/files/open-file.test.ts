import { execFile } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bytesOfPath, pathOfBytes } from '../../../../main/clipboard/file-location.ts';
import { openFile } from '../../../../main/desktop/files/open-file.ts';
import { prepareFiles } from '../../../../main/items/prepare-items.ts';
import { readWhole } from '../../../../main/linkify/http/upload.ts';
import { english } from '../../../support/messages.ts';

const run = promisify(execFile);
let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'linkify-file-'));
  file = join(dir, 'app.log');
  await writeFile(file, 'first line\n');
});
afterEach(() => rm(dir, { recursive: true }));

async function open(location: string) {
  const opened = await openFile(location);
  if (!opened.ok) throw new Error(opened.fault.kind);
  return opened.item;
}

async function textOf(item: Awaited<ReturnType<typeof open>>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of readWhole(item)) parts.push(part);
  return Buffer.concat(parts).toString();
}

test('a growing file is shared as it was when the share began, as often as it is read', async () => {
  const item = await open(file);
  await appendFile(file, 'second line\n');
  expect(await textOf(item)).toBe('first line\n');
  await appendFile(file, 'x'.repeat(200_000));
  expect(await textOf(item)).toBe('first line\n');
});

test('a file that grows while it is read arrives as it was', async () => {
  await writeFile(file, 'a'.repeat(1_000_000));
  const item = await open(file);
  const parts: Uint8Array[] = [];
  for await (const part of readWhole(item)) {
    parts.push(part);
    await appendFile(file, 'b'.repeat(10_000));
  }
  expect(Buffer.concat(parts).toString()).toBe('a'.repeat(1_000_000));
});

test('an empty file that is written to since stays empty', async () => {
  await truncate(file);
  const item = await open(file);
  await appendFile(file, 'late');
  expect(await textOf(item)).toBe('');
});

test.each([
  ['shrank', () => truncate(file, 3)],
  [
    'was replaced',
    async () => {
      await writeFile(`${file}.new`, 'another file, and longer');
      await rename(`${file}.new`, file);
    },
  ],
  ['became a pipe', () => rm(file).then(() => run('mkfifo', [file]))],
  ['became a folder', () => rm(file).then(() => mkdir(file))],
])('a file that %s is said to have changed', async (_how, change) => {
  const item = await open(file);
  await change();
  await expect(textOf(item)).rejects.toMatchObject({
    fault: { kind: 'unreadable-content', name: 'app.log' },
  });
});

test('a file that shrinks while it is read never arrives whole', async () => {
  await writeFile(file, 'a'.repeat(1_000_000));
  const item = await open(file);
  const read = async (): Promise<number> => {
    let bytes = 0;
    for await (const part of readWhole(item)) {
      bytes += part.byteLength;
      expect(bytes).toBeLessThan(1_000_000);
      await truncate(file, 500_000);
    }
    return bytes;
  };
  await expect(read()).rejects.toMatchObject({
    fault: { kind: 'unreadable-content', changed: true },
  });
});

test('what is no file is said to be what it is', async () => {
  const pipe = join(dir, 'pipe');
  await run('mkfifo', [pipe]);
  const socket = join(dir, 'socket');
  const server = createServer().listen(socket);
  await new Promise((resolve) => server.once('listening', resolve));
  await symlink('/dev/zero', join(dir, 'zero'));
  await symlink('/', join(dir, 'root'));
  for (const [path, what] of [
    [pipe, 'pipe'],
    [pathToFileURL(pipe).href, 'pipe'],
    [socket, 'socket'],
    ['/dev/null', 'device'],
    [join(dir, 'zero'), 'device'],
    ['/', 'disk'],
    ['//', 'disk'],
    ['/tmp/..', 'disk'],
    ['file:///', 'disk'],
    [join(dir, 'root'), 'disk'],
    ['/proc', 'system-folder'],
    ['/sys/class', 'system-folder'],
    ['/dev', 'system-folder'],
  ] as const) {
    const opened = await openFile(path);
    expect(opened, path).toMatchObject({ ok: false, fault: { kind: 'special-file', what } });
    if (!opened.ok && 'name' in opened.fault) expect(opened.fault.name, path).not.toBe('');
  }
  server.close();
});

test('a file of the kernel has its content, although its size is 0', async () => {
  const version = await readFile('/proc/version', 'utf8');
  const item = await open('/proc/version');
  expect(await textOf(item)).toBe(version);
  expect(item.sizeBytes).toBe(Buffer.byteLength(version));
});

test('a file URI is its file; one of another computer is named, and read by no path', async () => {
  for (const uri of [pathToFileURL(file).href, `file:${file}`, `file://localhost${file}`]) {
    expect(await open(uri), uri).toMatchObject({ name: 'app.log', sizeBytes: 11 });
  }
  for (const [uri, address] of [
    [`file://elsewhere${file}`, 'file://elsewhere'],
    ['smb://ann@nas/music/app.log', 'smb://nas'],
    ['mtp://[usb:001,008]/app.log', 'mtp://[usb:001,008]'],
  ] as const) {
    expect(await openFile(uri), uri).toEqual({
      ok: false,
      fault: { kind: 'remote-file', names: ['app.log'], address },
    });
  }
});

test('several files elsewhere are all named; beside others they are asked about', async () => {
  const remote = ['smb://nas/a%20b.txt', 'mtp://phone/c.txt'];
  expect(await prepareFiles(remote, openFile, english)).toMatchObject({
    ok: false,
    fault: { kind: 'remote-file', names: ['a b.txt', 'c.txt'], address: 'smb://nas' },
  });
  const gone = join(dir, 'gone.txt');
  expect(await prepareFiles([file, ...remote, gone], openFile, english)).toMatchObject({
    ok: true,
    prepared: {
      items: [{ name: 'app.log' }],
      unreadable: ['a b.txt', 'c.txt', 'gone.txt'],
    },
  });
});

test('a name that is not UTF-8 is opened by its bytes, by its URI, and as an argument', async () => {
  const bytes = Buffer.from(join(dir, 'caf\xe9.txt'), 'latin1');
  await writeFile(bytes, 'content');
  const path = pathOfBytes(bytes);
  expect(bytesOfPath(path)).toEqual(bytes);
  const uri = `file://${dir}/caf%E9.txt`;
  // An argument or a drop reaches the app as text.
  for (const location of [path, uri, bytes.toString()]) {
    const item = await open(location);
    expect(item.name).toBe('caf\uFFFD.txt');
    expect(await textOf(item)).toBe('content');
  }
  await writeFile(Buffer.from(join(dir, 'caf\xe8.txt'), 'latin1'), 'another');
  // Now the text could mean either.
  expect(await openFile(bytes.toString())).toMatchObject({ fault: { kind: 'unreadable-file' } });
  expect(await textOf(await open(uri))).toBe('content');
});
