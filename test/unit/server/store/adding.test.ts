import { expect, onTestFinished, test } from 'vitest';
import { newId } from '../../../../main/server/ids.ts';
import type { ShareStore } from '../../../../main/server/store/share-store.ts';
import { settleAll } from '../../../../main/server/store/sql/settle-all.ts';
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
