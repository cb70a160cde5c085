import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { StoredChange } from '../../../../main/server/store/change-options.ts';
import type { ShareRecord } from '../../../../main/server/store/model.ts';
import { StoreError } from '../../../../main/server/store/store-error.ts';
import { onEachEngine } from '../../../support/service/store-engines.ts';

const note = { form: 'text' as const, name: 'note', content: Buffer.from('x') };
const hash = (name: string) => ({ salt: 'c2FsdA==', hash: name });

onEachEngine((engine) => {
  async function testStore() {
    const opened = await engine.open();
    onTestFinished(() => opened.end());
    return opened;
  }

  async function faultOf(call: Promise<unknown>): Promise<unknown> {
    return await call.then(
      () => undefined,
      (error: unknown) => (error instanceof StoreError ? error.fault : error),
    );
  }

  const change: fc.Arbitrary<StoredChange> = fc.record(
    {
      expiresAtMs: fc.option(fc.integer({ min: 1, max: 1_000 }).map((ms) => Date.now() + ms * 1e6)),
      once: fc.boolean(),
      maxOpens: fc.option(fc.integer({ min: 1, max: 1_000 })),
      password: fc.option(fc.constantFrom(hash('a'), hash('b'))),
    },
    { requiredKeys: [] },
  );

  test('what a change names is changed, the rest stays, and a repetition changes nothing', async () => {
    const first = await testStore();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        const { share } = await first.store.shareNew(note, { options: { sharedBy: 'Anna' } });
        let expected: StoredChange = {};
        for (const one of changes) {
          const { once = expected.once ?? false, maxOpens = expected.maxOpens ?? null } = one;
          // A one-time link has no maximum, from then on.
          expected = { ...expected, ...one, once, maxOpens: once ? null : maxOpens };
          const changed = await first.store.changeOptions(share.id, one);
          expect(await first.store.changeOptions(share.id, one)).toEqual(changed);
          expect(await first.store.share(share.id)).toEqual(changed);
        }
        // Names and values of a record's own.
        const { expiresAtMs, options } = (await first.store.share(share.id)) as ShareRecord;
        expect(expiresAtMs ?? null).toBe(expected.expiresAtMs ?? null);
        expect(options.once ?? false).toBe(expected.once ?? false);
        expect(options.maxOpens ?? null).toBe(expected.maxOpens ?? null);
        expect(options.password ?? null).toEqual(expected.password ?? null);
        expect(options.sharedBy).toBe('Anna');
      }),
      { numRuns: 30 },
    );
  });

  test('a change is on disk before it resolves', async () => {
    const first = await engine.open();
    const { share } = await first.store.shareNew(note, {});
    await first.store.changeOptions(share.id, { password: hash('a'), maxOpens: 3 });
    await first.close();
    const second = await engine.open({ dataDir: first.dataDir });
    onTestFinished(() => second.end());
    expect(await second.store.share(share.id)).toMatchObject({
      options: { password: hash('a'), maxOpens: 3 },
    });
  });

  test('a collection does not become a one-time link', async () => {
    const { store } = await testStore();
    const asset = await store.createAsset(note);
    const share = await store.shareExisting([asset.id], { collection: true }, {});
    expect(await faultOf(store.changeOptions(share.id, { once: true, maxOpens: 2 }))).toEqual({
      kind: 'one-time-collection',
    });
    expect(await store.share(share.id)).toMatchObject({ options: {} });
    expect(await store.changeOptions(share.id, { maxOpens: 2 })).toMatchObject({
      options: { maxOpens: 2 },
    });
  });

  test('a maximum counts earlier opens, and is refused where they have reached it', async () => {
    const { store, views } = await testStore();
    const { share } = await store.shareNew(note, {});
    for (let opens = 0; opens < 2; opens++) views.add(share.id);
    await views.flush();
    expect(await faultOf(store.changeOptions(share.id, { maxOpens: 2 }))).toEqual({
      kind: 'maximum-reached',
      opens: 2,
    });
    await store.changeOptions(share.id, { maxOpens: 3 });
    expect(await views.countLimited(share.id)).toBe(true);
    expect(await views.countLimited(share.id)).toBe(false);
  });

  test('an open from before the maximum, counted after it, is not given away again', async () => {
    const { store, views } = await testStore();
    const { share } = await store.shareNew(note, {});
    await store.changeOptions(share.id, { maxOpens: 2 });
    // Pages that were sent before the change were looked at after it.
    views.add(share.id);
    views.add(share.id);
    expect(await views.countLimited(share.id)).toBe(false);
    expect(await store.share(share.id)).toMatchObject({ closed: { how: 'used-up' } });
  });

  test('of opens and changes at the same time, once stays once', async () => {
    const { store } = await testStore();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('open', 'password', 'max'), { minLength: 1, maxLength: 12 }),
        async (steps) => {
          const { share } = await store.shareNew(note, { options: { once: true } });
          const done = await Promise.all(
            steps.map(async (step) => {
              if (step === 'open') return await store.openOnce(share);
              const other = step === 'password' ? { password: hash('a') } : { maxOpens: 5 };
              await store.changeOptions(share.id, other);
              return undefined;
            }),
          );
          const opened = done.filter((result) => result !== undefined);
          for (const { content } of opened) content.destroy();
          const hasPassword = steps.indexOf('password');
          const firstOpen = steps.indexOf('open');
          const expected = firstOpen === -1 ? 0 : 1;
          if (hasPassword === -1) expect(opened).toHaveLength(expected);
          else expect(opened.length).toBeLessThanOrEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a one-time link with another password by now is not opened with the old one', async () => {
    const { store } = await testStore();
    const { share } = await store.shareNew(note, { options: { once: true, password: hash('a') } });
    await store.changeOptions(share.id, { password: hash('b') });
    expect(await store.openOnce(share)).toBeUndefined();
    const now = await store.share(share.id);
    expect(now).toMatchObject({ options: { once: true, password: hash('b') } });
  });
});
