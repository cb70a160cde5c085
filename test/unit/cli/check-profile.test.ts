import { chmod, chown, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkProfile } from '../../../main/cli/check-profile.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-profile-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a new folder is made for its owner only, and nothing is left in it', async () => {
  const profile = join(folder, 'a', 'b');
  expect(checkProfile(profile)).toBeUndefined();
  expect(await readdir(profile)).toEqual([]);
  expect((await stat(profile)).mode & 0o777).toBe(0o700);
});

test('a chosen folder that others can write to is refused; the default one is closed', async () => {
  for (const mode of [0o777, 0o770, 0o702]) {
    await chmod(folder, mode);
    expect(checkProfile(folder, true)).toContain('chmod');
  }
  expect(checkProfile(folder)).toBeUndefined();
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await chmod(folder, 0o755);
  expect(checkProfile(folder, true)).toBeUndefined();
});

test.skipIf(process.getuid?.() !== 0)('a folder of another user is refused', async () => {
  await chown(folder, 65_534, 65_534);
  for (const isChosen of [true, false]) {
    expect(checkProfile(folder, isChosen)).toEqual(expect.any(String));
  }
  expect(await readdir(folder)).toEqual([]);
});

test('a file in the way is named', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  for (const path of [file, join(file, 'below')]) {
    expect(checkProfile(path)).toContain(path);
  }
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is refused', async () => {
  await chmod(folder, 0o500);
  expect(checkProfile(folder)).toContain('permission');
  expect(checkProfile(join(folder, 'below'))).toContain('permission');
  await chmod(folder, 0o700);
});

test.skipIf(process.platform !== 'linux')('a read-only file system is named as such', () => {
  // Nothing can be made in sysfs, not even by root.
  expect(checkProfile('/sys/kernel/linkify-tray')).toBeDefined();
});
