import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild, spawnBound } from '../desktop/processes.ts';
import { waitFor } from '../desktop/wait-for.ts';

export interface Sway {
  /** For programs of the session. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

const isRoot = process.getuid?.() === 0;
const runs = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Why no sway can be started here; `undefined` if one can. */
export function swayLack(): string | undefined {
  if (process.platform !== 'linux') return 'sway runs on Linux only';
  if (!runs('sway', ['--version'])) return 'install sway';
  if (!runs('wl-copy', ['--version'])) return 'install wl-clipboard';
  if (isRoot && !runs('unshare', ['-U', 'true'])) return 'root needs user namespaces to run sway';
  return undefined;
}

/** Starts sway without a screen, with neither bar nor X server: a compositor with zwlr data-control. */
export async function startSway(): Promise<Sway> {
  const dir = await mkdtemp(join(tmpdir(), 'linkify-sway-'));
  const ready = join(dir, 'ready');
  await writeFile(
    join(dir, 'config'),
    `xwayland disable\nexec sh -c 'echo "$WAYLAND_DISPLAY" >${ready}.new; mv ${ready}.new ${ready}'\n`,
  );
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: dir,
    XDG_RUNTIME_DIR: dir,
    XDG_SESSION_TYPE: 'wayland',
    XDG_CURRENT_DESKTOP: 'sway',
    WLR_BACKENDS: 'headless',
    WLR_LIBINPUT_NO_DEVICES: '1',
    WLR_RENDERER: 'pixman',
    LIBSEAT_BACKEND: 'noop',
  };
  // sway refuses to run as root: in a user namespace it is somebody else.
  const as = isRoot ? ['unshare', '-U', '--map-user=1000', '--map-group=1000'] : ['env'];
  const [command = 'env', ...args] = [...as, 'sway', '-c', join(dir, 'config')];
  const sway = spawnBound(command, args, { env, stdio: 'ignore' });
  const close = async (): Promise<void> => {
    await endChild(sway);
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const display = await waitFor('sway', async () => {
      if (sway.exitCode !== null) throw new Error(`sway ended with ${sway.exitCode}`);
      return (await readFile(ready, 'utf8').catch(() => '')).trim() || undefined;
    });
    return { env: { ...env, WAYLAND_DISPLAY: display }, close };
  } catch (error) {
    await close();
    throw error;
  }
}
