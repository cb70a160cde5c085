import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  NODE,
  SERVER_FILE,
  type ServiceProcess,
  spawnService,
} from '../../support/service/process.ts';
import { textSeed } from '../../support/service/run.ts';

/** Preloaded, it makes fsync do nothing: for a comparison with what never syncs. */
export const NO_SYNC_LIBRARY = process.env.LIBEATMYDATA ?? findLibrary('libeatmydata.so');

function findLibrary(name: string): string | undefined {
  const folders = readdirSync('/usr/lib').map((folder) => join('/usr/lib', folder));
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

export interface Ours extends ServiceProcess {
  readonly apiPort: number;
  readonly dataDir: string;
  /** Headers of an API request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Ends it, and removes its folder. */
  end(): Promise<void>;
}

export interface StartOptions {
  /** A new folder when absent. */
  readonly dataDir?: string;
  readonly args?: readonly string[];
  /** Whether it syncs to the disk; else `NO_SYNC_LIBRARY` must be there. */
  readonly sync?: boolean;
}

/** Starts our server as a process of its own, with much room. */
export async function startOurs(options: StartOptions = {}): Promise<Ours> {
  const dataDir = options.dataDir ?? (await newFolder());
  const args = ['--quota-mb', '100000', '--max-file-mb', '10000', ...(options.args ?? [])];
  const server = await spawnService(dataDir, args, wrapOf(options), [], SERVER_FILE);
  return {
    ...server,
    apiPort: Number(new URL(server.baseUrl).port),
    dataDir,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    async end() {
      await server.kill('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Bare {
  readonly port: number;
  readonly pid: number;
  end(): Promise<void>;
}

/**
 * Starts the bare handlers (bare-handler.ts).
 * @param folder of the files that they answer; they write there, too
 */
export function startBare(folder: string, options: Pick<StartOptions, 'sync'> = {}): Promise<Bare> {
  return startHandlers([...wrapOf(options), NODE, fileOf('bare-handler.ts'), folder]);
}

/** Starts those on PostgreSQL (bare-postgres.ts). @param url of a database */
export function startBarePostgres(url: string): Promise<Bare> {
  return startHandlers([NODE, fileOf('bare-postgres.ts'), url]);
}

const fileOf = (name: string): string => join(import.meta.dirname, name);

async function startHandlers(line: readonly string[]): Promise<Bare> {
  const child = spawn(line[0] ?? NODE, line.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const orphaned = (): void => void child.kill('SIGKILL');
  process.once('exit', orphaned);
  const [port] = await once(createInterface(child.stdout), 'line');
  return {
    port: Number(port),
    pid: child.pid ?? 0,
    async end() {
      process.off('exit', orphaned);
      await endProcess(child);
    },
  };
}

export async function endProcess(
  child: ChildProcess,
  signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

function wrapOf({ sync = true }: Pick<StartOptions, 'sync'>): readonly string[] {
  return sync ? [] : ['env', `LD_PRELOAD=${NO_SYNC_LIBRARY}`];
}

export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'linkify-bench-'));
}

/** Runs a task with a new folder, and removes it. */
export async function withFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await newFolder();
  try {
    return await task(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the share pages are, such as `http://127.0.0.1:4180`. */
export async function pagesOf({ api }: ServiceProcess): Promise<URL> {
  const share = await api.share(textSeed('where'));
  await api.revoke(share.id);
  return new URL(share.link);
}
