import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenFile } from '../../main/items/prepare-items.ts';
import type { LinkifyClient } from '../../main/linkify/model.ts';
import type { RecentLinks } from '../../main/links/recent-links.ts';
import { Delivery } from '../../main/outbox/delivery.ts';
import { Entries } from '../../main/outbox/entries.ts';
import { EntryStore } from '../../main/outbox/entry-store.ts';
import { AppDatabase } from '../../main/storage/app-database.ts';
import type { TargetRef } from '../../main/targets/target-ref.ts';
import { TestTarget, testTargets } from './targets.ts';

/** What outlives the run of an app: its database, and the folder for contents. */
export interface OutboxDisk {
  readonly database: AppDatabase;
  readonly store: EntryStore;
}

/** A disk in memory; nothing is really encrypted. Large contents are below a folder that is never created. */
export function outboxDisk(
  isEncrypted = true,
  database = new AppDatabase({ path: ':memory:' }),
): OutboxDisk {
  const encryption = {
    isAvailable: () => isEncrypted,
    seal: (bytes: Uint8Array) => bytes,
    open: (sealed: Uint8Array) => sealed,
  };
  const folder = join(tmpdir(), `linkify-outbox-${randomUUID()}`);
  return { database, store: new EntryStore({ database, folder, encryption }) };
}

/** The entries as they are now, as another run finds them. */
export async function copyOfDisk({ store }: OutboxDisk): Promise<OutboxDisk> {
  const copy = outboxDisk();
  for (const { id, head, events } of store.load()) {
    await copy.store.add(id, head, new Map());
    for (const event of events) copy.store.append(id, event, false);
  }
  return copy;
}

/** A disk that takes nothing. */
export function fullDisk(): OutboxDisk {
  class FullDatabase extends AppDatabase {
    override run(): void {
      throw new Error('SQLITE_FULL');
    }
  }
  return outboxDisk(true, new FullDatabase({ path: ':memory:' }));
}

export interface TestDelivery {
  readonly delivery: Delivery;
  readonly entries: Entries;
  readonly disk: OutboxDisk;
}

/** Sends shares over a client, with the real outbox on a disk in memory. */
export function testDelivery(needs: {
  readonly client: LinkifyClient;
  readonly kind?: TargetRef['kind'];
  readonly name?: string;
  readonly builtIn?: LinkifyClient;
  readonly links: RecentLinks;
  readonly openFile?: OpenFile;
  readonly now?: () => number;
  readonly disk?: OutboxDisk;
  readonly fallback?: () => 'ask' | 'always' | 'never';
}): TestDelivery {
  const { client, kind = 'built-in', name = 'This computer', links } = needs;
  const disk = needs.disk ?? outboxDisk();
  const entries = new Entries({ store: disk.store, links, onProblem: () => {} });
  const target = new TestTarget(client, { kind, name });
  const here = new TestTarget(needs.builtIn ?? client, { kind: 'built-in', name: 'This computer' });
  let ids = 0;
  const delivery = new Delivery({
    targets: testTargets(target, here),
    entries,
    links,
    openFile:
      needs.openFile ?? (async () => ({ ok: false, fault: { kind: 'unreadable-file', name: '' } })),
    defaultOptions: () => ({ expiresInSeconds: 86_400, graceSeconds: 0 }),
    fallback: needs.fallback ?? (() => 'ask'),
    now: needs.now ?? Date.now,
    newId: () => `entry-${disk.store.load().length}-${++ids}`,
  });
  return { delivery, entries, disk };
}
