import { setTimeout as wait } from 'node:timers/promises';
import type { Counts } from './counts.ts';
import { errorName, type Log } from './log.ts';
import type { ServerOptions } from './options.ts';
import { type BlobReferences, createBlobReferences } from './store/blobs/blob-references.ts';
import { type Blobs, BlobsUnavailableError } from './store/blobs/blobs.ts';
import { openDiskBlobs } from './store/blobs/disk-blobs.ts';
import { createFreeSpaceCheck } from './store/blobs/disk-room.ts';
import { measuredBlobs } from './store/blobs/measured-blobs.ts';
import { isPlainOverNetwork, type S3Location } from './store/blobs/s3-location.ts';
import { measuredDatabase } from './store/measured-database.ts';
import { openStore } from './store/open-store.ts';
import { ShareStore } from './store/share-store.ts';
import { Catalog } from './store/sql/catalog.ts';
import type { Database } from './store/sql/database.ts';
import type { PostgresOptions } from './store/sql/postgres-options.ts';
import { openStableClock } from './store/stable-clock.ts';
import { StoreUnavailableError } from './store/store-error.ts';
import { installationIn, StoreSettings } from './store/store-settings.ts';
import { Users } from './store/users.ts';
import { createOpenCounter } from './store/views.ts';

/** At the start the database is waited for, and asked again, in ms. */
const START_LIMIT_MS = 60_000;
const START_RETRY_MS = 1_000;

/** Where other processes write, too, orphans are looked for this often, in ms. */
const SWEEP_MS = 24 * 60 * 60 * 1_000;

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
 * @param uses.quotaBytes what all contents may take now
 */
export async function openStorage(
  options: ServerOptions,
  {
    counts,
    log,
    quotaBytes,
  }: { readonly counts: Counts; readonly log: Log; readonly quotaBytes: () => number },
) {
  const { dataDir, onOpened, onEnded } = options;
  const database = measuredDatabase(await openDatabase(options, log), counts);
  const now = (): number => database.now();
  const settings = new StoreSettings(database);
  const room = createFreeSpaceCheck(dataDir);
  const engine =
    options.blobs === undefined
      ? await openDiskBlobs(dataDir, room)
      : await openS3Blobs(options.blobs, settings, log).catch(async (error: unknown) => {
          await database.close();
          throw error;
        });
  const blobs = createBlobReferences(measuredBlobs(engine, counts), new Catalog(database));
  const stopSweeping = sweepOrphans(blobs, engine.sweepDelayMs > 0, log);
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
  const users = new Users(database);
  const views = createOpenCounter({ database, now, events: store.events });
  const stopListening = database.listen({
    changed: (shareId) => store.events.emit('changed', shareId),
    lost: () => log({ level: 'error', event: 'database-away' }),
    missed: () => {
      log({ level: 'info', event: 'database-back' });
      store.events.emit('missed');
    },
  });
  store.events.on('created', () => {
    counts.sharesCreated++;
  });
  store.events.on('counted', () => {
    counts.opens++;
  });
  store.events.on('ended', ({ how }) => {
    counts.sharesEnded[how]++;
  });
  if (onOpened) store.events.on('opened', onOpened);
  if (onEnded) store.events.on('ended', onEnded);

  return {
    database,
    settings,
    store,
    users,
    views,
    clock,
    now,
    async close() {
      stopListening();
      await stopSweeping();
      await views.flush().catch(() => undefined);
      await blobs.close();
      await database.close();
    },
  };
}

/**
 * Opens the contents in a bucket. The S3 client is loaded only here. A server that is away doesn't
 * hold up the start: small contents don't need it.
 * @throws ForeignBucketError
 */
async function openS3Blobs(
  location: S3Location,
  settings: StoreSettings,
  log: Log,
): Promise<Blobs> {
  const { S3Blobs } = await import('./store/blobs/s3-blobs.ts');
  if (isPlainOverNetwork(location)) log({ level: 'warn', event: 'blobs-not-encrypted' });
  const blobs = new S3Blobs(location, { installation: await installationIn(settings) });
  await blobs.own().catch((error: unknown) => {
    if (!(error instanceof BlobsUnavailableError)) throw error;
    log({ level: 'error', event: 'blobs-unavailable', cause: errorName(error) });
  });
  return blobs;
}

/**
 * Removes contents that nothing needs in the background: it takes a while with many shares, and
 * nothing depends on it.
 * @param isRepeated whether other processes may leave some at any time
 * @returns how to stop
 */
function sweepOrphans(blobs: BlobReferences, isRepeated: boolean, log: Log): () => Promise<void> {
  const stopping = new AbortController();
  const sweep = (): Promise<void> =>
    blobs.sweep(stopping.signal).then(
      (count) => log({ level: 'info', event: 'orphans-removed', count }),
      (cause: unknown) => log({ level: 'error', event: 'sweep-failed', cause: errorName(cause) }),
    );
  let sweeping = sweep();
  const timer = isRepeated
    ? setInterval(() => {
        sweeping = sweeping.then(sweep);
      }, SWEEP_MS).unref()
    : undefined;
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await sweeping;
  };
}
