import type { FailureRow } from './failure-rows.ts';

/** What no single answer makes: each row has tests of its own in failure-rows.test.ts. */
export const OTHER_ROWS: readonly FailureRow[] = [
  {
    id: 28,
    service: 'one id twice in an answer, or an id that is known already',
    comes: [],
    revoke: [],
    kept: 'of two the first; a known one is one row, as it is now; one of another service’s link is refused (`wrong-shape`)',
    cases: [],
  },
  {
    id: 30,
    service: 'a clock that is wrong: created in 1970, in 2099, on no day at all',
    comes: [],
    revoke: [],
    kept: 'the row says when this computer made it; the service’s time is not used',
    cases: [],
  },
  {
    id: 31,
    service: 'is slow but good, and the person cancels or quits, or the computer sleeps',
    comes: ['cancelled'],
    revoke: [],
    kept: 'cancelled: nothing, and a link or asset that still comes is taken back; quit or asleep: the share, which is one link later',
    cases: [],
  },
  {
    id: 32,
    service: 'another one is chosen, or found, while a share is under way',
    comes: [],
    revoke: [],
    kept: 'the share stays with the service that it began with, and so does its revoke',
    cases: [],
  },
  {
    id: 33,
    service: 'a certificate that proves nothing: self-signed, for another name, expired',
    comes: ['untrusted-certificate'],
    revoke: ['told'],
    kept: 'no request is sent, and there is no way to ignore it',
    cases: [],
  },
  {
    id: 34,
    service: 'makes the link after something else was copied',
    comes: [],
    revoke: [],
    kept: 'the clipboard as it is; the link is on the list, and a notification offers Copy',
    cases: [],
  },
];
