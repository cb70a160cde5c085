import type { TargetRef } from '../targets/target-ref.ts';
import { assetIdsOf, type Entry } from './entry.ts';
import type { Outbox } from './outbox.ts';

export interface RemoteCleanupOptions {
  readonly outbox: Pick<Outbox, 'add' | 'record'>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** What is to be deleted on a service. */
export interface Cleanup {
  readonly service: TargetRef;
  /** Describes the share, for messages. */
  readonly what: string;
  readonly shareId?: string;
  readonly assetIds: readonly string[];
  /** When a link over the assets was requested whose response never came, in ms since 1970. */
  readonly linkRequestedAtMs?: number;
}

export interface RemoteCleanup {
  /** @returns false when it could not be stored */
  add(cleanup: Cleanup): Promise<boolean>;
  /**
   * Stores a cleanup of what an entry created, or may have created, on its service. The cleanup is
   * not started before `release` returns: until then the assets belong to a share that is still sent.
   * @param release after it the entry owns none of its assets any more
   */
  addFor(entry: Entry, release: () => void): Promise<void>;
}

export function createRemoteCleanup({ outbox, now, newId }: RemoteCleanupOptions): RemoteCleanup {
  const store = (
    id: string,
    { assetIds, ...cleanup }: Cleanup,
    state: 'pending' | 'sending',
  ): Promise<boolean> =>
    outbox.add(
      {
        type: 'cleanup',
        version: 1,
        id,
        createdAtMs: now(),
        ...cleanup,
        assetIds: [...assetIds],
      },
      new Map(),
      state,
    );
  return {
    add: (cleanup) => store(newId(), cleanup, 'pending'),
    async addFor(entry, release) {
      if (entry.assets.size === 0 || entry.head.type !== 'share') {
        release();
        return;
      }
      const { linkRequestedAtMs, service } = entry;
      const id = newId();
      const cleanup = {
        service,
        what: entry.head.what,
        assetIds: assetIdsOf(entry),
        ...(linkRequestedAtMs === undefined ? {} : { linkRequestedAtMs }),
      };
      await store(id, cleanup, 'sending');
      release();
      outbox.record(id, { event: 'attempt-ended' });
    },
  };
}
