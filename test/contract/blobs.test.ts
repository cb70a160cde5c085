import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Blobs } from '../../main/server/store/blobs/blobs.ts';
import { openDiskBlobs } from '../../main/server/store/blobs/disk-blobs.ts';
import { S3Blobs } from '../../main/server/store/blobs/s3-blobs.ts';
import { cephForTests, newInstallation } from '../support/service/ceph-for-tests.ts';
import { listKeys } from '../support/service/judge.ts';

/** What both stores of contents do. */

const ceph = await cephForTests();
const PART = 5 * 1024 * 1024;

interface Engine {
  readonly blobs: Blobs;
  /** Whatever is stored, unfinished uploads included. */
  stored(): Promise<readonly string[]>;
  end(): Promise<void>;
}

async function onDisk(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-blobs-'));
  const files = async (name: string) =>
    (await readdir(join(folder, name), { recursive: true })).filter((path) => path.length > 2);
  return {
    blobs: await openDiskBlobs(folder),
    stored: async () => [...(await files('blobs')), ...(await files('tmp'))],
    end: () => rm(folder, { recursive: true }),
  };
}

async function onS3(): Promise<Engine> {
  if (ceph.kind === 'missing') throw new Error(ceph.reason);
  const { location, judge } = await ceph.newBucket();
  return {
    blobs: new S3Blobs(location, { installation: newInstallation(), sparedMs: 0 }),
    stored: () => listKeys(judge, location.bucket, 'team/blobs/'),
    async end() {},
  };
}

describe.each([
  ['disk', onDisk],
  [`S3${ceph.kind === 'missing' ? ` (${ceph.reason})` : ''}`, onS3],
] as const)('%s', (name, open) => {
  const isSkipped = name.startsWith('S3') && ceph.kind === 'missing';
  let engine: Engine;
  let blobs: Blobs;
  beforeAll(async () => {
    if (isSkipped) return;
    engine = await open();
    blobs = engine.blobs;
  });
  afterAll(() => engine?.end());

  async function* inChunks(content: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
    let at = 0;
    for (const size of sizes) {
      yield content.subarray(at, at + size);
      at += size;
    }
  }

  async function read(key: string, range?: { start: number; end: number }): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of await blobs.open(key, range)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function keys(): Promise<readonly string[]> {
    const all: string[] = [];
    for await (const key of blobs.list()) all.push(key);
    return all;
  }

  test.skipIf(isSkipped)(
    'a stream is stored as it came, in chunks of whatever size, and read whole or in part',
    async () => {
      const sizes = fc.array(fc.oneof(fc.nat(70_000), fc.constantFrom(0, 1, 1_048_576, PART)), {
        minLength: 1,
        maxLength: 12,
      });
      await fc.assert(
        fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (sizes, from, length) => {
          const content = randomBytes(sizes.reduce((sum, size) => sum + size, 0));
          const { key, sizeBytes } = await blobs.put(inChunks(content, sizes));
          expect(sizeBytes).toBe(content.length);
          expect((await read(key)).equals(content)).toBe(true);
          if (content.length === 0) return;
          const start = from % content.length;
          const end = Math.min(content.length - 1, start + length);
          const part = await read(key, { start, end });
          expect(part.equals(content.subarray(start, end + 1))).toBe(true);
        }),
        { numRuns: 20 },
      );
    },
  );

  test.skipIf(isSkipped).each([0, 1, PART - 1, PART, PART + 1, 2 * PART])(
    'bytes at the border of a part are stored: %i',
    async (size) => {
      const content = randomBytes(size);
      const { key } = await blobs.put(content);
      expect((await read(key)).equals(content)).toBe(true);
    },
  );

  test.skipIf(isSkipped).each([1_000, PART + 1_000, 3 * PART])(
    'a stream that breaks off after %i bytes leaves nothing',
    async (size) => {
      const before = await engine.stored();
      async function* broken() {
        yield randomBytes(size);
        throw new Error('the client has left');
      }
      await expect(blobs.put(broken())).rejects.toThrow('the client has left');
      expect(await engine.stored()).toEqual(before);
    },
  );

  test.skipIf(isSkipped)('the key is claimed before there is a blob of this name', async () => {
    let claimed = '';
    const { key } = await blobs.put(randomBytes(100), async (key) => {
      claimed = key;
      await expect(blobs.open(key)).rejects.toMatchObject({ code: 'ENOENT' });
    });
    expect(claimed).toBe(key);
  });

  test.skipIf(isSkipped)('a blob that was removed is gone, also a second time', async () => {
    const { key } = await blobs.put(randomBytes(PART + 1));
    // The server's clock is told in whole seconds.
    await expect.poll(keys).toContain(key);
    await blobs.remove(key);
    await blobs.remove(key);
    await expect(blobs.open(key)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await keys()).not.toContain(key);
  });

  test.skipIf(isSkipped)('a reader that stops early holds up nothing', async () => {
    const { key } = await blobs.put(randomBytes(3 * PART));
    const stream = await blobs.open(key);
    for await (const _ of stream) break;
    expect(stream.destroyed).toBe(true);
    expect((await read(key)).length).toBe(3 * PART);
  });
});
