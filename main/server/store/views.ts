import type { EventEmitter } from 'node:events';
import type { OpenStats, ShareEvents } from './model.ts';
import { isActive } from './share-life.ts';
import { Catalog } from './sql/catalog.ts';
import { CatalogChanges } from './sql/catalog-changes.ts';
import type { Database } from './sql/database.ts';

/** Counts are written this long after they change, in ms: losing one to a crash harms nobody. */
const WRITE_MS = 5_000;

/** Counts of so many shares are written in one transaction: their rows are locked meanwhile. */
const WRITTEN_AT_ONCE = 500;

/** What a client requests within this time after an open with a maximum belongs to it, in ms. */
export const VISIT_MS = 10 * 60 * 1_000;

export interface OpenCounter {
  add(shareId: string): void;
  /**
   * Counts an open of a share with a maximum; on disk before this resolves. The last one closes the
   * share to everyone else, and it ends once that visit is over.
   * @returns whether it was counted: otherwise the share has ended or is closed, or was opened as
   *   often before it got its maximum
   */
  countLimited(shareId: string): Promise<boolean>;
  of(shareId: string): Promise<OpenStats>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

function sum(before: Required<OpenStats>, after: Required<OpenStats>): Required<OpenStats> {
  const { firstAtMs } = before;
  return { count: before.count + after.count, firstAtMs, lastAtMs: after.lastAtMs };
}

interface OpenCounterOptions {
  readonly database: Database;
  readonly now: () => number;
  /** Of the store: `opened` is emitted there. */
  readonly events: EventEmitter<ShareEvents>;
}

/** How often each share was opened. */
export function createOpenCounter({ database, now, events }: OpenCounterOptions): OpenCounter {
  const catalog = new Catalog(database);
  const unsaved = new Map<string, Required<OpenStats>>();
  let timer: NodeJS.Timeout | undefined;

  async function of(shareId: string): Promise<OpenStats> {
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
    try {
      while (due.length > 0) {
        const opens = new Map(due.slice(-WRITTEN_AT_ONCE));
        await database.transaction((sql) => new CatalogChanges(sql).addViews(opens));
        due.splice(-opens.size);
      }
    } catch (error) {
      for (const [shareId, views] of due) {
        const since = unsaved.get(shareId);
        unsaved.set(shareId, since === undefined ? views : sum(views, since));
      }
      flushLater();
      throw error;
    }
  }

  function flushLater(): void {
    timer ??= setTimeout(() => void flush().catch(() => undefined), WRITE_MS).unref();
  }

  return {
    add(shareId) {
      const before = unsaved.get(shareId);
      const lastAtMs = now();
      const firstAtMs = before?.firstAtMs ?? lastAtMs;
      unsaved.set(shareId, { count: (before?.count ?? 0) + 1, lastAtMs, firstAtMs });
      flushLater();
      events.emit('counted');
      if (events.listenerCount('opened') === 0) return;
      of(shareId).then(
        ({ count }) => events.emit('opened', { shareId, count, lastAtMs }),
        () => undefined,
      );
    },
    async countLimited(shareId) {
      // Opens from before it had a maximum.
      if (unsaved.has(shareId)) await flush();
      const lastAtMs = now();
      const closed = { fromMs: lastAtMs, untilMs: lastAtMs + VISIT_MS, how: 'used-up' } as const;
      const counted = await database.transaction(async (sql) => {
        const catalog = new CatalogChanges(sql);
        const share = await catalog.lockedShare(shareId);
        if (share === undefined || !isActive(share, lastAtMs)) return undefined;
        const { maxOpens = Number.POSITIVE_INFINITY } = share.options;
        const before = (await catalog.views(shareId)).count;
        const isCounted = before < maxOpens;
        const count = isCounted ? before + 1 : before;
        const opened = new Map([[shareId, { count: 1, firstAtMs: lastAtMs, lastAtMs }]]);
        if (isCounted) await catalog.addViews(opened);
        const isLast = count >= maxOpens;
        if (isLast) await catalog.updateShare({ ...share, closed });
        return { count, isCounted, isLast };
      });
      if (counted === undefined) return false;
      const { count, isCounted, isLast } = counted;
      if (isCounted) events.emit('counted');
      if (isLast) {
        events.emit('changed', shareId);
        events.emit('due', closed.untilMs);
      }
      const last = isLast ? { closedUntilMs: closed.untilMs } : {};
      events.emit('opened', { shareId, count, lastAtMs, ...last });
      return isCounted;
    },
    of,
    flush,
  };
}
