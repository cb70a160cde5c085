import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { HeadObjectCommand, NotFound } from '@aws-sdk/client-s3';
import pg from 'pg';
import { type CephAccess, newBucket, type TestBucket } from './buckets.ts';
import { Gateway } from './gateway.ts';
import { LoopbackProxy } from './loopback-proxy.ts';
import { PostgresServer } from './postgres-server.ts';
import { type ServiceProcess, spawnService } from './process.ts';

/** What all contents may take together, in bytes. */
export const QUOTA_BYTES = 3_000_000;

const RECOVERY_LIMIT_MS = 30_000;
export const REQUEST_LIMIT_MS = 15_000;

/** Servers whose clocks are 20 minutes apart: 10 before, and 10 after the right time. */
export const CLOCK_OFFSETS_MS = [-600_000, 600_000] as const;

/** Where a server has its catalog and its contents. */
interface Places {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly blobsUrl: string;
}

/** Two servers on one database and one bucket, each behind networks of its own to both. */
export class Servers {
  readonly postgres: PostgresServer;
  readonly gateway: Gateway;
  /** In between of servers, database and gateway. */
  readonly networks: readonly LoopbackProxy[];
  readonly #bucket: TestBucket;
  readonly #places: readonly Places[];
  readonly #running: (ServiceProcess | undefined)[] = [];
  /** Where the pages of each are. */
  readonly #pages: string[] = [];

  private constructor(
    { postgres, gateway }: Pick<Servers, 'postgres' | 'gateway'>,
    networks: readonly LoopbackProxy[],
    places: readonly Places[],
    bucket: TestBucket,
  ) {
    this.postgres = postgres;
    this.gateway = gateway;
    this.networks = networks;
    this.#places = places;
    this.#bucket = bucket;
  }

  static async start(ceph: CephAccess): Promise<Servers> {
    const postgres = await PostgresServer.start();
    const gateway = await Gateway.start(ceph.config);
    const bucket = await newBucket(ceph);
    const networks: LoopbackProxy[] = [];
    const networkTo = async (port: number): Promise<number> => {
      const network = await LoopbackProxy.start(port);
      networks.push(network);
      return network.port;
    };
    const url = await postgres.createDatabase();
    const places: Places[] = [];
    for (const _ of CLOCK_OFFSETS_MS) {
      const endpoint = `http://127.0.0.1:${await networkTo(gateway.port)}`;
      places.push({
        dataDir: await mkdtemp(join(tmpdir(), 'linkify-chaos-')),
        databaseUrl: url.replace(/:\d+\//, `:${await networkTo(postgres.port)}/`),
        blobsUrl: `s3://${bucket.location.bucket}/team?endpoint=${endpoint}`,
      });
    }
    const servers = new Servers({ postgres, gateway }, networks, places, bucket);
    await Promise.all(CLOCK_OFFSETS_MS.map((_, index) => servers.startServer(index)));
    return servers;
  }

  /** `undefined` while it is being started. */
  at(index: number): ServiceProcess | undefined {
    return this.#running[index];
  }

  pages(): readonly string[] {
    return this.#pages;
  }

  async startServer(index: number): Promise<void> {
    const place = this.#places[index];
    if (place === undefined) throw new Error(`There is no server ${index}.`);
    const { accessKeyId, secretAccessKey } = this.#bucket.location;
    const service = await spawnService(
      place.dataDir,
      [
        ...['--database', place.databaseUrl, '--database-connections', '6'],
        ...['--blobs', place.blobsUrl, '--quota-mb', String(QUOTA_BYTES / 1_000_000)],
      ],
      ['env', `AWS_ACCESS_KEY_ID=${accessKeyId}`, `AWS_SECRET_ACCESS_KEY=${secretAccessKey}`],
      ['--import', shiftedClock(CLOCK_OFFSETS_MS[index] ?? 0)],
    );
    const port = /"event":"pages-open".*?"port":(\d+)/.exec(service.log())?.[1];
    this.#pages[index] = `http://127.0.0.1:${port}`;
    this.#running[index] = service;
  }

  async killServer(index: number): Promise<void> {
    const service = this.#running[index];
    this.#running[index] = undefined;
    await service?.kill('SIGKILL');
  }

  /** Whether all are ready again, without help. */
  async recover(): Promise<boolean> {
    const end = Date.now() + RECOVERY_LIMIT_MS;
    for (const page of this.#pages) {
      while ((await statusOf(`${page}/readyz`)) !== 200) {
        if (Date.now() > end) return false;
        await wait(50);
      }
    }
    return true;
  }

  /** Asks the database itself. */
  async query<R extends object>(statement: string): Promise<readonly R[]> {
    const url = this.#places[0]?.databaseUrl.replace(/:\d+\//, `:${this.postgres.port}/`);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<R>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  /** Whether the bucket has a content. */
  async isStored(key: string): Promise<boolean> {
    const { judge, location } = this.#bucket;
    const object = { Bucket: location.bucket, Key: `${location.prefix}blobs/${key}` };
    return await judge.send(new HeadObjectCommand(object)).then(
      () => true,
      (error: unknown) => {
        if (error instanceof NotFound) return false;
        throw error;
      },
    );
  }

  async end(): Promise<void> {
    for (const index of CLOCK_OFFSETS_MS.keys()) await this.killServer(index);
    for (const network of this.networks) await network.end();
    await this.gateway.kill();
    await this.postgres.end();
    for (const { dataDir } of this.#places) await rm(dataDir, { recursive: true, force: true });
  }
}

/** A module that sets the clock of a process. */
function shiftedClock(offsetMs: number): string {
  const source = `const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...parts) {
        if (parts.length === 0) super(Right.now() + ${offsetMs});
        else super(...parts);
      }
      static now() { return Right.now() + ${offsetMs}; }
    };`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** The status; `undefined` without an answer. */
export async function statusOf(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_LIMIT_MS) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return undefined;
  }
}
