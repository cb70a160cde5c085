import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Api, apiOf } from './run.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** The Node of the repository, which runs TypeScript as it is. */
export const NODE = join(ROOT, 'node_modules/.bin/node');
export const CLI = join(ROOT, 'main/service/cli.ts');

/** The service as a process of its own, as `npm run service` starts it. */
export interface ServiceProcess {
  readonly api: Api;
  readonly baseUrl: string;
  readonly token: string;
  readonly pid: number;
  /** Sends the signal and answers the exit code, or null when the signal ended it. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

export async function spawnService(
  dataDir: string,
  args: readonly string[] = [],
  wrap: readonly string[] = [],
): Promise<ServiceProcess> {
  const line = [...wrap, NODE, CLI, '--port', '0', '--data', dataDir, '--loopback', ...args];
  const child = spawn(line[0] ?? NODE, line.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  const orphaned = (): void => void child.kill('SIGKILL');
  process.once('exit', orphaned);
  child.once('exit', () => process.off('exit', orphaned));
  const { api: baseUrl, token } = JSON.parse(await firstLine(child));
  return {
    api: apiOf(baseUrl, token),
    baseUrl,
    token,
    pid: child.pid ?? 0,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      const [code] = await gone;
      return code;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-4_000);
  });
  const lines = createInterface(child.stdout as NodeJS.ReadableStream);
  const gone = new AbortController();
  try {
    return await Promise.race([
      once(lines, 'line', { signal: gone.signal }).then(([text]) => text as string),
      once(child, 'exit', { signal: gone.signal }).then(([code]) => {
        throw new Error(`exit ${code}: ${complaint}`);
      }),
    ]);
  } finally {
    gone.abort();
  }
}
