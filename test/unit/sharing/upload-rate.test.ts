import { expect, test } from 'vitest';
import { createMeasureRate } from '../../../main/sharing/upload-rate.ts';

test('the rate is that of the last seconds, and starts anew with another share', () => {
  let nowMs = 0;
  const measure = createMeasureRate(() => nowMs);
  const at = (ms: number, sentBytes: number) => {
    nowMs = ms;
    return measure(sentBytes);
  };
  expect(at(0, 0)).toBeUndefined();
  expect(at(100, 1_000)).toBeUndefined();
  expect(at(1_000, 2_000)).toBe(2_000);
  // A second of 10,000 bytes, then nothing more for three seconds.
  expect(at(2_000, 12_000)).toBe(6_000);
  expect(at(5_000, 12_000)).toBe(0);
  expect(at(5_100, 10)).toBeUndefined();
  expect(at(6_100, 1_010)).toBe(1_000);
});
