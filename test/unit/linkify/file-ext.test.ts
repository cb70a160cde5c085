import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownExtensions } from '../../../main/linkify/extensions.ts';
import { extOfName } from '../../../main/linkify/file-ext.ts';

test.each([
  ['shot.png', 'png'],
  ['SHOT.PNG', 'png'],
  ['notes.md', 'md'],
  ['module.d.ts', 'ts'],
  ['Cargo.lock', 'Cargo.lock'],
  ['Dockerfile', 'dockerfile'],
  ['dockerfile', 'dockerfile'],
  ['.bashrc', 'bashrc'],
  ['.zshrc', '.zshrc'],
  ['Gemfile', 'Gemfile'],
  ['theme.tmTheme', 'tmTheme'],
  ['fast.pyx.in', 'pyx.in'],
  ['film.mkv', undefined],
  ['photo.heic', undefined],
  ['archive.tar', undefined],
  ['README', undefined],
  ['list', undefined],
  ['png', undefined],
  ['ends.', undefined],
  ['.', undefined],
  ['', undefined],
  ['x.__proto__', undefined],
])('%s is %s', (name, ext) => {
  expect(extOfName(name)).toBe(ext);
});

test('never names a type outside the closed list', () => {
  const known = knownExtensions();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const ext = extOfName(name);
      expect(ext === undefined || known.has(ext)).toBe(true);
    }),
  );
});
