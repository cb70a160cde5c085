import { expect, onTestFinished, test } from 'vitest';
import { newId } from '../../../../main/server/ids.ts';
import type { ShareStore } from '../../../../main/server/store/share-store.ts';
import { CatalogWriter } from '../../../../main/server/store/sql/catalog-writer.ts';
import { settleAll } from '../../../../main/server/store/sql/settle-all.ts';
import { Users } from '../../../../main/server/store/users.ts';
import { onEachEngine } from '../../../support/service/store-engines.ts';

const text = (length: number) => ({
  form: 'text' as const,
  name: 'note',
  content: Buffer.from('x'.repeat(length)),
});

onEachEngine((engine) => {
  async function openStore(quotaBytes: number): Promise<ShareStore> {
    const opened = await engine.open({ quotaBytes: () => quotaBytes });
    onTestFinished(() => opened.end());
    return opened.store;
  }

  test('one that is refused does not take along what is added at the same time', async () => {
    const store = await openStore(10_000);
    const id = newId();
    const taken = await store.shareNew(text(10), { id });
    const results = await Promise.allSettled(
      Array.from({ length: 60 }, (_, at) => store.shareNew(text(10), at === 30 ? { id } : {})),
    );
    const refused = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason.fault.kind] : [],
    );
    expect(refused).toEqual(['id-taken']);
    expect(await store.list({ limit: 100 })).toHaveLength(60);
    expect(await store.share(id)).toEqual(taken.share);
    expect(await store.readUsedBytes()).toBe(600);
  });

  test('of those that are added at the same time, as many get in as fit', async () => {
    const store = await openStore(255);
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, () => store.shareNew(text(10), {})),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(25);
    expect(await store.list({ limit: 100 })).toHaveLength(25);
    expect(await store.readUsedBytes()).toBe(250);
  });

  test('a share of what exists keeps its order, and another one with its id is refused', async () => {
    const { store, database, end } = await engine.open();
    onTestFinished(end);
    await new Users(database).add({ name: 'Anna', scope: 'share' });
    const assets = [await store.createAsset(text(10)), await store.createAsset(text(20))];
    const assetIds = assets.map(({ id }) => id);
    const id = newId();
    const share = await store.shareExisting(assetIds, { collection: true }, { id });
    const again = store.shareExisting(assetIds.toReversed(), { collection: true }, { id });
    await expect(again).rejects.toMatchObject({ fault: { kind: 'id-taken' } });
    expect(await store.share(id)).toEqual(share);
    expect(share.assetIds).toEqual(assetIds);
    expect(await database.all('select action from audit order by pk')).toEqual([
      { action: 'user-added' },
      { action: 'shared' },
    ]);
  });

  test('a request with an id that is taken is told so, though it does not fit either', async () => {
    const { database, end } = await engine.open();
    onTestFinished(end);
    const issued = await new Users(database).add({ name: 'Anna', scope: 'share', quotaBytes: 15 });
    const common = { createdAtMs: 0, owner: issued?.user.id ?? '' };
    const writer = await CatalogWriter.open(database, () => 1_000);
    const shareId = newId();
    const add = () => {
      const { content, ...rest } = text(10);
      const asset = { ...rest, ...common, id: newId(), sizeBytes: 10 };
      const share = { id: shareId, assetIds: [asset.id], collection: false, options: {} };
      return writer.add({ ...asset, content: { at: 'record' } }, content, { ...share, ...common });
    };
    await add();
    await expect(add()).rejects.toMatchObject({ fault: { kind: 'id-taken' } });
  });

  test('what was added with its share stays, what nobody has shared goes after a day', async () => {
    let nowMs = Date.now();
    const { store, end } = await engine.open({ now: () => nowMs, stableNow: () => nowMs });
    onTestFinished(end);
    const { asset } = await store.shareNew(text(10), {});
    const unshared = await store.createAsset(text(10));
    nowMs += 25 * 60 * 60 * 1_000;
    await store.sweep();
    expect(await store.asset(asset.id)).toEqual(asset);
    expect(await store.asset(unshared.id)).toMatchObject({ ended: 'deleted' });
  });

  test('what a task still writes after another part of it has failed is rolled back', async () => {
    const { database, end } = await engine.open();
    onTestFinished(end);
    const parts: Promise<void>[] = [];
    const writing = database.transaction(async (sql) => {
      const write = async (): Promise<void> => {
        await sql.get('select bytes from used');
        await sql.run("insert into settings (name, value) values ('late', 'x')");
      };
      parts.push(write());
      await settleAll([Promise.reject(new Error('refused')), ...parts]);
    });
    await expect(writing).rejects.toThrow('refused');
    await Promise.allSettled(parts);
    expect(await database.all("select name from settings where name = 'late'")).toEqual([]);
  });

  test('a transaction whose statement has failed is refused, whatever its task does then', async () => {
    const { database, end } = await engine.open();
    onTestFinished(end);
    const insert = 'insert into settings (name, value) values (?, ?)';
    const writing = (isIgnored: boolean) =>
      database.transaction(async (sql) => {
        const failed = [sql.run(insert, 'first', 'x'), sql.run(insert, 'second', null)];
        const all = settleAll([sql.run(insert, 'third', 'x'), ...failed]);
        await (isIgnored ? all.catch(() => undefined) : all);
      });
    // All statements after it name the failure that was the first.
    await expect(writing(false)).rejects.toThrow(/not.null/i);
    await expect(writing(true)).rejects.toThrow(/not.null/i);
    await database.run(insert, 'later', 'x');
    expect(await database.all("select name from settings where value = 'x'")).toEqual([
      { name: 'later' },
    ]);
  });
});
