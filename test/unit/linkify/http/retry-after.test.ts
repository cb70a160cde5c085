import { expect, test } from 'vitest';
import { retryAfterMs } from '../../../../main/linkify/http/retry-after.ts';

const NOW = Date.parse('2026-11-23T14:00:00Z');

test.each([
  ['seconds', '30', 30_000],
  ['a date', 'Mon, 23 Nov 2026 14:05:00 GMT', 300_000],
  ['nothing less than a second', '0', 1_000],
  ['a date that has passed', 'Mon, 23 Nov 2026 13:00:00 GMT', 1_000],
  ['nothing more than an hour', '86400', 3_600_000],
  ['a date in another century', 'Fri, 23 Nov 2126 14:05:00 GMT', 3_600_000],
  ['rubbish', 'soon', undefined],
  ['a negative number', '-5', undefined],
  ['no header', undefined, undefined],
])('understands %s', (_, header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});
