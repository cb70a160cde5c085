import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createBlobReferences } from '../../main/server/store/blobs/blob-references.ts';
import { ForeignBucketError, S3Blobs } from '../../main/server/store/blobs/s3-blobs.ts';
import type { S3Location } from '../../main/server/store/blobs/s3-location.ts';
import { openStore } from '../../main/server/store/open-store.ts';
import { Catalog } from '../../main/server/store/sql/catalog.ts';
import { StoreUnavailableError } from '../../main/server/store/store-error.ts';
import type { TestBucket } from '../support/service/buckets.ts';
import { cephForTests, newInstallation } from '../support/service/ceph-for-tests.ts';
import { listKeys } from '../support/service/judge.ts';
import { LoopbackProxy } from '../support/service/loopback-proxy.ts';

/** Contents in a bucket of a real server, with Amazon's own client as the judge. */

const ceph = await cephForTests();
const PART = 5 * 1024 * 1024;

describe.skipIf(ceph.kind === 'missing')(
  `contents on S3${ceph.kind === 'missing' ? ` (${ceph.reason})` : ''}`,
  () => {
    let bucket: TestBucket;
    let proxy: LoopbackProxy;
    let location: S3Location;
    /** Over a network that fails when it is told to. */
    let blobs: S3Blobs;
    beforeEach(async () => {
      if (ceph.kind === 'missing') return;
      bucket = await ceph.newBucket();
      proxy = await LoopbackProxy.start(Number(new URL(bucket.location.endpoint).port));
      location = { ...bucket.location, endpoint: `http://127.0.0.1:${proxy.port}` };
      blobs = openBlobs();
    });
    afterEach(() => proxy?.end());

    function openBlobs(options: { sparedMs?: number; unfinishedMs?: number } = {}): S3Blobs {
      return new S3Blobs(location, {
        installation: 'installation-1',
        sweepDelayMs: 1,
        ...options,
      });
    }

    const stored = () => listKeys(bucket.judge, location.bucket, 'team/blobs/');

    test.each([100, PART, 2 * PART + 7])(
      'what we write, the judge reads: %i bytes',
      async (size) => {
        const content = randomBytes(size);
        const { key } = await blobs.put(content);
        const { Body } = await bucket.judge.send(
          new GetObjectCommand({ Bucket: location.bucket, Key: `team/blobs/${key}` }),
        );
        expect(content.equals((await Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true);
      },
    );

    test('what the judge writes, we read, whole and in part', async () => {
      const key = randomBytes(16).toString('hex');
      const content = randomBytes(PART + 5);
      const object = { Bucket: location.bucket, Key: `team/blobs/${key}`, Body: content };
      await bucket.judge.send(new PutObjectCommand(object));
      expect(content.equals(await buffer(await blobs.open(key)))).toBe(true);
      const part = await buffer(await blobs.open(key, { start: 3, end: PART + 1 }));
      expect(part.equals(content.subarray(3, PART + 2))).toBe(true);
    });

    test('a download that breaks off again and again goes on where it was', async () => {
      const content = randomBytes(4 * PART);
      const { key } = await blobs.put(content);
      proxy.disconnectAfter(PART / 2);
      const received: Buffer[] = [];
      for await (const chunk of await blobs.open(key, { start: 1, end: 4 * PART - 2 })) {
        if (received.length % 50 === 0) proxy.disconnectAfter(PART / 4);
        received.push(chunk);
      }
      expect(Buffer.concat(received).equals(content.subarray(1, -1))).toBe(true);
    });

    test('an upload survives connections that break off', async () => {
      const content = randomBytes(3 * PART + 1);
      await blobs.own();
      async function* chunks() {
        for (let at = 0; at < content.length; at += PART) {
          // Within the head of a response.
          proxy.disconnectAfter(20);
          yield content.subarray(at, at + PART);
        }
      }
      const { key, sizeBytes } = await blobs.put(chunks());
      expect(sizeBytes).toBe(content.length);
      expect(content.equals(await buffer(await blobs.open(key)))).toBe(true);
      // An upload whose beginning got no response is left, and aborted by the sweep a day later.
      await expect
        .poll(async () => {
          await openBlobs({ unfinishedMs: 0 }).removeUnfinished();
          return await stored();
        })
        .toEqual([`team/blobs/${key}`]);
    });

    test('while the server is away calls fail as such, and work again afterwards', async () => {
      const { key } = await blobs.put(randomBytes(1_000));
      proxy.cut();
      for (const call of [
        () => blobs.put(randomBytes(100)),
        () => blobs.put(randomBytes(PART * 2)),
        () => blobs.open(key),
        () => blobs.remove(key),
        () => blobs.removeUnfinished(),
      ]) {
        await expect(call()).rejects.toBeInstanceOf(StoreUnavailableError);
      }
      proxy.restore();
      expect((await buffer(await blobs.open(key))).length).toBe(1_000);
    });

    test('a wrong secret is told as unavailable, without naming a key', async () => {
      const wrong = new S3Blobs(
        { ...location, secretAccessKey: 'wrong-secret' },
        { installation: 'x' },
      );
      const error = await wrong.put(randomBytes(10)).catch((error: unknown) => error);
      expect(error).toMatchObject({ code: 'SignatureDoesNotMatch' });
      expect(String(error)).not.toMatch(/wrong-secret/);
      expect(String(error)).not.toContain(location.accessKeyId);
    });

    test('no redirect is followed: contents go to the configured server only', async () => {
      const { key } = await blobs.put(randomBytes(10));
      const redirecting = createServer((request, response) => {
        request.resume();
        response.writeHead(307, { Location: location.endpoint + (request.url ?? '') }).end();
      }).listen(0, '127.0.0.1');
      onTestFinished(() => {
        redirecting.close();
      });
      await once(redirecting, 'listening');
      const { port } = redirecting.address() as AddressInfo;
      const redirected = new S3Blobs(
        { ...location, endpoint: `http://127.0.0.1:${port}` },
        { installation: 'installation-1' },
      );
      await expect(redirected.open(key)).rejects.toMatchObject({ code: 'HTTP 307' });
      await expect(redirected.put(randomBytes(10))).rejects.toMatchObject({ code: 'HTTP 307' });
    });

    test('the contents of another installation are left alone', async () => {
      await blobs.put(randomBytes(10));
      const other = new S3Blobs(location, { installation: newInstallation(), sparedMs: 0 });
      await expect(other.own()).rejects.toBeInstanceOf(ForeignBucketError);
      await expect(other.put(randomBytes(10))).rejects.toBeInstanceOf(ForeignBucketError);
      await expect(other.list().next()).rejects.toBeInstanceOf(ForeignBucketError);
      const elsewhere = new S3Blobs({ ...location, prefix: 'other/' }, { installation: 'y' });
      await elsewhere.put(randomBytes(10));
    });

    test('a new blob is spared by a sweep, also if our clock is hours ahead', async () => {
      const { key } = await blobs.put(randomBytes(10));
      const realNow = Date.now;
      const clock = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 7_200_000);
      onTestFinished(() => clock.mockRestore());
      const keys: string[] = [];
      for await (const found of openBlobs({ sparedMs: 60_000 }).list()) keys.push(found);
      expect(keys).toEqual([]);
      await expect
        .poll(async () => {
          const old: string[] = [];
          for await (const found of openBlobs({ sparedMs: 0 }).list()) old.push(found);
          return old;
        })
        .toEqual([key]);
    });

    test('uploads that were never finished are aborted after a while, others are not', async () => {
      await bucket.judge.send(
        new CreateMultipartUploadCommand({
          Bucket: location.bucket,
          Key: `team/blobs/${randomBytes(16).toString('hex')}`,
        }),
      );
      await bucket.judge.send(
        new CreateMultipartUploadCommand({ Bucket: location.bucket, Key: 'elsewhere' }),
      );
      await openBlobs({ unfinishedMs: 60_000 }).removeUnfinished();
      expect(await stored()).toHaveLength(1);
      await expect
        .poll(async () => {
          await openBlobs({ unfinishedMs: 0 }).removeUnfinished();
          return await stored();
        })
        .toEqual([]);
      expect(await listKeys(bucket.judge, location.bucket, '')).toContain('elsewhere');
    });

    test('a sweep removes what no share has, and nothing that one has or may get', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'linkify-s3-'));
      const database = await openStore(folder, () => undefined);
      onTestFinished(async () => {
        await database.close();
        await rm(folder, { recursive: true });
      });
      const engine = openBlobs({ sparedMs: 0 });
      const references = createBlobReferences(engine, new Catalog(database));
      const orphan = await engine.put(randomBytes(20));
      const used = await references.keep(randomBytes(20), async ({ key }) => {
        await database.run(
          `insert into assets (id, name, form, size_bytes, created_at, sha256)
            values ('a', '', 'file', 20, 0, ?)`,
          key,
        );
        return key;
      });
      await references.keep(randomBytes(20), async ({ key }) => {
        // Not in the catalog yet.
        await expect.poll(() => references.sweep()).toBe(1);
        expect(await stored()).toEqual([`team/blobs/${used}`, `team/blobs/${key}`].toSorted());
        expect(orphan.key).not.toBe(key);
      });
    });

    test('a blob stays while it is in doubt whether its row was written, and goes if it was not', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'linkify-s3-'));
      const database = await openStore(folder, () => undefined);
      onTestFinished(async () => {
        await database.close();
        await rm(folder, { recursive: true });
      });
      const references = createBlobReferences(openBlobs({ sparedMs: 0 }), new Catalog(database));
      const failWith = (error: Error) =>
        references.keep(randomBytes(20), () => Promise.reject(error));
      await expect(failWith(new Error('refused'))).rejects.toThrow('refused');
      await expect.poll(stored).toEqual([]);
      const lost = failWith(new StoreUnavailableError('the response was lost'));
      await expect(lost).rejects.toThrow('lost');
      expect(await stored()).toHaveLength(1);
      await expect.poll(() => references.sweep()).toBe(1);
    });

    test('the documented lifecycle rule is accepted', async () => {
      await bucket.judge.send(
        new PutBucketLifecycleConfigurationCommand({
          Bucket: location.bucket,
          LifecycleConfiguration: {
            Rules: [
              {
                ID: 'unfinished-uploads',
                Status: 'Enabled',
                Filter: { Prefix: '' },
                AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
              },
            ],
          },
        }),
      );
    });
  },
);
