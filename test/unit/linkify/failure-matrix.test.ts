import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import { LinkifyError, type LinkifyFault } from '../../../main/linkify/errors.ts';
import type { LinkifyService, ShareItem } from '../../../main/linkify/model.ts';
import {
  type Script,
  type ScriptedReply,
  type ScriptedService,
  startScriptedService,
} from '../../support/scripted-service.ts';

/**
 * docs/failures.md, row by row: what a service does, and which fault the client makes of it, for a
 * share, a collection and a revoke. What people are told of each fault is in the test of the advice.
 */

const TOKEN = 'token-that-nobody-may-see';
const CONTENT = 'content-that-nobody-may-see';
const TEXT: ShareItem = { kind: 'text', name: CONTENT, text: CONTENT, ext: 'txt' };

let service: ScriptedService;
let client: LinkifyService;

const clientFor = (baseUrl: string): LinkifyService =>
  createLinkifyClient({
    baseUrl,
    token: TOKEN,
    appVersion: '0.1.0',
    platform: 'linux',
    patience: { quickMs: 500, createMs: 500, cloudMs: 500, readMs: 500 },
    repeatAfterErrorMs: 5,
    now: () => Date.parse('2026-11-23T14:00:00Z'),
  });

beforeEach(async () => {
  service = await startScriptedService();
  client = clientFor(service.baseUrl);
});

afterEach(async () => {
  client.close();
  await service.close();
});

type Operation = 'share' | 'shareMany' | 'revoke';

const ROUTES: Readonly<Record<Operation, string>> = {
  share: 'POST /linkify',
  shareMany: 'POST /linkify/multiple',
  revoke: 'POST /linkify/*/revoke',
};

const OPERATIONS = Object.keys(ROUTES) as Operation[];

const run = (operation: Operation): Promise<unknown> => {
  switch (operation) {
    case 'share':
      return client.linkify(TEXT);
    case 'shareMany':
      return client.linkifyMultiple(['as-1', 'as-2'], 'notes');
    case 'revoke':
      return client.revoke('0f3cb0f2');
  }
};

/** The fault that a call ends with, or `done`. Whatever it is, it gives nothing away. */
async function outcome(call: Promise<unknown>): Promise<LinkifyFault | 'done'> {
  try {
    await call;
    return 'done';
  } catch (error) {
    expect(error).toBeInstanceOf(LinkifyError);
    const everything = inspect(error, { depth: 20, showHidden: true });
    expect(everything).not.toContain(TOKEN);
    expect(everything).not.toContain(CONTENT);
    return (error as LinkifyError).fault;
  }
}

type Expected = Readonly<Record<string, unknown>> | 'done';
type Row = readonly [
  does: string,
  reply: ScriptedReply,
  expected: Expected | Record<Operation, Expected>,
];

const lost = (outcomeUnknown: boolean) => ({ kind: 'connection-lost', outcomeUnknown });
const late = { kind: 'timed-out', outcomeUnknown: true };
const bad = (reason: string, outcomeUnknown = true) => ({
  kind: 'bad-response',
  reason,
  outcomeUnknown,
});
const rejected = (status: number) => ({ kind: 'rejected', status });
const error = (status: number) => ({ kind: 'service-error', status, outcomeUnknown: true });
const gone: Record<Operation, Expected> = {
  share: bad('not-linkify', false),
  shareMany: { kind: 'not-found' },
  revoke: 'done',
};

/** A revoke reads no answer, so what is in it does not matter. */
const makingOnly = (expected: Expected): Record<Operation, Expected> => ({
  share: expected,
  shareMany: expected,
  revoke: 'done',
});

const share = (link: unknown, more: object = {}) => ({
  json: { iterable: [{ id: 'sh-1', link, ...more }] },
});

const CONNECTION: readonly Row[] = [
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

const STATUSES: readonly Row[] = [
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

const ANSWERS: readonly Row[] = [
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

describe.each(OPERATIONS)('%s', (operation) => {
  describe.each([
    ['when the service', CONNECTION],
    ['when the status is', STATUSES],
    ['when the answer is', ANSWERS],
  ] as const)('%s', (_, rows) => {
    test.each(rows)('%s', async (_does, reply, expected) => {
      service.script({ [ROUTES[operation]]: reply } satisfies Script);
      const wanted =
        typeof expected === 'object' && 'share' in expected
          ? (expected as Record<Operation, Expected>)[operation]
          : expected;
      const found = await outcome(run(operation));
      if (wanted === 'done') expect(found).toBe('done');
      else expect(found).toMatchObject(wanted);
    });
  });

  test.each([301, 302, 303, 307, 308, 300, 304])(
    'a %i is not followed: nothing reaches the other address',
    async (status) => {
      const other = await startScriptedService();
      try {
        for (const location of [
          `${other.baseUrl}/linkify`,
          '/linkify',
          'file:///etc/passwd',
          'unix:/run/docker.sock:/x',
          'javascript:alert(1)',
        ]) {
          service.script({ [ROUTES[operation]]: { status, headers: { location } } });
          expect(await outcome(run(operation))).toEqual(bad('redirect', false));
        }
        expect(other.connections()).toBe(0);
        expect(service.sent(ROUTES[operation])).toHaveLength(5);
      } finally {
        await other.close();
      }
    },
  );

  test.each([400, 401])('after one %i connects again and succeeds unnoticed', async (status) => {
    await client.connect();
    service.script({
      [ROUTES[operation]]: [{ status }, share('https://x.example/1')],
    });
    expect(await outcome(run(operation))).toBe('done');
    expect(service.sent('POST /connect')).toHaveLength(2);
  });

  test('a service that is not there', async () => {
    const { baseUrl } = service;
    await service.close();
    expect(await outcome(run(operation))).toEqual({ kind: 'unreachable', baseUrl });
  });

  test('a host name that does not exist', async () => {
    const baseUrl = 'https://nowhere.invalid';
    client = clientFor(baseUrl);
    expect(await outcome(run(operation))).toEqual({ kind: 'unreachable', baseUrl });
  });

  test.each([
    [{ signedIn: false }, { kind: 'sign-in-required' }],
    [{ cloud: null }, { kind: 'cloud-not-connected', cloud: 'never-connected' }],
    [{ cloud: 'PENDING' }, { kind: 'cloud-not-connected', cloud: 'pending' }],
    [{ cloud: 'DISCONNECTED' }, { kind: 'cloud-not-connected', cloud: 'disconnected' }],
    [{ cloud: 'FAILED' }, { kind: 'cloud-not-connected', cloud: 'failed' }],
    [{ cloud: 'RUNNING' }, { kind: 'cloud-not-connected', cloud: 'running' }],
    [{ cloud: 'constructor' }, { kind: 'cloud-not-connected', cloud: 'unknown' }],
  ])('511 with %j is found out about', async (state, expected) => {
    Object.assign(service.memory.state, state);
    service.script({ [ROUTES[operation]]: { status: 511 } });
    expect(await outcome(run(operation))).toEqual(expected);
    expect(service.sent('GET /user')).toHaveLength(1);
  });

  test('511 of a network that asks for a login is told as such', async () => {
    service.script({
      [ROUTES[operation]]: { status: 511 },
      'GET /user': { html: '<form>' },
    });
    expect(await outcome(run(operation))).toEqual(bad('web-page', false));
  });

  test('511 with a /user that fails means sign in', async () => {
    service.script({ [ROUTES[operation]]: { status: 511 }, 'GET /user': { status: 503 } });
    expect(await outcome(run(operation))).toEqual({ kind: 'sign-in-required' });
  });

  test('cancelled before it began sends nothing', async () => {
    const signal = AbortSignal.abort();
    const calls: Record<Operation, () => Promise<unknown>> = {
      share: () => client.linkify(TEXT, { signal }),
      shareMany: () => client.linkifyMultiple(['as-1'], undefined, { signal }),
      revoke: () => client.revoke('x', { signal }),
    };
    expect(await outcome(calls[operation]())).toEqual({ kind: 'cancelled' });
    expect(service.sent(ROUTES[operation])).toHaveLength(0);
  });

  test.each([400, 401, 403, 500, 503, 511])('a connect that answers %i', async (status) => {
    service.script({ 'POST /connect': { status } });
    expect(await outcome(run(operation))).not.toBe('done');
    expect(service.sent(ROUTES[operation])).toHaveLength(0);
  });
});
