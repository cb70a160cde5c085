import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { ShareEnded } from '../../../../main/server/store/model.ts';
import { VISIT_MS } from '../../../../main/server/store/views.ts';
import { marker } from '../../../support/service/run.ts';
import { onEachEngine } from '../../../support/service/store-engines.ts';

const note = (text: string) => ({
  form: 'text' as const,
  name: 'note',
  content: Buffer.from(text),
});

onEachEngine((engine) => {
  test('of any number of opens, at once or after restarts, exactly the maximum counts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        // How many open it at the same time, and then it is started anew.
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
        async (maxOpens, rounds) => {
          let opened = await engine.open();
          const { dataDir } = opened;
          const { share } = await opened.store.shareNew(note('x'), { options: { maxOpens } });
          let counted = 0;
          let asked = 0;
          for (const visitors of rounds) {
            const opens = Array.from({ length: visitors }, () =>
              opened.views.countLimited(share.id),
            );
            counted += (await Promise.all(opens)).filter(Boolean).length;
            asked += visitors;
            expect(counted).toBe(Math.min(asked, maxOpens));
            await opened.close();
            opened = await engine.open({ dataDir });
          }
          const now = await opened.store.share(share.id);
          expect(now).toMatchObject({ options: { maxOpens } });
          expect(now !== undefined && 'closed' in now).toBe(asked >= maxOpens);
          await opened.end();
        },
      ),
      { numRuns: 15 },
    );
  });

  async function usedUp() {
    let nowMs = Date.now();
    const content = marker();
    const opened = await engine.open({ now: () => nowMs });
    onTestFinished(() => opened.end());
    const { store, views } = opened;
    const ended: ShareEnded[] = [];
    store.events.on('ended', (one) => ended.push(one));
    const { share } = await store.shareNew(note(content), { options: { maxOpens: 1 } });
    expect(await views.countLimited(share.id)).toBe(true);
    const pass = (ms: number): void => {
      nowMs += ms;
    };
    return {
      store,
      views,
      id: share.id,
      ended,
      pass,
      isThere: () => engine.holds(opened, content),
    };
  }

  test('the content stays for the last visit, and is deleted after it', async () => {
    const { store, id, ended, pass, isThere } = await usedUp();
    pass(VISIT_MS - 1);
    await store.sweep();
    expect(await isThere()).toBe(true);
    pass(1);
    await store.sweep();
    expect(await store.share(id)).toMatchObject({ ended: 'used-up', options: { maxOpens: 1 } });
    expect(ended).toMatchObject([{ shareId: id, how: 'used-up' }]);
    await expect.poll(isThere).toBe(false);
  });

  test('a link without an open left is on no list, and cannot be reopened or changed', async () => {
    const { store, views, id, isThere } = await usedUp();
    expect(await store.list({ limit: 10 })).toEqual([]);
    expect(await store.reopen(id)).toBe('already-ended');
    expect(await store.changeOptions(id, { expiresAtMs: null })).toBe('already-ended');
    expect(await views.countLimited(id)).toBe(false);
    // Who revokes it wants its content gone.
    expect(await store.close(id)).toBe('already-ended');
    expect(await store.share(id)).toMatchObject({ ended: 'used-up' });
    await expect.poll(isThere).toBe(false);
  });

  test('a revoked link counts nothing, and has its opens again when it is reopened', async () => {
    const opened = await engine.open();
    onTestFinished(() => opened.end());
    const { store, views } = opened;
    const { share } = await store.shareNew(note('x'), { options: { maxOpens: 2 } });
    expect(await views.countLimited(share.id)).toBe(true);
    await store.close(share.id);
    expect(await views.countLimited(share.id)).toBe(false);
    await store.reopen(share.id);
    expect(await views.countLimited(share.id)).toBe(true);
    expect(await views.countLimited(share.id)).toBe(false);
  });
});
