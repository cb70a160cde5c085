import type { Records } from './records.ts';

/** Counts are written this long after they change, in ms: losing one to a crash harms nobody. */
const WRITE_MS = 5_000;

export interface ViewCounts {
  add(shareId: string): void;
  of(shareId: string): Promise<number>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

/** How often each share was opened. */
export function createViewCounts(records: Records): ViewCounts {
  const fresh = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  const key = (shareId: string): string => `v!${shareId}`;
  const stored = async (shareId: string) => Number((await records.get(key(shareId))) ?? 0);

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const due = [...fresh];
    fresh.clear();
    const changes = await Promise.all(
      due.map(async ([id, count]) => ({ put: key(id), value: String((await stored(id)) + count) })),
    );
    if (changes.length > 0) await records.write(changes);
  }

  return {
    add(shareId) {
      fresh.set(shareId, (fresh.get(shareId) ?? 0) + 1);
      timer ??= setTimeout(() => void flush().catch(() => undefined), WRITE_MS).unref();
    },
    of: async (shareId) => (await stored(shareId)) + (fresh.get(shareId) ?? 0),
    flush,
  };
}
