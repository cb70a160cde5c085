import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  fileSeed,
  get,
  marker,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';

/** Access after a password was accepted: while it is used, and after. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let running: TestService;
let secret = '';
const start = Date.now();
beforeEach(async () => {
  // Only what tells the time; timers stay real.
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  running = await startTestService();
  secret = marker();
});
afterEach(async () => {
  vi.useRealTimers();
  await running.end();
});

const clock = (ms: number): void => void vi.setSystemTime(start + ms);

async function restart(): Promise<void> {
  await running.stop();
  running = await startTestService({ dataDir: running.dataDir });
}

/** Where a right password leads. */
async function unlock(link: string, fields: Record<string, string> = {}): Promise<string> {
  const answer = await sendForm(link, { password: 'right', ...fields });
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location') ?? '', link).href;
}

const locked = (seed: unknown = textSeed(secret)) => running.api.share(seed, { password: 'right' });

async function expectForm(url: string): Promise<string> {
  const page = await get(url);
  expect(page.status).toBe(200);
  expect(page.text).toContain('type="password"');
  expect(page.text).not.toContain(secret);
  return page.text;
}

test('a restart asks for no password again', async () => {
  const { link } = await locked();
  const place = await unlock(link);
  await restart();
  expect((await get(place)).text).toContain(secret);
  expect((await get(`${place}/raw`)).text).toBe(secret);
});

test('an hour without use asks for the password at the same address, also after a restart', async () => {
  const { link } = await locked();
  const place = await unlock(link);
  clock(HOUR_MS - 1_000);
  expect((await get(place)).text).toContain(secret);
  await restart();
  clock(2 * HOUR_MS - 2_000);
  expect((await get(`${place}/download`)).text).toBe(secret);
  clock(3 * HOUR_MS);
  await expectForm(place);
  await restart();
  await expectForm(place);
  await expectForm(`${place}/raw`);
  const again = await unlock(link);
  expect((await get(again)).text).toContain(secret);
});

test('what is used stays open for a day at most', async () => {
  const { link } = await locked();
  const place = await unlock(link);
  for (let ms = 0; ms < 24 * HOUR_MS; ms += 50 * MINUTE_MS) {
    clock(ms);
    expect((await get(`${place}/raw`, { range: 'bytes=0-1' })).status).toBe(206);
  }
  clock(24 * HOUR_MS + 2_000);
  await expectForm(place);
});

test('a film that is still being sent keeps its access', async () => {
  const { link } = await locked(fileSeed(Buffer.alloc(1), 'small.bin'));
  expect(link).toBeTruthy();
  const upload = await fetch(`${running.service.apiBaseUrl}/x-linkify/assets?name=film.mp4`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${running.service.token}`,
      'content-type': 'application/octet-stream',
    },
    body: Buffer.alloc(40_000_000, 7),
  });
  const linked = await running.api.call('POST', '/linkify', {
    access: 'PUBLIC',
    asset: await upload.json(),
    'x-linkify': { password: 'right' },
  });
  const place = new URL(await unlock(linked.json.iterable[0].link));
  const socket = connect(Number(place.port), '127.0.0.1');
  socket.write(`GET ${place.pathname}/raw HTTP/1.1\r\nHost: ${place.host}\r\n\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  // It reads no further, as a player does that has enough.
  socket.pause();
  clock(3 * HOUR_MS);
  const seek = { range: 'bytes=1000-1999', accept: '*/*' };
  expect((await get(`${place.href}/raw`, seek)).status).toBe(206);
  clock(3 * HOUR_MS + 50 * MINUTE_MS);
  socket.destroy();
  await vi.waitFor(async () => expect((await get(`${place.href}/raw`, seek)).status).toBe(206));
  clock(5 * HOUR_MS);
  expect((await get(`${place.href}/raw`, seek)).status).toBe(403);
});

test('of a collection, the item that was asked for comes after the password', async () => {
  const assets = [
    await running.api.create(textSeed('first item')),
    await running.api.create(textSeed(secret)),
  ];
  const made = await running.api.call('POST', '/linkify/multiple', {
    access: 'PUBLIC',
    assets,
    'x-linkify': { password: 'right' },
  });
  const { link } = made.json.iterable[0];
  expect(await expectForm(`${link}/2`)).toContain('name="item" value="2"');
  const item = await unlock(link, { item: '2' });
  expect((await get(item)).text).toContain(secret);
  const root = item.replace(/\/2$/, '');
  await restart();
  for (const path of ['', '/2', '/2/raw', '/2/download', '/zip']) {
    expect((await get(root + path)).text, path).toContain(path === '' ? '2' : secret);
  }
  clock(2 * HOUR_MS);
  for (const path of ['', '/2', '/2/raw', '/2/download', '/zip']) await expectForm(root + path);
  expect(await expectForm(`${root}/2`)).toContain('name="item" value="2"');
  // What is no number leads nowhere else.
  for (const item of ['//evil.test', '../x', '2/raw', '']) {
    expect(new URL(await unlock(link, { item })).pathname).toMatch(/^\/o\/[\w-]+$/);
    clock(2 * HOUR_MS + 2 * MINUTE_MS * (1 + item.length));
  }
});

describe('access ends', () => {
  test('when the share is revoked, and comes back with it', async () => {
    const share = await locked();
    const place = await unlock(share.link);
    await running.api.revoke(share.id);
    expect((await get(place)).status).toBe(410);
    await restart();
    expect((await get(place)).status).toBe(410);
  });

  test('when the share expires', async () => {
    const share = await running.api.share(textSeed(secret), {
      password: 'right',
      expiresInSeconds: 600,
    });
    const place = await unlock(share.link);
    clock(600_001);
    expect((await get(place)).status).toBe(410);
  });

  test('when the installation has another key', async () => {
    const { link } = await locked();
    const place = await unlock(link);
    const other = await startTestService();
    try {
      const elsewhere = new URL(place);
      elsewhere.port = new URL((await other.api.share(textSeed('x'))).link).port;
      expect((await get(elsewhere.href)).status).toBe(404);
    } finally {
      await other.end();
    }
  });
});

test('a grant that was changed opens nothing', async () => {
  const { link, id } = await locked();
  const other = await running.api.share(textSeed(`other ${secret}`), { password: 'right' });
  const place = await unlock(link);
  const { origin, pathname } = new URL(place);
  const grant = pathname.split('/')[2] ?? '';
  // Each character, and the parts of it for another share.
  for (let at = 0; at < grant.length; at++) {
    const changed = `${grant.slice(0, at)}${grant[at] === 'a' ? 'b' : 'a'}${grant.slice(at + 1)}`;
    const page = await get(`${origin}/o/${changed}`);
    expect(page.text, changed).not.toContain(secret);
  }
  await expectForm(`${origin}/o/${grant.replace(id, other.id)}`);
  for (const wrong of ['x', 'a'.repeat(64), id, grant.slice(1), `${grant}A`, '-'.repeat(51)]) {
    expect([404, 429]).toContain((await get(`${origin}/o/${wrong}`)).status);
  }
});

test('of a share without a password another address shows nothing, but leads to its link', async () => {
  const open = await running.api.share(textSeed(secret));
  const { link, id } = await locked();
  const grant = new URL(await unlock(link)).pathname.split('/')[2] ?? '';
  const moved = await get(`${new URL(link).origin}/o/${grant.replace(id, open.id)}`);
  expect([moved.status, moved.headers.get('location')]).toEqual([303, `/s/${open.id}`]);
  expect(moved.text).toBe('');
});

test('a clock that was set back does not make access longer', async () => {
  clock(10 * HOUR_MS);
  const { link } = await locked();
  const place = await unlock(link);
  clock(0);
  await expectForm(place);
});
