import { expect, onTestFinished, test } from 'vitest';
import { newId } from '../../../../../main/server/ids.ts';
import { RecentRecords } from '../../../../../main/server/pages/recent-records.ts';
import { PostgresDatabase } from '../../../../../main/server/store/sql/postgres-database.ts';
import { StoreError, StoreUnavailableError } from '../../../../../main/server/store/store-error.ts';
import { LoopbackProxy } from '../../../../support/service/loopback-proxy.ts';
import {
  openTestStore,
  type TestStoreOptions,
} from '../../../../support/service/open-test-store.ts';
import type { PostgresServer } from '../../../../support/service/postgres-server.ts';
import { onPostgres } from '../../../../support/service/store-engines.ts';

// Several processes on one database: each store here has connections, caches and a clock of its own.

const note = (text = 'x') => ({ form: 'text' as const, name: 'note', content: Buffer.from(text) });

onPostgres((_engine, server) => {
  /** Two stores on a new database, each behind a network of its own. */
  async function openTwo(options: TestStoreOptions = {}) {
    const proxies = [await proxyOf(server()), await proxyOf(server())] as const;
    const url = await server().createDatabase();
    const open = async (port: number) => {
      const own = url.replace(`:${server().port}/`, `:${port}/`);
      const database = await PostgresDatabase.open({ url: own, connections: 8 });
      const opened = await openTestStore({ ...options, database });
      onTestFinished(() => opened.end());
      const records = new RecentRecords(opened.store);
      opened.store.events.on('changed', (id) => records.remove(id));
      opened.store.events.on('missed', () => records.clear());
      database.listen({
        changed: (id) => opened.store.events.emit('changed', id),
        lost: () => undefined,
        missed: () => opened.store.events.emit('missed'),
      });
      return { ...opened, records };
    };
    const [one, other] = [await open(proxies[0].port), await open(proxies[1].port)];
    return { url, one, other, both: [one, other] as const, proxies };
  }

  async function proxyOf({ port }: PostgresServer): Promise<LoopbackProxy> {
    const proxy = await LoopbackProxy.start(port);
    onTestFinished(() => proxy.end());
    return proxy;
  }

  /** Calls both in turn, all at once. */
  const race = <T, R>(each: readonly T[], times: number, call: (of: T, at: number) => Promise<R>) =>
    Promise.allSettled(
      Array.from({ length: times }, (_, at) => call(each[at % each.length] as T, at)),
    );
  const fulfilled = <T>(results: readonly PromiseSettledResult<T>[]): readonly T[] =>
    results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const faults = (results: readonly PromiseSettledResult<unknown>[]): readonly string[] =>
    results.flatMap((result) =>
      result.status === 'fulfilled'
        ? []
        : [result.reason instanceof StoreError ? result.reason.fault.kind : String(result.reason)],
    );

  test('one of many gets a name, whichever process it asks', async () => {
    const { one, both } = await openTwo();
    const { id } = await one.store.createAsset(note());
    const kind = { collection: true, name: 'Holiday' };
    const results = await race(both, 24, ({ store }) => store.shareExisting([id], kind, {}));
    expect(fulfilled(results)).toHaveLength(1);
    expect(new Set(faults(results))).toEqual(new Set(['name-taken']));
  });

  test('one of many renames wins a name', async () => {
    const { one, both } = await openTwo();
    const { id } = await one.store.createAsset(note());
    const shares = fulfilled(
      await race(both, 8, ({ store }, at) =>
        store.shareExisting([id], { collection: true, name: `${at}` }, {}),
      ),
    );
    const results = await race(both, 8, ({ store }, at) =>
      store.rename(shares[at]?.id ?? '', 'Holiday'),
    );
    expect(fulfilled(results)).toHaveLength(1);
    expect(new Set(faults(results))).toEqual(new Set(['name-taken']));
  });

  test('one of many gets an id, in whatever order they come', async () => {
    const { one, both } = await openTwo();
    const ids = Array.from({ length: 4 }, () => newId());
    const results = await race(both, 16, ({ store }, at) => {
      const turn = Math.floor(at / 2) % ids.length;
      const id = ids[at % 2 === 0 ? turn : ids.length - 1 - turn] ?? '';
      return store.shareNew(note(), { id });
    });
    expect(
      fulfilled(results)
        .map(({ share }) => share.id)
        .sort(),
    ).toEqual(ids.toSorted());
    expect(new Set(faults(results))).toEqual(new Set(['id-taken']));
    expect(await one.store.readUsedBytes()).toBe(ids.length);
  });

  test('a one-time link opens once', async () => {
    const { one, both } = await openTwo();
    for (let round = 0; round < 5; round++) {
      const { share } = await one.store.shareNew(note(), { options: { once: true } });
      const results = await race(both, 16, ({ store }) => store.openOnce(share));
      expect(faults(results)).toEqual([]);
      expect(fulfilled(results).filter((opened) => opened !== undefined)).toHaveLength(1);
    }
  });

  test('a maximum of opens holds', async () => {
    const { one, both } = await openTwo();
    const { share } = await one.store.shareNew(note(), { options: { maxOpens: 5 } });
    const results = await race(both, 24, ({ views }) => views.countLimited(share.id));
    expect(faults(results)).toEqual([]);
    expect(fulfilled(results).filter(Boolean)).toHaveLength(5);
  });

  test('the quota holds to the byte', async () => {
    const { one, both } = await openTwo({ quotaBytes: () => 3_000 });
    const results = await race(both, 80, ({ store }) => store.shareNew(note('x'.repeat(100)), {}));
    expect(fulfilled(results)).toHaveLength(30);
    expect(new Set(faults(results))).toEqual(new Set(['full']));
    expect(await one.store.readUsedBytes()).toBe(3_000);
    const [first] = fulfilled(results);
    await one.store.end(first?.share.id ?? '', 'revoked');
    // The other process believed that it was full.
    await both[1].store.shareNew(note('x'.repeat(100)), {});
    expect(await one.store.readUsedBytes()).toBe(3_000);
  });

  test('an item of two shares that are revoked at the same time is deleted', async () => {
    const { one, other, both } = await openTwo();
    for (let round = 0; round < 10; round++) {
      const { id } = await one.store.createAsset(note());
      const shares = fulfilled(
        await race(both, 2, ({ store }) => store.shareExisting([id], { collection: false }, {})),
      );
      await race(both, 2, ({ store }, at) => store.end(shares[at]?.id ?? '', 'revoked'));
      expect(await other.store.asset(id)).toMatchObject({ ended: 'deleted' });
    }
    expect(await one.store.readUsedBytes()).toBe(0);
  });

  test('an item that is shared again while its share is revoked is there, or refused', async () => {
    const { one, other } = await openTwo();
    for (let round = 0; round < 10; round++) {
      const { share, asset } = await one.store.shareNew(note(), {});
      const [again] = await Promise.allSettled([
        other.store.shareExisting([asset.id], { collection: false }, {}),
        one.store.end(share.id, 'revoked'),
      ]);
      if (again.status === 'rejected') expect(faults([again])).toEqual(['asset-deleted']);
      else expect(String(await other.store.read(asset))).toBe('x');
    }
  });

  test('two sweeps end each share once', async () => {
    let now = 1_800_000_000_000;
    const { one, both } = await openTwo({ now: () => now });
    const made = await race(both, 200, ({ store }) =>
      store.shareNew(note(), { expiresAtMs: now + 1_000 }),
    );
    const ended: string[] = [];
    for (const { store } of both) store.events.on('ended', ({ shareId }) => ended.push(shareId));
    now += 1_000;
    await Promise.all(both.map(({ store }) => store.sweep()));
    // What one had claimed when the other looked last.
    await one.store.sweep();
    expect(ended.toSorted()).toEqual(
      fulfilled(made)
        .map(({ share }) => share.id)
        .toSorted(),
    );
    expect(await one.store.readUsedBytes()).toBe(0);
  });

  test('a cached link that another process revokes, renames or closes is read anew', async () => {
    const { one, other } = await openTwo();
    const { share } = await one.store.shareNew(note(), {});
    expect(await other.records.share(share.id)).toMatchObject({ id: share.id });
    await one.store.close(share.id);
    await expect
      .poll(() => other.records.share(share.id), { timeout: 1_000, interval: 10 })
      .toHaveProperty('closed');
    await one.store.reopen(share.id);
    await expect
      .poll(() => other.records.share(share.id), { timeout: 1_000, interval: 10 })
      .not.toHaveProperty('closed');
    await one.store.end(share.id, 'revoked');
    await expect
      .poll(() => other.records.share(share.id), { timeout: 1_000, interval: 10 })
      .toMatchObject({ ended: 'revoked' });
  });

  test.each(['cut', 'hang', 'delay'] as const)(
    'a second after the network does not answer (%s), no cached link opens',
    async (how) => {
      const { one, other, proxies } = await openTwo();
      const { share } = await one.store.shareNew(note(), {});
      expect(await other.records.share(share.id)).toMatchObject({ id: share.id });
      proxies[1][how]();
      const revokedMs = performance.now();
      await one.store.end(share.id, 'revoked');
      await expect.poll(() => other.database.isCurrent(), { interval: 10 }).toBe(false);
      expect(performance.now() - revokedMs).toBeLessThan(1_000);
      const asked = other.records.share(share.id).catch((error: unknown) => error);
      if (how === 'cut') expect(await asked).toBeInstanceOf(StoreUnavailableError);
      proxies[1].restore();
      await asked;
      await expect.poll(() => other.database.isCurrent(), { interval: 10 }).toBe(true);
      expect(await other.records.share(share.id)).toMatchObject({ ended: 'revoked' });
    },
  );

  test('a link that was read before its revoke, and is answered long after, does not open', async () => {
    const { one, other, proxies } = await openTwo();
    const { share } = await one.store.shareNew(note(), {});
    // A connection that is there, and nothing that is cached.
    await other.store.share(share.id);
    const [mark] = await one.database.all<{ at: string }>('select cast(now() as text) as at');
    proxies[1].delay();
    const read = other.records.share(share.id);
    const wasRead = `select 1 from pg_stat_activity where datname = current_database()
      and query like 'select shares.pk%' and state = 'idle'
      and query_start > cast(cast(? as text) as timestamptz)`;
    await expect
      .poll(() => one.database.get(wasRead, mark?.at ?? ''), { interval: 10 })
      .toBeDefined();
    await one.store.end(share.id, 'revoked');
    const revokedMs = performance.now();
    await expect.poll(() => performance.now() - revokedMs).toBeGreaterThan(1_000);
    proxies[1].restore();
    expect(await read.catch(() => ({ ended: 'revoked' }))).toMatchObject({ ended: 'revoked' });
  });

  test('what was missed while nothing was heard is not in a cache afterwards', async () => {
    const { one, other, proxies } = await openTwo();
    const { share } = await one.store.shareNew(note(), {});
    await other.records.share(share.id);
    proxies[1].disconnect();
    await one.store.end(share.id, 'revoked');
    await expect.poll(() => other.records.share(share.id)).toMatchObject({ ended: 'revoked' });
  });

  test('PostgreSQL that is killed is used again once it is back, with all that was acknowledged', async () => {
    const { one, both } = await openTwo();
    const made: string[] = [];
    let isOver = false;
    const writing = both.map(async ({ store }) => {
      while (!isOver) {
        await store.shareNew(note(), {}).then(
          ({ share }) => made.push(share.id),
          (error) => expect(error).toBeInstanceOf(StoreUnavailableError),
        );
      }
    });
    await expect.poll(() => made.length).toBeGreaterThan(20);
    await server().kill('SIGKILL');
    const before = made.length;
    await server().restart();
    await expect.poll(() => made.length).toBeGreaterThan(before + 20);
    isOver = true;
    await Promise.all(writing);
    for (const id of made) expect(await one.store.share(id)).toMatchObject({ id });
  });

  test('its time is that of the database, and the same in all processes', async () => {
    const { one, other } = await openTwo();
    const [row] = await one.database.all<{ ms: number }>(
      'select cast(extract(epoch from clock_timestamp()) * 1000 as float8) as ms',
    );
    expect(Math.abs(one.database.now() - (row?.ms ?? 0))).toBeLessThan(500);
    expect(Math.abs(one.database.now() - other.database.now())).toBeLessThan(500);
  });

  test('processes that start at once create the schema once', async () => {
    const url = await server().createDatabase();
    const all = await Promise.all(
      Array.from({ length: 4 }, () => PostgresDatabase.open({ url, connections: 2 })),
    );
    expect(await all[0]?.all('select bytes from used')).toEqual([{ bytes: 0 }]);
    await Promise.all(all.map((database) => database.close()));
  });

  test('a schema that a newer version has extended is used, one that it has changed is refused', async () => {
    const url = await server().createDatabase();
    const first = await PostgresDatabase.open({ url });
    onTestFinished(() => first.close());
    await first.run('insert into schema_versions (version, compatible_from) values (99, 1)');
    const second = await PostgresDatabase.open({ url });
    await second.close();
    await first.run('insert into schema_versions (version, compatible_from) values (100, 100)');
    await expect(PostgresDatabase.open({ url })).rejects.toThrow('newer version');
  });

  test('names of any characters are stored', async () => {
    const { one } = await openTwo();
    const { asset } = await one.store.shareNew({ ...note(), name: 'a\0b \ud800 😀' }, {});
    expect(await one.store.asset(asset.id)).toMatchObject({ name: expect.stringContaining('😀') });
  });

  test('connections that lead nowhere are given up, and others work again', async () => {
    const { one, proxies } = await openTwo();
    proxies[0].hang();
    const waiting = one.store.readUsedBytes().catch((error: unknown) => error);
    expect(await waiting).toBeInstanceOf(StoreUnavailableError);
    proxies[0].restore();
    await expect.poll(() => one.store.readUsedBytes().catch(() => undefined)).toBe(0);
  });
});
