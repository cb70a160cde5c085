import { setTimeout as wait } from 'node:timers/promises';
import { errorName, type Log } from './log.ts';
import type { ServerOptions } from './options.ts';
import { createBlobReferences } from './store/blobs/blob-references.ts';
import { openDiskBlobs } from './store/blobs/disk-blobs.ts';
import { createFreeSpaceCheck } from './store/blobs/disk-room.ts';
import { openStore } from './store/open-store.ts';
import { ShareStore } from './store/share-store.ts';
import { Catalog } from './store/sql/catalog.ts';
import type { Database } from './store/sql/database.ts';
import type { PostgresOptions } from './store/sql/postgres-options.ts';
import { openStableClock } from './store/stable-clock.ts';
import { StoreUnavailableError } from './store/store-error.ts';
import { StoreSettings } from './store/store-settings.ts';
import { createOpenCounter } from './store/views.ts';

/** At the start the database is waited for, and asked again, in ms. */
const START_LIMIT_MS = 60_000;
const START_RETRY_MS = 1_000;

/** A closed share can be opened again for so long, in ms. */
const DEFAULT_UNDO_MS = 10_000;

/** PostgreSQL, where that is configured: it is loaded only then. */
async function openDatabase(options: ServerOptions, log: Log): Promise<Database> {
  if (options.database !== undefined) return await openPostgres(options.database, log);
  return await openStore(options.dataDir, (folder) => {
    log({ level: 'error', event: 'store-set-aside', folder });
    options.onStoreSetAside?.(folder);
  });
}

/** After a restart of the whole system the database may come later. */
async function openPostgres(options: PostgresOptions, log: Log): Promise<Database> {
  const { PostgresDatabase } = await import('./store/sql/postgres-database.ts');
  const endMs = performance.now() + START_LIMIT_MS;
  for (;;) {
    try {
      return await PostgresDatabase.open(options);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || performance.now() > endMs) throw error;
      log({ level: 'warn', event: 'database-not-available', cause: errorName(error) });
      await wait(START_RETRY_MS);
    }
  }
}

export type Storage = Awaited<ReturnType<typeof openStorage>>;

/**
 * Opens what is on disk: catalog, contents and counts.
 * @param quotaBytes what all contents may take now
 */
export async function openStorage(options: ServerOptions, log: Log, quotaBytes: () => number) {
  const { dataDir, onOpened, onEnded } = options;
  const database = await openDatabase(options, log);
  const now = (): number => database.now();
  const settings = new StoreSettings(database);
  const room = createFreeSpaceCheck(dataDir);
  const blobs = createBlobReferences(await openDiskBlobs(dataDir, room), new Catalog(database));
  // In the background: it takes a while with many shares, and nothing depends on it.
  const stopping = new AbortController();
  const orphansSwept = blobs.sweep(stopping.signal).then(
    (count) => log({ level: 'info', event: 'orphans-removed', count }),
    (cause: unknown) => log({ level: 'error', event: 'sweep-failed', cause: errorName(cause) }),
  );
  const clock = await openStableClock({
    settings,
    now,
    elapsed: () => performance.now(),
  });
  const store = await ShareStore.open({
    database,
    blobs,
    room,
    quotaBytes,
    now,
    stableNow: clock.now,
    undoMs: options.undoMs ?? DEFAULT_UNDO_MS,
  });
  const views = createOpenCounter({ database, now, events: store.events });
  const stopListening = database.listen({
    changed: (shareId) => store.events.emit('changed', shareId),
    lost: () => log({ level: 'error', event: 'database-away' }),
    missed: () => {
      log({ level: 'info', event: 'database-back' });
      store.events.emit('missed');
    },
  });
  if (onOpened) store.events.on('opened', onOpened);
  if (onEnded) store.events.on('ended', onEnded);

  return {
    database,
    settings,
    store,
    views,
    clock,
    now,
    async close() {
      stopListening();
      stopping.abort();
      await orphansSwept;
      await views.flush().catch(() => undefined);
      await blobs.close();
      await database.close();
    },
  };
}
