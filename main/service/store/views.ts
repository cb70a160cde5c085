import type { Records } from './records.ts';

/** Counts are written this long after they change, in ms: losing one to a crash harms nobody. */
const WRITE_MS = 5_000;

/** How often a share was opened, and when last, in ms since 1970. */
export interface Views {
  readonly count: number;
  readonly lastAtMs?: number;
}

export interface ViewCounts {
  add(shareId: string): void;
  of(shareId: string): Promise<Views>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

export interface ViewCountsNeeds {
  readonly records: Records;
  readonly now: () => number;
  /** Told of each time that a share is opened. */
  readonly onView?: (shareId: string, views: Views) => void;
}

/** How often each share was opened. */
export function createViewCounts({ records, now, onView }: ViewCountsNeeds): ViewCounts {
  const fresh = new Map<string, Required<Views>>();
  let timer: NodeJS.Timeout | undefined;

  const key = (shareId: string): string => `v!${shareId}`;
  const stored = async (shareId: string): Promise<Views> => parse(await records.get(key(shareId)));

  async function of(shareId: string): Promise<Views> {
    const before = await stored(shareId);
    const since = fresh.get(shareId);
    return since === undefined ? before : { ...since, count: before.count + since.count };
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const due = [...fresh];
    fresh.clear();
    const changes = await Promise.all(
      due.map(async ([id, { count, lastAtMs }]) => ({
        put: key(id),
        value: `${(await stored(id)).count + count} ${lastAtMs}`,
      })),
    );
    if (changes.length > 0) await records.write(changes);
  }

  return {
    add(shareId) {
      const count = (fresh.get(shareId)?.count ?? 0) + 1;
      fresh.set(shareId, { count, lastAtMs: now() });
      timer ??= setTimeout(() => void flush().catch(() => undefined), WRITE_MS).unref();
      if (onView === undefined) return;
      of(shareId).then(
        (views) => onView(shareId, views),
        () => undefined,
      );
    },
    of,
    flush,
  };
}

/** "3 1790000000000", or the count alone, as it was written at first. */
function parse(text: string | undefined): Views {
  const [count, lastAtMs] = (text ?? '0').split(' ').map(Number);
  return { count: count ?? 0, ...(lastAtMs === undefined ? {} : { lastAtMs }) };
}
