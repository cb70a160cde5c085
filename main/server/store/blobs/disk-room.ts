import { statfs as systemStatfs } from 'node:fs/promises';

/** What is left of a disk to everything else: 1 GiB, of a small disk one part in twenty. In bytes. */
const RESERVED_BYTES = 1024 ** 3;
const RESERVED_FRACTION = 0.05;

/** After so much the disk is looked at again, for others write to it too. In bytes. */
const CHECK_EVERY_BYTES = 64 * 1024 * 1024;

/** For small contents, of which there can be thousands a second, the disk is asked this rarely, in ms. */
const RECORD_CHECK_MS = 1_000;

/** The part of `statfs` that counts, in blocks of `bsize` bytes. */
export type DiskUse = Readonly<Record<'bsize' | 'blocks' | 'bavail', number>>;

/** Would leave the disk with less than it should have. Treated as the system's own "no space". */
export class DiskAlmostFullError extends Error {
  override readonly name = 'DiskAlmostFullError';
  readonly code = 'ENOSPC';
}

export interface FreeSpaceCheck {
  /** Before one content is written: asked for each piece of it. @throws DiskAlmostFullError */
  forContent(): (bytes: number) => Promise<void>;
  /** Before a small content is written beside the metadata. @throws DiskAlmostFullError */
  forRecord(bytes: number): Promise<void>;
}

/** Sees to it that contents never fill a disk, whatever the quota says. */
export function createFreeSpaceCheck(
  folder: string,
  statfs: (folder: string) => Promise<DiskUse> = systemStatfs,
): FreeSpaceCheck {
  /** What contents may still take, in bytes. */
  let roomBytes = 0;
  let checkedAtMs = Number.NEGATIVE_INFINITY;

  async function check(): Promise<void> {
    const { bsize, blocks, bavail } = await statfs(folder);
    roomBytes = bavail * bsize - Math.min(RESERVED_BYTES, blocks * bsize * RESERVED_FRACTION);
    checkedAtMs = performance.now();
  }

  function take(bytes: number): void {
    if (bytes > roomBytes) throw new DiskAlmostFullError('the disk is almost full');
  }

  return {
    forContent() {
      let coming = CHECK_EVERY_BYTES;
      return async (bytes) => {
        coming += bytes;
        if (coming < CHECK_EVERY_BYTES) return;
        coming = 0;
        await check();
        take(bytes);
      };
    },
    async forRecord(bytes) {
      if (performance.now() - checkedAtMs > RECORD_CHECK_MS) await check();
      take(bytes);
      roomBytes -= bytes;
    },
  };
}
