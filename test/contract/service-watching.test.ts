import { request } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Log } from '../../main/server/log.ts';
import {
  get,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';

/** What whoever runs the service on purpose looks at. */

type LogLine = Parameters<Log>[0];

let running: TestService;
const lines: LogLine[] = [];

beforeEach(async () => {
  running = await startTestService({ logRequests: true, log: (line) => lines.push(line) });
});
afterEach(async () => {
  await running.end();
  lines.length = 0;
});

const metrics = async (): Promise<string> => (await running.api.call('GET', '/metrics')).text;

/** Values by name and labels, as Prometheus reads them; fails for a line that it wouldn't read. */
function parseMetrics(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, series, value] =
      /^([a-z_][a-z0-9_]*(?:\{[a-z_]+="[^"]*"(?:,[a-z_]+="[^"]*")*\})?) (\S+)$/.exec(line) ?? [];
    const isNumber = !Number.isNaN(Number(value)) || /^nan$/i.test(value ?? '');
    if (series === undefined || !isNumber) throw new Error(`unreadable: ${line}`);
    if (values.has(series)) throw new Error(`twice: ${series}`);
    values.set(series, Number(value));
  }
  return values;
}

test('figures for Prometheus need the token, and count every response', async () => {
  const share = await running.api.share(textSeed('counted'));
  await get(share.link);
  await get(`${share.link}x`);
  const { text, headers } = await running.api.call('GET', '/metrics');
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const values = parseMetrics(text);
  expect(values.get('linkify_http_requests_total{listener="api",status="200"}')).toBe(1);
  expect(values.get('linkify_http_requests_total{listener="pages",status="200"}')).toBe(1);
  expect(values.get('linkify_http_requests_total{listener="pages",status="404"}')).toBe(1);
  expect(values.get('linkify_http_request_duration_seconds_count{listener="pages"}')).toBe(2);
  expect(
    values.get('linkify_http_request_duration_seconds_bucket{listener="pages",le="+Inf"}'),
  ).toBe(2);
  // This request.
  expect(values.get('linkify_http_requests_in_flight{listener="api"}')).toBe(1);
  expect(values.get('linkify_storage_used_bytes')).toBe(7);
  expect(values.get('process_resident_memory_bytes')).toBeGreaterThan(0);
  expect((await get(`${running.service.apiBaseUrl}/metrics`)).status).toBe(401);
  expect((await get(`${new URL(share.link).origin}/metrics`)).status).toBe(404);
});

test('shares, opens and ends are counted, a one-time open once', async () => {
  const share = await running.api.share(textSeed('to be revoked'));
  await get(`${share.link}/raw`);
  await running.api.revoke(share.id);
  const once = await running.api.share(textSeed('once'), { once: true });
  await sendForm(once.link, {
    key: /name="key" value="([^"]+)"/.exec((await get(once.link)).text)?.[1] ?? '',
  });
  const values = parseMetrics(await metrics());
  expect(values.get('linkify_shares_created_total')).toBe(2);
  expect(values.get('linkify_opens_total')).toBe(2);
  expect(values.get('linkify_shares_ended_total{reason="revoked"}')).toBe(1);
  expect(values.get('linkify_shares_ended_total{reason="used-up"}')).toBe(1);
  expect(values.get('linkify_shares_ended_total{reason="expired"}')).toBe(0);
});

test('calls to the database and to the store of contents are measured', async () => {
  const share = await running.api.share(textSeed('x'.repeat(200_000)));
  await get(`${share.link}/raw`);
  await running.api.revoke(share.id);
  const values = parseMetrics(await metrics());
  for (const operation of ['put', 'open', 'remove']) {
    const labels = `{operation="${operation}"}`;
    expect(values.get(`linkify_blobs_operation_duration_seconds_count${labels}`)).toBe(1);
    expect(values.get(`linkify_blobs_errors_total${labels}`)).toBe(0);
  }
  for (const operation of ['query', 'transaction']) {
    const labels = `{operation="${operation}"}`;
    expect(
      values.get(`linkify_database_operation_duration_seconds_count${labels}`),
    ).toBeGreaterThan(0);
    expect(values.get(`linkify_database_errors_total${labels}`)).toBe(0);
  }
});

test('a client that leaves early is no response, and is in flight no more', async () => {
  const { link } = await running.api.share(textSeed('x'.repeat(30_000_000)));
  const left = request(`${link}/raw`, (response) => response.once('data', () => left.destroy()));
  left.on('error', () => undefined).end();
  await vi.waitFor(() =>
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'request', listener: 'pages', status: undefined }),
    ),
  );
  const values = parseMetrics(await metrics());
  expect(values.get('linkify_http_requests_in_flight{listener="pages"}')).toBe(0);
  expect(values.get('linkify_http_request_duration_seconds_count{listener="pages"}')).toBe(0);
});

test('each response has an id: the one that was sent, if it is safe, or a new one', async () => {
  const { link } = await running.api.share(textSeed('x'));
  const origins = [`${running.service.apiBaseUrl}/healthz`, link, `${link}x`];
  const seen = new Set<string | null>();
  for (const url of origins) {
    const sent = await get(url, { 'x-request-id': 'proxy-7f.3:A_1' });
    expect(sent.headers.get('x-request-id')).toBe('proxy-7f.3:A_1');
    for (const bad of ['', 'a b', '"x"', 'x'.repeat(65), 'a,b', '{}']) {
      const made = (await get(url, { 'x-request-id': bad })).headers.get('x-request-id');
      expect(made).toMatch(/^[\da-f-]{36}$/);
      seen.add(made);
    }
  }
  expect(seen.size).toBe(18);
});

test('the log of requests has their ids, and neither paths nor content', async () => {
  const share = await running.api.share(textSeed('something private', 'a private name'));
  await get(`${share.link}/raw`, { 'x-request-id': 'from-the-proxy' });
  await vi.waitFor(() =>
    expect(lines).toContainEqual({
      level: 'info',
      event: 'request',
      listener: 'pages',
      requestId: 'from-the-proxy',
      method: 'GET',
      status: 200,
      ms: expect.any(Number),
    }),
  );
  const text = JSON.stringify(lines);
  expect(text).not.toContain('private');
  expect(text).not.toContain(share.id);
  expect(text).not.toContain(running.service.token);
});

test('a probe needs no token, and only its own address', async () => {
  expect(await get(`${running.service.apiBaseUrl}/healthz`)).toMatchObject({
    status: 200,
    text: 'ok',
  });
  const page = await get(`${running.service.apiBaseUrl}/healthz`, { origin: 'https://evil.test' });
  expect(page.status).toBe(403);
});

test('nothing answers any more once it is closed', async () => {
  const other = await startTestService();
  const share = await other.api.share(textSeed('x'));
  await other.end();
  await expect(fetch(share.link)).rejects.toThrow();
  await expect(fetch(other.service.apiBaseUrl)).rejects.toThrow();
});
