import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Counts } from '../../../../../main/server/counts.ts';
import { type Blobs, BlobsUnavailableError } from '../../../../../main/server/store/blobs/blobs.ts';
import { openDiskBlobs } from '../../../../../main/server/store/blobs/disk-blobs.ts';
import { createFreeSpaceCheck } from '../../../../../main/server/store/blobs/disk-room.ts';
import { measuredBlobs } from '../../../../../main/server/store/blobs/measured-blobs.ts';

let folder = '';
let disk: Blobs;
let counts: Counts;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linkify-measured-'));
  disk = await openDiskBlobs(folder, createFreeSpaceCheck(folder));
  counts = new Counts();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a client that leaves, and a content that is gone, aren't errors of the store", async () => {
  const blobs = measuredBlobs(disk, counts);
  async function* leaving(): AsyncIterable<Uint8Array> {
    yield new Uint8Array(10);
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  }
  await expect(blobs.put(leaving())).rejects.toThrow('aborted');
  await expect(blobs.open('0'.repeat(64))).rejects.toThrow();
  expect(counts.blobs.put.errors).toBe(0);
  expect(counts.blobs.open.errors).toBe(0);
  expect(counts.blobs.open.durations.read().buckets.at(-1)?.count).toBe(1);
});

test('a store that is away, and a disk that fails, are errors', async () => {
  const { key } = await disk.put(new Uint8Array(10));
  const away = measuredBlobs(
    { ...disk, put: () => Promise.reject(new BlobsUnavailableError('ECONNREFUSED')) },
    counts,
  );
  await expect(away.put(new Uint8Array(1))).rejects.toThrow();
  expect(counts.blobs.put.errors).toBe(1);
  const failing = Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'open' });
  const broken = measuredBlobs({ ...disk, open: () => Promise.reject(failing) }, counts);
  await expect(broken.open(key)).rejects.toThrow('EIO');
  expect(counts.blobs.open.errors).toBe(1);
});
