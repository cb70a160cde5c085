import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  type LinkChange,
  type LinksProblem,
  RecentLinks,
} from '../../../main/links/recent-links.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import { AppDatabase } from '../../../main/storage/app-database.ts';

const link = (id: string, change: Partial<RecentLink> = {}): RecentLink => ({
  id,
  kind: 'text',
  title: `Title of ${id}`,
  sizeBytes: 12,
  count: 1,
  link: `http://192.168.1.20:4100/s/${id}`,
  service: { kind: 'built-in', name: 'This computer', baseUrl: 'http://127.0.0.1:4100' },
  createdAtMs: 1_700_000_000_000,
  state: 'active',
  assetIds: [`asset-${id}`],
  ...change,
});

/** In memory; it outlives the list, as a disk does. */
class Disk extends AppDatabase {
  failing = false;
  constructor() {
    super({ path: ':memory:' });
  }
  override transaction<Result>(task: () => Result): Result {
    if (this.failing) throw new Error('ENOSPC');
    return super.transaction(task);
  }
}

let disk: Disk;
let problems: LinksProblem[];
const open = (options: { limit?: number } = {}): RecentLinks =>
  new RecentLinks({ database: disk, onProblem: (problem) => problems.push(problem), ...options });
const ids = (links: RecentLinks): string[] => links.list().map(({ id }) => id);

beforeEach(() => {
  disk = new Disk();
  problems = [];
});

test('the newest link is first, also after the next start', () => {
  const links = open();
  for (const [index, id] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    links.add(link(id, { createdAtMs: 1_000 + index }));
  }
  expect(ids(links)).toEqual(['e', 'd', 'c', 'b', 'a']);
  expect(ids(open())).toEqual(['e', 'd', 'c', 'b', 'a']);
  expect(open().list()[0]).toEqual(link('e', { createdAtMs: 1_004 }));
});

test('a link is on disk before add returns, and is written with what belongs to it', () => {
  const links = open();
  links.add(link('a'), () => disk.run("insert into unreadable_links (link) values ('with it')"));
  expect(open().get('a')).toEqual(link('a'));
  expect(disk.rows('select link from unreadable_links')).toHaveLength(1);
  // All or nothing.
  links.add(link('b'), () => {
    throw new Error('ENOSPC');
  });
  expect(open().get('b')).toBeUndefined();
  expect(links.get('b')).toEqual(link('b'));
  expect(problems).toMatchObject([{ kind: 'not-saved' }]);
});

test('a revoked link says so after the next start', () => {
  const links = open();
  for (const id of ['a', 'b', 'c']) links.add(link(id));
  expect(links.update('a', { state: 'revoked' })).toBe(true);
  expect(links.update('nobody', { state: 'revoked' })).toBe(false);
  expect(open().get('a')?.state).toBe('revoked');
  expect(open().get('b')?.state).toBe('active');
});

test('a revoked link has the time of its revoke, until it is restored', () => {
  let now = 5_000;
  const links = new RecentLinks({ database: disk, now: () => now });
  links.add(link('a'));
  links.update('a', { state: 'revoked' });
  now = 6_000;
  links.update('a', { confirmedRevokedAtMs: now });
  expect(open().get('a')?.revokedAtMs).toBe(5_000);
  links.update('a', { state: 'active' });
  expect(open().get('a')?.revokedAtMs).toBeUndefined();
});

test('several links are removed in one write', () => {
  const links = open();
  for (const id of ['a', 'b', 'c']) links.add(link(id));
  const told: (readonly string[])[] = [];
  links.subscribe((changed) => told.push(changed));
  expect(links.remove('a', 'c', 'nobody')).toBe(true);
  expect(told).toEqual([['a', 'c']]);
  expect(ids(open())).toEqual(['b']);
});

test('a link whose id is known replaces the old entry and moves to the top', () => {
  const links = open();
  for (const id of ['a', 'b']) links.add(link(id));
  links.add(link('a', { title: 'again' }));
  expect(links.list().map(({ title }) => title)).toEqual(['again', 'Title of b']);
  expect(open().list()).toHaveLength(2);
});

test('a link that was made twice and then forgotten does not come back', () => {
  const links = open();
  for (const id of ['a', 'b', 'a']) links.add(link(id));
  links.remove('a');
  expect(ids(open())).toEqual(['b']);
});

test('a removed link stays removed', () => {
  const links = open();
  for (const id of ['a', 'b']) links.add(link(id));
  expect(links.remove('a')).toBe(true);
  expect(links.remove('a')).toBe(false);
  expect(ids(open())).toEqual(['b']);
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
  const store = (id: string, value: string): void =>
    disk.run('insert into links (id, link) values (?, ?)', id, value);

  test('a broken entry is set aside and reported once, and the others are listed', () => {
    open().add(link('a'));
    store('b', '{"cut sho');
    store('c', JSON.stringify({ ...link('c'), link: 'javascript:alert(1)' }));
    store('d', JSON.stringify(link('another id')));
    expect(ids(open())).toEqual(['a']);
    expect(ids(open())).toEqual(['a']);
    expect(problems).toEqual([{ kind: 'unreadable', entries: 3 }]);
    expect(disk.rows('select link from unreadable_links')).toHaveLength(3);
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
    const value = fc.oneof(
      fc.json(),
      fc.string(),
      almost.map((one) => JSON.stringify(one)),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), (values) => {
        disk = new Disk();
        open().add(link('first'));
        for (const [index, one] of values.entries()) store(index === 0 ? 'a' : `${index}`, one);
        const links = open();
        for (const { link: address } of links.list()) expect(address).toMatch(/^https?:/i);
        links.add(link('new'));
        expect(open().get('new')).toEqual(link('new'));
      }),
      { numRuns: 300 },
    );
  });
});

test('a full disk is told, the list stays right, and the next change saves what was missed', () => {
  const links = open();
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

test('listeners are told which entries changed', () => {
  const links = open({ limit: 2 });
  const heard: (readonly string[])[] = [];
  links.subscribe((changed) => heard.push(changed));
  links.add(link('a'));
  links.add(link('b'));
  links.update('a', { state: 'revoked' });
  links.add(link('c'));
  links.remove('b');
  expect(heard).toEqual([['a'], ['b'], ['a'], ['c', 'a'], ['b']]);
});

test('several entries change in one write', () => {
  const links = open();
  for (const id of ['a', 'b', 'c']) links.add(link(id));
  const heard: (readonly string[])[] = [];
  links.subscribe((changed) => heard.push(changed));
  const revoked = { state: 'revoked' } as const;
  links.updateEach(
    new Map<string, LinkChange>([
      ['a', revoked],
      ['c', { title: 'Changed' }],
      ['of no entry', revoked],
    ]),
  );
  expect(heard).toEqual([['a', 'c']]);
  expect(open().list()).toMatchObject([{ title: 'Changed' }, link('b'), revoked]);
  links.updateEach(new Map([['of no entry', revoked]]));
  expect(heard).toHaveLength(1);
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
      const links = open({ limit: 8 });
      let clock = 0;
      const live = new Set<string>();
      for (const { do: what, id, dead } of steps) {
        const name = String(id);
        const state = dead ? 'revoked' : 'active';
        if (what === 'add') links.add(link(name, { createdAtMs: ++clock, state }));
        else if (what === 'remove') links.remove(name);
        else if (!links.update(name, { state })) continue;
        if (what === 'remove' || dead) live.delete(name);
        else live.add(name);
      }
      expect(open({ limit: 8 }).list()).toEqual(links.list());
      // Nobody but the person takes a live link out of the list.
      for (const id of live) expect(links.get(id)).toBeDefined();
    }),
    { numRuns: 500 },
  );
});
