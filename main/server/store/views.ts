import type { Records } from './records.ts';

/** Counts are written this long after they change, in ms: losing one to a crash harms nobody. */
const WRITE_MS = 5_000;

/** How often a share was opened, and when first and last, in ms since 1970. */
export interface Views {
  readonly count: number;
  readonly lastAtMs?: number;
  /** Absent also where only the last one was kept, as at first. */
  readonly firstAtMs?: number;
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
    return since === undefined ? before : sum(before, since);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const due = [...fresh];
    fresh.clear();
    const changes = await Promise.all(
      due.map(async ([id, views]) => ({
        put: key(id),
        value: textOf(sum(await stored(id), views)),
      })),
    );
    if (changes.length > 0) await records.write(changes);
  }

  return {
    add(shareId) {
      const before = fresh.get(shareId);
      const lastAtMs = now();
      const firstAtMs = before?.firstAtMs ?? lastAtMs;
      fresh.set(shareId, { count: (before?.count ?? 0) + 1, lastAtMs, firstAtMs });
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

function sum(before: Views, since: Required<Views>): Views {
  const firstAtMs = before.count === 0 ? since.firstAtMs : before.firstAtMs;
  return {
    count: before.count + since.count,
    lastAtMs: since.lastAtMs,
    ...(firstAtMs === undefined ? {} : { firstAtMs }),
  };
}

/** Count, last and first: "3 1790000000000 1780000000000". Older ones lack the first, or both. */
function textOf({ count, lastAtMs, firstAtMs }: Views): string {
  return [count, lastAtMs, firstAtMs].filter((part) => part !== undefined).join(' ');
}

function parse(text: string | undefined): Views {
  const [count, lastAtMs, firstAtMs] = (text ?? '0').split(' ').map(Number);
  return {
    count: count ?? 0,
    ...(lastAtMs === undefined ? {} : { lastAtMs }),
    ...(firstAtMs === undefined ? {} : { firstAtMs }),
  };
}
