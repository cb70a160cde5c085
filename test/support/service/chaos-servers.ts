import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { LoopbackProxy } from './loopback-proxy.ts';
import { PostgresServer } from './postgres-server.ts';
import { type ServiceProcess, spawnService } from './process.ts';

/** What all contents may take together at each server, in bytes. */
export const QUOTA_BYTES = 100_000;

const RECOVERY_LIMIT_MS = 30_000;
export const REQUEST_LIMIT_MS = 15_000;

/** Servers whose clocks are 20 minutes apart: 10 before, and 10 after the right time. */
export const CLOCK_OFFSETS_MS = [-600_000, 600_000] as const;

/** Two servers on one database, each behind a network of its own. */
export class Servers {
  readonly postgres: PostgresServer;
  readonly networks: readonly LoopbackProxy[];
  readonly #dataDirs: readonly string[];
  readonly #urls: readonly string[];
  readonly #args: readonly string[];
  readonly #running: (ServiceProcess | undefined)[] = [];
  /** Where the pages of each are. */
  readonly #pages: string[] = [];

  private constructor(
    postgres: PostgresServer,
    networks: readonly LoopbackProxy[],
    places: { dataDirs: readonly string[]; urls: readonly string[]; args: readonly string[] },
  ) {
    this.postgres = postgres;
    this.networks = networks;
    this.#dataDirs = places.dataDirs;
    this.#urls = places.urls;
    this.#args = places.args;
  }

  static async start(args: readonly string[]): Promise<Servers> {
    const postgres = await PostgresServer.start();
    const url = await postgres.createDatabase();
    const networks: LoopbackProxy[] = [];
    const dataDirs: string[] = [];
    for (const _ of CLOCK_OFFSETS_MS) {
      networks.push(await LoopbackProxy.start(postgres.port));
      dataDirs.push(await mkdtemp(join(tmpdir(), 'linkify-chaos-')));
    }
    const urls = networks.map(({ port }) => url.replace(/:\d+\//, `:${port}/`));
    const servers = new Servers(postgres, networks, { dataDirs, urls, args });
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
    const options = ['--database', this.#urls[index] ?? '', '--database-connections', '6'];
    const quota = ['--quota-mb', String(QUOTA_BYTES / 1_000_000)];
    const service = await spawnService(
      this.#dataDirs[index] ?? '',
      [...options, ...quota, ...this.#args],
      [],
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
  async query<R extends object>(statement: string): Promise<R | undefined> {
    const url = this.#urls[0]?.replace(/:\d+\//, `:${this.postgres.port}/`);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<R>(statement)).rows[0];
    } finally {
      await client.end();
    }
  }

  async end(): Promise<void> {
    for (const index of CLOCK_OFFSETS_MS.keys()) await this.killServer(index);
    for (const network of this.networks) await network.end();
    await this.postgres.end();
    for (const dataDir of this.#dataDirs) await rm(dataDir, { recursive: true, force: true });
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
