import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSecretFinder } from '../../../main/clipboard/secret-finder.ts';
import { openFile } from '../../../main/desktop/files.ts';
import { openFolder } from '../../../main/desktop/folders.ts';
import { createCheckSecrets } from '../../../main/sharing/check-secrets.ts';
import { prepareFiles } from '../../../main/sharing/prepare.ts';
import { unzip } from '../../support/unzip.ts';
import { english } from '../../support/words.ts';

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
  const look = await openFolder(folder);
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

test('links that lead out of it, sockets and pipes are left out; one that stays inside is followed', async () => {
  await writeFile(join(dir, 'secret.txt'), 'outside');
  await symlink(join(dir, 'secret.txt'), join(folder, 'out'));
  await symlink(dir, join(folder, 'up'));
  await symlink(join(folder, 'nowhere'), join(folder, 'broken'));
  await symlink('README.md', join(folder, 'in'));
  await run('mkfifo', [join(folder, 'pipe')]);
  const server = createServer().listen(join(folder, 'socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  const found = await unpack(await bytesOf(await open()));
  server.close();
  expect(Object.keys(found)).toEqual([
    'my project/.hidden',
    'my project/README.md',
    'my project/in',
    'my project/src/index.ts',
  ]);
  expect(found['my project/in']).toBe('# Grüße');
});

test('a file that became a link after the look is not followed', async () => {
  const item = await open();
  await writeFile(join(dir, 'x'), '# Grüße');
  await rm(join(folder, 'README.md'));
  await symlink(join(dir, 'x'), join(folder, 'README.md'));
  await expect(bytesOf(item)).rejects.toThrow();
});

test('a file that changed its size while it is sent ends the share', async () => {
  const item = await open();
  await writeFile(join(folder, 'README.md'), 'longer than it was before');
  await expect(bytesOf(item)).rejects.toThrow();
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
    description: 'Folder, 4 files',
  });
  const check = createCheckSecrets({
    find: createSecretFinder({
      workerUrl: new URL('../../../main/clipboard/scan-secrets-worker.ts', import.meta.url),
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
      description: '2 files',
      items: [{ name: 'my project.zip' }, { name: 'README.md' }],
    },
  });
});
