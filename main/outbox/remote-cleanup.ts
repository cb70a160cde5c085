import { assetIdsOf, type Entry } from './entry.ts';
import type { Flights } from './in-flight.ts';
import type { Outbox } from './outbox.ts';
import type { PinnedService } from './schema.ts';

export interface TakeBackNeeds {
  readonly outbox: Pick<Outbox, 'add' | 'touch'>;
  readonly flights: Flights;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** What is to be taken back on a service. */
export interface ToTakeBack {
  readonly service: PinnedService;
  readonly what: string;
  readonly shareId?: string;
  readonly assetIds: readonly string[];
  /** When a link over the assets was asked for whose answer never came, in ms since 1970. */
  readonly linkingAtMs?: number;
}

export interface TakeBack {
  /** Queues it; false when it cannot be kept. */
  queue(what: ToTakeBack): Promise<boolean>;
  /**
   * Queues what an entry made, or may have made, on the service that it was meant for, and lets it
   * go: until then nothing is taken back, for it would be of a share that still goes out.
   * @param letGo after it the entry owns none of its assets any more
   */
  leaveNothing(entry: Entry, letGo: () => void): Promise<void>;
}

export function createTakeBack({ outbox, flights, now, newId }: TakeBackNeeds): TakeBack {
  const queueAs = (id: string, { assetIds, ...what }: ToTakeBack): Promise<boolean> =>
    outbox.add(
      {
        type: 'undo',
        version: 1,
        id,
        createdAtMs: now(),
        ...what,
        assetIds: [...assetIds],
      },
      new Map(),
      true,
    );
  return {
    queue: (what) => queueAs(newId(), what),
    async leaveNothing(entry, letGo) {
      if (entry.assets.size === 0 || entry.head.type !== 'share') {
        letGo();
        return;
      }
      const { linkingAtMs, service } = entry;
      const id = newId();
      flights.begin(id);
      try {
        await queueAs(id, {
          service,
          what: entry.head.what,
          assetIds: assetIdsOf(entry),
          ...(linkingAtMs === undefined ? {} : { linkingAtMs }),
        });
        letGo();
      } finally {
        flights.end(id);
        outbox.touch();
      }
    },
  };
}
