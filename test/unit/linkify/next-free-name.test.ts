import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextFreeName } from '../../../main/linkify/next-free-name.ts';

test.each([
  ['Notes', 'Notes 2'],
  ['Notes 2', 'Notes 3'],
  ['Notes 99', 'Notes 100'],
  ['2', '2 2'],
  ['Notes2', 'Notes2 2'],
  ['Notes 0', 'Notes 0 2'],
  ['Release 1.2', 'Release 1.2 2'],
])('after %j comes %j', (name, next) => {
  expect(nextFreeName(name)).toBe(next);
});

test('each next name is another one, and none is too long or breaks a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (name) => {
      const next = nextFreeName(name.slice(0, 200));
      expect(next).not.toBe(name);
      expect(next.length).toBeLessThanOrEqual(200);
      expect(nextFreeName(next)).not.toBe(next);
    }),
  );
  expect(nextFreeName('😀'.repeat(100)).isWellFormed()).toBe(true);
});
