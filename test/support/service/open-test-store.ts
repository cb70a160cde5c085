import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlobReferences } from '../../../main/server/store/blobs/blob-references.ts';
import { openDiskBlobs } from '../../../main/server/store/blobs/disk-blobs.ts';
import { openStore } from '../../../main/server/store/open-store.ts';
import { ShareStore, type ShareStoreOptions } from '../../../main/server/store/share-store.ts';
import { Catalog } from '../../../main/server/store/sql/catalog.ts';
import type { Database } from '../../../main/server/store/sql/database.ts';
import { createOpenCounter } from '../../../main/server/store/views.ts';

/** Calls it so many times, not too many at once: a pool of connections lets others wait for a while only. */
export async function inTurns<T>(
  count: number,
  call: (index: number) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  while (results.length < count) {
    const turn = Array.from({ length: Math.min(50, count - results.length) }, (_, index) =>
      call(results.length + index),
    );
    results.push(...(await Promise.all(turn)));
  }
  return results;
}

export type TestStore = Awaited<ReturnType<typeof openTestStore>>;

export interface TestStoreOptions extends Partial<ShareStoreOptions> {
  readonly dataDir?: string;
}

/**
 * A store without a service. `close` leaves its folder, `end` removes it.
 * @param options `database` in place of SQLite in its folder
 */
export async function openTestStore(options: TestStoreOptions = {}) {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'linkify-store-')));
  const setAside: string[] = [];
  const database: Database =
    options.database ?? (await openStore(dataDir, (folder) => setAside.push(folder)));
  const store = await ShareStore.open({
    blobs: createBlobReferences(await openDiskBlobs(dataDir), new Catalog(database)),
    quotaBytes: () => Number.MAX_SAFE_INTEGER,
    now: () => database.now(),
    undoMs: 10_000,
    ...options,
    database,
  });
  const views = createOpenCounter({
    database,
    now: options.now ?? (() => database.now()),
    events: store.events,
  });
  return {
    dataDir,
    database,
    store,
    views,
    /** Folders that a damaged store was moved into. */
    setAside,
    close: () => database.close(),
    async end() {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
