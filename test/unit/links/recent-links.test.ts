import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type LinkPages,
  type LinksProblem,
  openRecentLinks,
  type RecentLinks,
} from '../../../main/links/recent-links.ts';
import type { RecentLink } from '../../../main/links/schema.ts';

const link = (id: string, change: Partial<RecentLink> = {}): RecentLink => ({
  id,
  kind: 'text',
  title: `Title of ${id}`,
  sizeBytes: 12,
  count: 1,
  link: `http://192.168.1.20:4100/s/${id}`,
  service: { kind: 'built-in', name: 'This computer', baseUrl: 'http://127.0.0.1:4100' },
  createdAtMs: 1_700_000_000_000,
  state: 'live',
  assetIds: [`asset-${id}`],
  ...change,
});

/** Pages in memory, through JSON as a disk would keep them. */
class Disk implements LinkPages {
  readonly files = new Map<number, string>();
  readonly aside: unknown[] = [];
  failing = false;
  load() {
    return [...this.files].map(([page, text]) => ({ page, value: JSON.parse(text) as unknown }));
  }
  save(page: number, value: unknown) {
    if (this.failing) throw new Error('ENOSPC');
    this.files.set(page, JSON.stringify(value));
  }
  remove(page: number) {
    this.files.delete(page);
  }
  setAside(_page: number, value: unknown) {
    this.aside.push(value);
  }
}

let disk: Disk;
let problems: LinksProblem[];
const open = (options: { limit?: number; pageSize?: number } = {}): RecentLinks =>
  openRecentLinks({ pages: disk, onProblem: (problem) => problems.push(problem), ...options });
const ids = (links: RecentLinks): string[] => links.list().map(({ id }) => id);

beforeEach(() => {
  disk = new Disk();
  problems = [];
});

test('the newest link is first, also after the next start', () => {
  const links = open({ pageSize: 2 });
  for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    links.add(link(id, { createdAtMs: 1_000 + index }));
  }
  expect(ids(links)).toEqual(['e', 'd', 'c', 'b', 'a']);
  expect(ids(open({ pageSize: 2 }))).toEqual(['e', 'd', 'c', 'b', 'a']);
  expect(open().list()[0]).toEqual(link('e', { createdAtMs: 1_004 }));
});

test('a link is on disk before add returns, and only its own page is written', () => {
  const links = open({ pageSize: 2 });
  for (const id of ['a', 'b', 'c']) links.add(link(id));
  const before = new Map(disk.files);
  links.add(link('d'));
  const written = [...disk.files].filter(([page, text]) => before.get(page) !== text);
  expect(written).toHaveLength(1);
  expect(written[0]?.[1]).toContain('"d"');
});

test('a revoked link says so after the next start', () => {
  const links = open({ pageSize: 2 });
  for (const id of ['a', 'b', 'c']) links.add(link(id));
  expect(links.update('a', { state: 'revoked' })).toMatchObject({ id: 'a', state: 'revoked' });
  expect(links.update('nobody', { state: 'revoked' })).toBeUndefined();
  expect(open().get('a')?.state).toBe('revoked');
  expect(open().get('b')?.state).toBe('live');
});

test('a link whose id is known replaces the old entry and moves to the top', () => {
  const links = open({ pageSize: 1 });
  for (const id of ['a', 'b']) links.add(link(id));
  links.add(link('a', { title: 'again' }));
  expect(links.list().map(({ title }) => title)).toEqual(['again', 'Title of b']);
  expect(open().list()).toHaveLength(2);
});

test('a link that was made twice and then forgotten does not come back', () => {
  const links = open({ pageSize: 1 });
  for (const id of ['a', 'b', 'a']) links.add(link(id));
  links.remove('a');
  expect(ids(open())).toEqual(['b']);
});

test('a forgotten link stays forgotten, and its empty page goes', () => {
  const links = open({ pageSize: 1 });
  for (const id of ['a', 'b']) links.add(link(id));
  expect(links.remove('a')).toBe(true);
  expect(links.remove('a')).toBe(false);
  expect(ids(open())).toEqual(['b']);
  expect(disk.files.size).toBe(1);
});

describe('when the list is full', () => {
  test('the oldest dead link goes first', () => {
    const links = open({ limit: 3 });
    for (const id of ['a', 'b', 'c']) links.add(link(id));
    links.update('b', { state: 'revoked' });
    links.add(link('d'));
    expect(ids(links)).toEqual(['d', 'c', 'a']);
    expect(problems).toEqual([]);
  });

  test('no live link is dropped: the list grows and says that it is full', () => {
    const links = open({ limit: 2 });
    for (const id of ['a', 'b', 'c']) links.add(link(id));
    expect(ids(links)).toEqual(['c', 'b', 'a']);
    expect(problems).toEqual([{ kind: 'full', limit: 2 }]);
  });

  test('a link whose revoking failed may still open, so it stays', () => {
    const links = open({ limit: 1 });
    links.add(link('a', { state: 'failed' }));
    links.add(link('b'));
    expect(ids(links)).toEqual(['b', 'a']);
  });
});

describe('what cannot be read', () => {
  test('one broken entry is set aside with its page, and the others are kept', () => {
    open().add(link('a'));
    const page = JSON.parse(disk.files.get(0) ?? '');
    page.links.push({ id: 'broken', link: 'javascript:alert(1)' }, null);
    disk.files.set(0, JSON.stringify(page));
    const links = open();
    expect(ids(links)).toEqual(['a']);
    expect(disk.aside).toEqual([page]);
    expect(problems).toEqual([{ kind: 'unreadable', entries: 2 }]);
  });

  test('what was set aside is not found again at the next start', () => {
    disk.files.set(0, JSON.stringify({ version: 1, links: [link('a'), { id: 3 }] }));
    open();
    open();
    expect(disk.aside).toHaveLength(1);
    expect(problems).toHaveLength(1);
    expect(ids(open())).toEqual(['a']);
  });

  test('a page of a newer version stays as it is, and new links go elsewhere', () => {
    const newer = JSON.stringify({ version: 2, rows: [] });
    disk.files.set(4, newer);
    const links = open();
    expect(problems).toEqual([{ kind: 'newer', page: 4 }]);
    links.add(link('a'));
    links.update('a', { title: 'b' });
    expect(disk.aside).toEqual([]);
    expect(disk.files.get(4)).toBe(newer);
    expect(ids(open())).toEqual(['a']);
  });

  test('no value on disk can keep the list from opening', () => {
    const almost = fc.record(
      {
        ...Object.fromEntries(
          Object.entries(link('a')).map(([key, value]) => [
            key,
            fc.oneof(fc.constant(value), fc.jsonValue()),
          ]),
        ),
      },
      { requiredKeys: [] },
    );
    const page = fc.oneof(
      fc.jsonValue(),
      fc.record({
        version: fc.oneof(fc.constant(1), fc.jsonValue()),
        links: fc.oneof(fc.array(fc.oneof(almost, fc.jsonValue())), fc.jsonValue()),
      }),
    );
    fc.assert(
      fc.property(fc.array(page, { maxLength: 4 }), (pages) => {
        disk = new Disk();
        for (const [number, value] of pages.entries())
          disk.files.set(number, JSON.stringify(value));
        const links = open();
        for (const { link: address } of links.list()) expect(address).toMatch(/^https?:/i);
        links.add(link('new'));
        expect(open().get('new')).toEqual(link('new'));
      }),
      { numRuns: 500 },
    );
  });
});

test('a full disk is told, the list stays right, and the next change saves what was missed', () => {
  const links = open({ pageSize: 1 });
  links.add(link('a'));
  disk.failing = true;
  links.add(link('b'));
  expect(ids(links)).toEqual(['b', 'a']);
  expect(problems).toMatchObject([{ kind: 'not-saved' }]);
  disk.failing = false;
  links.add(link('c'));
  expect(ids(open())).toEqual(['c', 'b', 'a']);
});

test('listeners hear of each change until they stop', () => {
  const links = open();
  let heard = 0;
  const stop = links.subscribe(() => heard++);
  links.add(link('a'));
  links.update('a', { state: 'revoked' });
  links.remove('a');
  expect(heard).toBe(3);
  stop();
  links.add(link('b'));
  expect(heard).toBe(3);
});

test('whatever happens to it, the list on disk is the list in memory', () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant('add' as const),
      id: fc.integer({ min: 0, max: 12 }),
      dead: fc.boolean(),
    }),
    fc.record({
      do: fc.constant('update' as const),
      id: fc.integer({ min: 0, max: 12 }),
      dead: fc.boolean(),
    }),
    fc.record({
      do: fc.constant('remove' as const),
      id: fc.integer({ min: 0, max: 12 }),
      dead: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      disk = new Disk();
      const links = open({ limit: 8, pageSize: 3 });
      let clock = 0;
      const live = new Set<string>();
      for (const { do: what, id, dead } of steps) {
        const name = String(id);
        const state = dead ? 'revoked' : 'live';
        if (what === 'add') links.add(link(name, { createdAtMs: ++clock, state }));
        else if (what === 'remove') links.remove(name);
        else if (links.update(name, { state }) === undefined) continue;
        if (what === 'remove' || dead) live.delete(name);
        else live.add(name);
      }
      expect(open({ limit: 8, pageSize: 3 }).list()).toEqual(links.list());
      // Nobody but the person takes a live link out of the list.
      for (const id of live) expect(links.get(id)).toBeDefined();
    }),
    { numRuns: 500 },
  );
});
