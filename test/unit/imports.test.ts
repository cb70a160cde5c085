import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** The first column of the table of folders, from top to bottom. */
const FOLDERS = [
  ...(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
    .split(/^## /m)
    .find((section) => section.startsWith('Folders'))
    ?.matchAll(/^\| `([^`]+?)\/?` \|/gm) ?? []),
].map(([, folder = '']) => folder);

/** Folders that import only this of other folders. */
const ONLY: Readonly<Record<string, RegExp>> = {
  server:
    /^main\/(collect-garbage\.ts|share-options\.ts|files\/.*|i18n\/(i18n|numbers)\.ts)$|^assets\//,
  linkify: /^main\/share-options\.ts$/,
  renderer: /^preload\/(contract|key-names)\.ts$|^main\/i18n\/(i18n|catalog)\.ts$|^assets\//,
  preload: /^main\/(share-options|settings\/table)\.ts$|^assets\/locales\/en\/keys\.ts$/,
};

/** Packages and folders that only these files import. */
const IMPORTED_BY: readonly (readonly [imported: RegExp, by: RegExp])[] = [
  [/^electron$/, /^main\/(boot\.ts|desktop\/.*|ipc\/.*)$|^preload\/index\.ts$/],
  [/^electron-store$/, /^main\/desktop\//],
  [/^got$/, /^main\/linkify\//],
  [/^main\/server\//, /^main\/((?:app|modules)\.ts|targets\/.*|server\/.*)$/],
  [/^main\/desktop\/(?!adapters\.ts)/, /^main\/(boot\.ts|desktop\/.*)$/],
];

const IMPORT = /(?:\bfrom|\bimport\(|^import)\s*'([^']+)'/gm;

const folderOf = (path: string): string =>
  path.startsWith('assets/locales/')
    ? 'assets/locales'
    : (path.replace(/^main\//, '').split('/')[0] ?? '');

/** Every import of the app, with paths from the repository's root. */
const imports = ['main', 'preload', 'renderer'].flatMap((top) =>
  readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(top, name).replaceAll('\\', '/'))
    .flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)].map(([, imported = '']) => ({
        file,
        imported: imported.startsWith('.')
          ? join(file, '..', imported).replaceAll('\\', '/')
          : imported,
        isLocal: imported.startsWith('.'),
      })),
    ),
);

const betweenFolders = imports.filter(
  ({ file, imported, isLocal }) => isLocal && folderOf(file) !== folderOf(imported),
);

test('imports point down the list of folders in ARCHITECTURE.md', () => {
  expect(betweenFolders.length).toBeGreaterThan(500);
  const unlisted = betweenFolders
    .flatMap(({ file, imported }) => [file, imported])
    .filter((path) => !FOLDERS.includes(folderOf(path)));
  expect(unlisted).toEqual([]);
  const upwards = betweenFolders.filter(
    ({ file, imported }) => FOLDERS.indexOf(folderOf(file)) > FOLDERS.indexOf(folderOf(imported)),
  );
  expect(upwards).toEqual([]);
});

test('what stands alone imports little of other folders', () => {
  const wrong = betweenFolders.filter(
    ({ file, imported }) => ONLY[folderOf(file)]?.test(imported) === false,
  );
  expect(wrong).toEqual([]);
});

test.each(IMPORTED_BY)('%s is imported only where it belongs', (what, by) => {
  const importers = imports.filter(({ imported }) => what.test(imported));
  expect(importers.length).toBeGreaterThan(0);
  expect(importers.filter(({ file }) => !by.test(file))).toEqual([]);
});
