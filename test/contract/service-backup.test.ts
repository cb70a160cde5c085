import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CopyObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ServerOptions } from '../../main/server/options.ts';
import type { TestBucket } from '../support/service/buckets.ts';
import { cephForTests } from '../support/service/ceph-for-tests.ts';
import { listKeys } from '../support/service/judge.ts';
import { PostgresServer, postgresProblem, program } from '../support/service/postgres-server.ts';
import { get, startTestService, type TestService, textSeed } from '../support/service/run.ts';

/** What docs/self-hosting/backup.md says, step by step. */

/** Above what is kept in the catalog. */
const LARGE = 'large '.repeat(50_000);

const run = promisify(execFile);
const ceph = await cephForTests();

let folder = '';
const running: TestService[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linkify-backup-'));
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.end();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(options: Partial<ServerOptions> = {}): Promise<TestService> {
  const service = await startTestService(options);
  running.push(service);
  return service;
}

/** The same link at another server. */
const at = ({ service }: TestService, link: string): string =>
  service.pagesBaseUrl() + new URL(link).pathname;

const textAt = async (service: TestService, link: string): Promise<string> =>
  (await get(`${at(service, link)}/raw`)).text;

test('a copy of the stopped data folder has all links, and those revoked afterwards', async () => {
  const first = await start();
  const small = await first.api.share(textSeed('small'));
  const large = await first.api.share(textSeed(LARGE));
  await first.stop();
  const copy = join(folder, 'copy');
  await cp(first.dataDir, copy, { recursive: true, preserveTimestamps: true });
  const second = await start({ dataDir: first.dataDir });
  await second.api.revoke(small.id);
  await second.stop();
  running.length = 0;
  const restored = await start({ dataDir: copy });
  expect(await textAt(restored, small.link)).toBe('small');
  expect(await textAt(restored, large.link)).toBe(LARGE);
  await rm(first.dataDir, { recursive: true, force: true });
});

const why = postgresProblem ?? (ceph.kind === 'missing' ? ceph.reason : undefined);

describe.skipIf(why !== undefined)(
  `PostgreSQL and a bucket${why === undefined ? '' : ` (${why})`}`,
  () => {
    let postgres: PostgresServer;
    beforeAll(async () => {
      postgres = await PostgresServer.start();
    });
    afterAll(() => postgres?.end());

    async function newBucket(): Promise<TestBucket> {
      if (ceph.kind === 'missing') throw new Error(ceph.reason);
      return await ceph.newBucket();
    }

    async function copyObjects(from: TestBucket, to: TestBucket): Promise<void> {
      for (const key of await listKeys(from.judge, from.location.bucket, '')) {
        const CopySource = `${from.location.bucket}/${key}`;
        const copy = new CopyObjectCommand({ CopySource, Bucket: to.location.bucket, Key: key });
        await from.judge.send(copy);
      }
    }

    test('database first, then the bucket: every link of the dump has its content', async () => {
      const [url, bucket] = await Promise.all([postgres.createDatabase(), newBucket()]);
      const first = await start({ database: { url }, blobs: bucket.location });
      const small = await first.api.share(textSeed('small'));
      const large = await first.api.share(textSeed(LARGE));
      const revoked = await first.api.share(textSeed(`${LARGE} revoked`));

      const dump = join(folder, 'linkify.dump');
      await run(program('pg_dump'), ['--format', 'custom', '--file', dump, url]);
      // The server goes on while the bucket is copied.
      const later = await first.api.share(textSeed(`${LARGE} later`));
      const keys = () => listKeys(bucket.judge, bucket.location.bucket, '');
      const { length } = await keys();
      await first.api.revoke(revoked.id);
      await expect.poll(async () => (await keys()).length).toBe(length - 1);
      const copied = await newBucket();
      await copyObjects(bucket, copied);

      const empty = await postgres.createDatabase();
      await run(program('pg_restore'), ['--no-owner', '--exit-on-error', '--dbname', empty, dump]);
      const restored = await start({ database: { url: empty }, blobs: copied.location });
      expect(await textAt(restored, small.link)).toBe('small');
      expect(await textAt(restored, large.link)).toBe(LARGE);
      // Its content was deleted before it was copied.
      expect((await get(`${at(restored, revoked.link)}/raw`)).status).toBe(410);
      expect((await get(`${at(restored, later.link)}/raw`)).status).toBe(404);
      // What was there goes on.
      const added = await restored.api.share(textSeed(`${LARGE} new`));
      expect(await textAt(restored, added.link)).toBe(`${LARGE} new`);
      expect((await restored.api.revoke(large.id)).status).toBe(200);
      expect((await get(`${at(restored, large.link)}/raw`)).status).toBe(410);
      expect(await textAt(first, large.link)).toBe(LARGE);
    });

    test('a newer version adds to the schema, while the one before serves', async () => {
      const url = await postgres.createDatabase();
      const token = 't'.repeat(40);
      const first = await start({ database: { url }, token });
      const before = await first.api.share(textSeed('before'));
      // As a migration that expands: a column with a default, and a table.
      const statements = `begin;
        alter table shares add column added_later integer not null default 7;
        create table added_later (id text primary key);
        insert into schema_versions (version, compatible_from)
          select max(version) + 1, max(version) from schema_versions;
        commit;`;
      await run(program('psql'), ['--set', 'ON_ERROR_STOP=1', '--command', statements, url]);
      const second = await start({ database: { url }, token });
      const after = await first.api.share(textSeed('after'));
      for (const service of [first, second]) {
        expect(await textAt(service, before.link)).toBe('before');
        expect(await textAt(service, after.link)).toBe('after');
      }
      expect((await second.api.revoke(after.id)).status).toBe(200);
      await expect.poll(async () => (await get(`${at(first, after.link)}/raw`)).status).toBe(410);
    });
  },
);
