import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayText } from '../../../main/clipboard/display-text.ts';

test.each([
  ['  Hello\n\tworld  ', 'Hello world'],
  ['', ''],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\u0000b\u0007c', 'a b c'],
  ['\uD800broken', 'broken'],
  ['👨‍👩‍👧 family', '👨‍👩‍👧 family'],
  ['می‌خواهم', 'می‌خواهم'],
])('%j is shown as %j', (text, shown) => {
  expect(displayText(text)).toBe(shown);
});

test('a long text ends at a word and in an ellipsis', () => {
  expect(displayText('The quick brown fox jumps', 20)).toBe('The quick brown fox…');
  expect(displayText('x'.repeat(300))).toBe(`${'x'.repeat(199)}…`);
});

test('whatever comes in, one well-formed line of at most 200 characters goes out', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 2000 }),
    fc.string({ unit: 'grapheme', maxLength: 2000 }),
    fc.string({
      unit: fc.constantFrom('\u202E', '\u2066', '\n', 'a', '\uDC00', '😀', ' '),
      maxLength: 2000,
    }),
  );
  fc.assert(
    fc.property(anything, fc.integer({ min: 2, max: 500 }), (text, limit) => {
      const shown = displayText(text, limit);
      expect([...shown].length).toBeLessThanOrEqual(Math.min(limit, 200));
      expect(shown).not.toMatch(
        /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]/u,
      );
      expect(shown.isWellFormed()).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
