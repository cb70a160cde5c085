import { execFile } from 'node:child_process';
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFile } from '../../../../main/desktop/files/open-file.ts';
import { openFolder } from '../../../../main/desktop/files/open-folder.ts';
import { prepareFiles } from '../../../../main/items/prepare-items.ts';
import { createSecretFinder } from '../../../../main/secrets/scanner.ts';
import { createCheckSecrets } from '../../../../main/sharing/check-secrets.ts';
import { english } from '../../../support/messages.ts';
import { text as message } from '../../../support/text.ts';
import { unzip } from '../../../support/unzip.ts';

const run = promisify(execFile);
let dir: string;
let folder: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'linkify-folder-'));
  folder = join(dir, 'my project');
  await mkdir(join(folder, 'src'), { recursive: true });
  await writeFile(join(folder, 'README.md'), '# Grüße');
  await writeFile(join(folder, 'src', 'index.ts'), 'export {};\n');
  await writeFile(join(folder, '.hidden'), 'too');
});
afterEach(() => rm(dir, { recursive: true }));

async function bytesOf(item: { open(): AsyncIterable<Uint8Array> }): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of item.open()) parts.push(part);
  return Buffer.concat(parts);
}

/** What another program unpacks: names and contents. */
async function unpack(bytes: Buffer): Promise<Readonly<Record<string, string>>> {
  const into = await mkdtemp(join(dir, 'unpacked-'));
  await writeFile(`${into}.zip`, bytes);
  await unzip(`${into}.zip`, into);
  const entries = await readdir(into, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  const found = paths.map(async (path) => [
    path.slice(into.length + 1),
    await readFile(path, 'utf8'),
  ]);
  return Object.fromEntries(await Promise.all(found));
}

async function open() {
  const look = await openFolder(folder, 'my project');
  if (!look.ok) throw new Error(look.reason);
  return look.item;
}

test('a folder becomes one zip of its name, of the size that was said, as often as it is sent', async () => {
  const item = await open();
  expect(item.name).toBe('my project.zip');
  const bytes = await bytesOf(item);
  expect(bytes.byteLength).toBe(item.sizeBytes);
  expect(await unpack(bytes)).toEqual({
    'my project/.hidden': 'too',
    'my project/README.md': '# Grüße',
    'my project/src/index.ts': 'export {};\n',
  });
  expect((await bytesOf(item)).equals(bytes)).toBe(true);
});

test('links to files inside are followed; links elsewhere, sockets and pipes are skipped and counted', async () => {
  await writeFile(join(dir, 'secret.txt'), 'outside');
  await symlink(join(dir, 'secret.txt'), join(folder, 'out'));
  await symlink(dir, join(folder, 'up'));
  await symlink('.', join(folder, 'src', 'loop'));
  await symlink(join(folder, 'nowhere'), join(folder, 'broken'));
  await symlink('itself', join(folder, 'itself'));
  await symlink('README.md', join(folder, 'in'));
  await symlink('../in', join(folder, 'src', 'chain'));
  await run('mkfifo', [join(folder, 'pipe')]);
  const server = createServer().listen(join(folder, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  const item = await open();
  const found = await unpack(await bytesOf(item));
  expect(Object.keys(found)).toEqual([
    'my project/.hidden',
    'my project/README.md',
    'my project/in',
    'my project/src/chain',
    'my project/src/index.ts',
  ]);
  expect(found['my project/in']).toBe('# Grüße');
  expect(found['my project/src/chain']).toBe('# Grüße');
  expect(item.inside).toMatchObject({ skipped: 7, unreadable: [] });
  const prepared = await prepareFiles([folder], openFile, english);
  expect(prepared).toMatchObject({
    prepared: {
      description: message('clipSkipped', { what: message('clipFolder', { count: 5 }), count: 7 }),
    },
  });
  server.close();
});

test('empty folders and execute bits survive', async () => {
  await mkdir(join(folder, 'logs', 'old'), { recursive: true });
  await writeFile(join(folder, 'run.sh'), '#!/bin/sh\n', { mode: 0o750 });
  await chmod(join(folder, 'run.sh'), 0o4750);
  const item = await open();
  const bytes = await bytesOf(item);
  expect(bytes.byteLength).toBe(item.sizeBytes);
  await unpack(bytes);
  const [into = ''] = (await readdir(dir)).filter((name) => /^unpacked-\w+$/.test(name));
  const at = join(dir, into, 'my project');
  expect(await readdir(join(at, 'logs', 'old'))).toEqual([]);
  // Never the bits that give a program someone else's rights.
  expect((await stat(join(at, 'run.sh'))).mode & 0o7111).toBe(0o110);
  expect((await stat(join(at, 'README.md'))).mode & 0o111).toBe(0);
});

test('all files arrive when a name is not UTF-8, with a replacement character', async () => {
  const bytes = (name: string) => Buffer.from(join(folder, name), 'latin1');
  await writeFile(bytes('caf\xe9.txt'), 'one');
  await writeFile(bytes('caf\xe8.txt'), 'two');
  await mkdir(bytes('d\xe9j\xe0'));
  await writeFile(bytes('d\xe9j\xe0/vu.txt'), 'three');
  await symlink(bytes('caf\xe9.txt'), bytes('l\xefen'));
  const found = await unpack(await bytesOf(await open()));
  expect(found).toMatchObject({
    'my project/README.md': '# Grüße',
    'my project/caf\uFFFD.txt': 'two',
    'my project/caf\uFFFD (2).txt': 'one',
    'my project/d\uFFFDj\uFFFD/vu.txt': 'three',
    'my project/l\uFFFDen': 'one',
  });
});

test('names that Windows cannot use are made safe, and collide with no other', async () => {
  const names = [
    'a:b?.txt',
    'a_b_.txt',
    'con.txt',
    'end.',
    'end',
    'back\\slash',
    'Readme.MD',
    'line\nend',
  ];
  for (const name of names) await writeFile(join(folder, name), name);
  await mkdir(join(folder, 'aux'));
  await writeFile(join(folder, 'aux', 'c'), 'in aux');
  const found = await unpack(await bytesOf(await open()));
  expect(found).toMatchObject({
    'my project/a_b_.txt': 'a:b?.txt',
    'my project/a_b_ (2).txt': 'a_b_.txt',
    'my project/_con.txt': 'con.txt',
    'my project/end': 'end',
    'my project/end (2)': 'end.',
    'my project/back_slash': 'back\\slash',
    'my project/README.md': '# Grüße',
    'my project/Readme (2).MD': 'Readme.MD',
    'my project/line_end': 'line\nend',
    'my project/_aux/c': 'in aux',
  });
  // A name that looks like a drive is none.
  await rename(folder, join(dir, 'c:'));
  expect(await openFile(join(dir, 'c:'))).toMatchObject({ ok: true });
});

test('what may not be read is named before anything is sent; the rest can be shared', async () => {
  await chmod(dir, 0o755);
  await mkdir(join(folder, 'private'));
  await writeFile(join(folder, 'private', 'x'), 'x');
  await writeFile(join(folder, 'src', 'key'), 'secret');
  await symlink('key', join(folder, 'src', 'link'));
  await chmod(join(folder, 'private'), 0);
  await chmod(join(folder, 'src', 'key'), 0);
  expect(await asOrdinaryUser(folder)).toMatchObject({
    ok: true,
    names: ['.hidden', 'README.md', 'src/index.ts'],
    unreadable: ['my project/private', 'my project/src/key', 'my project/src/link'],
  });
  // A folder of which nothing may be read.
  await chmod(folder, 0);
  expect(await asOrdinaryUser(folder)).toMatchObject({ ok: false, reason: 'unreadable' });
  for (const path of [folder, join(folder, 'private')]) await chmod(path, 0o700);
});

/** What a user who may not read everything gets of a folder; root may. */
async function asOrdinaryUser(path: string): Promise<unknown> {
  const script = join(import.meta.dirname, '../../../support/open-folder.ts');
  // Still root, who may have the checkout in a home folder that others can't read.
  const capabilities = ['--inh-caps=-all', '--bounding-set=-dac_override,-dac_read_search'];
  const [command = '', ...args] = [
    ...(process.getuid?.() === 0 ? ['setpriv', ...capabilities] : []),
    ...[process.execPath, script, path],
  ];
  const { stdout } = await run(command, args);
  return JSON.parse(stdout);
}

test('a file that is still being written arrives as it was when the share began', async () => {
  const log = join(folder, 'app.log');
  await writeFile(log, 'first\n');
  const item = await open();
  await appendFile(log, 'second\n');
  const bytes = await bytesOf(item);
  expect(bytes.byteLength).toBe(item.sizeBytes);
  expect(await unpack(bytes)).toMatchObject({ 'my project/app.log': 'first\n' });
});

test('a file that became a link after the look is not followed', async () => {
  const item = await open();
  await writeFile(join(dir, 'x'), '# Grüße');
  await rm(join(folder, 'README.md'));
  await symlink(join(dir, 'x'), join(folder, 'README.md'));
  await expect(bytesOf(item)).rejects.toMatchObject({ fault: { kind: 'unreadable-content' } });
});

test.each([
  ['that shrank', (path: string) => truncate(path, 3)],
  ['that was emptied', (path: string) => truncate(path, 0)],
  [
    'that was replaced',
    (path: string) =>
      writeFile(`${path}.new`, '# Something else').then(() => rename(`${path}.new`, path)),
  ],
  ['that was replaced by a pipe', (path: string) => rm(path).then(() => run('mkfifo', [path]))],
])('a file %s is named, and nothing of it arrives', async (_how, change) => {
  const item = await open();
  await change(join(folder, 'README.md'));
  await expect(bytesOf(item)).rejects.toMatchObject({
    fault: { kind: 'unreadable-content', name: 'my project/README.md', changed: true },
  });
});

test('a file that is gone is named', async () => {
  const item = await open();
  await rm(join(folder, 'src', 'index.ts'));
  await expect(bytesOf(item)).rejects.toMatchObject({
    fault: { kind: 'unreadable-content', name: 'my project/src/index.ts' },
  });
});

test('an empty folder and one with too much are told', async () => {
  await mkdir(join(dir, 'empty', 'inside'), { recursive: true });
  expect(await openFile(join(dir, 'empty'))).toMatchObject({ fault: { kind: 'folder-empty' } });
  const large = join(dir, 'large');
  await mkdir(large);
  // A file without content on disk that says that it has 3 GiB.
  await run('truncate', ['-s', '3G', join(large, 'disk.img')]);
  expect(await openFile(large)).toMatchObject({
    fault: { kind: 'folder-too-large', name: 'large' },
  });
});

test('a credential inside is found, and hidden in the zip', async () => {
  const token = `ghp_${'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbCdE'}`;
  await writeFile(join(folder, '.env'), `PORT=1\nTOKEN=${token}\n`);
  const prepared = await prepareFiles([folder], openFile, english);
  if (!prepared.ok) throw new Error(prepared.fault.kind);
  expect(prepared.prepared).toMatchObject({
    kind: 'file',
    title: 'my project.zip',
    description: message('clipFolder', { count: 4 }),
  });
  const check = createCheckSecrets({
    find: createSecretFinder({
      workerUrl: new URL('../../../../main/secrets/scan-worker.ts', import.meta.url),
    }),
    allowedKinds: () => [],
  });
  const { decision, masked } = await check(prepared.prepared);
  expect(decision).toMatchObject({ kind: 'ask', labels: ['GitHub token'], canMask: true });
  const item = (await masked())?.items[0];
  if (item?.kind !== 'file') throw new Error('no zip');
  const bytes = await bytesOf(item);
  expect(bytes.byteLength).toBe(item.sizeBytes);
  expect((await unpack(bytes))['my project/.env']).toBe('PORT=1\nTOKEN=[GitHub token hidden]\n');
  expect(await readFile(join(folder, '.env'), 'utf8')).toContain(token);
});

test('a folder and files together are one collection', async () => {
  const prepared = await prepareFiles([folder, join(folder, 'README.md')], openFile, english);
  expect(prepared).toMatchObject({
    prepared: {
      kind: 'collection',
      description: message('clipFiles', { count: 2 }),
      items: [{ name: 'my project.zip' }, { name: 'README.md' }],
    },
  });
});
