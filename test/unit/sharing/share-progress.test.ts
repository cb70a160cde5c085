import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLateActivity } from '../../../main/sharing/share-progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('shows nothing of a share that is done at once', () => {
  const show = vi.fn();
  const activity = createLateActivity(show, () => 0);
  activity({ what: 'Text' });
  activity(null);
  vi.runAllTimers();
  expect(show).not.toHaveBeenCalled();
});

it('shows a long share with its newest progress, and its end', () => {
  const seen: unknown[] = [];
  const activity = createLateActivity((shown) => seen.push(shown), Date.now);
  activity({ what: 'Text' });
  activity({ what: 'Text', progress: { sentBytes: 1, totalBytes: 4 } });
  vi.advanceTimersByTime(200);
  activity({ what: 'Text', progress: { sentBytes: 2, totalBytes: 4 } });
  activity(null);
  expect(seen).toEqual([
    { what: 'Text', progress: { sentBytes: 1, totalBytes: 4 } },
    { what: 'Text', progress: { sentBytes: 2, totalBytes: 4 } },
    null,
  ]);
});

it('says how fast it goes, once that is known', () => {
  const seen: unknown[] = [];
  const activity = createLateActivity((shown) => seen.push(shown), Date.now);
  activity({ what: 'Film', progress: { sentBytes: 0, totalBytes: 9_000 } });
  vi.advanceTimersByTime(1_000);
  activity({ what: 'Film', progress: { sentBytes: 3_000, totalBytes: 9_000 } });
  activity(null);
  expect(seen).toEqual([
    { what: 'Film', progress: { sentBytes: 0, totalBytes: 9_000 } },
    { what: 'Film', progress: { sentBytes: 3_000, totalBytes: 9_000, bytesPerSecond: 3_000 } },
    null,
  ]);
});
