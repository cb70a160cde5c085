import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestService, type TestService, textSeed } from '../support/service/run.ts';
import { addUser, type TestUser } from '../support/service/users.ts';

/** The API behind a proxy with TLS on the same computer. */

const PUBLIC = { host: 'share.example.com', 'x-forwarded-for': '192.0.2.7' };

let running: TestService;
let user: TestUser;
let visitors = 0;
beforeAll(async () => {
  running = await startTestService({
    publicApi: { baseUrl: 'https://share.example.com/api', proxies: ['127.0.0.1'] },
    publicBaseUrl: 'https://share.example.com',
    trustedProxies: ['127.0.0.1'],
  });
  user = await addUser(running, 'anna');
});
afterAll(() => running.end());

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** As a proxy asks: with any `Host`, which `fetch` doesn't allow. */
async function ask({ method = 'GET', path, headers, body }: Asked) {
  const { hostname, port } = new URL(running.service.apiBaseUrl);
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return await new Promise<{ status: number; text: string; headers: IncomingHttpHeaders }>(
    (resolve, reject) => {
      const sending = request({ hostname, port, path, method, headers: { ...type, ...headers } });
      sending.once('error', reject);
      sending.once('response', async (response) => {
        resolve({
          status: response.statusCode ?? 0,
          text: await text(response),
          headers: response.headers,
        });
      });
      sending.end(body === undefined ? undefined : JSON.stringify(body));
    },
  );
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('at the public URL', () => {
  test.each(['/api/linkify', '/linkify'])(
    'users share, whether the proxy passes the path on or not: %s',
    async (path) => {
      const body = { access: 'PUBLIC', seed: textSeed('from elsewhere') };
      const headers = { ...PUBLIC, ...bearer(user.token) };
      const { status, text } = await ask({ method: 'POST', path, headers, body });
      expect(status).toBe(200);
      expect(JSON.parse(text).iterable[0].link).toMatch(/^https:\/\/share\.example\.com\/s\//);
    },
  );

  test("the server's own token is refused, and works on this computer", async () => {
    const { token } = running.service;
    const headers = { ...PUBLIC, ...bearer(token) };
    expect((await ask({ path: '/api/shares', headers })).status).toBe(401);
    // Also if the proxy names itself.
    const { port } = new URL(running.service.apiBaseUrl);
    const own = { host: `127.0.0.1:${port}`, 'x-forwarded-for': '192.0.2.7', ...bearer(token) };
    expect((await ask({ path: '/shares', headers: own })).status).toBe(401);
    expect((await running.api.call('GET', '/shares')).status).toBe(200);
  });

  test.each([
    ['evil.test'],
    ['share.example.com.evil.test'],
    ['share.example.com:8080'],
    ['share.example.com@evil.test'],
    ['127.0.0.1'],
  ])('Host %s is refused', async (host) => {
    const headers = { ...PUBLIC, host, ...bearer(user.token) };
    expect((await ask({ path: '/api/shares', headers })).status).toBe(403);
  });

  test('a page in a browser is refused, with the right Host, too', async () => {
    for (const extra of [
      { origin: 'https://share.example.com' },
      { origin: 'https://evil.test' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const headers = { ...PUBLIC, ...extra, ...bearer(user.token) };
      const answer = await ask({ path: '/api/shares', headers });
      expect(answer.status).toBe(403);
      expect(Object.keys(answer.headers).join()).not.toContain('access-control');
    }
  });

  test('nothing proves that the server knows its own token: that is for this computer', async () => {
    const path = `/.well-known/challenge?nonce=${'a'.repeat(32)}`;
    expect((await ask({ path: `/api${path}`, headers: PUBLIC })).status).not.toBe(200);
    expect((await running.api.call('GET', path)).status).toBe(200);
  });

  test('health needs no token', async () => {
    expect((await ask({ path: '/api/healthz', headers: PUBLIC })).text).toBe('ok');
  });

  test('who tries wrong tokens is refused after a while, and nobody else is', async () => {
    const guesser = { ...PUBLIC, 'x-forwarded-for': `198.51.100.${++visitors}` };
    const statuses = new Set<number>();
    for (let i = 0; i < 25; i++) {
      const headers = { ...guesser, ...bearer(`lkt_${i}`.padEnd(47, 'x')) };
      statuses.add((await ask({ path: '/api/shares', headers })).status);
    }
    expect([...statuses]).toEqual([401, 429]);
    const right = { ...guesser, ...bearer(user.token) };
    expect((await ask({ path: '/api/shares', headers: right })).status).toBe(429);
    const other = { ...PUBLIC, ...bearer(user.token) };
    expect((await ask({ path: '/api/shares', headers: other })).status).toBe(200);
  });

  test('one visitor has a limited number of requests at the same time', async () => {
    const headers = { ...PUBLIC, 'x-forwarded-for': `198.51.100.${++visitors}`, ...bearer('x') };
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => ask({ path: '/api/user', headers })),
    );
    expect(answers.map(({ status }) => status)).toContain(429);
  });

  test('a revoked token stops working at once', async () => {
    const leaving = await addUser(running, 'leaving');
    const headers = { ...PUBLIC, ...bearer(leaving.token) };
    expect((await ask({ path: '/api/shares', headers })).status).toBe(200);
    await running.api.call('POST', `/x-linkify/users/${leaving.id}/disable`);
    expect((await ask({ path: '/api/shares', headers })).status).toBe(401);
  });
});

test('without a public URL other names are refused', async () => {
  const local = await startTestService();
  const { hostname, port } = new URL(local.service.apiBaseUrl);
  const status = await new Promise((resolve, reject) => {
    const headers = { ...PUBLIC, ...bearer(local.service.token) };
    request({ hostname, port, path: '/shares', headers })
      .once('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .once('error', reject)
      .end();
  });
  expect(status).toBe(403);
  await local.end();
});
