import { expect, it } from 'vitest';
import { DEFAULT_OPTIONS, shareOptionsOf } from '../../../../renderer/view/share-options.ts';

it('nothing chosen is nothing sent: Settings decide', () => {
  expect(shareOptionsOf(DEFAULT_OPTIONS)).toBeUndefined();
});

it('only what was chosen is sent', () => {
  expect(shareOptionsOf({ ...DEFAULT_OPTIONS, expiryHours: 1 })).toEqual({
    expiresInSeconds: 3_600,
  });
  expect(shareOptionsOf({ ...DEFAULT_OPTIONS, expiryHours: 0 })).toEqual({
    expiresInSeconds: null,
  });
  expect(shareOptionsOf({ expiryHours: 'usual', once: true, password: 'pw' })).toEqual({
    once: true,
    password: 'pw',
  });
});
