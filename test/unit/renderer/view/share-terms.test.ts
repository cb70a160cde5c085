import { expect, it } from 'vitest';
import { termsOf, USUAL_TERMS } from '../../../../renderer/view/share-terms.ts';

it('nothing chosen is nothing sent: Preferences decide', () => {
  expect(termsOf(USUAL_TERMS)).toBeUndefined();
});

it('only what was chosen is sent', () => {
  expect(termsOf({ ...USUAL_TERMS, expiryHours: 1 })).toEqual({ expiresInSeconds: 3_600 });
  expect(termsOf({ ...USUAL_TERMS, expiryHours: 0 })).toEqual({ expiresInSeconds: null });
  expect(termsOf({ expiryHours: 'usual', once: true, password: 'pw' })).toEqual({
    once: true,
    password: 'pw',
  });
});
