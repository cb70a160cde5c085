import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { S3Location } from '../../main/server/store/blobs/s3-location.ts';
import { peakBytes, resetPeak } from '../support/process-use.ts';
import type { TestBucket } from '../support/service/buckets.ts';
import { cephForTests } from '../support/service/ceph-for-tests.ts';
import { listKeys } from '../support/service/judge.ts';
import { LoopbackProxy } from '../support/service/loopback-proxy.ts';
import { CLI, NODE, type ServiceProcess, spawnService } from '../support/service/process.ts';
import { freePort } from '../support/service/real-proxies.ts';
import {
  fileSeed,
  get,
  keyIn,
  sendForm,
  startTestService,
  type TestService,
} from '../support/service/run.ts';

/** A server whose larger contents are in a bucket. */

const ceph = await cephForTests();

/** Above what is kept in the catalog. */
const LARGE = 300_000;
const MB = 1_000_000;

/** Of one upload and one download at a time: two parts of 5 MiB, and what sockets hold. In bytes. */
const MEMORY = 150 * MB;
const TRANSFER_MB = Number(process.env.LINKIFY_TEST_TRANSFER_MB ?? 200);

describe.skipIf(ceph.kind === 'missing')(
  `a server on S3${ceph.kind === 'missing' ? ` (${ceph.reason})` : ''}`,
  () => {
    let bucket: TestBucket;
    let proxy: LoopbackProxy;
    let location: S3Location;
    let running: TestService;
    beforeEach(async () => {
      if (ceph.kind === 'missing') return;
      bucket = await ceph.newBucket();
      proxy = await LoopbackProxy.start(Number(new URL(bucket.location.endpoint).port));
      location = { ...bucket.location, endpoint: `http://127.0.0.1:${proxy.port}` };
      running = await startTestService({ blobs: location });
    });
    afterEach(async () => {
      await running?.end();
      await proxy?.end();
    });

    const stored = () => listKeys(bucket.judge, location.bucket, 'team/blobs/');

    test('contents are in the bucket, open whole and in part, and go with their link', async () => {
      const content = randomBytes(LARGE);
      const share = await running.api.share(fileSeed(content, 'data.bin'));
      expect(await stored()).toHaveLength(1);
      expect(await readdir(join(running.dataDir, 'blobs')).catch(() => [])).toEqual([]);
      const whole = await fetch(`${share.link}/raw`);
      expect(content.equals(Buffer.from(await whole.arrayBuffer()))).toBe(true);
      const part = await fetch(`${share.link}/raw`, { headers: { range: 'bytes=100-299999' } });
      expect(part.status).toBe(206);
      expect(content.subarray(100).equals(Buffer.from(await part.arrayBuffer()))).toBe(true);
      expect((await running.api.revoke(share.id)).status).toBe(200);
      await expect.poll(stored).toEqual([]);
    });

    test('a one-time link is read to its end, and then leaves nothing', async () => {
      const content = Buffer.alloc(8 * MB, randomBytes(MB));
      const { apiBaseUrl: baseUrl, token } = running.service;
      const asset = await upload({ baseUrl, token }, content.subarray(0, MB), 8);
      const body = { access: 'PUBLIC', asset: { id: asset }, 'x-linkify': { once: true } };
      const share = (await running.api.call('POST', '/linkify', body)).json.iterable[0];
      const key = keyIn((await get(share.link)).text);
      const opened = await fetch(`${share.link}/open`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ key }),
      });
      expect(content.equals(Buffer.from(await opened.arrayBuffer()))).toBe(true);
      expect((await sendForm(share.link, { key })).status).toBe(410);
      await expect.poll(stored).toEqual([]);
    });

    test('while the store is away small links work, and large ones say so', async () => {
      const small = await running.api.share(fileSeed(randomBytes(100), 'small.bin'));
      const large = await running.api.share(fileSeed(randomBytes(LARGE), 'large.bin'));
      proxy.cut();
      expect((await fetch(`${small.link}/raw`)).status).toBe(200);
      const refused = await fetch(`${large.link}/raw`);
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      const seed = fileSeed(randomBytes(LARGE), 'another.bin');
      const created = await running.api.call('POST', '/linkify', { access: 'PUBLIC', seed });
      expect(created.status).toBe(503);
      expect(Number(created.headers.get('retry-after'))).toBeGreaterThan(0);
      // The row decides: its content is removed when the store is back.
      expect((await running.api.revoke(large.id)).status).toBe(200);
      expect((await fetch(`${large.link}/raw`)).status).toBe(410);
      proxy.restore();
      await expect.poll(stored).toEqual([]);
    });

    test('it starts while the store is away, and not with the contents of another one', async () => {
      const { dataDir } = running;
      await running.stop();
      proxy.cut();
      running = await startTestService({ dataDir, blobs: location });
      await running.stop();
      proxy.restore();
      const folder = await mkdtemp(join(tmpdir(), 'linkify-other-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      await expect(startTestService({ dataDir: folder, blobs: location })).rejects.toThrow(
        /another installation/,
      );
      running = await startTestService({ dataDir, blobs: location });
    });

    describe('as a process', () => {
      let dataDir = '';
      let service: ServiceProcess | undefined;
      const url = () =>
        `s3://${location.bucket}/process?endpoint=${location.endpoint}&region=${location.region}`;
      beforeEach(async () => {
        dataDir = await mkdtemp(join(tmpdir(), 'linkify-process-'));
        await writeFile(join(dataDir, 'key'), `${location.accessKeyId}\n`);
        process.env.AWS_ACCESS_KEY_ID_FILE = join(dataDir, 'key');
        process.env.AWS_SECRET_ACCESS_KEY = location.secretAccessKey;
      });
      afterEach(async () => {
        await service?.kill('SIGKILL');
        service = undefined;
        delete process.env.AWS_ACCESS_KEY_ID_FILE;
        delete process.env.AWS_SECRET_ACCESS_KEY;
        await rm(dataDir, { recursive: true });
      });

      test(`${TRANSFER_MB} MB up and down take little memory`, { timeout: 300_000 }, async () => {
        service = await spawnService(dataDir, ['--blobs', url()]);
        await upload(service, randomBytes(MB), 1);
        resetPeak(service.pid);
        const idle = peakBytes(service.pid);
        const piece = randomBytes(MB);
        const asset = await upload(service, piece, TRANSFER_MB);
        const body = { access: 'PUBLIC', asset: { id: asset } };
        const share = (await service.api.call('POST', '/linkify', body)).json.iterable[0];
        const response = await fetch(`${share.link}/raw`);
        let bytes = 0;
        for await (const chunk of response.body ?? []) bytes += chunk.byteLength;
        expect(bytes).toBe(TRANSFER_MB * MB);
        expect(peakBytes(service.pid) - idle).toBeLessThan(MEMORY);
        expect(service.log()).not.toContain(location.secretAccessKey);
      });

      test('an upload that is cut off leaves nothing', async () => {
        service = await spawnService(dataDir, ['--blobs', url()]);
        const stored = () => listKeys(bucket.judge, location.bucket, 'process/blobs/');
        const leaving = new AbortController();
        const cutOff = upload(service, randomBytes(MB), 50, leaving, 20);
        await expect(cutOff).rejects.toThrow();
        await expect.poll(stored).toEqual([]);
      });

      test('--check tests the bucket, and explains what is wrong', async () => {
        const good = await check(dataDir, url());
        expect(good.code).toBe(0);
        expect(good.output.match(/^ok {2}/gm)).toHaveLength(7);
        expect(await listKeys(bucket.judge, location.bucket, 'process/')).toEqual([]);

        const away = await check(dataDir, url().replace(/:\d+&/, `:${await freePort()}&`));
        expect(away.code).toBe(1);
        expect(away.output).toContain('ECONNREFUSED');

        const missing = await check(dataDir, url().replace(location.bucket, 'no-such-bucket'));
        expect(missing.output).toContain('NoSuchBucket');

        process.env.AWS_SECRET_ACCESS_KEY = 'wrong-secret';
        const wrong = await check(dataDir, url());
        expect(wrong.output).toContain('AWS_SECRET_ACCESS_KEY');
        for (const { output } of [good, away, missing, wrong]) {
          expect(output).not.toContain(location.secretAccessKey);
          expect(output).not.toContain('wrong-secret');
          expect(output).not.toContain(location.accessKeyId);
        }
      });
    });
  },
);

/**
 * Uploads a piece many times over as one file.
 * @param leaving cuts the upload off after so many pieces
 * @returns the id of the asset
 */
async function upload(
  { baseUrl, token }: Pick<ServiceProcess, 'baseUrl' | 'token'>,
  piece: Buffer,
  count: number,
  leaving?: AbortController,
  leaveAfter = count,
): Promise<string> {
  async function* pieces() {
    for (let sent = 0; sent < count; sent++) {
      if (sent === leaveAfter) leaving?.abort();
      yield piece;
    }
  }
  const sending = request(`${baseUrl}/x-linkify/assets?name=large.bin`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'content-length': piece.length * count,
    },
    ...(leaving === undefined ? {} : { signal: leaving.signal }),
  });
  const [[response]] = await Promise.all([
    once(sending, 'response') as Promise<[IncomingMessage]>,
    pipeline(pieces, sending),
  ]);
  return JSON.parse(await text(response)).id;
}

async function check(dataDir: string, url: string) {
  const child = spawn(NODE, [CLI, '--data', dataDir, '--blobs', url, '--check']);
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, output: output + errors };
}
