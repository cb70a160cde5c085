import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShareEnded, ShareOpened } from '../../../../main/server/store/model.ts';
import {
  get,
  startTestService,
  type TestService,
  textSeed,
  viewPage,
} from '../../../support/service/run.ts';

// What can be changed about a share after it was made, and what its maker is told of it.

let running: TestService;
const opened: ShareOpened[] = [];
const ended: ShareEnded[] = [];

beforeAll(async () => {
  running = await startTestService({
    onOpened: (one) => opened.push(one),
    onEnded: (one) => ended.push(one),
  });
});
afterAll(() => running.end());

const changeExpiry = (id: string, expiresInSeconds: unknown) =>
  running.api.call('POST', `/x-linkify/shares/${id}/options`, { expiresInSeconds });

describe('a share that was made to end', () => {
  test('lives for ever after all', async () => {
    const share = await running.api.share(textSeed('x'), { expiresInSeconds: 1 });
    const changed = await changeExpiry(share.id, null);
    expect(changed.status).toBe(200);
    expect(changed.json['x-linkify'].expiresAt).toBeNull();
    const at = Date.parse(share['x-linkify'].expiresAt);
    await expect.poll(() => Date.now() > at + 300, { timeout: 3_000 }).toBe(true);
    expect((await get(share.link)).status).toBe(200);
  });

  test('ends earlier, and its content leaves', async () => {
    const share = await running.api.share(textSeed('soon gone'), { expiresInSeconds: null });
    expect((await get(share.link)).status).toBe(200);
    expect((await changeExpiry(share.id, 1)).status).toBe(200);
    await expect.poll(async () => (await get(share.link)).status, { timeout: 5_000 }).toBe(410);
    await expect
      .poll(() => ended.filter(({ shareId }) => shareId === share.id))
      .toMatchObject([{ how: 'expired', atMs: expect.any(Number) }]);
  });

  test('is not brought back to life', async () => {
    const share = await running.api.share(textSeed('x'));
    await running.api.revoke(share.id);
    expect((await changeExpiry(share.id, null)).status).toBe(410);
    expect((await get(share.link)).status).toBe(410);
  });

  test.each([0, -1, 1.5, 30 * 86_400 + 1, 'week'])('is not given an end of %j', async (seconds) => {
    const share = await running.api.share(textSeed('x'));
    expect((await changeExpiry(share.id, seconds)).status).toBe(400);
  });

  test('that never was is not found', async () => {
    expect((await changeExpiry('nosuchshare', 60)).status).toBe(404);
  });
});

describe('whoever made a share is told', () => {
  test('each time that it is opened, and when', async () => {
    const share = await running.api.share(textSeed('look'));
    await viewPage(share.link);
    await viewPage(share.link);
    const told = () => opened.filter(({ shareId }) => shareId === share.id);
    await expect.poll(told).toMatchObject([{ count: 1 }, { count: 2 }]);
    const { json } = await running.api.call('GET', `/share/${share.id}`);
    expect(json['x-linkify'].views).toBe(2);
    expect(Date.parse(json['x-linkify'].lastViewedAt)).toBe(told().at(-1)?.lastAtMs);
    expect(Date.parse(json['x-linkify'].firstViewedAt)).toBe(told()[0]?.lastAtMs);
  });

  test('nothing of looks that show nothing', async () => {
    const share = await running.api.share(textSeed('shy'), { graceSeconds: 60 });
    await get(share.link);
    const { json } = await running.api.call('GET', `/share/${share.id}`);
    expect(json['x-linkify']).toMatchObject({ views: 0, lastViewedAt: null });
    expect(opened.some(({ shareId }) => shareId === share.id)).toBe(false);
  });

  test('that it opened once, and is gone', async () => {
    const share = await running.api.share(textSeed('burn'), { once: true });
    const form = await get(share.link);
    const key = /name="key" value="([^"]+)"/.exec(form.text)?.[1] ?? '';
    expect(ended.some(({ shareId }) => shareId === share.id)).toBe(false);
    const answer = await fetch(`${share.link}/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ key }),
    });
    expect(await answer.text()).toContain('burn');
    expect(ended.filter(({ shareId }) => shareId === share.id)).toMatchObject([{ how: 'used-up' }]);
  });

  test('counts survive a restart', async () => {
    const first = await startTestService();
    const share = await first.api.share(textSeed('look'));
    await viewPage(share.link);
    await first.stop();
    const second = await startTestService({ dataDir: first.dataDir });
    const { json } = await second.api.call('GET', `/share/${share.id}`);
    expect(json['x-linkify']).toMatchObject({ views: 1, lastViewedAt: expect.any(String) });
    await second.end();
  });
});

describe('another name', () => {
  const rename = (id: string, name: unknown) =>
    running.api.call('POST', `/x-linkify/shares/${id}/name`, { name });

  test('stands on the page and on the download; a file keeps its extension', async () => {
    const form = await fetch(`${running.service.apiBaseUrl}/x-linkify/assets?name=secret-plan.md`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${running.service.token}`,
        'content-type': 'application/octet-stream',
      },
      body: '# Plan',
    });
    const asset = (await form.json()) as { id: string };
    const made = await running.api.call('POST', '/linkify', { access: 'PUBLIC', asset });
    const share = made.json.iterable[0];
    expect((await get(share.link)).text).toContain('secret-plan.md');
    const renamed = await rename(share.id, '  Notes ');
    expect([renamed.status, renamed.json.name]).toEqual([200, 'Notes.md']);
    const page = await get(share.link);
    expect(page.text).toContain('Notes.md');
    expect(page.text).not.toContain('secret-plan');
    expect((await get(`${share.link}/download`)).headers.get('content-disposition')).toContain(
      'Notes.md',
    );
  });

  test('of a collection is its own, and the old one is free again', async () => {
    const make = async (name: string) => {
      const asset = (await running.api.call('POST', '/assets/create', textSeed('x'))).json;
      return running.api.call('POST', '/linkify/multiple', {
        access: 'PUBLIC',
        assets: [asset.id],
        name,
      });
    };
    const first = (await make('May')).json.iterable[0];
    await make('June');
    expect((await rename(first.id, 'June')).status).toBe(409);
    expect((await rename(first.id, 'May')).status).toBe(200);
    expect((await rename(first.id, 'July')).json.name).toBe('July');
    expect((await make('May')).status).toBe(200);
  });

  test.each(['', '   ', 'n'.repeat(201), 7, undefined])('is not %j', async (name) => {
    const share = await running.api.share(textSeed('x'));
    expect((await rename(share.id, name)).status).toBe(400);
  });

  test('is not given to what is gone or never was', async () => {
    const share = await running.api.share(textSeed('x'));
    await running.api.revoke(share.id);
    expect((await rename(share.id, 'late')).status).toBe(410);
    expect((await rename('nosuchshare', 'x')).status).toBe(404);
  });
});
