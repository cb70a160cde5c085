import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepToken, prepareDataDir, StartRefused } from '../../../main/service/data-dir.ts';

let base = '';
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'linkify-data-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test('makes a folder that only its owner can enter', async () => {
  await prepareDataDir(join(base, 'a/b'));
  expect(await modeOf(join(base, 'a/b'))).toBe(0o700);
});

test.each([0o755, 0o750, 0o777, 0o701])(
  'refuses a folder with mode %o, and says what to do',
  async (mode) => {
    await chmod(base, mode);
    const refused = prepareDataDir(base);
    await expect(refused).rejects.toBeInstanceOf(StartRefused);
    await expect(refused).rejects.toThrow(/chmod 700/);
  },
);

test('refuses a file, and a link in its place', async () => {
  await writeFile(join(base, 'file'), '');
  await expect(prepareDataDir(join(base, 'file'))).rejects.toThrow();
  await symlink(base, join(base, 'link'));
  await expect(prepareDataDir(join(base, 'link'))).rejects.toBeInstanceOf(StartRefused);
});

test('makes a token of 256 bits once, in a file that only its owner can read', async () => {
  const token = await keepToken(base);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(await modeOf(join(base, 'api-token'))).toBe(0o600);
  expect(await keepToken(base)).toBe(token);
  expect(await readFile(join(base, 'api-token'), 'utf8')).toBe(token);
});

test.each([0o644, 0o640, 0o604])('refuses a token file with mode %o', async (mode) => {
  await keepToken(base);
  await chmod(join(base, 'api-token'), mode);
  await expect(keepToken(base)).rejects.toThrow(/can be read by other users/);
});

test('refuses a token file that is a link, empty, or holds something else', async () => {
  const path = join(base, 'api-token');
  await symlink('/etc/hostname', path);
  await expect(keepToken(base)).rejects.toBeInstanceOf(StartRefused);
  await rm(path);
  for (const text of ['', 'short', `${'a'.repeat(40)} b`, '\0'.repeat(43)]) {
    await writeFile(path, text, { mode: 0o600 });
    await expect(keepToken(base)).rejects.toThrow(/holds no token/);
  }
});
