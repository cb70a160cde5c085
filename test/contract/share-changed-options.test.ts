import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  FROM_ELSEWHERE,
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

/** Who can open a link after its options were changed. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const change = (id: string, options: unknown) =>
  running.api.call('POST', `/x-linkify/shares/${id}/options`, options);

async function changed(id: string, options: object) {
  const answer = await change(id, options);
  expect(answer.status).toBe(200);
  return answer.json['x-linkify'];
}

async function shared(options: object = {}) {
  const secret = marker();
  const { id, link } = await running.api.share(textSeed(secret), options);
  return { id, link, secret } as { id: string; link: string; secret: string };
}

/** Where a right password leads. */
async function unlock(link: string, password: string): Promise<string> {
  const answer = await sendForm(link, { password });
  expect(answer.status).toBe(303);
  return new URL(answer.headers.get('location') ?? '', link).href;
}

describe('a password', () => {
  test('set on a link that was opened is asked for at all of its addresses', async () => {
    const { id, link, secret } = await shared();
    const gzip = { 'accept-encoding': 'gzip' };
    const before = await get(link, gzip);
    expect(before.text).toContain(secret);
    const etag = (await get(`${link}/raw`)).headers.get('etag') ?? '';
    expect(await changed(id, { password: 'first' })).toMatchObject({ password: true });
    for (const path of ['', '/raw', '/download']) {
      for (const headers of [{}, gzip, { 'if-none-match': etag }]) {
        const page = await get(link + path, { accept: '*/*', ...headers });
        expect(page.status).not.toBe(304);
        expect(page.text).not.toContain(secret);
      }
    }
    expect((await get(await unlock(link, 'first'))).text).toContain(secret);
  });

  test('that is replaced takes back the access that the old one gave', async () => {
    const { id, link, secret } = await shared({ password: 'first' });
    const old = await unlock(link, 'first');
    expect((await get(old)).text).toContain(secret);
    await changed(id, { password: 'second' });
    expect((await get(old)).text).not.toContain(secret);
    expect((await get(`${old}/raw`)).text).not.toContain(secret);
    expect((await sendForm(link, { password: 'first' })).status).toBe(403);
    expect((await get(await unlock(link, 'second'))).text).toContain(secret);
    // The same one again is another one, too.
    const current = await unlock(link, 'second');
    await changed(id, { password: 'second' });
    expect((await get(current)).text).not.toContain(secret);
  });

  test('that is removed is not asked for, and its old addresses lead to the link', async () => {
    const { id, link, secret } = await shared({ password: 'first' });
    const old = await unlock(link, 'first');
    expect(await changed(id, { password: null })).toMatchObject({ password: false });
    expect((await get(link)).text).toContain(secret);
    const moved = await get(old);
    expect([moved.status, moved.headers.get('location')]).toEqual([303, `/s/${id}`]);
  });

  test('is on the disk as a hash only', async () => {
    const { id } = await shared();
    const password = marker();
    await changed(id, { password });
    expect(await filesWith(running.dataDir, password)).toEqual([]);
  });
});

describe('one-time', () => {
  test('on a link that was opened counts from then on', async () => {
    const { id, link, secret } = await shared();
    await viewPage(link);
    expect(await changed(id, { once: true })).toMatchObject({ once: true, views: 1 });
    const form = await get(link);
    expect(form.text).not.toContain(secret);
    expect((await get(`${link}/raw`)).text).not.toContain(secret);
    const key = keyIn(form.text);
    const answers = await Promise.all([1, 2, 3].map(() => sendForm(link, { key })));
    expect(answers.filter(({ text }) => text.includes(secret))).toHaveLength(1);
    expect((await get(link)).status).toBe(410);
    expect((await change(id, { once: false })).status).toBe(410);
  });

  test('ends the access of those who entered the password before', async () => {
    const { id, link, secret } = await shared({ password: 'first' });
    const old = await unlock(link, 'first');
    await changed(id, { once: true });
    for (const path of ['', '/raw']) expect((await get(old + path)).text).not.toContain(secret);
    const key = keyIn((await get(link)).text);
    expect((await sendForm(link, { key, password: 'first' })).text).toContain(secret);
  });

  test('taken back, it opens again and again', async () => {
    const { id, link, secret } = await shared({ once: true });
    await changed(id, { once: false });
    for (let visit = 0; visit < 2; visit++) expect((await get(link)).text).toContain(secret);
  });

  test('is not for collections', async () => {
    const asset = await running.api.create(textSeed('one'));
    const { json } = await running.api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets: [asset],
    });
    expect((await change(json.iterable[0].id, { once: true })).status).toBe(400);
  });
});

describe('a maximum of opens', () => {
  test('counts the opens so far, also those of the last seconds', async () => {
    const { id, link, secret } = await shared();
    await viewPage(link);
    await viewPage(link);
    expect((await change(id, { maxOpens: 2 })).status).toBe(409);
    expect(await changed(id, { maxOpens: 3 })).toMatchObject({ maxOpens: 3, views: 2 });
    expect((await get(`${link}/raw`, { accept: '*/*' })).text).toBe(secret);
    expect((await get(`${link}/raw`, { accept: '*/*', ...FROM_ELSEWHERE })).status).toBe(410);
  });

  test('can be raised and removed while one is left', async () => {
    const { id, link, secret } = await shared({ maxOpens: 2 });
    const open = () => get(`${link}/raw`, { accept: '*/*' });
    expect((await open()).text).toBe(secret);
    await changed(id, { maxOpens: 3 });
    expect((await open()).text).toBe(secret);
    expect(await changed(id, { maxOpens: null })).toMatchObject({ maxOpens: null });
    for (let visit = 0; visit < 3; visit++) expect((await open()).text).toBe(secret);
  });
});

describe('a change', () => {
  test.each([
    { password: '' },
    { password: 'x'.repeat(201) },
    { password: 7 },
    { once: 'yes' },
    { maxOpens: 0 },
    { maxOpens: 1_001 },
    { graceSeconds: 5 },
    { onse: true },
    'x',
  ])('of %j is refused, and changes nothing', async (options) => {
    const { id, link, secret } = await shared();
    expect((await change(id, options)).status).toBe(400);
    expect((await get(link)).text).toContain(secret);
  });

  test('is refused for what has ended, is closed, or never was', async () => {
    const { id } = await shared();
    await running.api.call('POST', `/x-linkify/shares/${id}/close`, {});
    expect((await change(id, { password: 'x' })).status).toBe(410);
    await running.api.revoke(id);
    expect((await change(id, { password: 'x' })).status).toBe(410);
    expect((await change('nosuchshare', { password: 'x' })).status).toBe(404);
  });
});
