import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentLinks } from '../../../main/links/recent-links.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import { createLinkAddressUpdater } from '../../../main/links/update-addresses.ts';
import { AppDatabase } from '../../../main/storage/app-database.ts';
import { rebaseLink } from '../../../main/targets/rebase-link.ts';
import { fakeClient } from '../../support/fakes.ts';
import { TestTarget, testTargets } from '../../support/targets.ts';

const link = (id: string, more: Partial<RecentLink> = {}): RecentLink => ({
  id,
  kind: 'text',
  title: id,
  sizeBytes: 1,
  count: 1,
  link: `http://192.168.1.20:40000/s/${id}`,
  service: { kind: 'built-in', name: 'This computer', baseUrl: '' },
  createdAtMs: 1,
  state: 'active',
  assetIds: [],
  ...more,
});

class CountingDatabase extends AppDatabase {
  transactions = 0;
  override transaction<Result>(task: () => Result): Result {
    this.transactions++;
    return super.transaction(task);
  }
}

function follower(given: readonly RecentLink[], at: { base?: string; whenStarted?: string } = {}) {
  const database = new CountingDatabase({ path: ':memory:' });
  const links = new RecentLinks({ database });
  for (const one of given) links.add(one);
  database.transactions = 0;
  let { base } = at;
  let told = 0;
  const address = createLinkAddressUpdater({
    links,
    targets: testTargets(new TestTarget(fakeClient(), { kind: 'built-in', name: '' })),
    thisComputer: {
      events: new EventEmitter(),
      pagesBaseUrl: async () => base,
      async client() {
        base ??= at.whenStarted;
        if (base === undefined) throw new Error('it does not start');
        return fakeClient();
      },
    },
  });
  links.subscribe(() => {
    told += 1;
  });
  return {
    ...address,
    links,
    transactions: () => database.transactions,
    told: () => told,
    linkOf: (id: string) => links.get(id)?.link,
  };
}

const NOW = 'http://10.0.0.7:40000';

test('links made at an earlier address open at the one of now', async () => {
  const theirs = { kind: 'custom', name: 'x', baseUrl: 'http://192.168.1.20:40000' } as const;
  const mine = follower([link('a'), link('theirs', { service: theirs })], { base: NOW });
  expect(await mine.follow()).toBe(NOW);
  expect(mine.linkOf('a')).toBe('http://10.0.0.7:40000/s/a');
  expect(mine.linkOf('theirs')).toContain('192.168.1.20');
  await mine.follow();
  expect(mine.told()).toBe(1);
});

test('a revoked link moves too: the proof of its end is looked for where it was served last', async () => {
  const mine = follower([link('dead', { state: 'revoked' })], { base: NOW });
  expect((await mine.current(link('dead')))?.link).toBe('http://10.0.0.7:40000/s/dead');
  expect(mine.linkOf('dead')).toBe('http://10.0.0.7:40000/s/dead');
  expect(mine.links.get('dead')?.state).toBe('revoked');
});

test('many links move with one write a page', async () => {
  const mine = follower(
    [1, 2, 3, 4, 5].map((n) => link(`l${n}`)),
    { base: NOW },
  );
  await mine.follow();
  expect(mine.transactions()).toBe(1);
  expect(mine.told()).toBe(1);
  expect(mine.links.list().every((one) => one.link.startsWith(NOW))).toBe(true);
});

test('while the service does not run, links stay as they are', async () => {
  const mine = follower([link('a')]);
  expect(await mine.follow()).toBeUndefined();
  expect(mine.linkOf('a')).toContain('192.168.1.20');
  expect([mine.told(), mine.transactions()]).toEqual([0, 0]);
});

test('whoever uses a link of this computer finds its service started', async () => {
  const mine = follower([link('a')], { whenStarted: NOW });
  expect((await mine.current(link('a')))?.link).toBe('http://10.0.0.7:40000/s/a');
});

test('a link that nothing serves has no address of now', async () => {
  const mine = follower([link('a')]);
  expect(await mine.current(link('a'))).toBeUndefined();
});

test('a link of another service is its own address, and starts nothing', async () => {
  const service = { kind: 'pieces', name: 'Pieces OS', baseUrl: 'http://127.0.0.1:39300' } as const;
  const theirs = link('p', { service, link: 'https://cloud.example/p' });
  const mine = follower([theirs], { whenStarted: NOW });
  expect(await mine.current(theirs)).toEqual(theirs);
  expect(await mine.follow()).toBeUndefined();
});

test('another address changes nothing but the address', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: false, withQueryParameters: false }), (url) => {
      const moved = rebaseLink('http://10.0.0.7:40000', url);
      expect(new URL(moved).origin).toBe('http://10.0.0.7:40000');
      expect(new URL(moved).pathname).toBe(new URL(url).pathname);
      expect(rebaseLink('http://10.0.0.7:40000', moved)).toBe(moved);
    }),
  );
});

test('a link that comes later gets the address too, though the address stayed', async () => {
  const mine = follower([link('a')], { base: NOW });
  await mine.follow();
  mine.links.add(link('later'));
  await mine.follow();
  expect(mine.linkOf('later')).toBe('http://10.0.0.7:40000/s/later');
});
