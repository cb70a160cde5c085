import type { FailureRow } from './failure-rows.ts';

/** What no single answer makes: each row has tests of its own in failure-rows.test.ts. */
export const OTHER_ROWS: readonly FailureRow[] = [
  {
    id: 28,
    service: 'one id twice in a response, or an id that is known already',
    comes: [],
    revoke: [],
    kept: 'of two the first counts; a known one updates its row; the id of another service’s link is rejected (`wrong-shape`)',
    cases: [],
  },
  {
    id: 30,
    service: 'a wrong clock: created in 1970, in 2099, on an invalid date',
    comes: [],
    revoke: [],
    kept: 'the row has the time of this computer; the service’s time is not used',
    cases: [],
  },
  {
    id: 31,
    service: 'is slow but works, and the user cancels or quits, or the computer sleeps',
    comes: ['cancelled'],
    revoke: [],
    kept: 'canceled: nothing stays, and a link or asset that is still created is deleted; quit or asleep: the share stays, and becomes one link later',
    cases: [],
  },
  {
    id: 32,
    service: 'another one is chosen, or found, during a share',
    comes: [],
    revoke: [],
    kept: 'the share stays with its service, and so does its revoke',
    cases: [],
  },
  {
    id: 33,
    service: 'an untrusted certificate: self-signed, for another name, expired',
    comes: ['untrusted-certificate'],
    revoke: ['told'],
    kept: 'no request is sent; the check can’t be skipped',
    cases: [],
  },
  {
    id: 34,
    service: 'creates the link after something else was copied',
    comes: [],
    revoke: [],
    kept: 'the clipboard is unchanged; the link is on the list, and a notification offers Copy',
    cases: [],
  },
];
