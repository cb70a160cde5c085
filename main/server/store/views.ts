import type { EventEmitter } from 'node:events';
import type { ShareEvents, Views } from './model.ts';
import { Catalog } from './sql/catalog.ts';
import type { Database } from './sql/database.ts';

/** Counts are written this long after they change, in ms: losing one to a crash harms nobody. */
const WRITE_MS = 5_000;

export interface ViewCounts {
  add(shareId: string): void;
  of(shareId: string): Promise<Views>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

interface ViewCountsOptions {
  readonly database: Database;
  readonly now: () => number;
  /** Of the store: `opened` is emitted there. */
  readonly events: EventEmitter<ShareEvents>;
}

/** How often each share was opened. */
export function createViewCounts({ database, now, events }: ViewCountsOptions): ViewCounts {
  const catalog = new Catalog(database);
  const unsaved = new Map<string, Required<Views>>();
  let timer: NodeJS.Timeout | undefined;

  async function of(shareId: string): Promise<Views> {
    const saved = await catalog.views(shareId);
    const since = unsaved.get(shareId);
    if (since === undefined) return saved;
    return {
      count: saved.count + since.count,
      firstAtMs: saved.firstAtMs ?? since.firstAtMs,
      lastAtMs: since.lastAtMs,
    };
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (unsaved.size === 0) return;
    const due = [...unsaved];
    unsaved.clear();
    await database.transaction(async (sql) => {
      const catalog = new Catalog(sql);
      for (const [shareId, views] of due) await catalog.addViews(shareId, views);
    });
  }

  return {
    add(shareId) {
      const before = unsaved.get(shareId);
      const lastAtMs = now();
      const firstAtMs = before?.firstAtMs ?? lastAtMs;
      unsaved.set(shareId, { count: (before?.count ?? 0) + 1, lastAtMs, firstAtMs });
      timer ??= setTimeout(() => void flush().catch(() => undefined), WRITE_MS).unref();
      if (events.listenerCount('opened') === 0) return;
      of(shareId).then(
        ({ count }) => events.emit('opened', { shareId, count, lastAtMs }),
        () => undefined,
      );
    },
    of,
    flush,
  };
}
