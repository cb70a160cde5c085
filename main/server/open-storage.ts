import { errorName, type Log } from './log.ts';
import type { ServerOptions } from './options.ts';
import { createBlobReferences } from './store/blobs/blob-references.ts';
import { openDiskBlobs } from './store/blobs/disk-blobs.ts';
import { createFreeSpaceCheck } from './store/blobs/disk-room.ts';
import { openStore } from './store/open-store.ts';
import { ShareStore } from './store/share-store.ts';
import { Catalog } from './store/sql/catalog.ts';
import { openStableClock } from './store/stable-clock.ts';
import { StoreSettings } from './store/store-settings.ts';
import { createOpenCounter } from './store/views.ts';

/** A closed share can be opened again for so long, in ms. */
const DEFAULT_UNDO_MS = 10_000;

export type Storage = Awaited<ReturnType<typeof openStorage>>;

/**
 * Opens what is on disk: catalog, contents and counts.
 * @param quotaBytes what all contents may take now
 */
export async function openStorage(options: ServerOptions, log: Log, quotaBytes: () => number) {
  const { dataDir, onOpened, onEnded } = options;
  const database = await openStore(dataDir, (folder) => {
    log({ level: 'error', event: 'store-set-aside', folder });
    options.onStoreSetAside?.(folder);
  });
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
    missed: () => store.events.emit('missed'),
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
