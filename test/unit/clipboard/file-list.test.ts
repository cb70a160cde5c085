import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  gnomeFilesOf,
  pathsOfGnomeFiles,
  pathsOfUriList,
  uriListOf,
  urisOf,
} from '../../../main/clipboard/file-list.ts';

/** Absolute paths as a Unix file system allows them: any characters but "/" and NUL in a name. */
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => !/[/\0]/.test(text) && text !== '.' && text !== '..' && text.isWellFormed());
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => `/${names.join('/')}`);

test('every path survives the way through both kinds of file list', () => {
  fc.assert(
    fc.property(fc.array(path, { minLength: 1, maxLength: 20 }), (paths) => {
      expect(pathsOfUriList(uriListOf(paths))).toEqual(paths);
      expect(pathsOfGnomeFiles(gnomeFilesOf(paths))).toEqual(paths);
    }),
    { numRuns: 500 },
  );
});

test('whatever stands in a list, the answer is absolute paths without NUL, and no crash', () => {
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.string().map((text) => `file://${text}`),
    fc.string().map((text) => `file:///%${text}`),
    fc.constantFrom('file:', 'FILE:///x', 'file:///a%00b', 'file:///a%2Fb', 'file://host/x'),
  );
  fc.assert(
    fc.property(fc.array(junk), fc.constantFrom('\n', '\r\n', '\r', '\0'), (lines, end) => {
      const list = lines.join(end);
      for (const found of [...pathsOfUriList(list), ...pathsOfGnomeFiles(`copy\n${list}`)]) {
        expect(found).toMatch(/^\/[^\0]*$/s);
      }
    }),
    { numRuns: 1000 },
  );
});

test('remarks and blank lines are no files', () => {
  expect(urisOf('#file:///a\r\n\r\n  file:///b  \n')).toEqual(['file:///b']);
});

test('files of another machine and broken URIs are left out, the rest is kept', () => {
  const list = 'file://server/share/x\nfile:///a%2Fb\nfile:///a%00b\nfile:///%zz\nfile:///ok';
  expect(pathsOfUriList(list)).toEqual(['/ok']);
});

test('a GNOME list needs its verb', () => {
  expect(pathsOfGnomeFiles('file:///a\nfile:///b')).toEqual([]);
  expect(pathsOfGnomeFiles('cut\r\nfile:///a\r\n')).toEqual(['/a']);
});
