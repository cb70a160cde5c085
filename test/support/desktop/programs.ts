import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { firstLine } from './first-line.ts';
import { endChild, ownerMark, runProgram, spawnBound, sweepLeftovers } from './processes.ts';
import { type SessionFiles, writeSessionFiles } from './session-files.ts';

type Env = Readonly<Record<string, string>>;

/** The folder and the programs of one desktop without a screen. All of it goes with `close`. */
export interface Programs {
  readonly dir: string;
  readonly logPath: string;
  readonly files: SessionFiles;
  /** What every program of the desktop has in its environment. */
  readonly env: Env;
  /** Starts a program with a fourth pipe; what it prints is in `logPath`. */
  start(command: string, args: readonly string[], env?: Env): ChildProcess;
  /** Starts a session bus and answers its address. */
  startBus(env?: Env): Promise<string>;
  /** Runs a short program to its end and answers what it printed. */
  run(command: string, args: readonly string[], env?: Env, input?: Uint8Array): Promise<Buffer>;
  /** Ends all programs, the newest first. */
  close(): Promise<void>;
}

/** Programs of the user's own session must not leak in. */
const INHERITED = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'CI'] as const;

/**
 * Creates the folder of a desktop.
 * @param own environment variables of this kind of desktop
 * @param prefix a command that runs the programs somewhere else, such as in another root
 */
export async function createPrograms(own: Env, prefix: readonly string[] = []): Promise<Programs> {
  sweepLeftovers('orphaned');
  const dir = await mkdtemp(join(tmpdir(), 'linkify-desktop-'));
  const children: ChildProcess[] = [];
  const files = await writeSessionFiles(dir);
  const logPath = join(dir, 'desktop.log');
  const log = createWriteStream(logPath);
  // Each program adds some.
  log.setMaxListeners(0);
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const base: Env = {
    ...Object.fromEntries(inherited),
    ...ownerMark(),
    HOME: files.home,
    XDG_RUNTIME_DIR: files.runtimeDir,
    XDG_CONFIG_HOME: join(files.home, '.config'),
    XDG_CACHE_HOME: join(files.home, '.cache'),
    XDG_DATA_HOME: join(files.home, '.local/share'),
    NO_AT_BRIDGE: '1',
    GTK_A11Y: 'none',
    ...own,
  };

  const killSync = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', killSync);

  const start = (command: string, args: readonly string[], env: Env = base): ChildProcess => {
    const [program = command, ...rest] = [...prefix, command, ...args];
    const child = spawnBound(program, rest, {
      env,
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    children.push(child);
    return child;
  };

  return {
    dir,
    logPath,
    files,
    env: base,
    start,
    startBus(env) {
      const args = [`--config-file=${files.busConfig}`, '--nofork', '--print-address=3'];
      return firstLine(start('dbus-daemon', args, env).stdio[3] as Readable, 'dbus-daemon');
    },
    run(command, args, env = base, input) {
      const [program = command, ...rest] = [...prefix, command, ...args];
      return runProgram(program, rest, { env, ...(input === undefined ? {} : { input }) });
    },
    async close() {
      process.off('exit', killSync);
      for (const child of children.reverse()) await endChild(child);
      sweepLeftovers('own');
      log.end();
      await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
