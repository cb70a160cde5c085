import type { ScriptedReply } from '../../support/scripted-service.ts';

/**
 * docs/failures.md as data: what a service does, and which fault the client makes of it, for a
 * share, a collection and a revoke.
 */

export type Operation = 'share' | 'shareMany' | 'revoke';

export const ROUTES: Readonly<Record<Operation, string>> = {
  share: 'POST /linkify',
  shareMany: 'POST /linkify/multiple',
  revoke: 'POST /linkify/*/revoke',
};

export const OPERATIONS = Object.keys(ROUTES) as Operation[];

export type Expected = Readonly<Record<string, unknown>> | 'done';
export type Row = readonly [
  does: string,
  reply: ScriptedReply,
  expected: Expected | Record<Operation, Expected>,
];

export const lost = (outcomeUnknown: boolean) => ({ kind: 'connection-lost', outcomeUnknown });
export const late = { kind: 'timed-out', outcomeUnknown: true };
export const bad = (reason: string, outcomeUnknown = true) => ({
  kind: 'bad-response',
  reason,
  outcomeUnknown,
});
export const rejected = (status: number) => ({ kind: 'rejected', status });
export const error = (status: number) => ({ kind: 'service-error', status, outcomeUnknown: true });
export const gone: Record<Operation, Expected> = {
  share: bad('not-linkify', false),
  shareMany: { kind: 'not-found' },
  revoke: 'done',
};

/** A revoke reads no answer, so what is in it does not matter. */
export const makingOnly = (expected: Expected): Record<Operation, Expected> => ({
  share: expected,
  shareMany: expected,
  revoke: 'done',
});

export const share = (link: unknown, more: object = {}) => ({
  json: { iterable: [{ id: 'sh-1', link, ...more }] },
});

export const CONNECTION: readonly Row[] = [
  ['resets before the request was read', { trouble: 'reset-at-once' }, { kind: 'connection-lost' }],
  ['resets after the request', { trouble: 'reset' }, lost(true)],
  ['closes without an answer', { trouble: 'close' }, lost(true)],
  ['hangs after accepting', { trouble: 'hang' }, late],
  ['resets in the middle of its answer', { trouble: 'reset-mid-body', ...share('x') }, lost(true)],
  ['ends before Content-Length', { trouble: 'short-body', ...share('x') }, lost(true)],
  ['breaks its chunks', { trouble: 'broken-chunk', ...share('x') }, lost(true)],
  ['drips one byte at a time', { trouble: 'drip', ...share('x'.repeat(500)) }, late],
  ['talks something else than HTTP', { trouble: 'garbage' }, bad('not-http')],
  ['sends headers of 64 KiB', { trouble: 'long-headers' }, bad('too-long')],
  ['sends 50 MB', { trouble: 'huge' }, bad('too-long')],
  ['never ends its answer', { trouble: 'endless' }, bad('too-long')],
];

export const STATUSES: readonly Row[] = [
  ['400', { status: 400 }, rejected(400)],
  ['401', { status: 401 }, { kind: 'unauthorized' }],
  ['402', { status: 402 }, rejected(402)],
  ['403', { status: 403 }, rejected(403)],
  ['404', { status: 404 }, gone],
  ['405', { status: 405 }, rejected(405)],
  ['406', { status: 406 }, rejected(406)],
  ['407', { status: 407 }, rejected(407)],
  ['408', { status: 408 }, late],
  [
    '409',
    { status: 409 },
    {
      share: rejected(409),
      shareMany: { kind: 'name-taken', name: 'notes' },
      revoke: rejected(409),
    },
  ],
  ['404 with a web page', { status: 404, html: '<h1>nginx</h1>' }, bad('web-page', false)],
  ['410', { status: 410 }, gone],
  [
    '412',
    { status: 412 },
    { share: { kind: 'github-not-connected' }, shareMany: rejected(412), revoke: rejected(412) },
  ],
  ['413', { status: 413 }, { kind: 'too-large' }],
  ['414', { status: 414 }, rejected(414)],
  ['415', { status: 415 }, rejected(415)],
  [
    '417',
    { status: 417 },
    { share: rejected(417), shareMany: { kind: 'not-uploaded-yet' }, revoke: rejected(417) },
  ],
  ['418', { status: 418 }, rejected(418)],
  ['421', { status: 421 }, rejected(421)],
  ['422', { status: 422 }, rejected(422)],
  ['425', { status: 425 }, late],
  ['426', { status: 426 }, rejected(426)],
  ['428', { status: 428 }, rejected(428)],
  ['429 without a time', { status: 429 }, { kind: 'rate-limited', retryAfterMs: 30_000 }],
  [
    '429 with seconds',
    { status: 429, headers: { 'retry-after': '7' } },
    { kind: 'rate-limited', retryAfterMs: 7_000 },
  ],
  [
    '429 with a date',
    { status: 429, headers: { 'retry-after': 'Mon, 23 Nov 2026 14:05:00 GMT' } },
    { kind: 'rate-limited', retryAfterMs: 300_000 },
  ],
  [
    '429 with a week',
    { status: 429, headers: { 'retry-after': '604800' } },
    { kind: 'rate-limited', retryAfterMs: 3_600_000 },
  ],
  ['431', { status: 431 }, rejected(431)],
  ['451', { status: 451 }, rejected(451)],
  ['499', { status: 499 }, rejected(499)],
  ['500', { status: 500 }, error(500)],
  ['500 with a web page', { status: 500, html: '<h1>Oops</h1>' }, error(500)],
  ['501', { status: 501 }, error(501)],
  ['502', { status: 502 }, { kind: 'not-ready', status: 502, outcomeUnknown: true }],
  ['503', { status: 503 }, { kind: 'not-ready', status: 503, outcomeUnknown: false }],
  [
    '503 with a time',
    { status: 503, headers: { 'retry-after': '3' } },
    { kind: 'not-ready', status: 503, outcomeUnknown: false, retryAfterMs: 3_000 },
  ],
  ['504', { status: 504 }, { kind: 'not-ready', status: 504, outcomeUnknown: true }],
  ['505', { status: 505 }, { kind: 'update-required' }],
  ['506', { status: 506 }, error(506)],
  ['507', { status: 507 }, { kind: 'storage-full' }],
  ['508', { status: 508 }, error(508)],
  ['510', { status: 510 }, error(510)],
  ['599', { status: 599 }, error(599)],
  ['an endless text with its 500', { status: 500, trouble: 'endless' }, error(500)],
  ['202', { status: 202, json: {} }, bad('unexpected-status')],
  ['204', { status: 204 }, makingOnly(bad('unexpected-status'))],
  ['205', { status: 205 }, bad('unexpected-status')],
  ['206', { status: 206, json: {} }, bad('unexpected-status')],
];

export const ANSWERS: readonly Row[] = [
  ['nothing', { text: '' }, makingOnly(bad('not-json'))],
  ['half a JSON', { text: '{"iterable": [' }, makingOnly(bad('not-json'))],
  ['NaN', { text: '{"iterable": NaN}' }, makingOnly(bad('not-json'))],
  ['a byte order mark', { text: '\uFEFF{"iterable":[]}' }, makingOnly(bad('not-json'))],
  ['a text', { text: 'OK' }, makingOnly(bad('not-json'))],
  [
    'a list nested 10,000 deep',
    { text: '['.repeat(10_000) + ']'.repeat(10_000) },
    makingOnly(bad('wrong-shape')),
  ],
  [
    'a share nested 10,000 deep',
    { text: `{"iterable":[${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}]}` },
    makingOnly(bad('wrong-shape')),
  ],
  ['null', { text: 'null' }, makingOnly(bad('wrong-shape'))],
  ['a number', { text: '42' }, makingOnly(bad('wrong-shape'))],
  ['a list', { json: [share('https://x.example/')] }, makingOnly(bad('wrong-shape'))],
  ['no iterable', { json: { shares: [] } }, makingOnly(bad('wrong-shape'))],
  ['an iterable that is none', { json: { iterable: { 0: {} } } }, makingOnly(bad('wrong-shape'))],
  ['an empty iterable', { json: { iterable: [] } }, makingOnly(bad('no-link'))],
  ['a null share', { json: { iterable: [null] } }, makingOnly(bad('wrong-shape'))],
  [
    'a share without an id',
    { json: { iterable: [{ link: 'https://x.example/' }] } },
    makingOnly(bad('wrong-shape')),
  ],
  [
    'an empty id',
    { json: { iterable: [{ id: '', link: 'https://x.example/' }] } },
    makingOnly(bad('wrong-shape')),
  ],
  [
    'an id of 201 characters',
    { json: { iterable: [{ id: 'i'.repeat(201), link: 'https://x.example/' }] } },
    makingOnly(bad('wrong-shape')),
  ],
  [
    'an id that climbs',
    { json: { iterable: [{ id: '..', link: 'https://x.example/' }] } },
    makingOnly(bad('wrong-shape')),
  ],
  [
    'an id with NUL',
    { json: { iterable: [{ id: 'a\u0000', link: 'https://x.example/' }] } },
    makingOnly(bad('wrong-shape')),
  ],
  [
    'an id of half a character',
    { text: '{"iterable":[{"id":"\\ud800","link":"https://x.example/"}]}' },
    makingOnly(bad('wrong-shape')),
  ],
  [
    'a __proto__ with the share in it',
    { text: '{"__proto__":{"iterable":[{"id":"a","link":"https://x.example/"}]}}' },
    makingOnly(bad('wrong-shape')),
  ],
  [
    'a share without a link',
    { json: { iterable: [{ id: 'sh-1' }] } },
    makingOnly({ ...bad('no-link'), shareId: 'sh-1' }),
  ],
  ['a link that is a number', share(42), makingOnly({ ...bad('no-link'), shareId: 'sh-1' })],
  ...[
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://user:pass@x.example/',
    'https://x.example/\nhttps://y.example/',
    'https://x.example/\u202E',
    `https://x.example/${'a'.repeat(10_240)}`,
    'https://xn--pple-43d.com/',
    'https://аpple.com/',
    'relative',
  ].map(
    (link): Row => [
      `the link ${JSON.stringify(link.slice(0, 40))}`,
      share(link),
      makingOnly({ ...bad('unusable-link'), shareId: 'sh-1' }),
    ],
  ),
  ['a web page', { html: '<!doctype html><title>Login</title>' }, bad('web-page', false)],
  [
    'a web page in capitals',
    { text: '<html>', headers: { 'content-type': 'TEXT/HTML' } },
    bad('web-page', false),
  ],
  ['50 MB in 50 KB of gzip', { trouble: 'gzip-bomb' }, makingOnly(bad('not-json'))],
];
