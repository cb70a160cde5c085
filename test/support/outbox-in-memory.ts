import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntryStore } from '../../main/outbox/entry-store.ts';
import { AppDatabase } from '../../main/storage/app-database.ts';

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
