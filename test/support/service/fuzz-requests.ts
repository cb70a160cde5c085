import fc from 'fast-check';
import type { PostgresOptions } from '../../../main/server/store/sql/postgres-options.ts';
import { sendRaw } from './raw.ts';
import { APPLICATION, get, marker, startTestService, textSeed } from './run.ts';
import { addUser } from './users.ts';

export interface FuzzResult {
  readonly requests: number;
  readonly serverErrors: number;
  /** Answers with a status that is not documented, besides 5xx. */
  readonly undocumented: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Responses to a user with something of another one's, or that changed it. */
  readonly leaks: number;
  readonly stillAnswers: boolean;
  /** What was sent where a 5xx came back; at most 5. */
  readonly examples: readonly string[];
}

/** 0: closed without an answer, which is one to bytes that are no HTTP. 507 needs a full disk. */
const DOCUMENTED = new Set([
  0, 200, 206, 303, 400, 401, 403, 404, 405, 408, 409, 410, 411, 412, 413, 415, 416, 417, 429, 431,
]);

const ROUTES: readonly (readonly [string, string])[] = [
  ['POST', '/connect'],
  ['POST', '/assets/create'],
  ['POST', '/linkify'],
  ['POST', '/linkify/multiple'],
  ['POST', '/os/update/check'],
  ['POST', '/allocations/connect'],
  ['POST', '/x-linkify/assets?name=a'],
  ['GET', '/shares'],
  ['GET', '/user'],
  ['GET', '/x-linkify/me'],
  ['GET', '/x-linkify/users'],
  ['POST', '/x-linkify/users'],
  ['POST', '/x-linkify/users/none/rotate'],
  ['GET', '/x-linkify/audit?limit=-1&before=x'],
];

/** Where a proxy with TLS stands in front of the API. */
const PUBLIC_HOST = 'share.example.com';

const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '\0',
    '\u202e',
    '../../etc/passwd',
    '__proto__',
    'constructor',
    '\ud800',
    '%00',
  ),
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, true, false, [], {}, -1, 256, 1.5, 1e308),
);
const deep = fc.nat({ max: 3_000 }).map((depth) => {
  let value: unknown = 'x';
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
});
const anything: fc.Arbitrary<unknown> = fc.oneof(
  junk,
  fc.array(junk, { maxLength: 8 }),
  fc.dictionary(fc.string({ maxLength: 12 }), junk, { maxKeys: 6 }),
  deep,
);

/** A seed that is right but for what was put in the place of some of its members. */
const seed: fc.Arbitrary<unknown> = fc
  .record({
    type: fc.oneof(fc.constant('SEEDED_ASSET'), junk),
    application: fc.oneof(fc.constant(APPLICATION), anything),
    metadata: fc.oneof(fc.constant({ name: 'fuzz' }), fc.record({ name: junk }), anything),
    part: fc.constantFrom('file', 'fragment', 'both', 'none'),
    content: fc.oneof(
      fc.record({ string: fc.record({ raw: fc.oneof(fc.string({ unit: 'binary' }), junk) }) }),
      fc.record({
        bytes: fc.record({ raw: fc.oneof(fc.array(fc.integer({ min: -1, max: 256 })), anything) }),
      }),
      anything,
    ),
    partMetadata: fc.oneof(fc.record({ name: junk, ext: junk }), anything),
  })
  .map(({ type, application, metadata, part, content, partMetadata }) => {
    const inner =
      typeof content === 'object' && content !== null && !Array.isArray(content)
        ? { ...content, metadata: partMetadata }
        : content;
    const format = {
      ...(part === 'file' || part === 'both' ? { file: inner } : {}),
      ...(part === 'fragment' || part === 'both' ? { fragment: inner } : {}),
    };
    return { type, asset: { application, metadata, format } };
  });

const body: fc.Arbitrary<unknown> = fc.oneof(
  seed,
  fc.record({ access: fc.oneof(fc.constant('PUBLIC'), junk), seed, 'x-linkify': anything }),
  fc.record({ access: fc.constant('PUBLIC'), seed: fc.constant(textSeed('right')) }),
  fc.record({ access: fc.constant('PUBLIC'), asset: fc.oneof(fc.record({ id: junk }), anything) }),
  fc.record({
    access: fc.constant('PUBLIC'),
    assets: fc.oneof(fc.array(junk, { maxLength: 5 }), anything),
    name: junk,
  }),
  fc.record({ application: fc.oneof(fc.constant(APPLICATION), anything) }),
  fc.record({
    name: fc.oneof(fc.string({ unit: 'binary', maxLength: 70 }), junk),
    scope: fc.oneof(fc.constantFrom('read-only', 'share', 'admin'), junk),
    quotaBytes: junk,
  }),
  anything,
);

const header = fc.constantFrom(
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Content-Length: 0x10',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: gzip',
  'Content-Encoding: gzip',
  'Content-Type: application/json',
  'Content-Type: text/plain',
  'Content-Type: application/json; charset=utf-16',
  'Expect: 100-continue',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Range: bytes=0-',
  'Range: bytes=-1,5-2',
  'X-A: \0',
  ' folded: line',
  'no colon',
  ': empty',
  `X-Long: ${'a'.repeat(20_000)}`,
  'Host: evil.test',
);
const target = fc.oneof(
  fc.constantFrom(...ROUTES.map(([, path]) => path)),
  fc.webPath(),
  fc.string({ unit: 'binary-ascii', maxLength: 40 }).map((text) => `/${text}`),
  fc.constantFrom(
    '*',
    '//',
    '//shares',
    '/s/..%2f',
    '/share/%00',
    '/linkify/../shares',
    '/s/%E0%A4%A',
    'http://127.0.0.1/shares',
    '/s/constructor',
    '/share/__proto__',
    `/s/${'a'.repeat(70)}`,
    '/shares?limit=-1&before=x',
  ),
);
const method = fc.constantFrom(
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PATCH',
  'CONNECT',
  'get',
  'FOO',
  '',
);

const rawRequest = fc.record({
  toPages: fc.boolean(),
  method,
  target,
  version: fc.constantFrom('1.1', '1.1', '1.1', '1.0', '2.0', '9'),
  headers: fc.array(header, { maxLength: 4 }),
  honest: fc.boolean(),
  isPublic: fc.boolean(),
  rest: fc.oneof(
    fc.constant(''),
    fc.string({ maxLength: 80 }),
    fc.constant('5\r\nhello\r\n0\r\n\r\n'),
  ),
  pipelined: fc.boolean(),
});

/** What a user must not reach of another one's. */
const foreignRoutes = (share: string, asset: string): readonly (readonly [string, string])[] => [
  ['GET', `/share/${share}`],
  ['GET', `/shares/${share}`],
  ['GET', `/x-linkify/shares/${share}`],
  ...['options', 'name', 'close', 'reopen'].map(
    (change) => ['POST', `/x-linkify/shares/${share}/${change}`] as const,
  ),
  ['POST', `/linkify/${share}/revoke`],
  ['GET', `/asset/${asset}`],
  ['POST', `/assets/${asset}/delete`],
];

/**
 * Sends `count` requests, half as JSON through HTTP and half as bytes over a raw socket; to the API
 * with the server's own token, with a user's, and with a user's at the public URL.
 * @param database PostgreSQL instead of SQLite
 */
export async function fuzzRequests(
  count: number,
  seedOfRun: number,
  database?: PostgresOptions,
): Promise<FuzzResult> {
  const running = await startTestService({
    ...(database === undefined ? {} : { database }),
    quotaBytes: 2e12,
    publicApi: { baseUrl: `https://${PUBLIC_HOST}/api`, proxies: ['127.0.0.1'] },
  });
  const { service, api } = running;
  const user = await addUser(running, 'fuzz', { scope: 'admin', requestsPerMinute: 1e9 });
  const port = Number(new URL(service.apiBaseUrl).port);
  const link = (await api.share(textSeed('readable'))).link as string;
  const pagesPort = Number(new URL(link).port);
  const byStatus: Record<string, number> = {};
  const examples: string[] = [];
  let requests = 0;
  const secret = marker();
  const other = await addUser(running, 'other');
  const foreign = await other.api.share(textSeed(secret, secret));
  const foreignAsset = await other.api.create(textSeed(secret, secret));
  const foreignPaths = foreignRoutes(foreign.id, foreignAsset);
  let leaks = 0;

  const seen = (status: number, sent: string): void => {
    requests++;
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    if (status >= 500 && examples.length < 5) examples.push(sent.slice(0, 400));
  };

  const whole = fc.sample(
    fc.tuple(fc.constantFrom(...ROUTES, ...foreignPaths), body, fc.boolean()),
    {
      numRuns: Math.ceil(count / 2),
      seed: seedOfRun,
    },
  );
  await inParallel(whole, 16, async ([route, value, byUser]) => {
    const [verb, path] = route;
    const sent = JSON.stringify(value);
    const isForeign = foreignPaths.includes(route);
    const isUser = byUser || isForeign;
    const { call } = isUser ? user.api : api;
    const answer = verb === 'GET' ? await call(verb, path) : await call(verb, path, sent ?? 'null');
    seen(answer.status, `${verb} ${path} ${sent}`);
    if (isUser && (answer.text.includes(secret) || (isForeign && answer.status < 300))) leaks++;
  });

  const raw = fc.sample(rawRequest, { numRuns: Math.floor(count / 2), seed: seedOfRun });
  const honestHead = (isPublic: boolean, at: number): readonly string[] =>
    isPublic
      ? [
          `Host: ${PUBLIC_HOST}`,
          `Authorization: Bearer ${user.token}`,
          'X-Forwarded-For: 192.0.2.7',
        ]
      : [`Host: 127.0.0.1:${at}`, `Authorization: Bearer ${service.token}`];
  await inParallel(raw, 24, async (one) => {
    const at = one.toPages ? pagesPort : port;
    const path = one.toPages && one.honest ? new URL(link).pathname : one.target;
    const lines = [
      `${one.method} ${path} HTTP/${one.version}`,
      ...(one.honest ? honestHead(one.isPublic && !one.toPages, at) : ['Host: localhost']),
      ...one.headers,
    ];
    const text = `${lines.join('\r\n')}\r\n\r\n${one.rest}`;
    const bytes = Buffer.from(one.pipelined ? text + text : text, 'latin1');
    // Half a request is waited for by the server, not by us.
    const { status, body } = await sendRaw(at, bytes, 250);
    seen(status, text);
    const isServer = one.honest && !one.isPublic && !one.toPages;
    if (!isServer && body.includes(secret)) leaks++;
  });

  const shares = await api.call('GET', '/shares');
  const page = await fetch(`${link}/raw`);
  if ((await get(`${foreign.link}/raw`)).text !== secret) leaks++;
  const stillAnswers = shares.status === 200 && (await page.text()) === 'readable';
  await running.end();
  const count5xx = sum(byStatus, (status) => status >= 500);
  return {
    requests,
    serverErrors: count5xx,
    undocumented: sum(byStatus, (status) => status < 500 && !DOCUMENTED.has(status)),
    byStatus,
    leaks,
    stillAnswers,
    examples,
  };
}

async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

function sum(counts: Readonly<Record<string, number>>, of: (status: number) => boolean): number {
  return Object.entries(counts).reduce(
    (total, [status, count]) => total + (of(Number(status)) ? count : 0),
    0,
  );
}
