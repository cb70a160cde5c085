import { RateLimiterRes } from 'rate-limiter-flexible';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { StoredLimiter } from '../../../../main/server/store/stored-limiter.ts';
import { onPostgres } from '../../../support/service/store-engines.ts';

let nowMs = 0;
beforeEach(() => {
  nowMs = 1_800_000_000_000;
});

onPostgres((engine) => {
  async function openLimiters(points: number, duration = 60) {
    const opened = await engine.open();
    onTestFinished(() => opened.end());
    const { database: real } = opened;
    // The time of the database, which the test sets.
    const database = {
      get: real.get.bind(real),
      run: real.run.bind(real),
      now: () => nowMs,
    };
    const limiter = () => new StoredLimiter(database, { name: 'tries', points, duration });
    return { database: real, one: limiter(), other: limiter() };
  }

  const isAllowed = (limiter: StoredLimiter, key: string): Promise<boolean> =>
    limiter.consume(key).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof RateLimiterRes)) throw error;
        return false;
      },
    );

  test('as many as allowed pass, though all of them come to two processes at once', async () => {
    const { one, other } = await openLimiters(5);
    const tries = Array.from({ length: 40 }, (_, at) => isAllowed(at % 2 ? one : other, 'a'));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(5);
    expect(await isAllowed(one, 'another')).toBe(true);
  });

  test('they count from the first one on, and again when its time is over', async () => {
    const { one, other } = await openLimiters(2);
    await one.consume('a');
    nowMs += 40_000;
    await other.consume('a');
    expect(await isAllowed(one, 'a')).toBe(false);
    expect(await other.get('a')).toMatchObject({ consumedPoints: 3, msBeforeNext: 20_000 });
    nowMs += 20_000;
    expect(await other.get('a')).toBeNull();
    expect(await isAllowed(one, 'a')).toBe(true);
    expect(await one.get('a')).toMatchObject({ consumedPoints: 1, msBeforeNext: 60_000 });
  });

  test('a block lasts as long as it should, whatever was counted before', async () => {
    const { one, other } = await openLimiters(5);
    await one.consume('a');
    await one.block('a', 300);
    nowMs += 299_999;
    expect(await isAllowed(other, 'a')).toBe(false);
    nowMs += 1;
    expect(await isAllowed(other, 'a')).toBe(true);
  });

  test('a try is taken back, and all of them are forgotten', async () => {
    const { one, other } = await openLimiters(1);
    await one.consume('a');
    await other.reward('a');
    expect(await isAllowed(one, 'a')).toBe(true);
    await other.delete('a');
    expect(await one.get('a')).toBeNull();
  });

  test('neither ids of shares nor addresses are stored, and nothing stays for good', async () => {
    const { database, one } = await openLimiters(5);
    await one.consume('share-id 192.0.2.7');
    const rows = await database.all<{ readonly key: string }>('select key from limits');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.key).not.toMatch(/share-id|192/);
    nowMs += 3_600_000;
    await one.consume('b');
    expect(await database.all('select key from limits')).toHaveLength(1);
  });
});
