import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShareEnded } from '../../../../main/server/store/model.ts';
import { spawnService } from '../../../support/service/process.ts';
import {
  filesWith,
  get,
  keyIn,
  marker,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../../../support/service/run.ts';
import { onEachEngine } from '../../../support/service/store-engines.ts';

// A share that was revoked with a way back: nothing of it opens, and nothing of it is lost.

const close = ({ api }: Pick<TestService, 'api'>, id: string) =>
  api.call('POST', `/x-linkify/shares/${id}/close`);
const reopen = ({ api }: Pick<TestService, 'api'>, id: string) =>
  api.call('POST', `/x-linkify/shares/${id}/reopen`);
const fate = async ({ api }: Pick<TestService, 'api'>, id: string) =>
  (await api.call('GET', `/x-linkify/shares/${id}`)).json;

describe('within its time', () => {
  let running: TestService;
  const ended: ShareEnded[] = [];
  beforeAll(async () => {
    running = await startTestService({ undoMs: 600_000, onEnded: (one) => ended.push(one) });
  });
  afterAll(() => running.end());

  test('no way to it opens, and each opens again as it was', async () => {
    const { api } = running;
    const assets = [
      await api.create(textSeed('first thing')),
      await api.create(textSeed('second')),
    ];
    const { json } = await api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      name: 'Holiday',
      assets,
    });
    const [share] = json.iterable;
    const ways = ['', '/1', '/1/raw', '/2/raw', '/2/download', '/zip'];
    const all = () =>
      Promise.all(
        ways.flatMap((way) => [
          get(share.link + way),
          get(share.link + way, { range: 'bytes=0-2' }),
          fetch(share.link + way, { method: 'HEAD' }),
        ]),
      );
    for (const { status } of await all()) expect([200, 206]).toContain(status);
    const before = (await api.call('GET', `/share/${share.id}`)).json;

    const closed = await close(running, share.id);
    expect(closed.status).toBe(200);
    expect(closed.json.id).toBe(share.id);
    expect(Date.parse(closed.json.closedUntil) - Date.now()).toBeGreaterThan(500_000);
    for (const { status } of await all()) expect(status).toBe(410);
    const page = await get(`${share.link}/1/raw`);
    expect(page.text).not.toContain('first thing');
    expect(page.text).not.toContain('deleted');

    const again = await reopen(running, share.id);
    expect(again.status).toBe(200);
    expect(again.json).toEqual(before);
    for (const { status } of await all()) expect([200, 206]).toContain(status);
    expect((await get(`${share.link}/1/raw`)).text).toBe('first thing');
    expect(ended).toEqual([]);
  });

  test('a picture of what was behind a password stays shut too', async () => {
    const share = await running.api.share(textSeed('behind it'), { password: 'open sesame' });
    const form = await sendForm(share.link, { password: 'open sesame' });
    const granted = new URL(form.headers.get('location') ?? '', share.link).href;
    expect((await get(`${granted}/raw`)).text).toBe('behind it');
    await close(running, share.id);
    expect((await get(`${granted}/raw`)).status).toBe(410);
    expect((await get(granted)).status).toBe(410);
    await reopen(running, share.id);
    expect((await get(`${granted}/raw`)).text).toBe('behind it');
  });

  test('one that opens once is not used up', async () => {
    const share = await running.api.share(textSeed('burn'), { once: true });
    const key = keyIn((await get(share.link)).text);
    await close(running, share.id);
    expect((await sendForm(share.link, { key })).status).toBe(410);
    await reopen(running, share.id);
    const shown = await sendForm(share.link, { key: keyIn((await get(share.link)).text) });
    expect(shown.text).toContain('burn');
  });

  test('other programs see it as gone', async () => {
    const { api } = running;
    const share = await api.share(textSeed('x'));
    const listed = async () =>
      (await api.call('GET', '/shares')).json.iterable.map(({ id }: { id: string }) => id);
    const largest = async () =>
      (await api.call('GET', '/x-linkify/service?largest=100')).json.largest.map(
        ({ id }: { id: string }) => id,
      );
    expect(await listed()).toContain(share.id);
    expect(await largest()).toContain(share.id);
    const { json } = await close(running, share.id);
    expect(await listed()).not.toContain(share.id);
    expect(await largest()).not.toContain(share.id);
    expect((await api.call('GET', `/share/${share.id}`)).status).toBe(410);
    expect((await api.call('GET', `/shares/${share.id}`)).status).toBe(410);
    expect(
      (await api.call('POST', `/x-linkify/shares/${share.id}/name`, { name: 'y' })).status,
    ).toBe(410);
    const expiry = { expiresInSeconds: 5 };
    expect((await api.call('POST', `/x-linkify/shares/${share.id}/options`, expiry)).status).toBe(
      410,
    );
    expect(await fate(running, share.id)).toEqual({
      id: share.id,
      state: 'closed',
      closedUntil: json.closedUntil,
    });
    await reopen(running, share.id);
    expect(await listed()).toContain(share.id);
    expect(await fate(running, share.id)).toMatchObject({ state: 'active' });
  });

  test('asked twice, both ways say the same', async () => {
    const share = await running.api.share(textSeed('x'));
    expect((await reopen(running, share.id)).json.id).toBe(share.id);
    const first = await close(running, share.id);
    const second = await close(running, share.id);
    expect(second.json).toEqual(first.json);
    expect(second.status).toBe(200);
  });

  test('the name of a collection stays its own', async () => {
    const { api } = running;
    const make = async () =>
      api.call('POST', '/linkify/multiple', {
        access: 'PUBLIC',
        name: 'Reserved',
        assets: [await api.create(textSeed('a'))],
      });
    const [share] = (await make()).json.iterable;
    await close(running, share.id);
    expect((await make()).status).toBe(409);
    await api.revoke(share.id);
    expect((await make()).status).toBe(200);
  });

  test('a revoke ends it for good, and its content leaves the disk', async () => {
    const text = marker();
    const share = await running.api.share(textSeed(text));
    await close(running, share.id);
    expect(await filesWith(running.dataDir, text)).not.toEqual([]);
    expect((await running.api.revoke(share.id)).status).toBe(200);
    expect((await reopen(running, share.id)).status).toBe(410);
    expect((await close(running, share.id)).status).toBe(410);
    expect(ended.filter(({ shareId }) => shareId === share.id)).toMatchObject([{ how: 'revoked' }]);
    await expect.poll(() => filesWith(running.dataDir, text), { timeout: 5_000 }).toEqual([]);
  });

  test('a large file is whole again, and gone from the disk once it has ended', async () => {
    const { api, dataDir } = running;
    const bytes = Buffer.from(Array.from({ length: 40_000 }, () => marker()).join(''));
    const upload = await api.call('POST', '/x-linkify/assets?name=large.bin', bytes.toString(), {
      'content-type': 'application/octet-stream',
    });
    const { json } = await api.call('POST', '/linkify', {
      access: 'PUBLIC',
      asset: { id: upload.json.id },
    });
    const [share] = json.iterable;
    const word = bytes.subarray(200_000, 200_010).toString();
    expect(await filesWith(dataDir, word)).not.toEqual([]);
    await close(running, share.id);
    const part = { range: 'bytes=200000-200009' };
    expect((await get(`${share.link}/download`, part)).status).toBe(410);
    await reopen(running, share.id);
    const again = await get(`${share.link}/download`, part);
    expect([again.status, again.text]).toEqual([206, word]);
    expect((await get(`${share.link}/download`)).text).toBe(bytes.toString());
    await close(running, share.id);
    await api.revoke(share.id);
    await expect.poll(() => filesWith(dataDir, word), { timeout: 5_000 }).toEqual([]);
  });

  test('what never was is not found', async () => {
    expect((await close(running, 'nosuchshare')).status).toBe(404);
    expect((await reopen(running, 'nosuchshare')).status).toBe(404);
  });
});

test('after its time it has ended by itself, and its content has left the disk', async () => {
  const ended: ShareEnded[] = [];
  const running = await startTestService({ undoMs: 300, onEnded: (one) => ended.push(one) });
  try {
    const text = marker();
    const share = await running.api.share(textSeed(text));
    await close(running, share.id);
    await expect.poll(() => ended, { timeout: 5_000 }).toMatchObject([{ how: 'revoked' }]);
    expect((await reopen(running, share.id)).status).toBe(410);
    expect((await get(share.link)).status).toBe(410);
    expect(await fate(running, share.id)).toMatchObject({ state: 'revoked' });
    await expect.poll(() => filesWith(running.dataDir, text), { timeout: 5_000 }).toEqual([]);
  } finally {
    await running.end();
  }
});

test('whoever revokes something to make room can use the room at once', async () => {
  const running = await startTestService({ undoMs: 600_000, quotaBytes: 1_000 });
  try {
    const share = await running.api.share(textSeed('a'.repeat(800)));
    await expect(running.api.share(textSeed('b'.repeat(800)))).rejects.toThrow('507');
    await close(running, share.id);
    const next = await running.api.share(textSeed('b'.repeat(800)));
    expect((await get(`${next.link}/raw`)).status).toBe(200);
    expect((await reopen(running, share.id)).status).toBe(410);
  } finally {
    await running.end();
  }
});

test('a service that stops ends what is closed, and leaves nothing of it', async () => {
  const text = marker();
  const running = await startTestService({ undoMs: 600_000 });
  const share = await running.api.share(textSeed(text));
  await close(running, share.id);
  await running.stop();
  const again = await startTestService({ dataDir: running.dataDir, undoMs: 600_000 });
  try {
    expect((await reopen(again, share.id)).status).toBe(410);
    expect((await get(share.link)).status).toBe(410);
    await expect.poll(() => filesWith(running.dataDir, text), { timeout: 5_000 }).toEqual([]);
  } finally {
    await again.end();
  }
});

test('killed within the time, the next start still knows: shut, and there to be opened again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-closed-'));
  const killed = await spawnService(dataDir);
  const share = await killed.api.share(textSeed('still here'));
  const { json } = await close(killed, share.id);
  await killed.kill('SIGKILL');
  const running = await startTestService({ dataDir });
  try {
    expect((await fate(running, share.id)).closedUntil).toBe(json.closedUntil);
    expect((await get(share.link)).status).toBe(410);
    expect((await reopen(running, share.id)).status).toBe(200);
    expect((await get(`${share.link}/raw`)).text).toBe('still here');
  } finally {
    await running.end();
  }
});

onEachEngine((engine) => {
  async function opened(nowMs: () => number) {
    const dataDir = await mkdtemp(join(tmpdir(), 'linkify-closed-'));
    const open = () => engine.open({ dataDir, now: nowMs, quotaBytes: () => 1_000_000 });
    return { dataDir, open };
  }

  test.each([
    ['its time was over while nothing ran', 20_000],
    ['the clock was set back by a day meanwhile', -86_400_000],
  ])('%s: the next start ends it', async (_, passedMs) => {
    let now = 1_800_000_000_000;
    const { dataDir, open } = await opened(() => now);
    const first = await open();
    const { share } = await first.store.shareNew(
      { name: 'x', form: 'text', content: Buffer.from('x') },
      {},
    );
    await first.store.close(share.id);
    await first.database.close();
    now += passedMs;
    const second = await open();
    await second.store.sweep();
    expect(await second.store.share(share.id)).toMatchObject({ ended: 'revoked' });
    expect(await second.store.nextEndMs()).toBeUndefined();
    expect(second.store.usedBytes()).toBe(0);
    await second.database.close();
    await rm(dataDir, { recursive: true });
  });

  test('the sooner of its two ends is the one that is waited for', async () => {
    const now = 1_800_000_000_000;
    const { dataDir, open } = await opened(() => now);
    const { store, database } = await open();
    const make = async (expiresAtMs: number) =>
      (
        await store.shareNew(
          { name: 'x', form: 'text', content: Buffer.from('x') },
          { expiresAtMs },
        )
      ).share;
    const late = await make(now + 60_000);
    await store.close(late.id);
    expect(await store.nextEndMs()).toBe(now + 10_000);
    const soon = await make(now + 5_000);
    await store.close(soon.id);
    expect(await store.nextEndMs()).toBe(now + 5_000);
    await store.reopen(soon.id);
    await store.end(late.id, 'revoked');
    expect(await store.nextEndMs()).toBe(now + 5_000);
    await database.close();
    await rm(dataDir, { recursive: true });
  });

  test('one that was closed after its page was found is not used up by it', async () => {
    const now = 1_800_000_000_000;
    const { dataDir, open } = await opened(() => now);
    const { store, database } = await open();
    const { share } = await store.shareNew(
      { name: 'x', form: 'text', content: Buffer.from('once') },
      { options: { once: true } },
    );
    await store.close(share.id);
    expect(await store.openOnce(share)).toBeUndefined();
    await store.reopen(share.id);
    expect(await store.openOnce(share)).toBeDefined();
    await database.close();
    await rm(dataDir, { recursive: true });
  });

  test('one whose only asset is deleted meanwhile has ended with it', async () => {
    const now = 1_800_000_000_000;
    const { dataDir, open } = await opened(() => now);
    const { store, database } = await open();
    const { share, asset } = await store.shareNew(
      { name: 'x', form: 'text', content: Buffer.from('x') },
      {},
    );
    await store.close(share.id);
    expect(await store.deleteAsset(asset.id)).toBe('deleted');
    expect(await store.reopen(share.id)).toBe('already-ended');
    expect(await store.nextEndMs()).toBeUndefined();
    await database.close();
    await rm(dataDir, { recursive: true });
  });

  test('one that is opened again while a sweep is under way is not swept', async () => {
    let now = 1_800_000_000_000;
    const { dataDir, open } = await opened(() => now);
    const { store, database } = await open();
    const { share } = await store.shareNew(
      { name: 'x', form: 'text', content: Buffer.from('x') },
      {},
    );
    await store.close(share.id);
    now += 9_999;
    const undone = store.reopen(share.id);
    now += 1;
    const swept = store.sweep();
    // Whichever came first, both cannot have won.
    const answer = await undone;
    await swept;
    const kept = await store.share(share.id);
    expect(typeof answer === 'object').toBe(kept !== undefined && !('endedAtMs' in kept));
    await database.close();
    await rm(dataDir, { recursive: true });
  });
});
