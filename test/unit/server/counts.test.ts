import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Counts, Durations } from '../../../main/server/counts.ts';

test('every duration is in the bucket of its bound and in all above it', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 300_000, noNaN: true })), (durations) => {
      const histogram = new Durations();
      for (const ms of durations) histogram.add(ms);
      const { buckets, sumS } = histogram.read();
      for (const { upToS, count } of buckets) {
        expect(count).toBe(durations.filter((ms) => ms <= upToS * 1_000).length);
      }
      expect(buckets.at(-1)?.upToS).toBe(Number.POSITIVE_INFINITY);
      expect(sumS).toBeCloseTo(durations.reduce((sum, ms) => sum + ms, 0) / 1_000, 6);
    }),
  );
});

test('only a failure of the database itself counts as an error', async () => {
  const { query } = new Counts().database;
  const isFailure = (error: unknown): boolean => error instanceof TypeError;
  const failing = (error: Error) => query.measure(() => Promise.reject(error), isFailure);
  await expect(failing(new RangeError('a no'))).rejects.toThrow('a no');
  expect(query.errors).toBe(0);
  await expect(failing(new TypeError('broken'))).rejects.toThrow('broken');
  expect(query.errors).toBe(1);
  expect(query.durations.read().buckets.at(-1)?.count).toBe(2);
});
