import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { faultFor } from '../../../../../main/server/api/handle.ts';
import { openDiskBlobs } from '../../../../../main/server/store/blobs/disk-blobs.ts';
import {
  createFreeSpaceCheck,
  type DiskUse,
} from '../../../../../main/server/store/blobs/disk-room.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** A disk of so many bytes, with blocks of 4 KiB. */
const disk = (size: number, free: number): DiskUse => ({
  bsize: 4_096,
  blocks: size / 4_096,
  bavail: free / 4_096,
});

async function blobsOn(use: () => DiskUse) {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-room-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const blobs = await openDiskBlobs(
    folder,
    createFreeSpaceCheck(folder, async () => use()),
  );
  return { blobs, left: async () => (await readdir(join(folder, 'tmp'))).length };
}

test.each([
  ['a large disk keeps 1 GiB', disk(500 * GIB, GIB + 2 * MIB), true],
  ['and takes nothing that would go below it', disk(500 * GIB, GIB + MIB / 2), false],
  ['a small disk keeps a twentieth', disk(GIB, 60 * MIB), true],
  ['and no less', disk(GIB, 51 * MIB), false],
  ['a full disk takes nothing', disk(500 * GIB, 0), false],
])('%s', async (_what, use, takes) => {
  const { blobs, left } = await blobsOn(() => use);
  const content = new Uint8Array(MIB);
  if (takes) await expect(blobs.put(content)).resolves.toMatchObject({ sizeBytes: MIB });
  else await expect(blobs.put(content)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(await left()).toBe(0);
});

test('a long upload ends when the disk fills meanwhile, leaves nothing, and is told as 507', async () => {
  let looks = 0;
  const { blobs, left } = await blobsOn(() => disk(500 * GIB, ++looks < 3 ? 9 * GIB : GIB));
  let sent = 0;
  const endless = Readable.from(
    (async function* () {
      for (;;) {
        sent += MIB;
        yield new Uint8Array(MIB);
      }
    })(),
  );
  const failure = await blobs.put(endless).catch((error: unknown) => error);
  expect(faultFor(failure).status).toBe(507);
  expect(sent).toBeGreaterThan(64 * MIB);
  expect(sent).toBeLessThan(400 * MIB);
  expect(await left()).toBe(0);
});
