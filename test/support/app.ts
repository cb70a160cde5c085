import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { endChild, spawnBound } from './desktop/processes.ts';
import { waitFor } from './desktop/wait-for.ts';
import type { Desktop } from './desktop.ts';
import { findRuntime } from './runtime.ts';
import { SetupProblem } from './setup-problem.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Where `npm run package -- --for-tests` leaves the application. */
const PACKAGED_FOR_TESTS = join(ROOT, 'release/for-tests/linux-unpacked/linkify-tray');

/** What to start: the built folder on a runtime, or a packaged application. */
export interface AppCommand {
  readonly executable: string;
  readonly args: readonly string[];
}

/** The app to test: dist/ on a runtime, or with LINKIFY_E2E_APP=packaged the packaged one. */
export async function appCommand(): Promise<AppCommand> {
  if (process.env.LINKIFY_E2E_APP === 'packaged') {
    if (!existsSync(PACKAGED_FOR_TESTS)) {
      throw new SetupProblem('Package it first: npm run package -- --for-tests');
    }
    return { executable: PACKAGED_FOR_TESTS, args: rootArgs() };
  }
  return { executable: (await findRuntime()).executable, args: [ROOT, ...rootArgs()] };
}

/** Chromium's sandbox does not start for root: only tests and the demo ever run so. */
export function rootArgs(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

export interface LaunchOptions {
  readonly desktop: Desktop;
  /** Folder of settings, links and shares; a new one when absent. */
  readonly profile?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What to start instead of the app itself. */
  readonly command?: AppCommand;
}

/** The app as a person's desktop runs it: nothing is attached to it. */
export interface RunningApp {
  readonly profile: string;
  readonly child: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** As a power cut for the process: no handler of its own runs. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Where Pieces OS would be: nowhere, so that no other program of this machine is taken for it. */
const NO_PIECES = {
  LINKIFY_TRAY_PIECES_PORTS: '2-2',
  LINKIFY_TRAY_PIECES_PORT_FILE: '/nonexistent/.port.txt',
};

/** Starts the app and waits until it has its icon and menu in the panel. */
export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const { desktop } = options;
  const profile = options.profile ?? (await newProfile(desktop));
  const command = options.command ?? (await appCommand());
  const child = spawnBound(
    command.executable,
    [...command.args, `--user-data-dir=${profile}`, ...(options.args ?? [])],
    {
      env: { ...desktop.env, ...NO_PIECES, ...options.env },
      cwd: desktop.dir,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const output = collectOutput(child);
  await untilMenu(desktop, child, output);
  return {
    profile,
    child,
    output,
    async kill() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
      await untilNoIcon(desktop);
    },
    async close() {
      await endChild(child);
      await untilNoIcon(desktop);
    },
  };
}

/** What Chromium itself says about a machine without a system bus or a graphics card. */
const CHROMIUM_LOG = /^\[\d+:\d+\/[\d.]+:(?:ERROR|WARNING):.*\n/gm;

/** What a command came to. */
export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs the app as a command and answers its exit code and what it printed. */
export async function runCommandLine(options: {
  readonly desktop: Desktop;
  /** Absent: the default folder of the environment. */
  readonly profile?: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}): Promise<CommandResult> {
  const { desktop, profile, args, env, cwd = desktop.dir } = options;
  const command = await appCommand();
  return new Promise((resolve) => {
    const child = spawn(
      command.executable,
      [...command.args, ...(profile === undefined ? [] : [`--user-data-dir=${profile}`]), ...args],
      {
        env: { ...desktop.env, ...NO_PIECES, ...env },
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk;
    });
    child.on('close', (code) => resolve({ code, out, errors: errors.replace(CHROMIUM_LOG, '') }));
  });
}

/** Answers what a process printed so far, on both of its streams. */
function collectOutput(child: ChildProcess): () => string {
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk;
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return () => output;
}

/** The app with Playwright attached, for what happens inside its windows. */
export interface DrivenApp {
  readonly profile: string;
  readonly electron: ElectronApplication;
  /** Quits, and kills what has not quit after `limitMs` (5 s). */
  close(limitMs?: number): Promise<void>;
}

export async function driveApp(options: LaunchOptions): Promise<DrivenApp> {
  const { desktop } = options;
  const profile = options.profile ?? (await newProfile(desktop));
  const command = options.command ?? (await appCommand());
  const electron = await _electron.launch({
    executablePath: command.executable,
    args: [...command.args, `--user-data-dir=${profile}`, ...(options.args ?? [])],
    env: { ...desktop.env, ...NO_PIECES, ...options.env },
    cwd: desktop.dir,
  });
  const child = electron.process();
  const output = collectOutput(child);
  await untilMenu(desktop, child, output);
  return {
    profile,
    electron,
    async close(limitMs = 5_000) {
      // Quitting is the app's own business and may be refused: a test ends in any case.
      const killed = setTimeout(() => child.kill('SIGKILL'), limitMs);
      await electron.close().catch(() => {});
      clearTimeout(killed);
      await untilNoIcon(desktop);
    },
  };
}

/** As most tests want it: they open a link at once, as no person could. */
const TEST_SETTINGS = { version: 1, graceSeconds: 0 };

/** @param settings what the app finds at its first start; `null`: nothing */
export async function newProfile(
  desktop: Pick<Desktop, 'dir'>,
  settings: object | null = TEST_SETTINGS,
): Promise<string> {
  const parent = join(desktop.dir, 'profiles');
  await mkdir(parent, { recursive: true });
  const profile = await mkdtemp(join(parent, 'profile-'));
  if (settings !== null) {
    await writeFile(join(profile, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
  }
  return profile;
}

/** The whole menu comes last at start: with it the app hears its shortcut, too. */
async function untilMenu(
  desktop: Desktop,
  child: ChildProcess,
  output: () => string,
): Promise<void> {
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const state = await waitFor(
    'the menu of the icon in the panel',
    async () => (ended() ? 'ended' : (await desktop.tray.hasMenu()) && 'there'),
    30_000,
  ).catch((error: Error) => {
    throw new Error(`${error.message}. The app printed:\n${output()}`);
  });
  if (state === 'ended') throw new Error(`The app ended at once. It printed:\n${output()}`);
}

async function untilNoIcon(desktop: Desktop): Promise<void> {
  await waitFor('the icon to leave the panel', async () => (await desktop.tray.iconCount()) === 0);
}
