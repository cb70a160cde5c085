import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecentLink } from '../../../main/links/schema.ts';
import { createFollowAddress, linkAt } from '../../../main/sharing/follow-address.ts';

const link = (id: string, more: Partial<RecentLink> = {}): RecentLink => ({
  id,
  kind: 'text',
  title: id,
  sizeBytes: 1,
  count: 1,
  link: `http://192.168.1.20:40000/s/${id}`,
  service: { kind: 'built-in', name: 'This computer', baseUrl: '' },
  createdAtMs: 1,
  state: 'live',
  assetIds: [],
  ...more,
});

function follower(given: readonly RecentLink[]) {
  const links = new Map(given.map((one) => [one.id, one]));
  const told: unknown[] = [];
  let base: string | undefined = 'http://10.0.0.7:40000';
  let nowMs = 0;
  let checks = 0;
  const address = createFollowAddress({
    links: {
      list: () => [...links.values()],
      update(id, change) {
        const changed = { ...link(id), ...links.get(id), ...change };
        links.set(id, changed);
        return changed;
      },
    },
    services: {
      pagesBaseUrl: async () => base,
      async checkReach() {
        checks++;
        return { kind: 'blocked' };
      },
    },
    model: { update: (change) => told.push(change) },
    onChange: () => told.push('links'),
    now: () => nowMs,
  });
  return {
    ...address,
    told,
    linkOf: (id: string) => links.get(id)?.link,
    moveTo: (to: string | undefined) => {
      base = to;
    },
    checks: () => checks,
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('links made at an earlier address open at the one of now', async () => {
  const mine = follower([
    link('a'),
    link('dead', { state: 'revoked' }),
    link('theirs', {
      service: { kind: 'custom', name: 'x', baseUrl: 'http://192.168.1.20:40000' },
    }),
  ]);
  await mine.follow();
  expect(mine.linkOf('a')).toBe('http://10.0.0.7:40000/s/a');
  expect(mine.linkOf('dead')).toContain('192.168.1.20');
  expect(mine.linkOf('theirs')).toContain('192.168.1.20');
  await mine.follow();
  expect(mine.told).toEqual(['links']);
});

test('while the service does not run, links stay as they are', async () => {
  const mine = follower([link('a')]);
  mine.moveTo(undefined);
  await mine.check();
  expect(mine.linkOf('a')).toContain('192.168.1.20');
  expect([mine.told, mine.checks()]).toEqual([[], 0]);
});

test('the way that others take is looked at again after a while, and at another address', async () => {
  const mine = follower([]);
  await mine.check();
  expect(mine.told).toEqual([
    { reachCheck: { kind: 'blocked', address: '10.0.0.7', port: 40_000 } },
  ]);
  mine.wait(9 * 60_000);
  await mine.check();
  expect(mine.checks()).toBe(1);
  mine.wait(2 * 60_000);
  await mine.check();
  expect(mine.checks()).toBe(2);
  mine.moveTo('http://172.16.0.2:40000');
  await mine.check();
  expect(mine.checks()).toBe(3);
});

test('another address changes nothing but the address', () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: false, withQueryParameters: false }), (url) => {
      const moved = linkAt('http://10.0.0.7:40000', url);
      expect(new URL(moved).origin).toBe('http://10.0.0.7:40000');
      expect(new URL(moved).pathname).toBe(new URL(url).pathname);
      expect(linkAt('http://10.0.0.7:40000', moved)).toBe(moved);
    }),
  );
});
