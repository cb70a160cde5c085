import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Api, apiOf } from './run.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** The Node of the repository, which runs TypeScript as it is. */
export const NODE = join(ROOT, 'node_modules/.bin/node');
export const CLI = join(ROOT, 'main/server/cli.ts');
const BUILT = join(ROOT, 'dist/main/service-cli.js');
/** What is installed and measured: the built file, or its source where there is no build. */
export const SERVER_FILE = existsSync(BUILT) ? BUILT : CLI;

/** The service as a process of its own, as `npm run service` starts it. */
export interface ServiceProcess {
  readonly api: Api;
  readonly baseUrl: string;
  readonly token: string;
  readonly pid: number;
  /** For messages to a module that `nodeArgs` preloaded. */
  readonly child: ChildProcess;
  /** What it has logged so far, one JSON object a line. */
  log(): string;
  /** Sends the signal and answers the exit code, or null when the signal ended it. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * @param wrap a command that runs the service, such as `strace`
 * @param nodeArgs flags of Node's; with them there is an IPC channel to the process
 * @param cli the file that is started, when it's not the source
 */
export async function spawnService(
  dataDir: string,
  args: readonly string[] = [],
  wrap: readonly string[] = [],
  nodeArgs: readonly string[] = [],
  cli: string = CLI,
): Promise<ServiceProcess> {
  const service = [NODE, ...nodeArgs, cli, '--port', '0', '--data', dataDir, '--loopback'];
  const line = [...wrap, ...service, ...args];
  const child = spawn(line[0] ?? NODE, line.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe', ...(nodeArgs.length > 0 ? ['ipc' as const] : [])],
  });
  let log = '';
  child.stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const orphaned = (): void => void child.kill('SIGKILL');
  process.once('exit', orphaned);
  child.once('exit', () => process.off('exit', orphaned));
  const { api: baseUrl, token } = JSON.parse(await firstLine(child, () => log.slice(-4_000)));
  return {
    api: apiOf(baseUrl, token),
    baseUrl,
    token,
    pid: child.pid ?? 0,
    child,
    log: () => log,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      const [code] = await gone;
      return code;
    },
  };
}

async function firstLine(child: ChildProcess, complaint: () => string): Promise<string> {
  const lines = createInterface(child.stdout as NodeJS.ReadableStream);
  const gone = new AbortController();
  try {
    return await Promise.race([
      once(lines, 'line', { signal: gone.signal }).then(([text]) => text as string),
      once(child, 'exit', { signal: gone.signal }).then(([code]) => {
        throw new Error(`exit ${code}: ${complaint()}`);
      }),
    ]);
  } finally {
    gone.abort();
  }
}
