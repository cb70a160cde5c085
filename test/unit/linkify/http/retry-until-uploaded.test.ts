import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LinkifyError } from '../../../../main/linkify/errors.ts';
import { retryUntilUploaded } from '../../../../main/linkify/http/retry-until-uploaded.ts';

const uploading = new LinkifyError({ kind: 'not-uploaded-yet' });
const DEFAULT_TIMEOUTS = { pauseMs: 1_000, limitMs: 600_000 };
let asked: number[];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  asked = [];
});
afterEach(() => void vi.useRealTimers());

const service = (busyTimes: number) => async (): Promise<string> => {
  asked.push(Date.now() / 1_000);
  if (asked.length <= busyTimes) throw uploading;
  return 'link';
};

test('a collection on its way is asked for again after 1, 2, 4 seconds, until it is there', async () => {
  const made = retryUntilUploaded(DEFAULT_TIMEOUTS, service(3));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await made).toBe('link');
  expect(asked).toEqual([0, 1, 3, 7]);
});

test('the pause never grows past 30 seconds, and ten minutes are enough', async () => {
  const made = retryUntilUploaded(DEFAULT_TIMEOUTS, service(1_000)).catch(
    (error: unknown) => error,
  );
  await vi.advanceTimersByTimeAsync(11 * 60_000);
  expect(await made).toBe(uploading);
  expect(asked.at(-1)).toBeLessThanOrEqual(600);
  expect((asked.at(-1) ?? 0) - (asked.at(-2) ?? 0)).toBe(30);
});

test('a cancel ends the waiting at once', async () => {
  const stop = new AbortController();
  const made = retryUntilUploaded({ ...DEFAULT_TIMEOUTS, signal: stop.signal }, service(9)).catch(
    (error: LinkifyError) => error.fault,
  );
  await vi.advanceTimersByTimeAsync(1_500);
  stop.abort();
  expect(await made).toEqual({ kind: 'cancelled' });
  expect(asked).toEqual([0, 1]);
});

test('someone is told once that the service is not done yet, and not where it is at once', async () => {
  let told = 0;
  const timeouts = { ...DEFAULT_TIMEOUTS, onUploading: () => void told++ };
  await retryUntilUploaded(timeouts, service(0));
  expect(told).toBe(0);
  asked = [];
  const made = retryUntilUploaded(timeouts, service(3));
  await vi.advanceTimersByTimeAsync(10_000);
  await made;
  expect(told).toBe(1);
});

test('any other failure is not waited out', async () => {
  const other = new LinkifyError({ kind: 'update-required' });
  await expect(retryUntilUploaded(DEFAULT_TIMEOUTS, () => Promise.reject(other))).rejects.toBe(
    other,
  );
});
