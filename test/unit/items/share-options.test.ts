import { describe, expect, it } from 'vitest';
import { defaultOptions, optionsFault, withDefaults } from '../../../main/items/share-options.ts';
import type { ShareOptions } from '../../../preload/contract.ts';

const one = { items: [{ kind: 'text', name: 'a', text: 'a' }] } as const;
const two = { items: [one.items[0], one.items[0]] } as const;

describe('terms of a share', () => {
  it('what was said counts more than Settings, the rest is as usual', () => {
    const usual = { expiresInSeconds: 3_600, graceSeconds: 5 };
    expect(withDefaults({}, usual)).toEqual(usual);
    expect(withDefaults({ expiresInSeconds: null, once: true }, usual)).toEqual({
      expiresInSeconds: null,
      graceSeconds: 5,
      once: true,
    });
    expect(withDefaults({ graceSeconds: 0 }, usual).graceSeconds).toBe(0);
  });

  it('an expiry of 0 hours is until it is revoked', () => {
    expect(
      defaultOptions({ expiryHours: 0, graceSeconds: 0, sharedBy: '' }).expiresInSeconds,
    ).toBeNull();
    expect(defaultOptions({ expiryHours: 24, graceSeconds: 5, sharedBy: ' ' })).toEqual({
      expiresInSeconds: 86_400,
      graceSeconds: 5,
    });
  });

  it('the name of Settings is sent, unless there is none', () => {
    const usual = { expiryHours: 24, graceSeconds: 0 };
    expect(defaultOptions({ ...usual, sharedBy: ' Ada ' })).toMatchObject({ sharedBy: 'Ada' });
    expect(defaultOptions({ ...usual, sharedBy: ' ' })).not.toHaveProperty('sharedBy');
    expect(optionsFault({ sharedBy: 'Ada' }, one, { shareOptions: false })).toBeUndefined();
  });

  it.each<[ShareOptions]>([
    [{ once: true }],
    [{ maxOpens: 1 }],
    [{ password: 'x' }],
    [{ expiresInSeconds: 60 }],
  ])('another service is not asked for %j, which it would not keep', (shareOptions) => {
    expect(optionsFault(shareOptions, one, { shareOptions: false })).toEqual({
      kind: 'options-not-applied',
    });
    expect(optionsFault(shareOptions, one, { shareOptions: true })).toBeUndefined();
    // Not known yet: the target says so before anything of the share is sent.
    expect(optionsFault(shareOptions, one, undefined)).toBeUndefined();
  });

  it('several things cannot open once', () => {
    expect(optionsFault({ once: true }, two, { shareOptions: true })).toEqual({
      kind: 'one-time-collection',
    });
    expect(
      optionsFault({ once: false, password: 'x' }, two, { shareOptions: true }),
    ).toBeUndefined();
  });
});
