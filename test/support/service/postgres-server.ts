import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './real-proxies.ts';

const DEBIAN_FOLDER = '/usr/lib/postgresql';
const OLDEST = 15;
const START_MS = 60_000;

/** The programs of the newest version that is installed. */
const programs = findPrograms();

/** Why no PostgreSQL can be started here; `undefined` if one can. */
export const postgresProblem: string | undefined =
  process.platform !== 'linux'
    ? 'on Linux only'
    : programs === undefined
      ? 'the Debian package postgresql-15 or newer is not installed'
      : undefined;

/** A PostgreSQL of a test's own: a process that writes to a temporary folder, with fsync. */
export class PostgresServer {
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess;
  #log = '';

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.#process = this.#spawn();
  }

  /** @param tls a certificate: encrypted connections are accepted, too */
  static async start(tls?: {
    readonly key: string;
    readonly cert: string;
  }): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'linkify-postgres-'));
    // PostgreSQL refuses to run as root.
    if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
    const data = join(folder, 'data');
    execFileSync(
      program('initdb'),
      ['--pgdata', data, '--username=linkify', '--auth=trust', '--encoding=UTF8', '--locale=C'],
      { ...owner, cwd: folder, stdio: 'pipe' },
    );
    if (tls !== undefined) enableTls(data, tls);
    const server = new PostgresServer(folder, await freePort());
    await server.#untilReady();
    return server;
  }

  /** All it writes is below. */
  get folder(): string {
    return this.#folder;
  }

  get port(): number {
    return this.#port;
  }

  /** A URL of a new, empty database. @param port of a proxy in between */
  async createDatabase(port = this.#port): Promise<string> {
    const name = `test_${randomBytes(6).toString('hex')}`;
    await this.#query(`create database ${name}`);
    return this.#url(name, port);
  }

  /** `SIGKILL` as a crash, `SIGSTOP` as a computer that hangs; resolves when the process has gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill(signal);
    await gone;
  }

  /** Starts it again after `kill`. */
  async restart(): Promise<void> {
    const end = Date.now() + START_MS;
    for (;;) {
      this.#process = this.#spawn();
      try {
        return await this.#untilReady();
      } catch (error) {
        // Processes of the killed one may still be ending.
        if (Date.now() > end) throw error;
        await wait(50);
      }
    }
  }

  async end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      // The fast shutdown: https://www.postgresql.org/docs/15/server-shutdown.html
      await this.kill('SIGINT');
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  #url(database: string, port = this.#port): string {
    return `postgres://linkify@127.0.0.1:${port}/${database}`;
  }

  async #query(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url('postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(statement);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  #spawn(): ChildProcess {
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${this.#port}`,
      `unix_socket_directories=${this.#folder}`,
      'shared_buffers=32MB',
      'max_connections=60',
    ];
    const child = spawn(
      // Ended by the kernel when this process ends, however that happens.
      'setpriv',
      [
        ...['--pdeathsig', 'KILL', program('postgres'), '-D', join(this.#folder, 'data')],
        ...settings.flatMap((setting) => ['-c', setting]),
      ],
      { ...owner, cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    child.stderr.on('data', (chunk: Buffer) => {
      this.#log = (this.#log + chunk).slice(-4_000);
    });
    return child;
  }

  async #untilReady(): Promise<void> {
    const end = Date.now() + START_MS;
    for (;;) {
      if (this.#process.exitCode !== null) throw new Error(`PostgreSQL ended: ${this.#log}`);
      try {
        return await this.#query('select 1');
      } catch (error) {
        if (Date.now() > end) throw error;
        await wait(20);
      }
    }
  }
}

/** Who runs it, if that must be someone else. */
const owner =
  process.getuid?.() === 0
    ? {
        uid: Number(execFileSync('id', ['-u', 'nobody'])),
        gid: Number(execFileSync('id', ['-g', 'nobody'])),
      }
    : undefined;

/** The key has to belong to PostgreSQL's own user. */
function enableTls(data: string, tls: { readonly key: string; readonly cert: string }): void {
  for (const [name, content] of [
    ['server.key', tls.key],
    ['server.crt', tls.cert],
  ] as const) {
    writeFileSync(join(data, name), content, { mode: 0o600 });
    if (owner !== undefined) chownSync(join(data, name), owner.uid, owner.gid);
  }
  appendFileSync(join(data, 'postgresql.conf'), 'ssl = on\n');
}

export function program(name: string): string {
  if (programs === undefined) throw new Error(postgresProblem);
  return join(programs, name);
}

function findPrograms(): string | undefined {
  if (!existsSync(DEBIAN_FOLDER)) return undefined;
  return readdirSync(DEBIAN_FOLDER)
    .map(Number)
    .filter((version) => version >= OLDEST)
    .sort((a, b) => b - a)
    .map((version) => join(DEBIAN_FOLDER, String(version), 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}
