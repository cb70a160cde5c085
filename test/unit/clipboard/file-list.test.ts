import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  filesOfGnomeList,
  filesOfUriList,
  gnomeFilesOf,
  uriListOf,
  urisOf,
} from '../../../main/clipboard/file-list.ts';
import {
  bytesOfPath,
  locationOfUri,
  nameOfLocation,
  pathOfBytes,
} from '../../../main/clipboard/file-location.ts';

/** Absolute paths as a Unix file system allows them: any characters but "/" and NUL in a name. */
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => !/[/\0]/.test(text) && text !== '.' && text !== '..' && text.isWellFormed());
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => `/${names.join('/')}`);

test('every path survives the way through both kinds of file list', () => {
  fc.assert(
    fc.property(fc.array(path, { minLength: 1, maxLength: 20 }), (paths) => {
      expect(filesOfUriList(uriListOf(paths))).toEqual(paths);
      expect(filesOfGnomeList(gnomeFilesOf(paths))).toEqual(paths);
    }),
    { numRuns: 500 },
  );
});

test('whatever stands in a list, nothing is lost and nothing crashes', () => {
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
      const uris = urisOf(list);
      expect(filesOfGnomeList(`copy\n${list}`)).toHaveLength(uris.length);
      expect([0, uris.length]).toContain(filesOfUriList(list).length);
      for (const found of filesOfUriList(list)) expect(found).not.toContain('\0');
    }),
    { numRuns: 1000 },
  );
});

test('remarks and blank lines are no files', () => {
  expect(urisOf('#file:///a\r\n\r\n  file:///b  \n')).toEqual(['file:///b']);
});

test('where one entry is a file every entry is: none is dropped without a word', () => {
  const list = ['file://server/share/x', 'file:///a%2Fb', 'https://example.com/', 'file:///ok'];
  expect(filesOfUriList(list.join('\n'))).toEqual([...list.slice(0, 3), '/ok']);
});

test('links are no files, unless a file manager says so', () => {
  for (const list of [
    'https://example.com/a',
    'ftp://example.com/a',
    'mailto:a@example.com',
    'magnet:?xt=1',
    'recent: notes.txt',
  ]) {
    expect(filesOfUriList(list)).toEqual([]);
    expect(filesOfUriList(list, true)).toEqual([list]);
    expect(filesOfGnomeList(`cut\n${list}`)).toEqual([list]);
  }
});

test.each(['smb', 'mtp', 'sftp', 'dav', 'davs', 'google-drive', 'gphoto2', 'afc', 'nfs', 'SMB'])(
  'a file at %s:// is a file, and keeps its URI',
  (scheme) => {
    const uri = `${scheme}://host/folder/My%20file.txt`;
    expect(filesOfUriList(`${uri}\r\n`)).toEqual([uri]);
    expect(nameOfLocation(uri)).toBe('My file.txt');
    expect(uriListOf([uri])).toBe(`${uri}\r\n`);
  },
);

test('a file URI of this computer is a path, with every form of its host', () => {
  const here = (uri: string) => locationOfUri(uri, 'My-PC.example.org');
  for (const uri of [
    'file:///tmp/a%20b',
    'file:/tmp/a%20b',
    'FILE:///tmp/a b',
    'file://localhost/tmp/a%20b',
    'file://my-pc.example.org/tmp/a%20b',
    'file://MY-PC/tmp/a%20b',
    'file://my-pc.local/tmp/x/../a%20b',
  ]) {
    expect(here(uri), uri).toBe('/tmp/a b');
  }
  for (const uri of [
    'file://other/tmp/a',
    'file://my-pc2/a',
    'file:a',
    'file:///a%zz',
    'file:///a%00',
  ]) {
    expect(here(uri), uri).toBe(uri);
  }
});

test('characters that a program forgot to encode are part of the name', () => {
  expect(locationOfUri('file:///tmp/a#b?c.txt')).toBe('/tmp/a#b?c.txt');
});

test('names that are not UTF-8 survive, and show a replacement character', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      expect([...bytesOfPath(pathOfBytes(bytes))]).toEqual([...bytes]);
    }),
    { numRuns: 1000 },
  );
  const path = locationOfUri('file:///tmp/caf%E9.txt');
  expect(bytesOfPath(path)).toEqual(Buffer.from('/tmp/caf\xe9.txt', 'latin1'));
  expect(nameOfLocation(path)).toBe('caf\uFFFD.txt');
  expect(uriListOf([path])).toBe('file:///tmp/caf%E9.txt\r\n');
  // An unencoded list of bytes, as some programs write it.
  expect(filesOfUriList(pathOfBytes(Buffer.from('file:///tmp/caf\xe9.txt', 'latin1')))).toEqual([
    path,
  ]);
});

test('a GNOME list needs its verb', () => {
  expect(filesOfGnomeList('file:///a\nfile:///b')).toEqual([]);
  expect(filesOfGnomeList('cut\r\nfile:///a\r\n')).toEqual(['/a']);
});
