import * as v from 'valibot';
import { expect, test } from 'vitest';
import { shareOptionsSchema } from '../../../../main/share-options.ts';
import { generatePassword } from '../../../../renderer/view/generate-password.ts';

test('a generated password is four groups of characters that look unlike each other', () => {
  const passwords = Array.from({ length: 500 }, generatePassword);
  for (const password of passwords) {
    expect(password).toMatch(/^(?:[a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
    expect(v.is(shareOptionsSchema, { password })).toBe(true);
  }
  expect(new Set(passwords).size).toBe(passwords.length);
  // All 32 characters come up: 8,000 draws miss one with a chance of 10^-108.
  expect(new Set(passwords.join('').replaceAll('-', '')).size).toBe(32);
});
