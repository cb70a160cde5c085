import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  fileSeed,
  filesWith,
  get,
  marker,
  startTestService,
  type TestService,
  textSeed,
} from '../../support/service/run.ts';

/** How long a share lives, and who may open it. */

let running: TestService;
beforeEach(async () => {
  // Only what tells the time; timers stay real.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  running = await startTestService();
});
afterEach(async () => {
  vi.useRealTimers();
  await running.end();
});

const post = (link: string, form: Record<string, string>) =>
  fetch(`${link}/open`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
const keyIn = (page: string): string => /name="key" value="([^"]+)"/.exec(page)?.[1] ?? '';

function clock(ms: number): void {
  vi.setSystemTime(ms);
}

describe('expiry', () => {
  test('after its time a link is gone for good, also when the clock is set back', async () => {
    const start = Date.now();
    clock(start);
    const word = marker();
    const share = await running.api.share(textSeed(word), { expiresInSeconds: 3_600 });
    expect((await get(share.link)).status).toBe(200);
    clock(start + 3_600_001);
    expect((await get(share.link)).status).toBe(410);
    clock(start);
    expect((await get(`${share.link}/raw`)).status).toBe(410);
    clock(start + 3_600_001);
    await running.stop();
    running = await startTestService({ dataDir: running.dataDir });
    clock(start);
    const page = await get(share.link);
    expect(page.status).toBe(410);
    expect(page.text).not.toContain(word);
    expect((await running.api.call('GET', '/shares')).json.iterable).toEqual([]);
  });

  test('what expired while the service was off leaves the disk at the next start', async () => {
    const start = Date.now();
    clock(start);
    const word = marker();
    await running.api.share(textSeed(word), { expiresInSeconds: 3_600 });
    await running.api.share(textSeed(`${'x'.repeat(200_000)}${word}`), { expiresInSeconds: 3_600 });
    await running.stop();
    expect(await filesWith(running.dataDir, word)).not.toEqual([]);
    clock(start + 3_600_001);
    running = await startTestService({ dataDir: running.dataDir });
    await vi.waitFor(async () => expect(await filesWith(running.dataDir, word)).toEqual([]), {
      timeout: 5_000,
    });
  });

  test('7 days when nothing is said, never when null is said', async () => {
    const start = Date.now();
    clock(start);
    const week = await running.api.share(textSeed('a week'));
    const ever = await running.api.share(textSeed('for ever'), { expiresInSeconds: null });
    clock(start + 7 * 24 * 3_600_000 - 1_000);
    expect((await get(week.link)).status).toBe(200);
    clock(start + 7 * 24 * 3_600_000 + 1);
    expect((await get(week.link)).status).toBe(410);
    clock(start + 10 * 365 * 24 * 3_600_000);
    expect((await get(ever.link)).status).toBe(200);
  });

  test.each([0, -1, 1.5, 31 * 24 * 3_600, '3600'])('%s is no life', async (expiresInSeconds) => {
    const answer = await running.api.call('POST', '/linkify', {
      access: 'PUBLIC',
      seed: textSeed('x'),
      'x-linkify': { expiresInSeconds },
    });
    expect(answer.status).toBe(400);
  });

  test('a term that is not known is refused, not ignored', async () => {
    const answer = await running.api.call('POST', '/linkify', {
      access: 'PUBLIC',
      seed: textSeed('x'),
      'x-linkify': { onse: true },
    });
    expect(answer.status).toBe(400);
  });
});

describe('open once', () => {
  test('looking does not burn it, the form opens it once, and its content is gone', async () => {
    const word = marker();
    const { link, id } = await running.api.share(textSeed(`secret ${word}`), { once: true });
    const agents = ['Slackbot-LinkExpanding 1.0', 'WhatsApp/2', 'Twitterbot/1.0', 'curl/8.5.0', ''];
    for (const agent of agents) {
      const headers = { 'user-agent': agent, accept: '*/*' };
      expect((await get(link, headers)).text).not.toContain(word);
      await fetch(link, { method: 'HEAD', headers });
      for (const part of ['raw', 'download', 'zip', '1', '1/raw']) {
        const answer = await get(`${link}/${part}`, { ...headers, range: 'bytes=0-3' });
        expect(answer.text).not.toContain(word);
      }
      await get(link, { ...headers, 'sec-purpose': 'prefetch', purpose: 'prefetch' });
    }
    expect((await post(link, {})).status).toBe(200);
    expect((await post(link, { key: 'guessed' })).status).toBe(200);
    const form = (await get(link)).text;
    const opened = await post(link, { key: keyIn(form) });
    expect(opened.status).toBe(200);
    expect(await opened.text()).toContain(word);
    expect((await post(link, { key: keyIn(form) })).status).toBe(410);
    expect((await get(link)).status).toBe(410);
    const fate = await running.api.call('GET', `/x-linkify/shares/${id}`);
    expect(fate.json).toMatchObject({ id, state: 'spent' });
    await vi.waitFor(async () => expect(await filesWith(running.dataDir, word)).toEqual([]), {
      timeout: 5_000,
    });
  });

  test('of many who open it at once exactly one gets the content', async () => {
    const word = marker();
    const { link } = await running.api.share(textSeed(word), { once: true });
    const keys = await Promise.all(
      Array.from({ length: 30 }, async () => keyIn((await get(link)).text)),
    );
    const answers = await Promise.all(keys.map(async (key) => (await post(link, { key })).text()));
    expect(answers.filter((text) => text.includes(word))).toHaveLength(1);
  });

  test('a file comes as a download, whole; a collection cannot be opened once', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
    const { link } = await running.api.share(fileSeed(bytes, 'some.bin'), { once: true });
    const answer = await post(link, { key: keyIn((await get(link)).text) });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    const many = await running.api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets: [await running.api.create(textSeed('a'))],
      'x-linkify': { once: true },
    });
    expect(many.status).toBe(400);
  });
});

describe('password', () => {
  test('nothing is shown without it, all with it, and it is not on the disk', async () => {
    const word = marker();
    const password = marker();
    const { link } = await running.api.share(textSeed(word, marker()), { password });
    for (const part of ['', '/raw', '/download']) {
      expect((await get(link + part)).text).not.toContain(word);
    }
    const wrong = await post(link, { password: 'not it' });
    expect(wrong.status).toBe(403);
    expect(await wrong.text()).not.toContain(word);
    const right = await post(link, { password });
    expect(right.status).toBe(303);
    const place = new URL(right.headers.get('location') ?? '', link).href;
    expect((await get(place)).text).toContain(word);
    expect((await get(`${place}/raw`)).text).toBe(word);
    expect((await get(link)).text).not.toContain(word);
    expect(await filesWith(running.dataDir, password)).toEqual([]);
  });

  test('after five tries in a minute also the right one has to wait', async () => {
    const { link } = await running.api.share(textSeed('x'), { password: 'right' });
    const statuses: number[] = [];
    for (let tries = 0; tries < 6; tries++) {
      statuses.push((await post(link, { password: 'wrong' })).status);
    }
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
    const right = await post(link, { password: 'right' });
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('open once and a password: a wrong one does not burn it', async () => {
    const { link } = await running.api.share(textSeed('both'), { once: true, password: 'pw' });
    const first = await post(link, { key: keyIn((await get(link)).text), password: 'no' });
    expect(first.status).toBe(403);
    const again = await post(link, { key: keyIn(await first.text()), password: 'pw' });
    expect(await again.text()).toContain('both');
    expect((await get(link)).status).toBe(410);
  });
});

test('within its grace a link serves nothing and says when it will', async () => {
  const start = Date.now();
  clock(start);
  const word = marker();
  const { link } = await running.api.share(textSeed(word), { graceSeconds: 5 });
  for (const part of ['', '/raw', '/download']) {
    const answer = await get(link + part);
    expect(answer.status).toBe(503);
    expect(answer.text).not.toContain(word);
    expect(answer.headers.get('retry-after')).toBe('5');
  }
  clock(start + 5_001);
  expect((await get(`${link}/raw`)).text).toBe(word);
});

test('when the quota is used up a share is refused with 507, and a revoke makes room', async () => {
  await running.end();
  running = await startTestService({ quotaBytes: 210_000 });
  const big = await running.api.share(textSeed('x'.repeat(200_000)));
  const refused = await running.api.call('POST', '/linkify', {
    access: 'PUBLIC',
    seed: textSeed('y'.repeat(30_000)),
  });
  expect(refused.status).toBe(507);
  expect(refused.text).toContain('210000');
  expect((await get(big.link)).status).toBe(200);
  await running.api.revoke(big.id);
  await running.api.share(textSeed('y'.repeat(30_000)));
});

describe('streamed upload', () => {
  const upload = (body: BodyInit, name = 'film.mkv', headers: Record<string, string> = {}) =>
    fetch(`${running.service.apiBaseUrl}/x-linkify/assets?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${running.service.token}`,
        'content-type': 'application/octet-stream',
        ...headers,
      },
      body,
    });

  test('a file goes up as its bytes and becomes a link', async () => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 31) % 256);
    const asset = await (await upload(bytes, 'Grüße.bin')).json();
    expect(asset.name).toBe('Grüße.bin');
    const { json } = await running.api.call('POST', '/linkify', { access: 'PUBLIC', asset });
    const response = await fetch(`${json.iterable[0].link}/download`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  test('what is cut off leaves nothing behind', async () => {
    const { request } = await import('node:http');
    const url = new URL(`${running.service.apiBaseUrl}/x-linkify/assets?name=cut.bin`);
    const cut = request(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${running.service.token}`,
        'content-type': 'application/octet-stream',
        'content-length': 10_000_000,
      },
    });
    cut.on('error', () => {});
    cut.write(Buffer.alloc(500_000, 7));
    const tmp = join(running.dataDir, 'tmp');
    await vi.waitFor(async () => expect(await readdir(tmp)).toHaveLength(1));
    cut.destroy();
    await vi.waitFor(async () => expect(await readdir(tmp)).toHaveLength(0), { timeout: 5_000 });
    const service = await running.api.call('GET', '/x-linkify/service');
    expect(service.json.usedBytes).toBe(0);
  });

  test('no name, no length, another type and too much are refused', async () => {
    await running.end();
    running = await startTestService({
      dataDir: await mkdtemp(join(tmpdir(), 'linkify-service-')),
      maxContentBytes: 1_000,
    });
    expect((await upload('x', '')).status).toBe(400);
    expect((await upload('x', 'a', { 'content-type': 'text/plain' })).status).toBe(415);
    const large = await upload(new Uint8Array(1_001), 'a');
    expect(large.status).toBe(413);
    expect(large.headers.get('x-linkify-limit-bytes')).toBe('1000');
    expect(await readdir(join(running.dataDir, 'tmp'))).toEqual([]);
  });
});
