import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createListViews } from '../../../main/state/link-views.ts';
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
    expect(feed.change(stateWith(revoked)).links).toMatchObject({ start: 7_000, removed: 1 });
    expect(feed.change(stateWith(revoked)).links).toBeUndefined();
  });

  it('is asked for whole when something was missed', () => {
    const feed = createStateFeed();
    const page = feed.snapshot(stateWith([]));
    feed.change(stateWith(manyLinks(1)));
    expect(applyChange(page, feed.change(stateWith(manyLinks(2))))).toBeNull();
  });
});

it('links that did not change stay the same objects', () => {
  const stored = [{ id: 'a' }, { id: 'b' }] as never;
  let revoked = false;
  const views = createListViews(({ id }) =>
    aLink({ id, createdAtMs: 1, state: revoked && id === 'b' ? 'revoked' : 'active' }),
  );
  const before = views(stored);
  revoked = true;
  const now = views(stored);
  expect(now[0]).toBe(before[0]);
  expect(now[1]).toMatchObject({ id: 'b', state: 'revoked' });
});
