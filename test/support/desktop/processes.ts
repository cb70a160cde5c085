import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';

/** In the environment of every process of a desktop: the id of the process that started it. */
const MARK = 'LINKIFY_TEST_DESKTOP';

export function ownerMark(): Record<string, string> {
  return { [MARK]: String(process.pid) };
}

/**
 * Starts a program that the kernel ends when this process ends, however that happens.
 * `setpriv` belongs to util-linux, which every Debian has.
 */
export function spawnBound(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  return spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], options);
}

/** Runs a short program to its end and answers what it printed. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly limitMs?: number;
    readonly input?: Uint8Array;
    readonly cwd?: string;
  } = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      timeout: options.limitMs ?? 10_000,
      killSignal: 'SIGKILL',
    });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(out));
      else {
        const words = Buffer.concat(errors).toString().trim().slice(-600);
        reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}: ${words}`));
      }
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
}

/** Ends a child and waits until it is gone. */
export async function endChild(child: ChildProcess, limitMs = 3_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await gone;
  clearTimeout(force);
}

/** Kills what is left of this process's own desktops, and of those whose owner is gone. */
export function sweepLeftovers(which: 'own' | 'orphaned'): number {
  let killed = 0;
  for (const { pid, owner } of desktopProcesses()) {
    if (pid === process.pid || owner === pid) continue;
    if (which === 'own' ? owner !== process.pid : isAlive(owner)) continue;
    try {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    } catch {
      // It ended by itself meanwhile.
    }
  }
  return killed;
}

/** The pid of the newest program of this name on this process's own desktops. */
export function newestOwn(name: string): number {
  const pids = [...desktopProcesses()]
    .filter(({ pid, owner }) => owner === process.pid && nameOf(pid) === name)
    .map(({ pid }) => pid);
  if (pids.length === 0) throw new Error(`No ${name} runs on this desktop`);
  return Math.max(...pids);
}

/** All processes of desktops, with the pid of the process that started their desktop. */
function* desktopProcesses(): Generator<{ readonly pid: number; readonly owner: number }> {
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    const owner = Number.isInteger(pid) ? markOf(pid) : null;
    if (owner !== null) yield { pid, owner };
  }
}

function nameOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function markOf(pid: number): number | null {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    const mark = environment.find((line) => line.startsWith(`${MARK}=`));
    return mark === undefined ? null : Number(mark.slice(MARK.length + 1));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    return statSync(`/proc/${pid}`).isDirectory();
  } catch {
    return false;
  }
}
