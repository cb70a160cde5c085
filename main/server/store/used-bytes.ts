import { keys } from './keys.ts';
import type { Change, Records } from './records.ts';
import { StoreError } from './store-error.ts';

/** What all contents take together, kept with the metadata. In bytes. */
export interface UsedBytes {
  bytes(): number;
  /** Whether so much more is within the quota. */
  fits(bytes: number): boolean;
  /** @throws StoreError when so much more would be over the quota */
  refuseWhenFull(bytes: number): void;
  /** Writes changes that take so much more, or less; when that fails, nothing was used after all. */
  write(bytes: number, changes: readonly Change[], forget?: readonly string[]): Promise<void>;
}

export async function createUsedBytes(
  records: Records,
  quotaBytes: () => number,
): Promise<UsedBytes> {
  let used = Number((await records.get(keys.setting('used-bytes'))) ?? 0);

  function count(bytes: number): Change {
    used = Math.max(0, used + bytes);
    return { put: keys.setting('used-bytes'), value: String(used) };
  }

  const fits = (bytes: number): boolean => used + bytes <= quotaBytes();

  return {
    bytes: () => used,
    fits,
    refuseWhenFull(bytes) {
      if (fits(bytes)) return;
      throw new StoreError({ kind: 'full', usedBytes: used, quotaBytes: quotaBytes() });
    },
    async write(bytes, changes, forget = []) {
      try {
        await records.write([...changes, count(bytes)], forget);
      } catch (error) {
        count(-bytes);
        throw error;
      }
    },
  };
}
