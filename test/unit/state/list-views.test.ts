import { expect, it } from 'vitest';
import type { RecentLink } from '../../../main/links/schema.ts';
import { ListViews } from '../../../main/state/link-views.ts';
import { aLink } from '../../support/window-states.ts';

// `ListViews` reads only the id of a link itself.
const stored = (...ids: readonly string[]) => ids.map((id) => ({ id })) as unknown as RecentLink[];

function listOf(ids: readonly string[]) {
  const opens = new Map<string, number>();
  const computed: string[] = [];
  const views = new ListViews(({ id }) => {
    computed.push(id);
    return aLink({ id, createdAtMs: 1, opens: opens.get(id) ?? 0 });
  });
  const links = stored(...ids);
  views.of(links);
  computed.length = 0;
  return { views, links, opens, computed };
}

it('an open computes the view of the opened link, however long the list is', () => {
  const ids = Array.from({ length: 6_000 }, (_, at) => `link-${at}`);
  const { views, links, opens, computed } = listOf(ids);
  const before = views.of(links);
  opens.set('link-4000', 1);
  views.invalidate(['link-4000']);
  const after = views.of(links);
  expect(computed).toEqual(['link-4000']);
  expect(after[4_000]).toMatchObject({ id: 'link-4000', opens: 1 });
  expect(after.filter((view, at) => view !== before[at])).toHaveLength(1);
});

it('a new link computes its own view', () => {
  const { views, links, computed } = listOf(['b', 'a']);
  const before = views.of(links);
  views.invalidate(['c']);
  const after = views.of(stored('c', 'b', 'a'));
  expect(computed).toEqual(['c']);
  expect(after.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  expect(after.slice(1)).toEqual(before);
  expect(after[1]).toBe(before[0]);
});

it('a removed link computes nothing', () => {
  const { views, computed } = listOf(['b', 'a']);
  views.invalidate(['b']);
  expect(views.of(stored('a')).map(({ id }) => id)).toEqual(['a']);
  expect(computed).toEqual([]);
});

it('where nothing is different the list is the same', () => {
  const { views, links, computed } = listOf(['b', 'a']);
  const before = views.of(links);
  views.invalidate(['a', 'of another list']);
  expect(views.of(links)).toBe(before);
  expect(computed).toEqual(['a']);
});

it('everything is computed anew, as in another language', () => {
  const { views, links, computed } = listOf(['b', 'a']);
  const before = views.of(links);
  views.invalidateAll();
  expect(views.of(links)[0]).toBe(before[0]);
  expect(computed).toEqual(['b', 'a']);
});
