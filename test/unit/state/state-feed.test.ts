import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStateFeed } from '../../../main/state/state-feed.ts';
import type { AppState, LinkView } from '../../../preload/contract.ts';
import { applyChange } from '../../../renderer/state/apply-change.ts';
import { aLink, initialState, manyLinks } from '../../support/window-states.ts';

const stateWith = (links: readonly LinkView[]): AppState => ({ ...initialState(), links });

/** As it comes out on the other side of the bridge. */
const across = <T>(value: T): T => structuredClone(value);

describe('what a page is told', () => {
  it('comes to the same list, whatever happened to it', () => {
    const step = fc.oneof(
      fc.constant('add' as const),
      fc.record({ remove: fc.nat(20) }),
      fc.record({ change: fc.nat(20) }),
      fc.record({ addAndChange: fc.nat(20) }),
      fc.constant('nothing' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const feed = createStateFeed();
        let links: readonly LinkView[] = manyLinks(5);
        let page = across(feed.snapshot(stateWith(links)));
        for (const [at, what] of steps.entries()) {
          if (what === 'add') links = [aLink({ id: `new-${at}` }), ...links];
          else if (what !== 'nothing' && 'remove' in what) {
            links = links.filter((_, index) => index !== what.remove);
          } else if (what !== 'nothing' && 'addAndChange' in what) {
            const changed = links.map((link, index) =>
              index === what.addAndChange ? { ...link, title: `changed ${at}` } : link,
            );
            links = [aLink({ id: `new-${at}` }), ...changed];
          } else if (what !== 'nothing') {
            links = links.map((link, index) =>
              index === what.change ? { ...link, title: `changed ${at}` } : link,
            );
          }
          const next = applyChange(page, across(feed.change(stateWith(links))));
          expect(next).not.toBeNull();
          page = next ?? page;
          expect(page.links).toEqual(links);
        }
      }),
    );
  });

  it('is one entry of ten thousand when one was revoked', () => {
    const feed = createStateFeed();
    const links = manyLinks(10_000);
    feed.snapshot(stateWith(links));
    const revoked = links.map((link, at) =>
      at === 7_000 ? { ...link, state: 'revoked' as const } : link,
    );
    expect(feed.change(stateWith(revoked)).links).toMatchObject([{ start: 7_000, removed: 1 }]);
    expect(feed.change(stateWith(revoked)).links).toBeUndefined();
  });

  it('is each of two links that were opened, and nothing in between', () => {
    const feed = createStateFeed();
    const links = manyLinks(10_000);
    const page = across(feed.snapshot(stateWith(links)));
    const opened = links.map((link, at) =>
      at === 0 || at === 9_000 ? { ...link, opens: 1 } : link,
    );
    const change = across(feed.change(stateWith(opened)));
    expect(change.links).toMatchObject([
      { start: 0, removed: 1 },
      { start: 9_000, removed: 1 },
    ]);
    expect(applyChange(page, change)?.links).toEqual(opened);
  });

  it('is a new link alone, also where the oldest one makes room for it', () => {
    const feed = createStateFeed();
    const links = manyLinks(10_000);
    const page = across(feed.snapshot(stateWith(links)));
    const added = [aLink({ id: 'new' }), ...links.slice(0, -1)];
    const change = across(feed.change(stateWith(added)));
    expect(change.links).toMatchObject([
      { start: 0, removed: 0, added: [{ id: 'new' }] },
      { start: 10_000, removed: 1, added: [] },
    ]);
    expect(applyChange(page, change)?.links).toEqual(added);
  });

  it('is asked for whole when something was missed', () => {
    const feed = createStateFeed();
    const page = feed.snapshot(stateWith([]));
    feed.change(stateWith(manyLinks(1)));
    expect(applyChange(page, feed.change(stateWith(manyLinks(2))))).toBeNull();
  });
});
