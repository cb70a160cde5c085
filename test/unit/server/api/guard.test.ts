import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGuard } from '../../../../main/server/api/guard.ts';
import { sendRaw } from '../../../support/service/raw.ts';
import { startTestService, type TestService, textSeed } from '../../../support/service/run.ts';

/** Who may speak to the API: exactly its own addresses, no web page, and only with the token. */

const PORT = 4100;
const TOKEN = 'the-token-of-this-service';

const GOOD_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

const badHosts = (port: number): readonly string[] => [
  '',
  'evil.test',
  `evil.test:${port}`,
  `127.0.0.1.evil.test:${port}`,
  `localhost.evil.test:${port}`,
  `127.0.0.1@evil.test:${port}`,
  `evil.test@127.0.0.1:${port}`,
  `LOCALHOST:${port}`,
  `Localhost:${port}`,
  `localhost.:${port}`,
  `127.0.0.1.:${port}`,
  'localhost',
  '127.0.0.1',
  '[::1]',
  `localhost:${port + 1}`,
  `127.0.0.1:${port + 1}`,
  '127.0.0.1:80',
  `127.0.0.1:0${port}`,
  `127.0.0.1:${port}.`,
  `127.0.0.1:${port}/`,
  `127.0.0.1:${port}#`,
  `127.0.0.1:${port}, evil.test`,
  `evil.test, 127.0.0.1:${port}`,
  ` 127.0.0.1 :${port}`,
  `127.1:${port}`,
  `127.0.0.2:${port}`,
  `0.0.0.0:${port}`,
  `2130706433:${port}`,
  `0x7f000001:${port}`,
  `0177.0.0.1:${port}`,
  `017700000001:${port}`,
  `::1:${port}`,
  `[::]:${port}`,
  `[0:0:0:0:0:0:0:1]:${port}`,
  `[::ffff:127.0.0.1]:${port}`,
  `[::1%lo]:${port}`,
  `[::1].evil.test:${port}`,
  `xn--lclhost-5qa:${port}`,
  `http://127.0.0.1:${port}`,
  `app.linkify.localhost:${port}`,
  'null',
  '*',
];

describe('the decision', () => {
  const guard = createGuard(TOKEN);
  const bearer = [`Bearer ${TOKEN}`];

  test.each(GOOD_HOSTS)('%s with the port and the token passes', (host) => {
    const headers = { host: [`${host}:${PORT}`], authorization: bearer };
    expect(guard({ headers, target: '/shares', port: PORT }, true)).toEqual({ kind: 'pass' });
  });

  test('of 42 Hosts x Origin x Sec-Fetch-Site x token exactly the honest rows pass', () => {
    const hosts = [...GOOD_HOSTS.map((host) => `${host}:${PORT}`), ...badHosts(PORT)];
    const origins = [undefined, 'null', 'http://evil.test', `http://127.0.0.1:${PORT}`];
    const sites = [undefined, 'none', 'same-origin', 'same-site', 'cross-site', ''];
    const tokens = [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      `Basic ${TOKEN}`,
      TOKEN,
      'Bearer wrong',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(0, -1)}`,
      `Bearer ${TOKEN} ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ];
    let passed = 0;
    let asked = 0;
    for (const host of hosts)
      for (const origin of origins)
        for (const site of sites)
          for (const token of tokens) {
            asked++;
            const headers = {
              host: [host],
              ...(origin === undefined ? {} : { origin: [origin] }),
              ...(site === undefined ? {} : { 'sec-fetch-site': [site] }),
              ...(token === undefined ? {} : { authorization: [token] }),
            };
            const honest =
              GOOD_HOSTS.some((good) => host === `${good}:${PORT}`) &&
              origin === undefined &&
              (site === undefined || site === 'none' || site === 'same-origin') &&
              token === `Bearer ${TOKEN}`;
            const verdict = guard({ headers, target: '/shares', port: PORT }, true);
            if (verdict.kind === 'pass') passed++;
            expect(verdict.kind === 'pass', JSON.stringify(headers)).toBe(honest);
          }
    expect(asked).toBeGreaterThan(10_000);
    expect(passed).toBe(9);
  });

  test('two Hosts, two tokens, and targets that are no path are refused', () => {
    const host = `127.0.0.1:${PORT}`;
    const ask = (headers: Record<string, string[]>, target = '/shares') =>
      guard({ headers, target, port: PORT }, true).kind;
    expect(ask({ host: [host, host], authorization: bearer })).toBe('refuse');
    expect(ask({ authorization: bearer })).toBe('refuse');
    expect(ask({ host: [host], authorization: [...bearer, ...bearer] })).toBe('refuse');
    expect(ask({ host: [host], authorization: bearer }, `http://${host}/shares`)).toBe('refuse');
    expect(ask({ host: [host], authorization: bearer }, '*')).toBe('refuse');
  });

  test('without a port of the connection no Host is right', () => {
    const headers = { host: ['127.0.0.1:undefined'], authorization: bearer };
    expect(guard({ headers, target: '/shares', port: undefined }, true).kind).toBe('refuse');
  });
});

describe('the running service', () => {
  let running: TestService;
  let port = 0;
  let link = '';
  const routes: readonly [string, string][] = [
    ['POST', '/connect'],
    ['GET', '/user'],
    ['POST', '/os/sign_in'],
    ['POST', '/allocations/connect'],
    ['POST', '/os/update/check'],
    ['POST', '/assets/create'],
    ['GET', '/asset/as-1'],
    ['POST', '/assets/as-1/delete'],
    ['POST', '/linkify'],
    ['POST', '/linkify/multiple'],
    ['POST', '/linkify/sh-1/revoke'],
    ['GET', '/shares'],
    ['GET', '/share/sh-1'],
    ['GET', '/shares/sh-1'],
    ['POST', '/x-linkify/assets'],
    ['GET', '/x-linkify/service'],
    ['GET', '/x-linkify/shares/sh-1'],
    ['POST', '/x-linkify/shares/sh-1/options'],
    ['POST', '/x-linkify/shares/sh-1/name'],
    ['POST', '/x-linkify/shares/sh-1/close'],
    ['POST', '/x-linkify/shares/sh-1/reopen'],
    ['GET', '/.well-known/health'],
    ['GET', '/.well-known/version'],
  ];

  beforeAll(async () => {
    running = await startTestService();
    port = Number(new URL(running.service.apiBaseUrl).port);
    link = (await running.api.share(textSeed('here'))).link;
  });
  afterAll(() => running.end());

  const request = (method: string, target: string, lines: readonly string[], version = '1.1') =>
    `${[`${method} ${target} HTTP/${version}`, ...lines, 'Content-Length: 0', 'Connection: close'].join('\r\n')}\r\n\r\n`;
  const token = () => `Authorization: Bearer ${running.service.token}`;

  test('every route refuses every wrong Host, over a raw socket, with the right token', async () => {
    const before = (await running.api.call('GET', '/shares')).json.iterable.length;
    // Node's parser takes a Host with spaces off its ends, so such a one is the honest one.
    const hosts = badHosts(port).filter((host) => host.trim() === host);
    for (const [method, path] of routes) {
      const statuses = await Promise.all(
        hosts.map(async (host) => {
          const answer = await sendRaw(port, request(method, path, [`Host: ${host}`, token()]));
          expect(answer.head).not.toMatch(/access-control/i);
          return answer.status;
        }),
      );
      expect([...new Set(statuses)].sort(), `${method} ${path}`).toEqual([403]);
    }
    expect((await running.api.call('GET', '/shares')).json.iterable).toHaveLength(before);
  });

  test('every route refuses an Origin, a cross-site fetch and a missing token', async () => {
    const host = `Host: 127.0.0.1:${port}`;
    for (const [method, path] of routes) {
      const open = path.startsWith('/.well-known/');
      const origin = request(method, path, [host, token(), 'Origin: http://evil.test']);
      expect((await sendRaw(port, origin)).status, path).toBe(403);
      const site = request(method, path, [host, token(), 'Sec-Fetch-Site: cross-site']);
      expect((await sendRaw(port, site)).status, path).toBe(403);
      const bare = await sendRaw(port, request(method, path, [host]));
      expect(bare.status, path).toBe(open ? 200 : 401);
    }
  });

  test('HTTP/1.0 without a Host, two Hosts, an absolute target and a preflight get nothing', async () => {
    const host = `Host: 127.0.0.1:${port}`;
    const ask = async (text: string) => (await sendRaw(port, text)).status;
    expect(await ask(request('GET', '/shares', [token()], '1.0'))).toBe(403);
    expect(await ask(request('GET', '/shares', [host, 'Host: evil.test', token()]))).toBe(403);
    expect(await ask(request('GET', '/shares', ['Host: evil.test', host, token()]))).toBe(403);
    const absolute = request('GET', `http://127.0.0.1:${port}/shares`, [host, token()]);
    expect([400, 403]).toContain(await ask(absolute));
    const preflight = request('OPTIONS', '/linkify', [
      host,
      'Origin: http://evil.test',
      'Access-Control-Request-Method: POST',
      'Access-Control-Request-Private-Network: true',
    ]);
    const answer = await sendRaw(port, preflight);
    expect(answer.status).toBe(403);
    expect(answer.head).not.toMatch(/access-control/i);
  });

  test('an Origin behind so many headers that some might be passed over is not passed over', async () => {
    const host = `Host: 127.0.0.1:${port}`;
    const many = (count: number) => Array.from({ length: count }, (_, i) => `X-${i}: y`);
    const ask = async (lines: readonly string[]) =>
      (await sendRaw(port, request('GET', '/shares', lines))).status;
    expect(await ask([host, token(), ...many(40)])).toBe(200);
    for (const count of [50, 70, 1_000]) {
      const status = await ask([host, token(), ...many(count), 'Origin: http://evil.test']);
      expect(status).toBe(count === 50 ? 403 : 431);
    }
  });

  test('the listener of the pages has none of these routes', async () => {
    const pagesPort = Number(new URL(link).port);
    expect(pagesPort).not.toBe(port);
    for (const [method, path] of routes) {
      const lines = [`Host: 127.0.0.1:${pagesPort}`, token()];
      const answer = await sendRaw(pagesPort, request(method, path, lines));
      expect(answer.status, `${method} ${path}`).toBe(404);
      expect(answer.body).not.toContain('iterable');
    }
  });
});
