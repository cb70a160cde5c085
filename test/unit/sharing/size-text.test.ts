import { expect, test } from 'vitest';
import { sizeText, waitText } from '../../../main/sharing/size-text.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 KB'],
  [3_449, '3.4 KB'],
  [9_960, '10 KB'],
  [31_000_000, '31 MB'],
  [999_600, '1 MB'],
  [2_147_483_648, '2.1 GB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeText(bytes)).toBe(words);
});

test.each([
  [0, '1 second'],
  [1_001, '2 seconds'],
  [99_000, '99 seconds'],
  [100_000, '2 minutes'],
  [3_600_000, '1 hour'],
])('%i ms are %s', (ms, words) => {
  expect(waitText(ms)).toBe(words);
});
