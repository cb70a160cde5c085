import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { isTombstone } from '../../../../main/server/store/model.ts';
import { waitFor } from '../../../support/desktop/wait-for.ts';
import { filesBelow } from '../../../support/files-below.ts';
import { inTurns, type TestStore } from '../../../support/service/open-test-store.ts';
import { filesWith, startTestService } from '../../../support/service/run.ts';
import { onEachEngine } from '../../../support/service/store-engines.ts';

// Shares that end by the thousand: in the background, without a trace, and the disk gets its space.

const DAY_MS = 24 * 60 * 60 * 1_000;
/** What is left of a share that has ended, for 90 days. */
const GONE_BYTES = 500;
const MARKER = 'what nobody may find again';

let now = 1_800_000_000_000;
let opened: TestStore | undefined;
afterEach(async () => {
  await opened?.end();
  opened = undefined;
});

type Store = TestStore['store'];

/** Shares that expire in a minute, each with the marker; 1 of 50 has its content in a file. */
async function addExpiring(store: Store, count: number): Promise<readonly string[]> {
  const add = (index: number) => {
    const size = index % 50 === 0 ? 200_000 : 2_000;
    const content = Buffer.from(`${MARKER} ${randomBytes(size / 2).toString('hex')}`);
    const asset = { name: `${MARKER}.bin`, form: 'file', content } as const;
    return store.shareNew(asset, { expiresAtMs: now + 60_000 });
  };
  const made = await inTurns(count, add);
  return made.map(({ share }) => share.id);
}

async function bytesIn(folder: string): Promise<number> {
  const paths = (await filesBelow(folder)).filter((path) => !path.endsWith('-reserve'));
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

onEachEngine((engine) => {
  async function openOne() {
    opened = await engine.open({ now: () => now });
    return opened;
  }

  test('many that expired end together, and nothing of them is left in any file', async () => {
    const all = await openOne();
    const { store, dataDir } = all;
    const live = await inTurns(200, () =>
      store.shareNew({ name: 'live', form: 'file', content: randomBytes(2_000) }, {}),
    );
    // PostgreSQL takes a while to create as many.
    const ids = await addExpiring(store, engine.name === 'SQLite' ? 2_000 : 300);
    expect(await engine.holds(all, MARKER)).toBe(true);
    const ended: string[] = [];
    store.events.on('ended', ({ shareId, how }) => ended.push(`${shareId} ${how}`));
    now += 60_000;
    await store.sweep();
    expect(ended.toSorted()).toEqual(ids.map((id) => `${id} expired`).toSorted());
    await waitFor(
      'the files without what has ended',
      async () => !(await engine.holds(all, MARKER)),
    );
    // PostgreSQL gives space back by itself, to new rows.
    if (engine.name === 'SQLite') {
      const most = Math.ceil(1.1 * store.usedBytes()) + ids.length * GONE_BYTES;
      await waitFor(`at most ${most} bytes`, async () => (await bytesIn(dataDir)) <= most);
    }
    expect(store.usedBytes()).toBe(200 * 2_000);
    for (const { asset } of live) expect((await store.read(asset)).byteLength).toBe(2_000);
  });

  test('one that is over is not there, though no sweep has ended it yet', async () => {
    const { store } = await openOne();
    const [first = ''] = await addExpiring(store, 3);
    const { asset } = await store.shareNew(
      { name: 'x', form: 'text', content: Buffer.from('x') },
      {},
    );
    const kind = { collection: true, name: 'Holiday' };
    await store.shareExisting([asset.id], kind, { expiresAtMs: now + 60_000 });
    now += 60_000;
    expect((await store.list({ limit: 10 })).map(({ assetIds }) => assetIds)).toEqual([[asset.id]]);
    expect(await store.share(first)).toMatchObject({ ended: 'expired' });
    // Its name is free again.
    const other = await store.createAsset({ name: 'y', form: 'text', content: Buffer.from('y') });
    expect(await store.shareExisting([other.id], kind, {})).toMatchObject({ name: 'Holiday' });
  });

  test('a sweep that is stopped leaves the rest to the next one', async () => {
    const { store } = await openOne();
    const ids = await addExpiring(store, 200);
    now += 60_000;
    const stopping = new AbortController();
    let ended = 0;
    store.events.on('ended', () => {
      ended += 1;
      stopping.abort();
    });
    await store.sweep(stopping.signal);
    expect(ended).toBeGreaterThan(0);
    expect(ended).toBeLessThan(ids.length);
    await store.sweep();
    expect(ended).toBe(ids.length);
  });

  test('after 90 days nothing is known of what has ended', async () => {
    const { store } = await openOne();
    const [shareId = ''] = await addExpiring(store, 1);
    const share = await store.share(shareId);
    const assetId = share !== undefined && !isTombstone(share) ? (share.assetIds[0] ?? '') : '';
    now += 60_000;
    await store.sweep();
    now += 90 * DAY_MS;
    await store.sweep();
    expect(await store.share(shareId)).toMatchObject({ ended: 'expired' });
    expect(await store.asset(assetId)).toMatchObject({ ended: 'deleted' });
    now += 1;
    await store.sweep();
    expect(await store.share(shareId)).toBeUndefined();
    expect(await store.asset(assetId)).toBeUndefined();
  });

  test('what ends while the clock is wrong is not unknown at once', async () => {
    const right = now;
    opened = await engine.open({ now: () => now, stableNow: () => right + 60_000 });
    const [shareId = ''] = await addExpiring(opened.store, 1);
    now = Date.UTC(2001, 0, 1);
    await opened.store.sweep();
    await opened.store.sweep();
    expect(await opened.store.share(shareId)).toMatchObject({ ended: 'expired' });
    now = right;
  });

  test('a deleted item of a collection stays known for as long as the collection is there', async () => {
    const { store } = await openOne();
    const [a, b] = await Promise.all(
      ['a', 'b'].map((name) =>
        store.createAsset({ name, form: 'text', content: Buffer.from(name) }),
      ),
    );
    const share = await store.shareExisting([a?.id ?? '', b?.id ?? ''], { collection: true }, {});
    await store.deleteAsset(a?.id ?? '');
    now += 100 * DAY_MS;
    await store.sweep();
    expect(await store.share(share.id)).toMatchObject({ assetIds: [a?.id, b?.id] });
  });
});

test('a server that is quit with thousands of closed shares closes at once', async () => {
  const running = await startTestService({ undoMs: 600_000 });
  const { api } = running;
  const ids: string[] = [];
  for (let i = 0; i < 300; i++) ids.push((await api.share({ ...seed(i) })).id);
  for (const id of ids) await api.call('POST', `/x-linkify/shares/${id}/close`);
  await running.stop();
  expect(await filesWith(running.dataDir, MARKER)).toEqual([]);
  await rm(running.dataDir, { recursive: true });
});

const seed = (index: number) => ({
  type: 'SEEDED_ASSET',
  asset: { format: { fragment: { string: { raw: `${MARKER} ${index}` } } } },
});
