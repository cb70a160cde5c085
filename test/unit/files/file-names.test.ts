import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeFileName, uniqueName } from '../../../main/files/file-names.ts';

test.each([
  ['.gitignore', '.gitignore'],
  ['..hidden', '..hidden'],
  ['a:b?.txt', 'a_b_.txt'],
  ['a\nb\t.txt', 'a_b_.txt'],
  ['back\\slash', 'back_slash'],
  ['../../evil.txt', '_evil.txt'],
  ['..\\evil', '_evil'],
  ['/abs', '_abs'],
  ['con.txt', '_con.txt'],
  ['CON', '_CON'],
  ['nul .txt', '_nul .txt'],
  ['COM¹.txt', '_COM¹.txt'],
  ['conin$', '_conin$'],
  ['lpt0', '_lpt0'],
  ['console.txt', 'console.txt'],
  ['Desktop.INI', '_Desktop.INI'],
  ['end.', 'end'],
  ['end. . ', 'end'],
  ['...', '_'],
  ['..', '_'],
  [' ', '_'],
  ['', 'file'],
  ['half \ud800', 'half \ufffd'],
])('%j is %j everywhere', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

test.each([
  [`desktop${' '.repeat(300)}.ini`, '_desktop.ini'],
  [`DESKTOP${'. '.repeat(150)}.INI`, '_DESKTOP.INI'],
  [`con${' '.repeat(300)}.txt`, '_con.txt'],
  ['. '.repeat(150).concat('.t'), '_.t'],
  ['.'.repeat(300).concat('.txt'), '_.txt'],
  ['COM¹'.padEnd(300, '.').concat('.txt'), '_COM¹.txt'],
])('%j is %j after it was cut', (name, safe) => {
  expect(safeFileName(name, 200)).toBe(safe);
});

test('whatever the name, every system can use what comes of it', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'con',
      '.',
      ' ',
      '..',
      'nul',
      'txt',
      'desktop',
      '.ini',
      ' '.repeat(200),
      'é',
      '\u202e',
      '🙂',
      '/',
      '\\',
      'a'.repeat(90),
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom(80, 200, 255), (parts, most) => {
      const name = safeFileName(parts.join(''), most);
      expect(name).toMatch(/^[^/\\:*?"<>|\p{Cc}]+$/u);
      expect(name).not.toMatch(/[. ]$|^(con|nul)[. ]*(\.|$)|^desktop\.ini$/i);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(most + 1);
      expect(safeFileName(name, most)).toBe(name);
    }),
    { numRuns: 2000 },
  );
});

test('a long name keeps its extension, and no dot or space before it', () => {
  const name = safeFileName(`${'a'.repeat(194)}. . . long.txt`, 200);
  expect(name).toBe(`${'a'.repeat(194)}.txt`);
});

test('names that differ only by case or by normalization get a number', () => {
  const taken = new Map<string, number>();
  const names = ['README.md', 'readme.md', 'Readme.MD', 'readme (2).md', 'é', 'e\u0301', 'x'];
  expect(names.map((name) => uniqueName(name, taken))).toEqual([
    'README.md',
    'readme (2).md',
    'Readme (3).MD',
    'readme (2) (2).md',
    'é',
    'e\u0301 (2)',
    'x',
  ]);
});

test('ten thousand names that come to the same cost no more than ten thousand others', () => {
  const taken = new Map<string, number>();
  const names = Array.from({ length: 10_000 }, () => uniqueName('a_', taken));
  expect(new Set(names).size).toBe(10_000);
});
