import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ListenerLimits } from '../../main/server/http/listener-limits.ts';
import { get, startTestService, type TestService, textSeed } from '../support/service/run.ts';
import { type SlowClient, slowClient } from '../support/service/slow-clients.ts';

/** Hundreds of clients that only hold on to what they have got, at both listeners. */

const QUICK: Partial<ListenerLimits> = {
  headersMs: 3_000,
  idleMs: 3_000,
  requestMs: 3_000,
  answerMs: 3_000,
};

/** A request on a connection of its own, as a visitor who has just come sends it. */
const visit = (url: string, headers: Record<string, string> = {}) =>
  get(url, { connection: 'close', ...headers });

/** A link to more than what the system takes off the service's hands. */
async function shareLarge({ service, api }: TestService): Promise<string> {
  const made = await fetch(`${service.apiBaseUrl}/x-linkify/assets?name=long.bin`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${service.token}`,
      'content-type': 'application/octet-stream',
    },
    body: new Uint8Array(20_000_000),
  });
  const { id } = (await made.json()) as { id: string };
  const shared = await api.call('POST', '/linkify', { access: 'PUBLIC', asset: { id } });
  return shared.json.iterable[0].link;
}

/** Connections that these ports' listeners hold on to: their own side of them. */
async function heldConnections(ports: readonly number[]): Promise<number> {
  const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n');
  const established = lines.map((line) => /:([0-9A-F]{4}) \S+ 01 /.exec(line)?.[1]);
  return established.filter((port) => port && ports.includes(Number.parseInt(port, 16))).length;
}

/** What this process has open: the listeners' sockets, their clients' and files. */
async function openDescriptors(): Promise<readonly string[]> {
  const fds = await readdir('/proc/self/fd');
  const targets = await Promise.all(
    fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return targets.filter((target) => /^socket:|\/blobs\//.test(target));
}

test.skipIf(process.platform !== 'linux')(
  '500 slow clients at each listener keep nobody out, and nothing of them is left',
  async () => {
    const running = await startTestService({ limits: { pages: QUICK, api: QUICK } });
    onTestFinished(() => running.end());
    const { api, service } = running;
    const link = (await api.share(textSeed('for everybody'))).link as string;
    const locked = (await api.share(textSeed('x'), { password: 'right' })).link as string;
    const long = await shareLarge(running);
    const before = (await openDescriptors()).length;

    const host = `Host: ${new URL(link).host}\r\n`;
    const form = `${host}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n`;
    const authorized = `Host: ${new URL(service.apiBaseUrl).host}\r\nAuthorization: Bearer ${service.token}\r\n`;
    const json = `${authorized}Content-Type: application/json\r\nContent-Length: 60000\r\n`;
    const path = (url: string) => new URL(url).pathname;
    const ways: Record<'pages' | 'api', readonly Partial<Parameters<typeof slowClient>[0]>[]> = {
      pages: [
        {},
        { sends: 'GET / HTTP/1.1\r\n', drips: 'X: y\r\n' },
        { sends: `GET ${path(link)} HTTP/1.1\r\n${host}\r\n` },
        { sends: `POST ${path(link)}x/open HTTP/1.1\r\n${form}\r\n`, drips: 'a' },
      ],
      api: [
        {},
        { sends: 'GET /shares HTTP/1.1\r\n', drips: 'X: y\r\n' },
        { sends: `GET /shares HTTP/1.1\r\n${authorized}\r\n` },
        { sends: `POST /linkify HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n`, drips: 'a' },
      ],
    };
    const clients: SlowClient[] = [];
    for (const [listener, url] of [
      ['pages', link],
      ['api', service.apiBaseUrl],
    ] as const) {
      const port = Number(new URL(url).port);
      for (let i = 0; i < 470; i++) {
        const ways_ = ways[listener];
        clients.push(slowClient({ port, everyMs: 200, ...ways_[i % ways_.length] }));
      }
    }
    const pagesPort = Number(new URL(link).port);
    const apiPort = Number(new URL(service.apiBaseUrl).port);
    for (let i = 0; i < 30; i++) {
      const sends = `GET ${path(long)}/download HTTP/1.1\r\n${host}\r\n`;
      const openSends = `POST ${path(locked)}/open HTTP/1.1\r\n${form}\r\n`;
      const upload = `POST /linkify HTTP/1.1\r\n${json}\r\n`;
      clients.push(slowClient({ port: pagesPort, sends, takes: i % 2, everyMs: 50 }));
      if (i % 2 === 0) clients.push(slowClient({ port: pagesPort, sends: openSends, drips: 'a' }));
      clients.push(slowClient({ port: apiPort, sends: upload, drips: ' ', everyMs: 50 }));
    }

    // Until the last of them is gone, whoever comes is answered.
    let visits = 0;
    const deadline = Date.now() + 40_000;
    while ((await heldConnections([pagesPort, apiPort])) > 0 && Date.now() < deadline) {
      const page = await visit(link);
      expect(page.status).toBe(200);
      expect(page.text).toContain('for everybody');
      const list = await visit(`${service.apiBaseUrl}/shares`, {
        authorization: `Bearer ${service.token}`,
      });
      expect(list.status).toBe(200);
      visits++;
    }
    expect(await heldConnections([pagesPort, apiPort])).toBe(0);
    expect(visits).toBeGreaterThan(10);
    for (const slow of clients) slow.leave();
    await expect
      .poll(async () => (await openDescriptors()).length, { timeout: 15_000 })
      .toBeLessThanOrEqual(before);
  },
  60_000,
);

test('what drips to the API without its token is refused before it is read', async () => {
  const running = await startTestService();
  onTestFinished(() => running.end());
  const port = Number(new URL(running.service.apiBaseUrl).port);
  const drip = slowClient({
    port,
    sends: `POST /linkify HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{`,
  });
  await drip.closed;
  expect(drip.status()).toBe(401);
});

test('a form that is too large is refused before it is read', async () => {
  const running = await startTestService();
  onTestFinished(() => running.end());
  const { link } = await running.api.share(textSeed('x'), { password: 'right' });
  const { port, host, pathname } = new URL(link);
  const large = slowClient({
    port: Number(port),
    sends: `POST ${pathname}/open HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\npassword=`,
  });
  onTestFinished(() => large.leave());
  await expect.poll(() => large.status(), { timeout: 15_000 }).toBe(413);
});

test('a request that is late for its body is told so', async () => {
  const running = await startTestService({ limits: { pages: { requestMs: 200 } } });
  onTestFinished(() => running.end());
  const { link } = await running.api.share(textSeed('x'), { password: 'right' });
  const { port, host, pathname } = new URL(link);
  const late = slowClient({
    port: Number(port),
    sends: `POST ${pathname}/open HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`,
    drips: '1\r\na\r\n',
  });
  await late.closed;
  expect(late.status()).toBe(408);
});

test('a service that is closed waits for no slow client', async () => {
  const running = await startTestService();
  const { link } = await running.api.share(textSeed('x'));
  const silent = connect({ port: Number(new URL(link).port), host: '127.0.0.1' });
  silent.on('error', () => {});
  await once(silent, 'connect');
  await running.end();
  if (!silent.destroyed) await once(silent, 'close');
});
