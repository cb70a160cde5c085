import { beforeEach, expect, test } from 'vitest';
import {
  createNotificationThrottle,
  type NotificationThrottle,
  quietMsOf,
} from '../../../main/shell/notification-throttle.ts';

let nowMs: number;
let quiet: NotificationThrottle;
beforeEach(() => {
  nowMs = 0;
  quiet = createNotificationThrottle(() => nowMs);
});

const show = (cause: string, body = 'words'): boolean =>
  quiet.mayShow({ cause, title: 'title', body });

test.each(['unreachable', 'sign-in-required', 'store-not-saved', 'still-opens'])(
  '%s is not said twice within its quiet time',
  (cause) => {
    expect(show(cause)).toBe(true);
    nowMs = quietMsOf(cause) - 1;
    expect(show(cause)).toBe(false);
    nowMs = quietMsOf(cause);
    expect(show(cause)).toBe(true);
  },
);

test('a cause that asks again and again is said once in ten minutes', () => {
  let said = 0;
  for (nowMs = 0; nowMs < 3_600_000; nowMs += 1_000) if (show('store-not-saved')) said += 1;
  expect(said).toBe(6);
});

test.each(['shared', 'revoked', 'tested', 'looks-like-secret'])(
  '%s is what a person did, and told each time',
  (cause) => {
    expect([show(cause), show(cause), show(cause)]).toEqual([true, true, true]);
  },
);

test('other words of the same cause are news', () => {
  expect([show('too-large', '31 MB'), show('too-large', '40 MB')]).toEqual([true, true]);
});

test('causes do not silence each other', () => {
  expect([show('unreachable'), show('timed-out'), show('unreachable')]).toEqual([
    true,
    true,
    false,
  ]);
});

test('once the cause is gone, the next one is news', () => {
  expect(show('unreachable')).toBe(true);
  quiet.clear('unreachable');
  expect(show('unreachable')).toBe(true);
});

test('put away, a failure is told when it happens again; what lasts stays quiet', () => {
  show('unreachable');
  show('store-not-saved');
  quiet.closed('unreachable');
  quiet.closed('store-not-saved');
  expect([show('unreachable'), show('store-not-saved')]).toEqual([true, false]);
});
