import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMissing } from '../desktop/debian-packages.ts';
import { endChild, spawnBound } from '../desktop/processes.ts';
import { waitFor } from '../desktop/wait-for.ts';

type Env = Readonly<Record<string, string>>;

export interface Sway {
  /** For programs of the session. */
  readonly env: Env;
  close(): Promise<void>;
}

/** What `startSway` and tests of the clipboard need. */
const COMPOSITOR_PACKAGES = [['sway'], ['wl-clipboard']] as const;

const isRoot = process.getuid?.() === 0;

/** sway refuses to run as root; in a user namespace it's somebody else. */
const AS_USER = ['unshare', '--user', '--map-user=1000', '--map-group=1000'] as const;

/** Why no sway can be started on this machine; `undefined` if one can. */
export async function swayProblem(
  packages: readonly (readonly string[])[] = COMPOSITOR_PACKAGES,
): Promise<string | undefined> {
  const missing = await findMissing(packages).catch((error: Error) => error.message);
  if (typeof missing === 'string') return missing;
  if (missing.length > 0) {
    return `Debian packages are missing: ${missing.map(([name]) => name).join(' ')}`;
  }
  const [unshare, ...options] = AS_USER;
  const canRun = !isRoot || spawnSync(unshare, [...options, 'true']).status === 0;
  return canRun ? undefined : 'root needs user namespaces to run sway';
}

/** The environment of sway and of its programs. */
export const SWAY_ENV = {
  XDG_CURRENT_DESKTOP: 'sway',
  XDG_SESSION_DESKTOP: 'sway',
  XDG_SESSION_TYPE: 'wayland',
  WLR_BACKENDS: 'headless',
  WLR_LIBINPUT_NO_DEVICES: '1',
  WLR_RENDERER: 'pixman',
  LIBSEAT_BACKEND: 'noop',
} as const;

/** Variables that sway adds for its programs; `DISPLAY` only where it runs XWayland. */
const VARIABLES = ['WAYLAND_DISPLAY', 'SWAYSOCK', 'DISPLAY'];

/**
 * Starts sway without a screen, and waits until it runs.
 * @param dir a folder for its configuration
 * @param start runs a command with `SWAY_ENV`
 * @returns what its programs need in their environment, too
 */
export async function runSway(
  dir: string,
  config: string,
  start: (command: string, args: readonly string[]) => ChildProcess,
): Promise<Env> {
  const path = join(dir, 'sway.config');
  const told = join(dir, 'sway.env');
  await writeFile(path, `${config}exec sh -c 'env >${told}.new && mv ${told}.new ${told}'\n`);
  const [command = 'sway', ...args] = [...(isRoot ? AS_USER : []), 'sway', '-c', path];
  const sway = start(command, args);
  const lines = await waitFor(
    'sway',
    async () => {
      if (sway.exitCode !== null) throw new Error(`sway ended with ${sway.exitCode}`);
      return (await readFile(told, 'utf8')).split('\n');
    },
    30_000,
  );
  const entries = lines.map((line) => line.split('=', 2) as [string, string?]);
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      value !== undefined && VARIABLES.includes(name) ? [[name, value]] : [],
    ),
  );
}

/** Starts sway with neither bar nor X server: a compositor with zwlr data-control. */
export async function startSway(): Promise<Sway> {
  const dir = await mkdtemp(join(tmpdir(), 'linkify-sway-'));
  const { PATH = '' } = process.env;
  const env = { PATH, HOME: dir, XDG_RUNTIME_DIR: dir, ...SWAY_ENV };
  let sway: ChildProcess | undefined;
  const close = async (): Promise<void> => {
    if (sway !== undefined) await endChild(sway);
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const added = await runSway(dir, 'xwayland disable\n', (command, args) => {
      sway = spawnBound(command, args, { env, stdio: 'ignore' });
      return sway;
    });
    return { env: { ...env, ...added }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
