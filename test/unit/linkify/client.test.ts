import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import { LinkifyError, type LinkifyFault } from '../../../main/linkify/errors.ts';
import type { LinkifyService, ShareItem } from '../../../main/linkify/model.ts';
import { MAX_BODY_BYTES, MAX_FILE_BYTES } from '../../../main/linkify/seed.ts';
import { type ScriptedService, startScriptedService } from '../../support/scripted-service.ts';

const text = (content: string): ShareItem => ({ kind: 'text', name: 'Greeting', text: content });

const file = (name: string, ...chunks: readonly Uint8Array[]): ShareItem => ({
  kind: 'file',
  name,
  sizeBytes: chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0),
  async *open() {
    yield* chunks;
  },
});

let service: ScriptedService;
let client: LinkifyService;

const clientFor = (baseUrl: string): LinkifyService =>
  createLinkifyClient({
    baseUrl,
    appVersion: '0.1.0',
    platform: 'linux',
    timeouts: { quickMs: 2_000, createMs: 2_000, cloudMs: 2_000, uploadMs: 0 },
    retryAfterErrorMs: 1,
    recoveryPace: { limitMs: 500, pollIntervalMs: 5 },
  });

const fault = async (call: Promise<unknown>): Promise<LinkifyFault | 'done'> => {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (error instanceof LinkifyError) return error.fault;
    throw error;
  }
};

beforeEach(async () => {
  service = await startScriptedService();
  client = clientFor(service.baseUrl);
});

afterEach(async () => {
  client.close();
  await service.close();
});

test('shares a text, exactly as it was', async () => {
  const content = 'Grüße, 世界\n\u0000 "quoted" \\ \u2028 👩‍💻';
  const share = await client.linkify(text(content));
  expect(service.memory.assets.get(share.assetIds[0] ?? '')?.text).toBe(content);
  expect(share.link).toBe(`${service.baseUrl}/?p=${share.id}`);
  expect(share.createdAtMs).toBeGreaterThan(0);
});

test('shares a file, byte for byte, read in pieces', async () => {
  const bytes = new Uint8Array(300_000).map((_, index) => (index * 7919) % 256);
  const item = file(
    'shot.png',
    bytes.subarray(0, 1),
    bytes.subarray(1, 100_000),
    bytes.subarray(100_000),
  );
  const asset = await client.createAsset(item);
  const kept = service.memory.assets.get(asset.id);
  expect(Buffer.from(kept?.text ?? '', 'latin1').equals(bytes)).toBe(true);
  expect(kept?.name).toBe('shot.png');
  const body = JSON.parse(service.sent('POST /assets/create')[0]?.body ?? '');
  expect(body.asset.format.file.metadata).toEqual({ name: 'shot.png', ext: 'png', size: 300_000 });
});

test('shares an empty file', async () => {
  const share = await client.linkify(file('empty.txt'));
  expect(service.memory.assets.get(share.assetIds[0] ?? '')?.text).toBe('');
});

test('keeps a file type that the API does not know in the name only', async () => {
  await client.linkify(file('film.mkv', new Uint8Array([1])));
  const body = JSON.parse(service.sent('POST /linkify')[0]?.body ?? '');
  expect(body.seed.asset.format.file.metadata).toEqual({ name: 'film.mkv', size: 1 });
  expect(body.seed.asset.metadata.name).toBe('film.mkv');
});

test('connects once, however many calls begin at the same time, and sends its id with each', async () => {
  await Promise.all([client.linkify(text('a')), client.linkify(text('b')), client.shares()]);
  expect(service.sent('POST /connect')).toHaveLength(1);
  const withId = service.requests.filter(({ path }) => path !== '/connect');
  expect(withId).toHaveLength(3);
  expect(new Set(withId.map(({ headers }) => headers['x-application-id'])).size).toBe(1);
  expect(withId[0]?.headers['x-application-id']).toMatch(/^app-/);
});

test('tries to connect again after a connect that failed', async () => {
  service.script({ 'POST /connect': [{ status: 503 }, { work: true }] });
  expect(await fault(client.connect())).toMatchObject({ kind: 'not-ready' });
  expect(await fault(client.connect())).toBe('done');
});

test('connects again only once when several calls are turned away together', async () => {
  await client.connect();
  service.script({
    'POST /linkify': [{ status: 401 }, { status: 401 }, { status: 401 }, { work: true }],
  });
  const shares = await Promise.all(['a', 'b', 'c'].map((content) => client.linkify(text(content))));
  expect(shares).toHaveLength(3);
  expect(service.sent('POST /connect')).toHaveLength(2);
});

test('gives the asset back as it came, fields that nobody knows included', async () => {
  const asset = await client.createAsset(text('x'));
  await client.linkifyAsset(asset);
  const sent = JSON.parse(service.sent('POST /linkify')[0]?.body ?? '');
  expect(sent.asset).toEqual(asset.raw);
  expect(sent.asset.unknownField).toEqual([1, null, { deep: true }]);
});

test('links several assets in the order given', async () => {
  const assets = await Promise.all(
    ['a', 'b', 'c'].map((content) => client.createAsset(text(content))),
  );
  const ids = assets.map(({ id }) => id).reverse();
  const share = await client.linkifyMultiple(ids, 'notes');
  expect(share.assetIds).toEqual(ids);
  expect(share.name).toBe('notes');
});

test('revokes, and counts a link that the service no longer knows as revoked', async () => {
  const share = await client.linkify(text('x'));
  await client.revoke(share.id);
  await client.revoke(share.id);
  await client.revoke('never/made ../%00');
  expect(service.memory.shares.get(share.id)?.revoked).toBe(true);
  const [request] = service.sent('POST /linkify/*/revoke');
  expect(request?.headers['content-type']).toBeUndefined();
  expect(request?.bodyBytes).toBe(0);
  expect(service.requests.at(-1)?.path).toBe('/linkify/never%2Fmade%20..%2F%2500/revoke');
});

test.each(['.', '..', '', 'a'.repeat(201), '\ud800', 'a\u0000b'])(
  'sends nothing for the id %j',
  async (id) => {
    await client.connect();
    const before = service.requests.length;
    for (const call of [client.revoke(id), client.deleteAsset(id), client.share(id)]) {
      expect(await fault(call)).toMatchObject({ kind: 'bad-response', reason: 'wrong-shape' });
    }
    expect(service.requests).toHaveLength(before);
  },
);

test('lists what can be used: of two shares with one id the first, and none without a link', async () => {
  service.script({
    'GET /shares': {
      json: {
        iterable: [
          { id: 'a', link: 'https://x.example/1', created: { value: 'not a date' } },
          { id: 'a', link: 'https://x.example/2' },
          { id: 'b', link: 'javascript:alert(1)' },
          null,
          { id: 'c' },
          {
            id: 'd',
            link: 'https://x.example/4',
            name: 'notes',
            created: { value: '2099-01-01T00:00:00Z' },
            assets: { iterable: [{ id: '1' }, { id: '2' }] },
          },
        ],
      },
    },
  });
  expect(await client.shares()).toEqual([
    { id: 'a', link: 'https://x.example/1', assetIds: [] },
    {
      id: 'd',
      link: 'https://x.example/4',
      name: 'notes',
      assetIds: ['1', '2'],
      createdAtMs: Date.parse('2099-01-01T00:00:00Z'),
    },
  ]);
});

test('takes a list of 10,000 shares, which is more than other answers may be', async () => {
  const iterable = Array.from({ length: 10_000 }, (_, index) => ({
    id: `sh-${index}`,
    link: `https://x.example/${index}`,
    padding: 'x'.repeat(300),
  }));
  service.script({ 'GET /shares': { json: { iterable } } });
  expect(await client.shares()).toHaveLength(10_000);
});

test('null is the same as absent', async () => {
  service.script({
    'GET /user': { json: { user: null } },
    'POST /linkify': {
      json: {
        iterable: [
          {
            id: 'a',
            link: 'https://x.example/',
            name: null,
            created: null,
            asset: null,
            assets: null,
          },
        ],
      },
    },
  });
  expect(await client.user()).toBeNull();
  expect(await client.linkify(text('x'))).toEqual({
    id: 'a',
    link: 'https://x.example/',
    assetIds: [],
  });
});

test('tells who is signed in, and how their cloud is', async () => {
  expect(await client.user()).toMatchObject({ id: 'u-1', name: 'Ada', cloud: 'running' });
  service.memory.state.cloud = null;
  expect(await client.user()).toMatchObject({ cloud: 'never-connected' });
  service.memory.state.signedIn = false;
  expect(await client.user()).toBeNull();
});

test('takes a service only when health and version both look right', async () => {
  expect(await client.check()).toMatchObject({ version: '11.1.2' });
  service.script({ 'GET /.well-known/version': { text: `12.0.0-beta.1\n${'x'.repeat(300)}` } });
  expect(await client.check()).toMatchObject({ version: '12.0.0-beta.1' });
  for (const script of [
    { 'GET /.well-known/health': { text: 'OK' } },
    { 'GET /.well-known/health': { text: 'ok:nothing' } },
    { 'GET /.well-known/version': { text: 'Apache/2.4' } },
    { 'GET /.well-known/version': { status: 404 } },
  ]) {
    service.script(script);
    expect(await fault(client.check())).toMatchObject({
      kind: 'bad-response',
      reason: 'not-linkify',
    });
  }
  service.script({ 'GET /.well-known/health': { html: '<h1>It works!</h1>' } });
  expect(await fault(client.check())).toMatchObject({ kind: 'bad-response', reason: 'web-page' });
});

test('sends a share once only when its connection breaks after the request', async () => {
  service.script({ 'POST /linkify': { trouble: 'reset' } });
  expect(await fault(client.linkify(text('x')))).toEqual({
    kind: 'connection-lost',
    outcomeUnknown: true,
  });
  expect(service.sent('POST /linkify')).toHaveLength(1);
});

test('sends a revoke again when its connection breaks, and after a 500', async () => {
  const { id } = await client.linkify(text('x'));
  service.script({ 'POST /linkify/*/revoke': [{ trouble: 'reset' }, { work: true }] });
  await client.revoke(id);
  expect(service.memory.shares.get(id)?.revoked).toBe(true);
  service.script({ 'POST /linkify/*/revoke': [{ status: 500 }, { status: 200, text: id }] });
  await client.revoke(id);
  expect(service.sent('POST /linkify/*/revoke')).toHaveLength(4);
});

test('does not send a share again after a 500', async () => {
  service.script({ 'POST /linkify': { status: 500 } });
  expect(await fault(client.linkify(text('x')))).toMatchObject({
    kind: 'service-error',
    outcomeUnknown: true,
  });
  expect(service.sent('POST /linkify')).toHaveLength(1);
});

test('an upload that is broken off is no doubt: nothing can have been made, so it is sent again', async () => {
  service.script({ 'POST /linkify': [{ trouble: 'reset-at-once' }, { work: true }] });
  const share = await client.linkify(file('big.bin', new Uint8Array(4_000_000).fill(200)));
  expect(share.link).toContain(share.id);
  expect(service.memory.shares.size).toBe(1);
});

test('refuses what cannot fit before a byte of it is sent', async () => {
  await client.connect();
  const item = file(
    'disk.img',
    new Uint8Array(MAX_BODY_BYTES / 4).fill(255),
    new Uint8Array(100_000).fill(255),
  );
  expect(await fault(client.linkify(item))).toEqual({
    kind: 'too-large',
    sizeBytes: MAX_BODY_BYTES / 4 + 100_000,
    limitBytes: MAX_FILE_BYTES,
  });
  const unread: ShareItem = {
    kind: 'file',
    name: 'disk.img',
    sizeBytes: 3_000_000_000,
    // biome-ignore lint/correctness/useYield: it must not be read at all
    async *open() {
      throw new Error('was opened');
    },
  };
  expect(await fault(client.linkify(unread))).toMatchObject({
    kind: 'too-large',
    sizeBytes: 3_000_000_000,
  });
  expect(await fault(client.linkify(text('\u0001'.repeat(12_000_000))))).toMatchObject({
    kind: 'too-large',
  });
  expect(service.sent('POST /linkify')).toHaveLength(0);
});

test('a service that says too large while the file is still going out', async () => {
  service.script({ 'POST /linkify': { trouble: 'answer-early', status: 413 } });
  const found = await fault(client.linkify(file('big.bin', new Uint8Array(8_000_000).fill(200))));
  // Whether its answer survives the reset is up to the network; that nothing was made is sure.
  expect([
    { kind: 'too-large', sizeBytes: 8_000_000 },
    { kind: 'connection-lost', outcomeUnknown: false },
  ]).toContainEqual(found);
});

test('a file that cannot be read any more is told by its name', async () => {
  const item: ShareItem = {
    kind: 'file',
    name: 'gone.txt',
    sizeBytes: 10,
    async *open() {
      yield new Uint8Array([1]);
      throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    },
  };
  expect(await fault(client.linkify(item))).toEqual({
    kind: 'unreadable-content',
    name: 'gone.txt',
  });
});

test('tells progress in bytes of the file, and its end once', async () => {
  const seen: (readonly [number, number])[] = [];
  await client.createAsset(file('big.bin', new Uint8Array(2_000_000).fill(200)), {
    onProgress: (sent, total) => seen.push([sent, total]),
  });
  expect(seen.at(-1)).toEqual([2_000_000, 2_000_000]);
  expect(seen.filter(([sent]) => sent === 2_000_000)).toHaveLength(1);
  expect(
    seen.every(
      ([sent, total], index) => total === 2_000_000 && sent >= (seen[index - 1]?.[0] ?? 0),
    ),
  ).toBe(true);
});

test('cancelling does not await the link, which is revoked when it comes', async () => {
  await client.connect();
  service.script({ 'POST /linkify': { work: true, delayMs: 150 } });
  const cancel = new AbortController();
  const call = fault(client.linkify(text('x'), { signal: cancel.signal }));
  await vi.waitFor(() => expect(service.memory.shares.size).toBe(1));
  cancel.abort();
  expect(await call).toEqual({ kind: 'cancelled' });
  const [share] = [...service.memory.shares.values()];
  expect(share?.revoked).toBe(false);
  await vi.waitFor(() => expect(share?.revoked).toBe(true));
});

test('cancelling while an asset is made deletes it when it comes', async () => {
  await client.connect();
  service.script({ 'POST /assets/create': { work: true, delayMs: 100 } });
  const cancel = new AbortController();
  const call = fault(client.createAsset(text('x'), { signal: cancel.signal }));
  await vi.waitFor(() => expect(service.memory.assets.size).toBe(1));
  cancel.abort();
  expect(await call).toEqual({ kind: 'cancelled' });
  await vi.waitFor(() => expect(service.memory.assets.size).toBe(0));
});

test('cancelling an upload breaks it off', async () => {
  await client.connect();
  const cancel = new AbortController();
  const call = client.createAsset(file('big.bin', new Uint8Array(12_000_000).fill(200)), {
    signal: cancel.signal,
    onProgress: () => cancel.abort(),
  });
  expect(await fault(call)).toEqual({ kind: 'cancelled' });
  expect(service.memory.assets.size).toBe(0);
});

test('one caller who goes away while connecting does not take the others along', async () => {
  service.script({ 'POST /connect': { work: true, delayMs: 50 } });
  const cancel = new AbortController();
  const first = fault(client.linkify(text('a'), { signal: cancel.signal }));
  const second = client.linkify(text('b'));
  cancel.abort();
  expect(await first).toEqual({ kind: 'cancelled' });
  expect((await second).link).toContain('http');
});

test('a slow answer is waited for', async () => {
  await client.connect();
  service.script({ 'POST /linkify': { work: true, delayMs: 1_300 } });
  expect(await fault(client.linkify(text('x')))).toBe('done');
});

test('an unusable address makes each call fail without a connection', async () => {
  const remote = clientFor('http://share.example');
  expect(await fault(remote.linkify(text('x')))).toEqual({
    kind: 'unusable-address',
    reason: 'plain-http',
  });
  expect(await fault(remote.check())).toEqual({ kind: 'unusable-address', reason: 'plain-http' });
});

test('the token goes with every request, and only as a header', async () => {
  const secured = createLinkifyClient({
    baseUrl: service.baseUrl,
    token: 'secret-token',
    appVersion: '0.1.0',
    platform: 'darwin',
  });
  await secured.check();
  await secured.linkify(text('x'));
  expect(
    service.requests.every(({ headers }) => headers.authorization === 'Bearer secret-token'),
  ).toBe(true);
  expect(
    service.requests.some(({ path, query, body }) => `${path}${query}${body}`.includes('secret')),
  ).toBe(false);
  const connect = JSON.parse(service.sent('POST /connect')[0]?.body ?? '');
  expect(connect.application).toEqual({ name: 'OPEN_SOURCE', version: '0.1.0', platform: 'MACOS' });
  secured.close();
});

test('does not trust a certificate that proves nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linkify-cert-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-keyout',
        key,
        '-out',
        cert,
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
      ],
      { stdio: 'ignore' },
    );
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    const secure = await startScriptedService({}, { tls });
    const wary = clientFor(secure.baseUrl);
    expect(await fault(wary.linkify(text('x')))).toEqual({
      kind: 'untrusted-certificate',
      baseUrl: secure.baseUrl,
    });
    expect(secure.requests).toHaveLength(0);
    wary.close();
    await secure.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('https to a port that speaks plain http reaches nothing', async () => {
  const baseUrl = service.baseUrl.replace('http:', 'https:');
  expect(await fault(clientFor(baseUrl).check())).toEqual({ kind: 'unreachable', baseUrl });
});

test('signs in, and answers once the service knows the person, even when its answer never comes', async () => {
  service.memory.state.signedIn = false;
  service.script({ 'POST /os/sign_in': { work: true, trouble: 'hang' } });
  expect(await fault(client.signIn())).toBe('done');
  expect(await client.user()).not.toBeNull();
});

test('waits after a sign-in until the service no longer says that nobody is there', async () => {
  service.script({
    'GET /user': [{ json: {} }, { json: {} }, { json: { user: null } }, { work: true }],
  });
  await client.signIn();
  expect(service.sent('GET /user').length).toBeGreaterThanOrEqual(4);
});

test('gives up on a sign-in that nobody does, and can be cancelled', async () => {
  service.script({ 'POST /os/sign_in': { trouble: 'hang' }, 'GET /user': { json: {} } });
  expect(await fault(client.signIn())).toMatchObject({ kind: 'timed-out' });
  const cancel = new AbortController();
  const call = fault(client.signIn({ signal: cancel.signal }));
  cancel.abort();
  expect(await call).toEqual({ kind: 'cancelled' });
});

test('connects the cloud with the whole profile, and waits until it runs', async () => {
  service.memory.state.cloud = null;
  service.script({
    'POST /allocations/connect': {
      json: { id: 'u-1', status: { cloud: 'PENDING' } },
    },
  });
  const call = client.connectCloud();
  await vi.waitFor(() => expect(service.sent('POST /allocations/connect')).toHaveLength(1));
  service.memory.state.cloud = 'PENDING';
  await vi.waitFor(() => expect(service.sent('GET /user').length).toBeGreaterThan(3));
  service.memory.state.cloud = 'RUNNING';
  await call;
  const sent = JSON.parse(service.sent('POST /allocations/connect')[0]?.body ?? '');
  expect(sent).toMatchObject({ id: 'u-1', unknownField: { kept: true } });
});

test('tries a cloud that failed with 500 once more, and says when it fails for good', async () => {
  service.memory.state.cloud = 'DISCONNECTED';
  service.script({ 'POST /allocations/connect': [{ status: 500 }, { work: true }] });
  expect(await fault(client.connectCloud())).toBe('done');
  service.memory.state.cloud = 'DISCONNECTED';
  service.script({ 'POST /allocations/connect': { status: 500, text: 'Clouds Connect failed.' } });
  expect(await fault(client.connectCloud())).toMatchObject({ kind: 'service-error', status: 500 });
  service.script({
    'POST /allocations/connect': { json: { status: { cloud: 'PENDING' } } },
    'GET /user': [
      { work: true },
      { json: { user: { id: 'u-1', allocation: { status: { cloud: 'FAILED' } } } } },
    ],
  });
  expect(await fault(client.connectCloud())).toEqual({
    kind: 'cloud-not-connected',
    cloud: 'failed',
  });
});

test('connecting the cloud needs someone signed in', async () => {
  service.memory.state.signedIn = false;
  expect(await fault(client.connectCloud())).toEqual({ kind: 'sign-in-required' });
});

test('connects GitHub, which needs someone signed in', async () => {
  await client.linkGitHub();
  expect(service.memory.state.gitHub).toBe(true);
  service.memory.state.signedIn = false;
  expect(await fault(client.linkGitHub())).toEqual({ kind: 'sign-in-required' });
});

test('tells how far an update is, also when the words are new', async () => {
  service.script({ 'POST /os/update/check': { json: { status: 'DOWNLOADING', percentage: 42 } } });
  expect(await client.checkForUpdate()).toEqual({ status: 'downloading', percentage: 42 });
  service.script({ 'POST /os/update/check': { json: { status: 'PONDERING', percentage: 1e9 } } });
  expect(await client.checkForUpdate()).toEqual({ status: 'unknown' });
});

test('closing leaves no connection open, and the next call still works', async () => {
  await client.check();
  client.close();
  expect(await fault(client.check())).toBe('done');
});
