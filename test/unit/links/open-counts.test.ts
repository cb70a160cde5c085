import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { ServerExtensions, Share, ShareStateResponse } from '../../../main/linkify/model.ts';
import { OpenCounts, type OpenCountsDeps } from '../../../main/links/open-counts.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import { OUR_SERVER, THIS_COMPUTER } from '../../../main/targets/capabilities.ts';
import { fakeClient } from '../../support/fakes.ts';
import { linksInMemory } from '../../support/links-in-memory.ts';

const link = (id: string, over: Partial<RecentLink> = {}): RecentLink => ({
  id,
  kind: 'text',
  title: id,
  sizeBytes: 1,
  count: 1,
  link: `http://127.0.0.1:9/s/${id}`,
  service: { kind: 'built-in', name: 'This computer', baseUrl: 'http://127.0.0.1:9' },
  createdAtMs: 1_000,
  state: 'active',
  assetIds: [],
  ...over,
});

function setUp(given: {
  readonly links: readonly RecentLink[];
  readonly shares?: readonly Share[];
  readonly fates?: Readonly<Record<string, ShareStateResponse>>;
  readonly running?: boolean;
  readonly sendsEvents?: boolean;
}) {
  const links = linksInMemory();
  for (const one of given.links) links.add(one);
  let asked = 0;
  const own: ServerExtensions = {
    rename: () => Promise.reject(new Error('not asked for')),
    changeOptions: () => Promise.reject(new Error('not asked for')),
    close: () => Promise.reject(new Error('not asked for')),
    reopen: () => Promise.reject(new Error('not asked for')),
    usage: () => Promise.reject(new Error('not asked for')),

    account: () => Promise.reject(new Error('not asked for')),
    state: async (id) => given.fates?.[id] ?? { state: 'active' },
  };
  const client = {
    ...fakeClient({
      shares: async () => {
        asked++;
        return given.shares ?? [];
      },
    }),
    own,
  };
  let news = 0;
  const changed: (readonly string[])[] = [];
  const thisComputer: OpenCountsDeps['thisComputer'] = { events: new EventEmitter() };
  const watch = new OpenCounts({
    links,
    targets: {
      capabilitiesOf: ({ kind }) => (kind === 'built-in' ? THIS_COMPUTER : OUR_SERVER),
      countingOpens: async () =>
        given.running === false
          ? []
          : [{ id: 'this-computer', client, sendsEvents: given.sendsEvents ?? true }],
    },
    thisComputer,
  });
  watch.events.on('changed', (ids) => {
    news++;
    changed.push(ids);
  });
  return {
    links,
    watch,
    server: thisComputer.events,
    changed: () => changed,
    news: () => news,
    asked: () => asked,
  };
}

describe('what others did with a link', () => {
  it('is shown: how often it was opened, and when last', async () => {
    const { server, watch, news } = setUp({ links: [link('a')] });
    server.emit('opened', { shareId: 'a', count: 1, lastAtMs: 5_000 });
    server.emit('opened', { shareId: 'a', count: 2, lastAtMs: 6_000 });
    expect(watch.of('a')).toEqual({ opens: 2, lastOpenedAtMs: 6_000 });
    await expect.poll(news).toBe(1);
  });

  it('is known of this computer, whose server reports each open, and of no other service', () => {
    const custom = { kind: 'custom', name: 'a server', baseUrl: 'http://127.0.0.1:8' } as const;
    const links = [link('a'), link('once', { once: true }), link('other', { service: custom })];
    const { server, watch } = setUp({ links });
    const known = () => links.map((one) => watch.known(one));
    expect(known()).toEqual([0, 0, undefined]);
    server.emit('opened', { shareId: 'a', count: 2, lastAtMs: 5_000 });
    server.emit('ended', { shareId: 'once', how: 'used-up', atMs: 7_000 });
    expect(known()).toEqual([2, 1, undefined]);
  });

  it('says nothing of shares that are not in the list', () => {
    const { server, watch } = setUp({ links: [] });
    server.emit('opened', { shareId: 'other', count: 1, lastAtMs: 5_000 });
    expect(watch.of('other')).toEqual({});
  });

  it('keeps when a link that opens once was opened', async () => {
    const { server, links, watch, news } = setUp({ links: [link('a', { once: true })] });
    server.emit('ended', { shareId: 'a', how: 'used-up', atMs: 7_000 });
    watch.flush();
    expect(links.get('a')).toMatchObject({
      state: 'revoked',
      ended: { how: 'used-up', atMs: 7_000 },
    });
    await expect.poll(news).toBe(1);
  });

  it('ends a link with its last open', () => {
    const { server, links, watch } = setUp({ links: [link('a', { maxOpens: 2 })] });
    server.emit('opened', { shareId: 'a', count: 1, lastAtMs: 5_000 });
    watch.flush();
    expect(links.get('a')).toMatchObject({ state: 'active' });
    const closedUntilMs = 600_000;
    server.emit('opened', { shareId: 'a', count: 2, lastAtMs: 6_000, closedUntilMs });
    watch.flush();
    const usedUp = { state: 'revoked', ended: { how: 'used-up', atMs: 6_000 } };
    // Until then a start of the app starts its server, which deletes the content.
    expect(links.get('a')).toMatchObject({ ...usedUp, closedUntilMs });
    server.emit('ended', { shareId: 'a', how: 'used-up', atMs: closedUntilMs });
    watch.flush();
    expect(links.get('a')).toMatchObject(usedUp);
    expect(links.get('a')?.closedUntilMs).toBeUndefined();
  });

  it.each(['active', 'failed'] as const)(
    'shows a link as revoked whose revoke a crash kept from the list (%s)',
    (state) => {
      const { server, links, watch } = setUp({ links: [link('a', { state })] });
      server.emit('ended', { shareId: 'a', how: 'revoked', atMs: 7_000 });
      watch.flush();
      expect(links.get('a')).toMatchObject({ state: 'revoked' });
      expect(links.get('a')?.closedUntilMs).toBeUndefined();
    },
  );

  it('knows when a revoked link can no longer be restored', () => {
    const closed = link('a', { state: 'revoked', closedUntilMs: 8_000 });
    const { server, links, watch } = setUp({ links: [closed] });
    server.emit('ended', { shareId: 'a', how: 'revoked', atMs: 8_000 });
    watch.flush();
    expect(links.get('a')).toMatchObject({ state: 'revoked' });
    expect(links.get('a')?.closedUntilMs).toBeUndefined();
  });

  it('shows an expired link by its time', () => {
    const { server, links, watch, changed } = setUp({ links: [link('a', { expiresAtMs: 7_000 })] });
    server.emit('ended', { shareId: 'a', how: 'expired', atMs: 7_000 });
    watch.flush();
    expect(links.get('a')?.state).toBe('active');
    expect(changed()).toEqual([['a']]);
  });

  it('names the links that changed, each once', () => {
    const { server, watch, changed } = setUp({ links: [link('a'), link('b'), link('c')] });
    server.emit('opened', { shareId: 'a', count: 1, lastAtMs: 5_000 });
    server.emit('opened', { shareId: 'c', count: 1, lastAtMs: 5_000 });
    server.emit('opened', { shareId: 'a', count: 2, lastAtMs: 6_000 });
    watch.flush();
    expect(changed()).toEqual([['a', 'c']]);
  });

  it('updates the list once when many shares end at once', async () => {
    const ids = Array.from({ length: 500 }, (_, at) => `link-${at}`);
    const { server, links } = setUp({ links: ids.map((id) => link(id)) });
    const updates: number[] = [];
    links.subscribe((changed) => updates.push(changed.length));
    for (const id of ids) server.emit('ended', { shareId: id, how: 'revoked', atMs: 7_000 });
    await expect.poll(() => updates).toEqual([500]);
    expect(links.list().every(({ state }) => state === 'revoked')).toBe(true);
  });

  it('holds nothing about a link that left the list', () => {
    const { server, links, watch } = setUp({ links: [link('a')] });
    server.emit('opened', { shareId: 'a', count: 1, lastAtMs: 5_000 });
    links.remove('a');
    expect(watch.of('a')).toEqual({});
  });
});

describe('what happened before this run', () => {
  const extension = { once: false, password: false, views: 3, lastViewedAtMs: 4_000 };
  const share = { id: 'a', link: 'http://127.0.0.1:9/s/a', assetIds: [], extension };

  it('is asked for once', async () => {
    const { watch, asked } = setUp({ links: [link('a')], shares: [share] });
    await watch.refresh();
    await watch.refresh();
    expect(watch.of('a')).toEqual({ opens: 3, lastOpenedAtMs: 4_000 });
    expect(asked()).toBe(1);
  });

  it('is asked for each time where no events come', async () => {
    const shares = [share];
    const { watch, asked } = setUp({ links: [link('a')], shares, sendsEvents: false });
    await watch.refresh();
    shares[0] = { ...share, extension: { ...extension, views: 5 } };
    await watch.refresh();
    expect(watch.of('a')).toMatchObject({ opens: 5 });
    expect(asked()).toBe(2);
  });

  it('never takes the place of what was heard since', async () => {
    const { server, watch } = setUp({ links: [link('a')], shares: [share] });
    server.emit('opened', { shareId: 'a', count: 4, lastAtMs: 9_000 });
    await watch.refresh();
    expect(watch.of('a')).toEqual({ opens: 4, lastOpenedAtMs: 9_000 });
  });

  it('includes links that were opened unheard', async () => {
    const { watch, links } = setUp({
      links: [link('a', { once: true }), link('b', { once: true }), link('c', { maxOpens: 1 })],
      fates: {
        a: { state: 'used-up', endedAtMs: 3_000 },
        c: { state: 'used-up', endedAtMs: 3_000 },
      },
    });
    await watch.refresh();
    watch.flush();
    expect(links.get('a')?.ended).toEqual({ how: 'used-up', atMs: 3_000 });
    expect(links.get('b')?.state).toBe('active');
  });

  it('starts no service that does not run', async () => {
    const { watch, asked } = setUp({ links: [link('a')], running: false });
    await watch.refresh();
    expect(asked()).toBe(0);
  });
});
