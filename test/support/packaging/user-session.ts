import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { firstLine } from '../desktop/first-line.ts';
import { endChild, ownerMark, spawnBound, sweepLeftovers } from '../desktop/processes.ts';
import { type RunResult, run } from './run.ts';

/** An ordinary user with a home, an X server and a session bus of its own. */
export interface UserSession {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs a command as the user. */
  run(command: readonly string[], limitMs?: number): Promise<RunResult>;
  /** Starts a command that goes on running, as the user. */
  start(command: readonly string[]): ChildProcess;
  close(): Promise<void>;
}

/** `games`, which every Debian has, and which runs nothing: D-Bus wants a user with a name. */
const UID = 5;
const GID = 60;

/**
 * Starts a session for a user who isn't root, as Chromium's sandbox needs it.
 * @param prefix a command that runs the rest in another root, which has Xvfb and dbus-daemon
 */
export async function startUserSession(prefix: readonly string[] = []): Promise<UserSession> {
  const home = await mkdtemp(join(tmpdir(), 'linkify-user-'));
  const runtimeDir = join(home, 'run');
  await mkdir(runtimeDir, { mode: 0o700 });
  for (const folder of [home, runtimeDir]) await chown(folder, UID, GID);
  await chmod(home, 0o755);
  const asUser = ['setpriv', `--reuid=${UID}`, `--regid=${GID}`, '--clear-groups'];
  const clean = ['env', '-i', '--chdir', home];
  const base = {
    ...ownerMark(),
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: home,
    LANG: 'C.UTF-8',
    XDG_RUNTIME_DIR: runtimeDir,
    // Pieces OS is nowhere, so that no other program of this machine is taken for it.
    LINKIFY_TRAY_PIECES_PORTS: '2-2',
    LINKIFY_TRAY_PIECES_PORT_FILE: '/nonexistent/.port.txt',
  };
  const commandOf = (env: object, command: readonly string[]): readonly string[] => [
    ...prefix,
    ...asUser,
    ...clean,
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    ...command,
  ];
  const children: ChildProcess[] = [];
  const start = (env: object, command: readonly string[]): ChildProcess => {
    const [program = '', ...args] = commandOf(env, command);
    const child = spawnBound(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    return child;
  };
  const printed = (what: string, command: readonly string[]): Promise<string> =>
    firstLine(start(base, command).stdout as Readable, what);
  const display = await printed('Xvfb', [
    ...['Xvfb', '-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset'],
    // Screenshots are taken by another user.
    '-ac',
  ]);
  const bus = await printed('dbus-daemon', [
    ...['dbus-daemon', '--session', '--nofork', '--print-address=1'],
  ]);
  const env = { ...base, DISPLAY: `:${display}`, DBUS_SESSION_BUS_ADDRESS: bus };
  return {
    home,
    env,
    run: (command, limitMs) => run(commandOf(env, command), {}, limitMs),
    start: (command) => start(env, command),
    async close() {
      for (const child of children.reverse()) await endChild(child);
      sweepLeftovers('own');
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** A process of the app, by its type in Chromium: `zygote`, `renderer`, ... */
export interface AppProcess {
  readonly pid: number;
  readonly type: string;
  /** Whether it is in another user namespace, and another process namespace, than the app itself. */
  readonly hasOwnUserNamespace: boolean;
  readonly hasOwnProcessNamespace: boolean;
  /** Whether system calls are filtered (seccomp-bpf). */
  readonly isFiltered: boolean;
  readonly commandLine: string;
}

/** The processes of the app of this session: the app itself, and all that descend from it. */
export function appProcesses({ home }: UserSession): readonly AppProcess[] {
  const all = new Map(processes().map((process) => [process.pid, process]));
  const app = all.get(runningApp(home) ?? 0);
  const descends = (pid: number): boolean => {
    const parent = all.get(pid)?.parent ?? 0;
    return pid === app?.pid || (parent !== 0 && descends(parent));
  };
  return [...all.values()]
    .filter(({ pid, type }) => type !== undefined && descends(pid))
    .map(({ pid, type = '', user, processes, isFiltered, commandLine }) => ({
      pid,
      type,
      isFiltered,
      commandLine,
      hasOwnUserNamespace: user !== app?.user,
      hasOwnProcessNamespace: processes !== app?.processes,
    }));
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Absent: another program than the app. */
  readonly type?: string;
  readonly user: string;
  readonly processes: string;
  readonly isFiltered: boolean;
  readonly commandLine: string;
}

function processes(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const folder = `/proc/${name}`;
        const status = readFileSync(`${folder}/status`, 'utf8');
        // Chromium joins the arguments of what it forks by spaces.
        const commandLine = readFileSync(`${folder}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const isApp = readlinkSync(`${folder}/exe`).endsWith('/linkify-tray');
        return {
          pid: Number(name),
          parent: Number(/^PPid:\s*(\d+)$/m.exec(status)?.[1] ?? 0),
          ...(isApp ? { type: /--type=([\w-]+)/.exec(commandLine)?.[1] ?? 'browser' } : {}),
          user: readlinkSync(`${folder}/ns/user`),
          processes: readlinkSync(`${folder}/ns/pid`),
          isFiltered: /^Seccomp:\s*2$/m.test(status),
          commandLine,
        };
      } catch {
        // A thread of the kernel, or it ended meanwhile.
        return [];
      }
    });
}

/** The process that has the profile's single-instance lock: a link to `HOST-PID`. */
function runningApp(home: string): number | undefined {
  try {
    const lock = readlinkSync(join(home, '.config/Linkify Tray/SingletonLock'));
    return Number(lock.slice(lock.lastIndexOf('-') + 1));
  } catch {
    return undefined;
  }
}
