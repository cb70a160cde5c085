import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Notice } from '../../../main/shell/notices.ts';
import { createStillWorking } from '../../../main/shell/slow-share-notice.ts';
import type { ActivityView } from '../../../preload/contract.ts';
import { text } from '../../support/text.ts';
import { english } from '../../support/words.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const shown: (ActivityView | null)[] = [];
  const notices: Notice[] = [];
  const withdrawn: string[] = [];
  const activity = createStillWorking({
    show: (view) => shown.push(view),
    notify: (notice) => notices.push(notice),
    withdraw: (cause) => withdrawn.push(cause),
    words: english,
  });
  return { activity, shown, notices, withdrawn };
}

test('a share that is done within ten seconds is not spoken of', () => {
  const { activity, shown, notices, withdrawn } = setUp();
  activity({ what: 'Text' });
  vi.advanceTimersByTime(9_000);
  activity(null);
  vi.advanceTimersByTime(60_000);
  expect(shown).toEqual([{ what: 'Text' }, null]);
  expect(notices).toEqual([]);
  expect(withdrawn).toEqual([]);
});

test('after ten seconds it is told once, with Cancel; its end takes that away', () => {
  const { activity, shown, notices, withdrawn } = setUp();
  activity({ what: 'Text' });
  vi.advanceTimersByTime(10_000);
  expect(shown.at(-1)).toEqual({ what: 'Text', slow: 'working' });
  activity({ what: 'Text', progress: { sentBytes: 1, totalBytes: 2 } });
  expect(shown.at(-1)).toMatchObject({ slow: 'working' });
  vi.advanceTimersByTime(60_000);
  expect(notices).toMatchObject([
    {
      cause: 'still-working',
      body: text('stillWorking', { what: 'Text' }),
      quiet: true,
      buttons: [{ label: text('doStopWaiting'), command: { kind: 'cancel-share' } }],
    },
  ]);
  activity(null);
  expect(withdrawn).toEqual(['still-working']);
  activity({ what: 'Image' });
  expect(shown.at(-1)).toEqual({ what: 'Image' });
});

test('a service that has everything and still stores it is told as that', () => {
  const { activity, shown, notices } = setUp();
  activity({ what: '3 texts', slow: 'uploading' });
  vi.advanceTimersByTime(10_000);
  expect(shown.at(-1)).toEqual({ what: '3 texts', slow: 'uploading' });
  expect(notices[0]?.body).toBe(text('stillUploading', { what: '3 texts' }));
});
