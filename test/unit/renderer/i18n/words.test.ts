import { describe, expect, it } from 'vitest';
import { en } from '../../../../renderer/i18n/en.ts';
import { createWords } from '../../../../renderer/i18n/words.ts';

const words = createWords('en-GB', en);
const NOW = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [312, '312 bytes'],
    [2_431, '2 kB'],
    [999_499, '999 kB'],
    [4_812_000, '4.8 MB'],
    [2_000_000_000, '2 GB'],
    [5e15, '5,000 TB'],
  ])('shows %i bytes as %s', (bytes, shown) => {
    expect(words.size(bytes)).toBe(shown);
  });

  it('never shows a thousand of a smaller unit', () => {
    expect(words.size(999_600)).toBe('1 MB');
    expect(words.size(999)).toBe('999 bytes');
    expect(words.size(1000)).toBe('1 kB');
  });
});

describe('times', () => {
  it.each([
    [0, 'now'],
    [59_000, 'now'],
    [MINUTE, '1 minute ago'],
    [44 * MINUTE, '44 minutes ago'],
    [3 * HOUR + 59 * MINUTE, '3 hours ago'],
    [DAY, 'yesterday'],
    [6 * DAY, '6 days ago'],
    [21 * DAY, '2 Nov 2026'],
  ])('%i ms later it was %s', (passed, shown) => {
    expect(words.ago(NOW - passed, NOW)).toBe(shown);
  });

  it('shows a link from a clock that was ahead as made now', () => {
    expect(words.ago(NOW + 5 * DAY, NOW)).toBe('now');
  });

  it('says when something will end', () => {
    expect(words.until(NOW + 6 * DAY + HOUR, NOW)).toBe('in 6 days');
  });
});

describe('messages', () => {
  it('counts in the language', () => {
    expect(words.say('linkCount', { count: 1 })).toBe('1 link');
    expect(words.say('linkCount', { count: 10_000 })).toBe('10,000 links');
  });

  it('puts in what a person typed as it is, braces and all', () => {
    expect(words.say('noMatches', { query: '{count} $& <b>' })).toBe(
      'Nothing matches “{count} $& <b>”.',
    );
  });
});
