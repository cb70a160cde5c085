import {
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from '../../../main/files/write-atomically.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linkify-whole-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file that others could read is theirs no more, also where they have it open', async () => {
  const path = join(folder, 'settings.json');
  await writeFile(path, 'before');
  await chmod(path, 0o666);
  const theirs = await open(path, 'r');
  writeWhole(path, 'secret');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).toBe('secret');
  expect(await theirs.readFile('utf8')).toBe('before');
  await theirs.close();
  expect(await readdir(folder)).toEqual(['settings.json']);
});

test('what cannot be put into place leaves the file, and nothing beside it', async () => {
  const path = join(folder, 'key');
  await mkdir(join(path, 'in the way'), { recursive: true });
  expect(() => writeWhole(path, 'x')).toThrow();
  expect(await readdir(folder)).toEqual(['key']);
  expect(() => writeWhole(join(folder, 'missing', 'key'), 'x')).toThrow();
});
