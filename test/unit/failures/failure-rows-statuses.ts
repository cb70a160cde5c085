import { bad, error, late, NOT_READ, notReady, rejected } from './failure-faults.ts';
import type { Case, Expected, FailureRow, Operation } from './failure-rows.ts';

const status = (code: number, fault: Expected, but?: Case['but']): Case => ({
  does: String(code),
  reply: { status: code },
  fault,
  ...(but === undefined ? {} : { but }),
});

/** A status that means something for one call only. */
const onlyFor = (
  operation: Operation,
  code: number,
  fault: Expected,
): Partial<Record<Operation, Expected>> => ({
  ...Object.fromEntries(
    (['asset', 'share', 'shareMany', 'revoke', 'list'] as const).map((other) => [
      other,
      rejected(code),
    ]),
  ),
  [operation]: fault,
});

/** Of a share with its content the service is what is missing, of a collection one of its assets. */
const GONE: Case['but'] = { shareMany: { kind: 'not-found' }, revoke: 'done' };

const signInOrCloud = (state: Case['state'], fault: Expected): Case => ({
  does: `511 with ${JSON.stringify(state)}`,
  reply: { status: 511 },
  fault,
  ...(state === undefined ? {} : { state }),
});

const cloud = (name: string | null, found: string): Case =>
  signInOrCloud({ cloud: name }, { kind: 'cloud-not-connected', cloud: found });

/** What a service says by its status. */
export const STATUS_ROWS: readonly FailureRow[] = [
  {
    id: 6,
    service: '400, 401 (after the app connected again and repeated the request)',
    comes: ['rejected', 'unauthorized'],
    revoke: ['told'],
    cases: [status(400, rejected(400)), status(401, { kind: 'unauthorized' })],
  },
  {
    id: 7,
    service: '403',
    comes: ['rejected'],
    revoke: ['told'],
    cases: [status(403, rejected(403))],
  },
  {
    id: 8,
    service: '404',
    comes: ['not-linkify', 'not-found', 'web-page'],
    revoke: ['done', 'waits'],
    kept: 'a revoke counts as done, unless the 404 comes with a web page',
    cases: [
      status(404, bad('not-linkify', false), GONE),
      {
        does: '404 with a web page',
        reply: { status: 404, html: '<h1>nginx</h1>' },
        fault: bad('web-page', false),
      },
    ],
  },
  {
    id: 9,
    service: '408, 425',
    comes: ['timed-out'],
    revoke: ['waits'],
    cases: [status(408, late), status(425, late)],
  },
  {
    id: 10,
    service: '409 for a collection: its name is taken',
    comes: ['name-taken', 'rejected'],
    revoke: ['told'],
    kept: 'its assets and their order are stored',
    cases: [
      status(409, rejected(409), onlyFor('shareMany', 409, { kind: 'name-taken', name: 'notes' })),
    ],
  },
  {
    id: 11,
    service: '410: it no longer exists',
    comes: ['not-linkify', 'not-found'],
    revoke: ['done'],
    cases: [status(410, bad('not-linkify', false), GONE)],
  },
  {
    id: 12,
    service: '412 for one item: GitHub is not connected',
    comes: ['github-not-connected', 'rejected'],
    revoke: ['told'],
    cases: [
      status(
        412,
        { kind: 'github-not-connected' },
        onlyFor('share', 412, { kind: 'github-not-connected' }),
      ),
    ],
  },
  {
    id: 13,
    service: '413, or too large according to its limits, before anything is sent',
    comes: ['too-large'],
    revoke: ['told'],
    kept: 'a size of 1 MB or more is remembered for a day: as much is sent there again only if the user decides so',
    cases: [
      status(413, { kind: 'too-large' }),
      {
        does: '413 while the request still goes out',
        reply: { status: 413, trouble: 'answer-early' },
        fault: { kind: 'too-large' },
      },
    ],
  },
  {
    id: 14,
    service: '417 for a collection: it is not uploaded yet',
    comes: ['not-uploaded-yet', 'rejected'],
    revoke: ['told'],
    kept: 'its assets are stored; requested again after 1, 2, 4 .. 30 s, for ten minutes, with Cancel',
    cases: [status(417, rejected(417), onlyFor('shareMany', 417, { kind: 'not-uploaded-yet' }))],
  },
  {
    id: 15,
    service: '429, with `Retry-After` in seconds, as a date, or without',
    comes: ['rate-limited'],
    revoke: ['waits'],
    kept: 'requested again after that time: 1 s to 1 h, or 30 s if it has none',
    cases: [
      ['429 without a time', undefined, 30_000],
      ['429 with seconds', '7', 7_000],
      ['429 with a date', 'Mon, 23 Nov 2026 14:05:00 GMT', 300_000],
      ['429 with a date that is over', 'Mon, 23 Nov 2026 13:05:00 GMT', 1_000],
      ['429 with a week', '604800', 3_600_000],
      ['429 with no time at all', 'soon', 30_000],
    ].map(([does, time, retryAfterMs]) => ({
      does: String(does),
      reply: {
        status: 429,
        ...(time === undefined ? {} : { headers: { 'retry-after': String(time) } }),
      },
      fault: { kind: 'rate-limited', retryAfterMs },
    })),
  },
  {
    id: 16,
    service: '500',
    comes: ['service-error'],
    revoke: ['waits'],
    kept: 'a revoke, and a request that only reads, is repeated once after 2 s; a request for a link never before the list was read',
    cases: [
      status(500, error(500)),
      {
        does: '500 with a web page',
        reply: { status: 500, html: '<h1>Oops</h1>' },
        fault: error(500),
      },
      {
        does: 'an endless text with its 500',
        reply: { status: 500, trouble: 'endless' },
        fault: error(500),
      },
    ],
  },
  {
    id: 17,
    service: '502, 503, 504',
    comes: ['not-ready'],
    revoke: ['waits'],
    kept: '503: nothing was created; 502 and 504 come from a gateway, which can’t know',
    cases: [
      status(502, notReady(502)),
      status(503, notReady(503)),
      {
        does: '503 with a time',
        reply: { status: 503, headers: { 'retry-after': '3' } },
        fault: notReady(503, { retryAfterMs: 3_000 }),
      },
      status(504, notReady(504)),
    ],
  },
  {
    id: 18,
    service: '505: it is too old for links',
    comes: ['update-required'],
    revoke: ['waits'],
    cases: [status(505, { kind: 'update-required' })],
  },
  {
    id: 19,
    service: '507: out of space',
    comes: ['storage-full'],
    revoke: ['told'],
    cases: [status(507, { kind: 'storage-full' })],
  },
  {
    id: 20,
    service: '511: `GET /user` tells whether the user is signed out, or the cloud is not connected',
    comes: ['sign-in-required', 'cloud-not-connected'],
    revoke: ['waits'],
    kept: 'sent automatically after sign-in, or once the cloud is connected',
    cases: [
      signInOrCloud({ signedIn: false }, { kind: 'sign-in-required' }),
      cloud(null, 'never-connected'),
      cloud('PENDING', 'pending'),
      cloud('DISCONNECTED', 'disconnected'),
      cloud('FAILED', 'failed'),
      cloud('RUNNING', 'running'),
      cloud('constructor', 'unknown'),
    ],
  },
  {
    id: 21,
    service:
      'any other status: 1xx is ignored, 4xx rejects, 5xx fails, 2xx is not a valid response',
    comes: ['rejected', 'service-error', 'unexpected-status'],
    revoke: ['told', 'waits', 'done'],
    kept: '204 is enough for a revoke',
    cases: [
      ...[
        402, 405, 406, 407, 411, 414, 415, 416, 418, 421, 422, 423, 424, 426, 428, 431, 451, 499,
      ].map((code) => status(code, rejected(code))),
      ...[501, 506, 508, 510, 599].map((code) => status(code, error(code))),
      ...[202, 203, 205, 206, 207, 208, 226, 299].map((code) => ({
        ...status(code, bad('unexpected-status')),
        reply: { status: code, json: {} },
      })),
      status(204, bad('unexpected-status'), NOT_READ),
    ],
  },
  {
    id: 26,
    service: '300 to 308, to any address: it is not followed',
    comes: ['redirect'],
    revoke: ['waits'],
    cases: [300, 301, 302, 303, 304, 305, 306, 307, 308].map((code) => ({
      does: String(code),
      reply: { status: code, headers: { location: '/linkify' } },
      fault: bad('redirect', false),
    })),
  },
];
