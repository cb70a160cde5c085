import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseStringList,
  printString,
  printStringList,
} from '../../../../main/desktop/shortcuts/gvariant.ts';

test('every list that is printed is read again', () => {
  // GVariant strings hold no NUL, and no surrogates.
  const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0'));
  fc.assert(
    fc.property(fc.array(text), (list) => {
      expect(parseStringList(printStringList(list))).toEqual(list);
    }),
  );
});

test('whatever is read is a list of strings, or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'@as []\',"\\u0x') }), (text) => {
      const list = parseStringList(text);
      if (list !== undefined) expect(parseStringList(printStringList(list))).toEqual(list);
    }),
  );
});

test.each<[string, readonly string[] | undefined]>([
  ['@as []\n', []],
  ['[]', []],
  ["['/a/', '/b/']\n", ['/a/', '/b/']],
  [`["it's", 'say "x"']`, ["it's", 'say "x"']],
  [String.raw`['a\'b\\c\nd\u00e9\U0001f600']`, ["a'b\\c\ndé😀"]],
  ["['a',]", undefined],
  ["['a' 'b']", undefined],
  ["['a'", undefined],
  ["['a'] x", undefined],
  ["'a'", undefined],
  ['[1, 2]', undefined],
  ['', undefined],
])('%s', (text, list) => {
  expect(parseStringList(text)).toEqual(list);
});

test('a string has no way out of its quotes', () => {
  expect(printString("a'; \\b\n")).toBe(String.raw`'a\'; \\b\u000a'`);
});
