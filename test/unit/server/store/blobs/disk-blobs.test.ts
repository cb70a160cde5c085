import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Blobs } from '../../../../../main/server/store/blobs/blobs.ts';
import { openDiskBlobs } from '../../../../../main/server/store/blobs/disk-blobs.ts';

let folder: string;
let blobs: Blobs;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linkify-blobs-'));
  blobs = await openDiskBlobs(folder);
});
afterAll(() => rm(folder, { recursive: true }));

async function* inChunks(content: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (const size of sizes) {
    yield content.subarray(at, at + size);
    at += size;
  }
}

async function read(sha256: string, range?: { start: number; end: number }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await blobs.open(sha256, range)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('a stream is stored as it came, in chunks of whatever size, and read whole or in part', async () => {
  const sizes = fc.array(fc.oneof(fc.nat(70_000), fc.constantFrom(0, 1, 1_048_576)), {
    minLength: 1,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (sizes, from, length) => {
      const content = randomBytes(sizes.reduce((sum, size) => sum + size, 0));
      const { sha256, sizeBytes } = await blobs.put(inChunks(content, sizes));
      expect(sizeBytes).toBe(content.length);
      expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
      expect((await read(sha256)).equals(content)).toBe(true);
      if (content.length === 0) return;
      const start = from % content.length;
      const end = Math.min(content.length - 1, start + length);
      const part = await read(sha256, { start, end });
      expect(part.equals(content.subarray(start, end + 1))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('a stream that breaks off leaves nothing', async () => {
  const before = await readdir(join(folder, 'blobs'), { recursive: true });
  async function* broken() {
    yield randomBytes(3_000_000);
    throw new Error('the client has left');
  }
  await expect(blobs.put(broken())).rejects.toThrow('the client has left');
  expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  expect(await readdir(join(folder, 'blobs'), { recursive: true })).toEqual(before);
});
