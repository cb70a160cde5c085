import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { checkLink } from '../../main/linkify/check-link.ts';
import { spawnService } from '../support/service/process.ts';
import {
  fileSeed,
  filesWith,
  get,
  marker,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { png } from '../support/service/samples.ts';

/** A link that ends after so many opens: each visit is one, and nobody gets content beyond them. */

let running: TestService;
const opened: { readonly shareId: string; readonly count: number }[] = [];
beforeAll(async () => {
  running = await startTestService({ onOpened: (one) => opened.push(one) });
});
afterAll(() => running.end());

const program = { accept: '*/*', 'user-agent': 'curl/8.5.0' };
const BOTS = ['Slackbot-LinkExpanding 1.0', 'facebookexternalhit/1.1', 'WhatsApp/2.24'];
/** Someone with a client of their own. */
const visitor = (number: number) => ({ 'user-agent': `Mozilla/5.0 (visitor ${number})` });

const viewsOf = async (id: string): Promise<number> =>
  (await running.api.call('GET', `/share/${id}`)).json['x-linkify'].views;
const stateOf = async (id: string) =>
  (await running.api.call('GET', `/x-linkify/shares/${id}`)).json;

async function shared(maxOpens: number, options: object = {}) {
  const content = marker();
  const share = await running.api.share(textSeed(content, 'note'), { maxOpens, ...options });
  return { ...share, content } as { id: string; link: string; content: string };
}

async function collection(maxOpens: number) {
  const assets = [
    await running.api.create(textSeed('the first thing')),
    await running.api.create(fileSeed(png(8, 8), 'two.png')),
  ];
  const { json } = await running.api.call('POST', '/linkify/multiple', {
    access: 'PUBLIC',
    assets,
    'x-linkify': { maxOpens },
  });
  return json.iterable[0];
}

test.each([0, 1_001, 1.5, '3', null])('a maximum of %j is refused', async (maxOpens) => {
  const body = { access: 'PUBLIC', seed: textSeed('x'), 'x-linkify': { maxOpens } };
  expect((await running.api.call('POST', '/linkify', body)).status).toBe(400);
});

test('the link ends with its last open, for everyone and in the API', async () => {
  const { id, link, content } = await shared(2);
  expect((await get(link, visitor(1))).text).toContain(content);
  expect(await viewsOf(id)).toBe(1);
  expect(await stateOf(id)).toMatchObject({
    state: 'active',
    share: { 'x-linkify': { maxOpens: 2 } },
  });
  expect((await get(link, visitor(2))).text).toContain(content);
  for (const path of ['', '/raw', '/download']) {
    const page = await get(link + path, visitor(3));
    expect(page.status).toBe(410);
    expect(page.text).not.toContain(content);
    expect((await get(link + path, program)).status).toBe(410);
  }
  expect(await stateOf(id)).toMatchObject({ id, state: 'used-up', endedAt: expect.any(String) });
  expect((await running.api.call('GET', `/share/${id}`)).status).toBe(410);
  expect(opened.filter(({ shareId }) => shareId === id).map(({ count }) => count)).toEqual([1, 2]);
});

describe.each(['', '/raw', '/download'])('50 at the same time, at "%s"', (path) => {
  test.each(['pages', 'programs'])('as %s: exactly the maximum get the content', async (kind) => {
    const { link, content } = await shared(7);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        // Programs have the same address and name; so have people in one office.
        get(link + path, kind === 'programs' ? program : visitor(index)),
      ),
    );
    expect(answers.filter(({ text }) => text.includes(content))).toHaveLength(7);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(43);
  });
});

test('50 archives of a collection at the same time: exactly the maximum', async () => {
  const { link } = await collection(5);
  const answers = await Promise.all(Array.from({ length: 50 }, () => get(`${link}/zip`, program)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 410)).toHaveLength(45);
});

test('a page, its picture, its items and its downloads are one visit', async () => {
  const { id, link } = await collection(2);
  const me = visitor(1);
  expect((await get(link, me)).status).toBe(200);
  for (const path of ['/1', '/2', '/2/download', '/zip']) {
    expect((await get(link + path, me)).status).toBe(200);
  }
  expect((await get(`${link}/2/raw`, { ...me, accept: 'image/*,*/*;q=0.8' })).status).toBe(200);
  expect((await get(`${link}/2/raw`, { ...me, range: 'bytes=0-3' })).status).toBe(206);
  expect(await viewsOf(id)).toBe(1);
});

test('the last visitor gets the parts of the page; others get nothing, and a reload counts', async () => {
  const { link } = await collection(1);
  expect((await get(link, visitor(1))).status).toBe(200);
  const image = { accept: 'image/*,*/*;q=0.8' };
  expect((await get(`${link}/2/raw`, { ...visitor(1), ...image })).status).toBe(200);
  expect((await get(`${link}/zip`, visitor(1))).status).toBe(200);
  expect((await get(`${link}/2/raw`, { ...visitor(2), ...image })).status).toBe(410);
  expect((await get(`${link}/1/raw`, program)).status).toBe(410);
  expect((await get(link, visitor(1))).status).toBe(410);
});

test('ranges of one download that come at the same time are one open', async () => {
  const { id, link } = await shared(3);
  const answers = await Promise.all(
    [0, 2, 4, 6, 8].map((at) => get(`${link}/raw`, { ...program, range: `bytes=${at}-${at + 1}` })),
  );
  for (const { status } of answers) expect(status).toBe(206);
  expect(await viewsOf(id)).toBe(1);
});

test('previews, prefetches and other sites get no content, and count nothing', async () => {
  const { id, link, content } = await shared(1);
  const unasked: Record<string, string>[] = [
    ...BOTS.map((agent) => ({ 'user-agent': agent })),
    ...BOTS.map((agent) => ({ 'user-agent': agent, accept: '*/*' })),
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', accept: 'image/*' },
  ];
  for (const path of ['', '/raw', '/download']) {
    for (const headers of unasked) {
      const answer = await get(link + path, headers);
      expect(answer.status).toBe(403);
      expect(answer.text).not.toContain(content);
    }
    for (const headers of [{}, program]) {
      await fetch(link + path, { method: 'HEAD', headers });
    }
  }
  expect(await viewsOf(id)).toBe(0);
  expect((await get(link)).text).toContain(content);
});

test('what has not changed is not sent again, and nothing is kept by a cache', async () => {
  const { id, link } = await shared(3);
  const { headers } = await get(`${link}/raw`, program);
  expect(headers.get('cache-control')).toContain('no-store');
  const again = await get(`${link}/raw`, {
    ...program,
    'if-none-match': headers.get('etag') ?? '',
  });
  expect(again.status).toBe(304);
  expect(again.text).toBe('');
  expect(await viewsOf(id)).toBe(1);
});

test('the check of its owner does not count, and tells when it has ended', async () => {
  const { id, link } = await shared(1);
  const look = () => checkLink(link, { method: 'HEAD', ownOrigins: [new URL(link).origin] });
  expect(await look()).toBe('opens');
  expect(await viewsOf(id)).toBe(0);
  await get(link, visitor(1));
  expect(await look()).toBe('dead');
});

test('behind a password only what is shown after it counts', async () => {
  const { id, link, content } = await shared(1, { password: 'pw' });
  await get(link);
  await sendForm(link, { password: 'wrong' });
  const answer = await sendForm(link, { password: 'pw' });
  const place = new URL(answer.headers.get('location') ?? '', link).href;
  expect(await viewsOf(id)).toBe(0);
  expect((await get(place, visitor(1))).text).toContain(content);
  expect((await get(place, visitor(2))).status).toBe(410);
});

test('a one-time link stays one, whatever its maximum', async () => {
  const share = await running.api.share(textSeed('x'), { once: true, maxOpens: 5 });
  expect(share['x-linkify']).toMatchObject({ once: true, maxOpens: null });
});

test('counts survive a restart, and a stop deletes the content of what has ended', async () => {
  const first = await startTestService();
  const { dataDir } = first;
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const content = marker();
  const { id, link } = await first.api.share(textSeed(content), { maxOpens: 2 });
  expect((await get(link, visitor(1))).status).toBe(200);
  await first.stop();

  const second = await startTestService({ dataDir });
  const linkNow = `${second.service.pagesBaseUrl()}/s/${id}`;
  const answers = await Promise.all([1, 2, 3].map((one) => get(linkNow, visitor(one))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  await second.stop();
  expect(await filesWith(dataDir, content)).toEqual([]);

  const third = await startTestService({ dataDir });
  const state = await third.api.call('GET', `/x-linkify/shares/${id}`);
  expect(state.json).toMatchObject({ state: 'used-up' });
  expect((await get(`${third.service.pagesBaseUrl()}/s/${id}`)).status).toBe(410);
  await third.stop();
});

test('what was counted stays counted when the server is killed', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-opens-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const killed = await spawnService(dataDir);
  const { id, link } = await killed.api.share(textSeed('x'), { maxOpens: 3 });
  for (const one of [1, 2]) expect((await get(link, visitor(one))).status).toBe(200);
  await killed.kill('SIGKILL');
  const again = await startTestService({ dataDir });
  onTestFinished(() => again.stop());
  const linkNow = `${again.service.pagesBaseUrl()}/s/${id}`;
  const answers = await Promise.all([3, 4].map((one) => get(linkNow, visitor(one))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
});
