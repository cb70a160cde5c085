import { expect, test } from 'vitest';
import { RecentLinks } from '../../../main/links/recent-links.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import { Entries } from '../../../main/outbox/entries.ts';
import { cleanupHead } from '../../../main/outbox/remote-cleanup.ts';
import type { ShareHead } from '../../../main/outbox/schema.ts';
import { AppDatabase, type Value } from '../../../main/storage/app-database.ts';
import { outboxDisk } from '../../support/outbox-in-memory.ts';

// What must change together does so on disk, wherever a write is refused.

const service = { kind: 'custom', name: 'service', baseUrl: 'http://127.0.0.1:9' } as const;
const share: ShareHead = {
  type: 'share',
  version: 1,
  id: 'share',
  createdAtMs: 1,
  service,
  what: 'Text',
  kind: 'text',
  title: 'text',
  sizeBytes: 4,
  shareOptions: {},
  items: [{ kind: 'text', name: 'text', text: 'text' }],
  digest: 'digest',
  clipDigest: 'digest',
};
const link: RecentLink = {
  id: 'link',
  kind: 'text',
  title: 'text',
  sizeBytes: 4,
  count: 1,
  link: 'http://127.0.0.1:9/link',
  service,
  createdAtMs: 1,
  state: 'active',
  assetIds: ['asset'],
};
const cleanup = cleanupHead({ service, what: 'Text', assetIds: ['asset'] }, 'cleanup', 1);

/** Refuses the write that `refuses` names, as a full disk does. */
class RefusingDatabase extends AppDatabase {
  refuses: RegExp | undefined;
  override run(statement: string, ...values: readonly Value[]): void {
    if (this.refuses?.test(statement)) throw new Error('SQLITE_FULL');
    super.run(statement, ...values);
  }
}

async function setUp() {
  const database = new RefusingDatabase({ path: ':memory:' });
  const disk = outboxDisk(true, database);
  const start = () => {
    const links = new RecentLinks({ database });
    return { links, outbox: new Entries({ store: disk.store, links, onProblem: () => {} }) };
  };
  const app = start();
  await app.outbox.add(share, new Map());
  app.outbox.record('share', { event: 'asset-created', index: 0, id: 'asset' });
  /** What the next start finds. */
  const stored = () => {
    const next = start();
    return {
      entries: next.outbox.list().map(({ head }) => head.id),
      links: next.links.list().map(({ id, state }) => `${id} ${state}`),
    };
  };
  return { ...app, database, stored };
}

test.each([
  ['insert into links', ['share'], []],
  ['delete from outbox', ['share'], []],
  ['nothing', [], ['link active']],
])('a delivered share, refused: %s', async (refused, entries, links) => {
  const { outbox, database, stored } = await setUp();
  database.refuses = new RegExp(refused);
  outbox.removeDelivered('share', link);
  expect(outbox.list()).toEqual([]);
  database.refuses = undefined;
  expect(stored()).toEqual({ entries, links });
});

test('a delivered share that the disk refused goes there with the next change of the list', async () => {
  const { outbox, links, database, stored } = await setUp();
  database.refuses = /delete from outbox/;
  outbox.removeDelivered('share', link);
  database.refuses = undefined;
  links.update('link', { state: 'revoked' });
  expect(stored()).toEqual({ entries: [], links: ['link revoked'] });
});

test.each([
  ['insert into outbox', ['share']],
  ['delete from outbox', ['share']],
  ['nothing', ['cleanup']],
])('a share that its cleanup replaces, refused: %s', async (refused, entries) => {
  const { outbox, database, stored } = await setUp();
  database.refuses = new RegExp(refused);
  outbox.remove('share', cleanup);
  database.refuses = undefined;
  expect(stored().entries).toEqual(entries);
});

test.each([
  ['insert into outbox ', ['share']],
  ['insert into outbox_events', ['share']],
  ['nothing', ['share', 'cleanup']],
])('a share that goes to another service, refused: %s', async (refused, entries) => {
  const { outbox, database, stored } = await setUp();
  database.refuses = new RegExp(refused);
  outbox.record('share', { event: 'retargeted', service: { ...service, name: 'b' } }, cleanup);
  database.refuses = undefined;
  expect(stored().entries).toEqual(entries);
});

test.each([
  ['update links', ['share', 'revoke'], ['link failed']],
  ['delete from outbox', ['share', 'revoke'], ['link failed']],
  ['nothing', ['share'], ['link revoked']],
])('a revoke that ends, refused: %s', async (refused, entries, links) => {
  const { outbox, links: list, database, stored } = await setUp();
  list.add({ ...link, state: 'failed' });
  const head = { ...cleanup, id: 'revoke', shareId: 'link' };
  await outbox.add(head, new Map());
  const entry = outbox.get('revoke');
  if (entry?.head.type !== 'cleanup') throw new Error('not there');
  database.refuses = new RegExp(refused);
  outbox.removeCleanup({ ...entry, head: entry.head }, 'revoked');
  database.refuses = undefined;
  expect(stored()).toEqual({ entries, links });
});
