import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/contributing/security-controls.md'), 'utf8');

/** The last cell of each row, and the line of tests below the limits. */
const cells = page.split('\n').flatMap((line) => {
  if (line.startsWith('Tests: ')) return [line];
  return line.startsWith('| ') ? [line.split('|').at(-2) ?? ''] : [];
});
const named = cells.flatMap((cell) => [...cell.matchAll(/`([a-z0-9-]+(?:\/[a-z0-9-]+)*)`/g)]);

const places = (name: string): readonly string[] =>
  ['test/unit', 'test/contract', 'test/browser', 'test'].map((folder) =>
    join(ROOT, folder, `${name}.test.ts`),
  );

test('every test that the page on security names is there', () => {
  const names = new Set(named.map((match) => match[1] ?? ''));
  expect(names.size).toBeGreaterThan(40);
  const missing = [...names].filter((name) => !places(name).some((path) => existsSync(path)));
  expect(missing).toEqual([]);
});

test('every control names a test', () => {
  // Tables of figures have other heads.
  const tables = page.split(/\n(?!\|)/).map((block) => block.trim().split('\n'));
  const controls = tables.flatMap(([head = '', ...rows]) =>
    head.startsWith('| control | test') ? rows.filter((row) => row.startsWith('| ')) : [],
  );
  expect(controls.length).toBeGreaterThan(30);
  expect(controls.filter((line) => !/`[a-z0-9/-]+`/.test(line.split('|').at(-2) ?? ''))).toEqual(
    [],
  );
});
