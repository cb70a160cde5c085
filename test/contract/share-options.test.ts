import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDiskBlobs } from '../../main/server/store/blobs/disk-blobs.ts';
import {
  fileSeed,
  filesWith,
  get,
  keyIn,
  marker,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
  viewPage,
} from '../support/service/run.ts';
import { pageText } from '../support/text.ts';

/** What a share may ask for beyond the API: how long it lives, and who may open it. */

let running: TestService;

beforeAll(async () => {
  running = await startTestService();
});

afterAll(() => running.end());

const BOTS = [
  'Slackbot-LinkExpanding 1.0',
  'Twitterbot/1.0',
  'facebookexternalhit/1.1',
  'WhatsApp/2.24',
  'TelegramBot (like TwitterBot)',
  'Discordbot/2.0',
  'LinkedInBot/1.0',
  'SkypeUriPreview',
  'Googlebot/2.1',
  'Applebot/0.1',
  'curl/8.5',
  'Mozilla/5.0 (preview)',
];

describe('open once', () => {
  test('looking never uses a link up; the one who asks gets it, and then it is gone', async () => {
    const secret = marker();
    const share = await running.api.share(textSeed(secret), { once: true });
    for (const agent of BOTS) {
      const page = await get(share.link, { 'user-agent': agent });
      expect(page.status).toBe(200);
      expect(page.text).not.toContain(secret);
    }
    await fetch(share.link, { method: 'HEAD' });
    await fetch(share.link, { headers: { 'sec-purpose': 'prefetch', range: 'bytes=0-10' } });
    expect((await get(`${share.link}/raw`)).text).not.toContain(secret);
    expect((await get(`${share.link}/download`)).text).not.toContain(secret);

    const opened = await sendForm(share.link, { key: keyIn((await get(share.link)).text) });
    expect(opened.status).toBe(200);
    expect(opened.text).toContain(secret);
    expect((await get(share.link)).status).toBe(410);
    const fate = await running.api.call('GET', `/x-linkify/shares/${share.id}`);
    expect(fate.json).toMatchObject({ id: share.id, state: 'used-up' });
    expect(Date.parse(fate.json.endedAt)).toBeGreaterThan(Date.now() - 60_000);
    await vi.waitFor(
      async () => expect(await filesWith(running.dataDir, secret)).toEqual([]),
      5_000,
    );
  });

  test('a form without the key of the page, or with a used one, opens nothing', async () => {
    const secret = marker();
    const share = await running.api.share(textSeed(secret), { once: true });
    const key = keyIn((await get(share.link)).text);
    const other = await running.api.share(textSeed('other'), { once: true });
    const otherKey = keyIn((await get(other.link)).text);
    expect((await sendForm(share.link)).text).not.toContain(secret);
    expect((await sendForm(share.link, { key: otherKey })).text).not.toContain(secret);
    expect((await sendForm(share.link, { key })).text).toContain(secret);
    expect((await sendForm(share.link, { key })).status).toBe(410);
  });

  test('of 100 who ask at the same time exactly one gets it', async () => {
    const secret = marker();
    const share = await running.api.share(textSeed(secret), { once: true });
    const keys = await Promise.all(
      Array.from({ length: 100 }, async () => keyIn((await get(share.link)).text)),
    );
    const answers = await Promise.all(keys.map((key) => sendForm(share.link, { key })));
    expect(answers.filter(({ text }) => text.includes(secret))).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(99);
  });

  test('a picture is shown within the page, another file is a download', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const picture = await running.api.share(fileSeed(png, 'dot.png'), { once: true });
    const page = await sendForm(picture.link, { key: keyIn((await get(picture.link)).text) });
    expect(page.text).toContain(`data:image/png;base64,${png.toString('base64')}`);
    const bytes = Buffer.from([0x50, 0x4b, 3, 4, 0, 1, 2, 255]);
    const file = await running.api.share(fileSeed(bytes, 'a.zip'), { once: true });
    const key = keyIn((await get(file.link)).text);
    const download = await fetch(`${file.link}/open`, {
      method: 'POST',
      body: new URLSearchParams({ key }),
    });
    expect(download.headers.get('content-disposition')).toBe('attachment; filename=a.zip');
    expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes);
  });

  test('a collection cannot be opened once: said when it is asked for', async () => {
    const asset = await running.api.create(textSeed('one'));
    const answer = await running.api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets: [asset],
      'x-linkify': { once: true },
    });
    expect(answer.status).toBe(400);
  });
});

describe('password', () => {
  test('the content comes for the right password only, at a place of its own', async () => {
    const secret = marker();
    const share = await running.api.share(textSeed(secret), { password: 'Füße 1' });
    for (const path of ['', '/raw', '/download']) {
      expect((await get(share.link + path)).text).not.toContain(secret);
    }
    const wrong = await sendForm(share.link, { password: 'fuesse 1' });
    expect(wrong.status).toBe(403);
    expect(wrong.text).toContain(pageText('wrongPassword'));
    const right = await sendForm(share.link, { password: 'Füße 1' });
    expect(right.status).toBe(303);
    const place = new URL(right.headers.get('location') ?? '', share.link).href;
    expect((await get(place)).text).toContain(secret);
    expect((await get(`${place}/raw`)).text).toBe(secret);
    await running.api.revoke(share.id);
    expect((await get(place)).status).toBe(410);
  });

  test('the sixth try within a minute is refused, also with the right password', async () => {
    const share = await running.api.share(textSeed('x'), { password: 'right' });
    for (let i = 0; i < 5; i++) {
      expect((await sendForm(share.link, { password: 'wrong' })).status).toBe(403);
    }
    const refused = await sendForm(share.link, { password: 'right' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
  });

  test('is kept as a hash alone', async () => {
    const password = marker();
    await running.api.share(textSeed('x'), { password });
    expect(await filesWith(running.dataDir, password)).toEqual([]);
  });
});

describe('time', () => {
  test('a share ends at its time, and its content leaves the disk by itself', async () => {
    const secret = marker();
    const share = await running.api.share(textSeed(secret), { expiresInSeconds: 1 });
    expect((await get(share.link)).status).toBe(200);
    await vi.waitFor(async () => expect((await get(share.link)).status).toBe(410), 5_000);
    await vi.waitFor(async () => expect(await filesWith(running.dataDir, secret)).toEqual([]), {
      timeout: 10_000,
      interval: 200,
    });
  });
});

test('a misspelt or impossible wish is refused, never passed over', async () => {
  const ask = (extension: unknown) =>
    running.api.call('POST', '/linkify', {
      access: 'PUBLIC',
      seed: textSeed('x'),
      'x-linkify': extension,
    });
  for (const extension of [
    { onec: true },
    { once: 'yes' },
    { expiresInSeconds: 0 },
    { expiresInSeconds: -1 },
    { expiresInSeconds: 1.5 },
    { expiresInSeconds: '3600' },
    { expiresInSeconds: 31 * 24 * 3600 },
    { password: '' },
    { graceSeconds: -1 },
    'once',
  ]) {
    expect((await ask(extension)).status, JSON.stringify(extension)).toBe(400);
  }
});

test('views are counted for people who look, not for HEAD', async () => {
  const share = await running.api.share(textSeed('x'));
  await viewPage(share.link);
  await viewPage(share.link);
  await fetch(share.link, { method: 'HEAD' });
  const again = await running.api.call('GET', `/share/${share.id}`);
  expect(again.json['x-linkify'].views).toBe(2);
});

describe('streamed upload', () => {
  const upload = (name: string, body: BodyInit, headers: HeadersInit = {}) =>
    fetch(`${running.service.apiBaseUrl}/x-linkify/assets?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${running.service.token}`,
        'content-type': 'application/octet-stream',
        ...headers,
      },
      body,
    });

  test('the bytes come back as they went, whole and in ranges', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * 7919) % 251));
    const asset = (await (await upload('data ü.bin', bytes)).json()) as {
      id: string;
      name: string;
    };
    expect(asset.name).toBe('data ü.bin');
    const linked = await running.api.call('POST', '/linkify', { access: 'PUBLIC', asset });
    const { link } = linked.json.iterable[0];
    const whole = await fetch(`${link}/download`);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect(whole.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''data%20%C3%BC.bin",
    );
    const part = await fetch(`${link}/download`, { headers: { range: 'bytes=1000000-1000099' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 1000000-1000099/3000000');
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(1_000_000, 1_000_100));
  });

  test('an upload that breaks off leaves nothing behind', async () => {
    const gone = new AbortController();
    const secret = marker().repeat(10_000);
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode(secret));
        setTimeout(() => gone.abort(), 100);
      },
    });
    await expect(
      fetch(`${running.service.apiBaseUrl}/x-linkify/assets?name=a`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${running.service.token}`,
          'content-type': 'application/octet-stream',
          'content-length': '9000000',
        },
        body,
        signal: gone.signal,
        duplex: 'half',
      } as RequestInit),
    ).rejects.toThrow();
    await vi.waitFor(async () =>
      expect(await filesWith(running.dataDir, secret.slice(0, 100))).toEqual([]),
    );
  });

  test('too large, no name, no length, another type: said before a byte is kept', async () => {
    const small = await startTestService({ maxContentBytes: 1_000 });
    const send = async (query: string, bytes: number, type = 'application/octet-stream') =>
      fetch(`${small.service.apiBaseUrl}/x-linkify/assets${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${small.service.token}`, 'content-type': type },
        body: new Uint8Array(bytes),
      });
    const large = await send('?name=a', 1_001);
    expect(large.status).toBe(413);
    expect(large.headers.get('x-linkify-limit-bytes')).toBe('1000');
    expect((await send('', 10)).status).toBe(400);
    expect((await send('?name=a', 10, 'text/plain')).status).toBe(415);
    expect(await readdir(join(small.dataDir, 'tmp'))).toEqual([]);
    expect((await send('?name=a', 1_000)).status).toBe(200);
    await small.end();
  });

  test('beyond the quota: 507, and there is room again after a revoke', async () => {
    const small = await startTestService({ quotaBytes: 50_000 });
    const share = await small.api.share(textSeed('a'.repeat(40_000)));
    const refused = await small.api.call('POST', '/linkify', {
      access: 'PUBLIC',
      seed: textSeed('b'.repeat(40_000)),
    });
    expect(refused.status).toBe(507);
    expect(refused.text).toContain('50000');
    expect((await get(share.link)).status).toBe(200);
    await small.api.revoke(share.id);
    await small.api.share(textSeed('b'.repeat(40_000)));
    const said = await small.api.call('GET', '/x-linkify/service');
    expect(said.json).toMatchObject({ usedBytes: 40_000, quotaBytes: 50_000 });
    await small.end();
  });

  test('the quota can be changed while the service runs; what is there stays', async () => {
    const small = await startTestService({ quotaBytes: 50_000 });
    const share = await small.api.share(textSeed('a'.repeat(40_000)));
    const more = { access: 'PUBLIC', seed: textSeed('b'.repeat(1_001)) };
    small.service.setQuota(41_000);
    expect((await small.api.call('POST', '/linkify', more)).status).toBe(507);
    small.service.setQuota(41_001);
    expect((await small.api.call('POST', '/linkify', more)).status).toBe(200);
    small.service.setQuota(10);
    expect(small.service.usage()).toEqual({ usedBytes: 41_001, quotaBytes: 10 });
    expect((await get(share.link)).status).toBe(200);
    await small.end();
  });
});

test('a blob without a record, left by a crash, goes at the next start', async () => {
  const first = await startTestService();
  await first.stop();
  const blobs = await openDiskBlobs(first.dataDir);
  const { key } = await blobs.put(Buffer.alloc(20_000, 7));
  const second = await startTestService({ dataDir: first.dataDir });
  await vi.waitFor(async () => {
    const left: string[] = [];
    for await (const name of blobs.list()) left.push(name);
    expect(left).not.toContain(key);
  });
  await second.end();
});
