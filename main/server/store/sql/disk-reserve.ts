import { rm, stat, unlink, writeFile } from 'node:fs/promises';

/** What SQLite needs to merge its log and to record some hundred revokes. In bytes. */
const RESERVE_BYTES = 4 * 1024 * 1024;

/** Space that is taken while there is some, and given up on a full disk. */
export interface DiskReserve {
  /** Takes the space unless it is taken. Never rejects: a disk that is full has none. */
  fill(): Promise<void>;
  /** Gives the space up; answers whether there was any. */
  release(): Promise<boolean>;
}

/**
 * A file that takes 4 MiB. Without it the metadata could not be opened again after a write that
 * failed for lack of space: no link would open, and nothing could be revoked to make room.
 */
export function createDiskReserve(path: string): DiskReserve {
  return {
    async fill() {
      try {
        const size = await stat(path).then(
          (found) => found.size,
          () => 0,
        );
        if (size < RESERVE_BYTES)
          await writeFile(path, Buffer.alloc(RESERVE_BYTES), { mode: 0o600 });
      } catch {
        await rm(path, { force: true }).catch(() => undefined);
      }
    },
    release: () =>
      unlink(path).then(
        () => true,
        () => false,
      ),
  };
}
