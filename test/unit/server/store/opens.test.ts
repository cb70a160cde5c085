import { expect, onTestFinished, test } from 'vitest';
import { inTurns } from '../../../support/service/open-test-store.ts';
import { onEachEngine } from '../../../support/service/store-engines.ts';

/** More shares than are written in one transaction. */
const SHARES = 600;

onEachEngine((engine) => {
  async function openWithShares() {
    let nowMs = 1_800_000_000_000;
    const { store, views, database, end } = await engine.open({ now: () => nowMs });
    onTestFinished(end);
    const content = Buffer.from('x');
    const made = await inTurns(SHARES, () =>
      store.shareNew({ form: 'text', name: 'note', content }, {}),
    );
    const ids = made.map(({ share }) => share.id);
    const openAllAt = (ms: number): void => {
      nowMs = ms;
      for (const id of ids) views.add(id);
    };
    return { views, database, ids, openAllAt };
  }

  test('opens of many shares are all counted, with the times of the first and the last', async () => {
    const { views, database, openAllAt } = await openWithShares();
    openAllAt(1_800_000_001_000);
    await views.flush();
    openAllAt(1_800_000_002_000);
    openAllAt(1_800_000_003_000);
    await views.flush();
    const counted = await database.all(
      `select open_count, first_opened_at, last_opened_at, cast(count(*) as bigint) as shares
        from shares group by open_count, first_opened_at, last_opened_at`,
    );
    expect(counted).toEqual([
      {
        open_count: 3,
        first_opened_at: 1_800_000_001_000,
        last_opened_at: 1_800_000_003_000,
        shares: SHARES,
      },
    ]);
  });

  test('opens that could not be written are written later, and the others not again', async () => {
    const { views, database, ids, openAllAt } = await openWithShares();
    const setCount = (count: string) =>
      database.run(`update shares set open_count = ${count} where id = ?`, ids[0] ?? '');
    openAllAt(1_800_000_001_000);
    // The largest number that both databases can store: one more is refused.
    await setCount('9223372036854775807');
    await expect(views.flush()).rejects.toThrow();
    await setCount('0');
    await views.flush();
    expect(await database.all('select distinct open_count from shares')).toEqual([
      { open_count: 1 },
    ]);
  });
});
