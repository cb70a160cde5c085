import { expect, it } from 'vitest';
import type { ShareOptions } from '../../../../preload/contract.ts';
import { changedOptions, maxOpensIn, secondsOf } from '../../../../renderer/view/share-options.ts';

it('an option is set, replaced and removed; the others stay', () => {
  const once = changedOptions<ShareOptions>({ password: 'pw' }, { once: true });
  expect(once).toEqual({ password: 'pw', once: true });
  expect(changedOptions(once, { password: 'other' })).toEqual({ password: 'other', once: true });
  // Absent, not undefined: the call from the window accepts nothing else.
  expect(Object.keys(changedOptions(once, { password: undefined }))).toEqual(['once']);
});

it('hours are sent in seconds, and never as null', () => {
  expect(secondsOf(1)).toBe(3_600);
  expect(secondsOf(0)).toBeNull();
});

it.each([
  ['', undefined],
  ['0', undefined],
  ['x', undefined],
  ['5', 5],
  ['1 0', 10],
  ['1000', 1_000],
  ['9999', 1_000],
])('a maximum of opens typed as "%s" is %j', (typed, maxOpens) => {
  expect(maxOpensIn(typed)).toBe(maxOpens);
});
