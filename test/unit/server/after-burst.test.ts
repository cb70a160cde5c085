import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterBurst } from '../../../main/server/after-burst.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const burst = (onRequest: () => void, requests = 1_000): void => {
  for (let i = 0; i < requests; i += 1) onRequest();
};

test('acts once, 30 s after the last request of a burst', () => {
  const act = vi.fn();
  const onRequest = afterBurst(act);
  burst(onRequest);
  vi.advanceTimersByTime(20_000);
  onRequest();
  vi.advanceTimersByTime(29_000);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(600_000);
  expect(act).toHaveBeenCalledTimes(1);
  burst(onRequest);
  vi.advanceTimersByTime(30_000);
  expect(act).toHaveBeenCalledTimes(2);
});

test('few requests are no burst', () => {
  const act = vi.fn();
  burst(afterBurst(act), 999);
  vi.advanceTimersByTime(600_000);
  expect(act).not.toHaveBeenCalled();
});
