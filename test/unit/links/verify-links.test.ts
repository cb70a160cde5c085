import { expect, test } from 'vitest';
import type { LinkCheckResult } from '../../../main/linkify/check-link.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import { createVerifyLinks } from '../../../main/links/verify-links.ts';
import { OUR_SERVER } from '../../../main/targets/capabilities.ts';
import type { Capabilities } from '../../../main/targets/target.ts';
import { fakeClient } from '../../support/fakes.ts';
import { TestTarget, testTargets } from '../../support/targets.ts';

const link = (id: string, more: Partial<RecentLink> = {}): RecentLink => ({
  id,
  kind: 'text',
  title: `title ${id}`,
  sizeBytes: 1,
  count: 1,
  link: `https://cloud.example/${id}`,
  service: { kind: 'pieces', name: 'Pieces OS', baseUrl: 'http://127.0.0.1:39300' },
  createdAtMs: 0,
  state: 'active',
  assetIds: [],
  ...more,
});

function setUp(
  given: readonly RecentLink[],
  looks: readonly LinkCheckResult[],
  current: (link: RecentLink) => RecentLink | undefined = (one) => one,
  capabilities?: Capabilities,
) {
  const links = new Map(given.map((one) => [one.id, one]));
  const listeners = new Set<(ids: readonly string[]) => void>();
  const tell = (id: string): void => {
    for (const listener of listeners) listener([id]);
  };
  const updates: number[] = [];
  const revoked: string[] = [];
  const deleted: string[] = [];
  const news: object[] = [];
  const waited: number[] = [];
  const methods: string[] = [];
  const lookedAt: string[] = [];
  const client = fakeClient({ revoke: async (id) => void revoked.push(id) });
  const target = new TestTarget(client, { kind: 'pieces', name: 'Pieces OS' }, capabilities);
  target.look = async (address, method) => {
    lookedAt.push(address);
    methods.push(method);
    return looks[methods.length - 1] ?? looks.at(-1) ?? 'unknown';
  };
  const proofs = createVerifyLinks({
    links: {
      list: () => [...links.values()],
      get: (id) => links.get(id),
      update(id, change) {
        const before = links.get(id);
        if (before !== undefined) links.set(id, { ...before, ...change });
        tell(id);
        return before !== undefined;
      },
      updateEach(changes) {
        for (const [id, change] of changes) {
          const before = links.get(id);
          if (before !== undefined) links.set(id, { ...before, ...change });
        }
        updates.push(changes.size);
        for (const listener of listeners) listener([...changes.keys()]);
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    targets: testTargets(target),
    current: async (one) => current(one),
    outbox: { deleteAssets: (_link, assetIds) => void deleted.push(...assetIds) },
    wait: async (ms) => void waited.push(ms),
    now: () => 12_345,
  });
  proofs.events.on('still-opens', ({ id }) => news.push({ event: 'still-opens', id }));
  proofs.events.on('tested', ({ id }, result) => news.push({ event: 'tested', id, result }));
  const restore = (id: string): void => {
    const before = links.get(id);
    if (before !== undefined) links.set(id, { ...before, state: 'active' });
    tell(id);
  };
  const revoke = (id: string): void => {
    const before = links.get(id);
    if (before !== undefined) links.set(id, { ...before, state: 'revoked' });
    tell(id);
  };
  const remove = (id: string): void => {
    links.delete(id);
    tell(id);
  };
  return {
    links,
    proofs,
    updates,
    remove,
    revoke,
    restore,
    revoked,
    deleted,
    news,
    waited,
    methods,
    lookedAt,
  };
}

test('a revoked link that is dead is shown as such, with the time', async () => {
  const { links, proofs, revoke, waited } = setUp([link('a')], ['dead']);
  revoke('a');
  expect(proofs.of('a')).toEqual({ revokeVerification: 'checking' });
  await expect.poll(() => links.get('a')?.confirmedRevokedAtMs).toBe(12_345);
  expect(proofs.of('a')).toEqual({});
  expect(waited).toEqual([]);
});

test('one that still opens is revoked again and looked at again, until it is dead', async () => {
  const { links, revoke, revoked, waited, news } = setUp(
    [link('a')],
    ['opens', 'unknown', 'opens', 'dead'],
  );
  revoke('a');
  await expect.poll(() => links.get('a')?.confirmedRevokedAtMs).toBe(12_345);
  expect(waited).toEqual([2_000, 5_000, 15_000]);
  expect(revoked).toEqual(['a', 'a']);
  expect(news).toEqual([]);
});

test('one that never stops opening is told, and can be revoked again', async () => {
  const { links, revoke, news, waited, proofs } = setUp([link('a')], ['opens']);
  revoke('a');
  await expect.poll(() => links.get('a')?.state).toBe('failed');
  expect(waited).toHaveLength(7);
  expect(news).toEqual([{ event: 'still-opens', id: 'a' }]);
  revoke('a');
  expect(proofs.of('a')).toEqual({ revokeVerification: 'checking' });
});

test('one that cannot be reached is not said to be dead', async () => {
  const { links, proofs, revoke, waited } = setUp([link('a')], ['unknown']);
  revoke('a');
  await expect.poll(() => waited.length).toBe(7);
  await expect.poll(() => proofs.of('a')).toEqual({ revokeVerification: 'check-failed' });
  expect(links.get('a')).toMatchObject({ state: 'revoked' });
  expect(links.get('a')?.confirmedRevokedAtMs).toBeUndefined();
});

test('links revoked long ago are left alone', async () => {
  const { methods, revoke } = setUp([link('old', { state: 'revoked' }), link('a')], ['dead']);
  revoke('a');
  await expect.poll(() => methods).toEqual(['GET']);
});

test('where opens are counted, the check is not one of them', async () => {
  const { methods, revoke } = setUp([link('a')], ['opens', 'dead'], (one) => one, OUR_SERVER);
  revoke('a');
  await expect.poll(() => methods).toEqual(['HEAD', 'HEAD']);
});

test('assets that the share left on the service are deleted, unless other links use them', () => {
  const { deleted, revoke } = setUp(
    [
      link('a', { assetIds: ['1', '2', 'shared'] }),
      link('b', { assetIds: ['shared'] }),
      link('c', { assetIds: ['9'], service: { kind: 'built-in', name: '', baseUrl: '' } }),
    ],
    ['dead'],
  );
  revoke('a');
  revoke('c');
  expect(deleted).toEqual(['1', '2']);
});

test.each([
  ['opens', 12_345],
  ['dead', undefined],
  ['unknown', undefined],
] as const)('a test of one that %s says so, and counts as no visit', async (found, at) => {
  const { proofs, news, methods } = setUp([link('a')], [found]);
  await proofs.test(link('a'));
  expect(news).toEqual([{ event: 'tested', id: 'a', result: found }]);
  expect(methods).toEqual(['HEAD']);
  expect(proofs.of('a').confirmedActiveAtMs).toBe(at);
});

test('a link that opens in a few seconds is tested then', async () => {
  const { proofs, waited } = setUp([link('a')], ['opens']);
  await proofs.test(link('a', { opensAtMs: 15_000 }));
  expect(waited).toEqual([2_655]);
});

test('a link of this computer is looked at where it is served by then, at each look', async () => {
  const mine = link('a', {
    link: 'http://192.168.1.20:40000/s/a',
    service: { kind: 'built-in', name: 'This computer', baseUrl: '' },
  });
  const networks = ['http://10.0.0.7:40000/s/a', 'http://172.16.0.2:40000/s/a'];
  const { links, revoke, lookedAt } = setUp([mine], ['unknown', 'dead'], (one) => ({
    ...one,
    link: networks.shift() ?? '',
  }));
  revoke('a');
  await expect.poll(() => links.get('a')?.confirmedRevokedAtMs).toBe(12_345);
  expect(lookedAt).toEqual(['http://10.0.0.7:40000/s/a', 'http://172.16.0.2:40000/s/a']);
});

test('a link that nothing serves is not called dead by whoever answers at its old address', async () => {
  const { links, proofs, revoke, lookedAt } = setUp([link('a')], ['dead'], () => undefined);
  revoke('a');
  await expect.poll(() => proofs.of('a')).toEqual({ revokeVerification: 'check-failed' });
  expect(await proofs.test(link('a'))).toBe('unknown');
  expect(links.get('a')?.confirmedRevokedAtMs).toBeUndefined();
  expect(lookedAt).toEqual([]);
});

test('a revoke that is taken back while its link is looked at proves nothing', async () => {
  const { links, proofs, revoke, restore, methods, waited } = setUp(
    [link('a')],
    ['dead'],
    (one) => {
      restore('a');
      return one;
    },
  );
  revoke('a');
  await expect.poll(() => methods).toEqual(['GET']);
  await expect.poll(() => proofs.of('a')).toEqual({});
  expect(links.get('a')).toMatchObject({ state: 'active' });
  expect(links.get('a')?.confirmedRevokedAtMs).toBeUndefined();
  expect(waited).toEqual([]);
});

test('one that is revoked again after that is proven anew', async () => {
  const { links, revoke, restore, methods, revoked } = setUp([link('a')], ['opens', 'dead']);
  revoke('a');
  restore('a');
  await expect.poll(() => methods).toEqual(['GET']);
  revoke('a');
  await expect.poll(() => links.get('a')?.confirmedRevokedAtMs).toBe(12_345);
  // What the first look saw was of before: it must not revoke for good what was taken back.
  expect(revoked).toEqual([]);
  expect(methods).toEqual(['GET', 'GET']);
});

test('nothing is held of a link that left the list, also while it is checked', async () => {
  const { links, proofs, remove, revoke, lookedAt } = setUp([link('a'), link('b')], ['opens']);
  const a = links.get('a');
  if (a === undefined) throw new Error('it is on the list');
  const tested = proofs.test(a);
  remove('a');
  await tested;
  expect(proofs.of('a')).toEqual({});
  revoke('b');
  expect(proofs.of('b')).toEqual({ revokeVerification: 'checking' });
  remove('b');
  expect(proofs.of('b')).toEqual({});
  await expect.poll(() => lookedAt.length).toBe(2);
  expect(proofs.of('b')).toEqual({});
});

test('links that are revoked together are marked as dead in one update', async () => {
  const ids = Array.from({ length: 50 }, (_, at) => `link-${at}`);
  const { links, revoke, updates } = setUp(
    ids.map((id) => link(id)),
    ['dead'],
  );
  for (const id of ids) revoke(id);
  await expect.poll(() => updates).toEqual([50]);
  expect([...links.values()].every((one) => one.confirmedRevokedAtMs === 12_345)).toBe(true);
});
