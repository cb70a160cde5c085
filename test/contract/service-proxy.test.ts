import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { get, startTestService, type TestService, textSeed } from '../support/service/run.ts';
import { slowClient } from '../support/service/slow-clients.ts';

/** Behind a proxy on the same computer that is trusted to say who asks. */

const PUBLIC = 'https://share.example.com';

let behind: TestService;
let straight: TestService;
let publicPort = 0;
beforeAll(async () => {
  // A port of its own: links carry the public address, which leads to the proxy.
  straight = await startTestService();
  behind = await startTestService({ publicBaseUrl: PUBLIC, trustedProxies: ['127.0.0.1'] });
  publicPort = await portOf(behind);
});
afterAll(async () => {
  await behind.end();
  await straight.end();
});

/** Where a proxy finds the pages: in the log, for links do not tell. */
async function portOf(running: TestService): Promise<number> {
  const { dataDir } = running;
  await running.api.share(textSeed('first'));
  await running.stop();
  let port = 0;
  const again = await startTestService({
    dataDir,
    publicBaseUrl: PUBLIC,
    trustedProxies: ['127.0.0.1'],
    log: (event) => {
      if (event.event === 'pages-open') port = Number(event.port);
    },
  });
  Object.assign(running, again);
  return port;
}

/** A link as the proxy asks for it. */
const inside = (link: string): string => link.replace(PUBLIC, `http://127.0.0.1:${publicPort}`);

const visits = async (url: string, count: number, from: (visit: number) => string) => {
  const statuses: number[] = [];
  for (let visit = 0; visit < count; visit++) {
    statuses.push((await get(url, { 'x-forwarded-for': from(visit) })).status);
  }
  return statuses;
};

describe('behind a proxy', () => {
  test('links carry its address', async () => {
    const { link } = await behind.api.share(textSeed('x'));
    expect(link).toMatch(/^https:\/\/share\.example\.com\/s\//);
    expect((await get(inside(link))).status).toBe(200);
  });

  test('nobody counts as this computer, from where all requests come', async () => {
    const { link } = await behind.api.share(textSeed('not yet'), { graceSeconds: 60 });
    expect((await get(inside(link))).status).toBe(503);
  });

  test('who guesses ids is slowed down, and another visitor is not', async () => {
    const nowhere = `http://127.0.0.1:${publicPort}/s/nowhere`;
    const statuses = await visits(nowhere, 25, () => '203.0.113.7');
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(404));
    expect(statuses.at(-1)).toBe(429);
    expect(await visits(nowhere, 1, () => '203.0.113.8')).toEqual([404]);
    // Whatever the guesser puts before what the proxy adds.
    expect(await visits(nowhere, 3, (visit) => `8.8.8.${visit}, 203.0.113.7`)).toEqual([
      429, 429, 429,
    ]);
  });

  test('pages a minute are counted by visitor', async () => {
    const { link } = await behind.api.share(textSeed('often'));
    const statuses = await visits(inside(link), 121, () => '203.0.113.9');
    expect(statuses.slice(0, 120).every((status) => status === 200)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    expect(await visits(inside(link), 1, () => '203.0.113.10')).toEqual([200]);
  });

  test('one visitor gets so many answers at once, and leaves room for others', async () => {
    const { link } = await behind.api.share(textSeed('x'), { password: 'right' });
    const { pathname } = new URL(link);
    const sends = `POST ${pathname}/open HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.11\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\n`;
    const slow = Array.from({ length: 33 }, () => slowClient({ port: publicPort, sends }));
    onTestFinished(() => {
      for (const one of slow) one.leave();
    });
    await expect
      .poll(() => slow.filter((one) => one.status() === 429), { timeout: 15_000 })
      .toHaveLength(1);
    expect(await visits(inside(link), 1, () => '203.0.113.12')).toEqual([200]);
    expect(await visits(inside(link), 1, () => '203.0.113.11')).toEqual([429]);
    for (const one of slow) one.leave();
    await expect
      .poll(() => visits(inside(link), 1, () => '203.0.113.11'), { timeout: 15_000 })
      .toEqual([200]);
  });
});

test('a proxy that is not named as trusted is not believed, and that is logged', async () => {
  const events: string[] = [];
  const own = await startTestService({
    publicBaseUrl: PUBLIC,
    log: ({ event, port }) => events.push(event === 'pages-open' ? `port ${port}` : event),
  });
  onTestFinished(() => own.end());
  await own.api.share(textSeed('x'));
  expect(events).toContain('no-trusted-proxy');
  const port = events.find((event) => event.startsWith('port '))?.slice(5);
  const nowhere = `http://127.0.0.1:${port}/s/nowhere`;
  const statuses = await visits(nowhere, 25, (visit) => `203.0.113.${visit}`);
  expect(statuses.at(-1)).toBe(429);
});

test('without a public address nobody is believed who says that they ask for another', async () => {
  const { link } = await straight.api.share(textSeed('x'));
  const nowhere = new URL('/s/nowhere', link).href;
  const statuses = await visits(nowhere, 25, (visit) => `203.0.113.${visit}`);
  expect(statuses.at(-1)).toBe(429);
});

test('a name can be allowed while the service runs, and no longer', async () => {
  const { link } = await straight.api.share(textSeed('x'));
  const { pathname, port } = new URL(link);
  const statusAt = async (host: string): Promise<number> => {
    const sends = `HEAD ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    const asked = slowClient({ port: Number(port), sends });
    await asked.closed;
    return asked.status();
  };
  expect(await statusAt(`nas.example.com:${port}`)).toBe(421);
  straight.service.setHostNames(['NAS.example.com.', 'not a name']);
  expect(await statusAt(`nas.example.com:${port}`)).toBe(200);
  expect(await statusAt(`evil.test:${port}`)).toBe(421);
  // The request has to arrive at an address of Tailscale's, too.
  expect(await statusAt(`pc.tail12.ts.net:${port}`)).toBe(421);
  straight.service.setHostNames([]);
  expect(await statusAt(`nas.example.com:${port}`)).toBe(421);
});

test('names of the local network are answered only while links open there', async () => {
  const own = await startTestService({ hostNames: [] });
  onTestFinished(() => own.end());
  const { pathname, port } = new URL((await own.api.share(textSeed('x'))).link);
  const statusAt = async (host: string): Promise<number> => {
    const sends = `HEAD ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    const asked = slowClient({ port: Number(port), sends });
    await asked.closed;
    return asked.status();
  };
  const names = ['laptop', `laptop.local:${port}`, 'a.lan', 'a.internal', 'a.home.arpa'];
  for (const name of names) expect(await statusAt(name), name).toBe(421);
  expect(await statusAt(`localhost:${port}`)).toBe(200);
  await own.service.setReach('network');
  for (const name of names) expect(await statusAt(name), name).toBe(200);
  await own.service.setReach('loopback');
  expect(await statusAt('laptop')).toBe(421);
});

test('a name that is not ours is not answered, whatever it asks for', async () => {
  for (const running of [straight, behind]) {
    const { link } = await running.api.share(textSeed('secret'), { password: 'right' });
    const port = running === behind ? publicPort : Number(new URL(link).port);
    for (const host of ['evil.test', `evil.test:${port}`, 'share.example.com.evil.test']) {
      const asked = slowClient({
        port,
        sends: `GET ${new URL(link).pathname} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      });
      await asked.closed;
      expect(asked.status()).toBe(421);
    }
  }
});
