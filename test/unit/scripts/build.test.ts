import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBuilt } from '../../scripts/build.ts';

const ROOT = join(import.meta.dirname, '../../..');
const BUILT = 'dist/main/boot.js';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'linkify-built-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(name: string, atSeconds: number): Promise<void> {
  const path = join(root, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '');
  await utimes(path, atSeconds, atSeconds);
}

/** Files outside of `main/` that it imports, such as messages. */
async function importedFromElsewhere(): Promise<readonly string[]> {
  const names = await readdir(join(ROOT, 'main'), { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join('main', name));
  const imported = files.map(async (file) => {
    const text = await readFile(join(ROOT, file), 'utf8');
    return [...text.matchAll(/from '(\.[^']+)'/g)].map(([, to = '']) => join(dirname(file), to));
  });
  return (await Promise.all(imported)).flat().filter((path) => !path.startsWith('main'));
}

test('a build is out of date once anything that it is made of was changed', async () => {
  const elsewhere = new Set(await importedFromElsewhere());
  expect([...elsewhere].filter((path) => path.startsWith('assets')).length).toBeGreaterThan(5);
  for (const source of ['main/boot.ts', 'package.json', 'vite.config.ts', ...elsewhere]) {
    await write(source, 1_000);
    await write(BUILT, 2_000);
    // Folders have the time of the last change of their names.
    for (const folder of foldersOf(source)) await utimes(join(root, folder), 1_000, 1_000);
    expect(await isBuilt(root), source).toBe(true);
    await utimes(join(root, source), 3_000, 3_000);
    expect(await isBuilt(root), source).toBe(false);
    await utimes(join(root, source), 1_000, 1_000);
  }
});

const foldersOf = (path: string): readonly string[] =>
  dirname(path) === '.' ? [] : [dirname(path), ...foldersOf(dirname(path))];
