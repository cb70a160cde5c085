import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Sharing } from '../../../main/sharing/share.ts';
import { ShareProgress } from '../../../main/sharing/share-progress.ts';
import type { ActivityView } from '../../../preload/contract.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const sharing = new EventEmitter();
  // Only its events are used.
  const progress = new ShareProgress(sharing as unknown as Sharing, Date.now);
  const seen: (ActivityView | null)[] = [];
  const events: unknown[] = [];
  progress.on('changed', () => seen.push(progress.current()));
  progress.on('slow', (activity) => events.push(activity));
  progress.on('slow-ended', () => events.push('ended'));
  const activity = (next: ActivityView | null): void => void sharing.emit('activity', next);
  return { activity, seen, events, progress };
}

it('shows nothing of a share that is done at once', () => {
  const { activity, seen } = setUp();
  activity({ what: 'Text' });
  activity(null);
  vi.runAllTimers();
  expect(seen).toEqual([]);
});

it('shows a long share with its newest progress, and its end', () => {
  const { activity, seen } = setUp();
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

it('shows the upload rate, once it is known', () => {
  const { activity, seen } = setUp();
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

it('does not call a share slow that is done within ten seconds', () => {
  const { activity, seen, events } = setUp();
  activity({ what: 'Text' });
  vi.advanceTimersByTime(9_000);
  activity(null);
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual([{ what: 'Text' }, null]);
  expect(events).toEqual([]);
});

it('reports a slow share once, and its end', () => {
  const { activity, seen, events } = setUp();
  activity({ what: 'Text' });
  vi.advanceTimersByTime(10_200);
  expect(seen.at(-1)).toEqual({ what: 'Text', slow: 'working' });
  activity({ what: 'Text', progress: { sentBytes: 1, totalBytes: 2 } });
  expect(seen.at(-1)).toMatchObject({ slow: 'working' });
  vi.advanceTimersByTime(60_000);
  expect(events).toEqual([{ what: 'Text' }]);
  activity(null);
  expect(events).toEqual([{ what: 'Text' }, 'ended']);
  activity({ what: 'Image' });
  vi.advanceTimersByTime(200);
  expect(seen.at(-1)).toEqual({ what: 'Image' });
});

it('says when the service has everything and still stores it', () => {
  const { activity, seen, events } = setUp();
  activity({ what: '3 texts', slow: 'uploading' });
  vi.advanceTimersByTime(10_200);
  expect(seen.at(-1)).toEqual({ what: '3 texts', slow: 'uploading' });
  expect(events).toEqual([{ what: '3 texts', slow: 'uploading' }]);
});
