import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { ShareEvents } from '../../../../main/server/store/model.ts';
import type { StableClock } from '../../../../main/server/store/stable-clock.ts';
import { sweepWhenDue } from '../../../../main/server/store/sweep-when-due.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(endsAtMs: number | undefined) {
  let next = endsAtMs;
  const sweep = vi.fn(async () => {
    if (next !== undefined && next <= Date.now()) next = undefined;
  });
  const events = new EventEmitter<ShareEvents>();
  const store = { events, sweep, nextEndMs: async () => next };
  const clock = { now: Date.now, save: async () => {} } as unknown as StableClock;
  onTestFinished(
    sweepWhenDue(store, clock, (cause) => {
      throw cause;
    }),
  );
  return { store, sweep };
}

test('what ended before the start is removed at once, the next share at its end', async () => {
  const { sweep } = setUp(Date.now() + 5_000);
  await vi.advanceTimersByTimeAsync(4_900);
  expect(sweep).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(sweep).toHaveBeenCalledTimes(2);
});

test('a share that is created later is removed at its end, too', async () => {
  const { store, sweep } = setUp(undefined);
  await vi.advanceTimersByTimeAsync(1_000);
  store.events.emit('due', Date.now() + 2_000);
  await vi.advanceTimersByTimeAsync(2_100);
  expect(sweep).toHaveBeenCalledTimes(2);
});
