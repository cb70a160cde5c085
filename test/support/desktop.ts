import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Bus, connectBus } from './desktop/bus.ts';
import { createClipboard, type DesktopClipboard } from './desktop/clipboard.ts';
import { ensureDebianPackages } from './desktop/debian-packages.ts';
import { firstLine } from './desktop/first-line.ts';
import { type Notifications, watchNotifications } from './desktop/notifications.ts';
import {
  endChild,
  ownerMark,
  runProgram,
  spawnBound,
  sweepLeftovers,
} from './desktop/processes.ts';
import { writeSessionFiles } from './desktop/session-files.ts';
import { createTray, type Tray } from './desktop/tray.ts';
import { waitFor } from './desktop/wait-for.ts';
import { type Screens, startXServer, wholeSize } from './desktop/x-server.ts';

/** A real desktop without a screen: X server, window manager, panel with tray, notifications. */
export interface Desktop {
  /** What a program needs in its environment to run on it. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder that goes when the desktop is closed. */
  readonly dir: string;
  readonly clipboard: DesktopClipboard;
  readonly notifications: Notifications;
  readonly tray: Tray;
  /** Presses keys, such as `ctrl+shift+l`. */
  key(keys: string): Promise<void>;
  /** Moves the mouse and clicks. */
  click(x: number, y: number, button?: 1 | 2 | 3): Promise<void>;
  /** Moves the mouse and does nothing else. */
  point(x: number, y: number): Promise<void>;
  /** Runs a short program of the desktop, and answers what it printed. */
  run(command: string, args: readonly string[]): Promise<string>;
  /** Saves what the whole screen shows, as PNG. */
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

const SCREEN_PX = '1280x800';
const BACKGROUND = 'gradient:#5f7f95-#39566b';

/** Programs of the person's own session that must not leak in. */
const KEPT = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'CI'] as const;

/**
 * Starts a desktop and waits until its tray takes icons.
 * @param say gets a line where something takes long (installing packages)
 * @param screens one screen's size in pixels, or several monitors; the panel is on the first
 * @throws SetupProblem where the machine lacks something that cannot be installed
 */
export async function startDesktop(
  say: (line: string) => void = console.error,
  screens: Screens = SCREEN_PX,
): Promise<Desktop> {
  await ensureDebianPackages(say);
  sweepLeftovers('orphaned');
  const dir = await mkdtemp(join(tmpdir(), 'linkify-desktop-'));
  const children: ChildProcess[] = [];
  const files = await writeSessionFiles(dir);
  const log = createWriteStream(join(dir, 'desktop.log'));
  const base: Record<string, string> = {
    ...Object.fromEntries(KEPT.flatMap((name) => [[name, process.env[name]]])),
    ...ownerMark(),
    HOME: files.home,
    XDG_RUNTIME_DIR: files.runtimeDir,
    XDG_CONFIG_HOME: join(files.home, '.config'),
    XDG_CACHE_HOME: join(files.home, '.cache'),
    XDG_DATA_HOME: join(files.home, '.local/share'),
    XDG_CURRENT_DESKTOP: 'XFCE',
    XDG_SESSION_TYPE: 'x11',
    NO_AT_BRIDGE: '1',
    GTK_A11Y: 'none',
  };
  for (const name of KEPT) if (base[name] === undefined) delete base[name];

  const start = (command: string, args: readonly string[], env: Record<string, string>) => {
    const child = spawnBound(command, args, {
      env,
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    child.stderr?.pipe(log, { end: false });
    children.push(child);
    return child;
  };

  let bus: Bus | undefined;
  let notifications: Notifications | undefined;
  let clipboard: DesktopClipboard | undefined;

  const killSync = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', killSync);

  const close = async (): Promise<void> => {
    process.off('exit', killSync);
    await clipboard?.close();
    notifications?.close();
    bus?.close();
    for (const child of children.reverse()) await endChild(child);
    sweepLeftovers('own');
    log.end();
    await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };

  try {
    const display = await startXServer({ dir, screens, env: base, start });
    const busDaemon = start(
      'dbus-daemon',
      [`--config-file=${files.busConfig}`, '--nofork', '--print-address=3'],
      { ...base, DISPLAY: display },
    );
    const address = await firstLine(busDaemon.stdio[3] as Readable, 'dbus-daemon');
    const env = { ...base, DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: address };

    start('openbox', [], env);
    start('dunst', ['-conf', files.dunstConfig], env);
    start('xfce4-panel', ['--disable-wm-check'], env);
    const connected = connectBus(address);
    bus = connected;
    for (const name of ['org.kde.StatusNotifierWatcher', 'org.freedesktop.Notifications']) {
      await waitFor(`${name} on the session bus`, () => connected.hasOwner(name), 30_000);
    }
    // It ends with 1 even where it has painted; and a desktop without a background is a desktop too.
    await runProgram('display', ['-window', 'root', '-size', wholeSize(screens), BACKGROUND], {
      env,
    }).catch(() => {});
    clipboard = createClipboard(env);
    notifications = await watchNotifications(address, connected, env);

    return {
      env,
      dir,
      clipboard,
      notifications,
      tray: createTray(connected),
      key: async (keys) => {
        await runProgram('xdotool', ['key', '--clearmodifiers', keys], { env });
      },
      click: async (x, y, button = 1) => {
        const at = [String(x), String(y)];
        await runProgram('xdotool', ['mousemove', ...at, 'click', String(button)], { env });
      },
      point: async (x, y) => {
        await runProgram('xdotool', ['mousemove', String(x), String(y)], { env });
      },
      run: async (command, args) => (await runProgram(command, args, { env })).toString(),
      screenshot: async (path) => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, await stillPicture(env));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Grabs the screen until two pictures in a row are alike: what was being drawn is there then. */
async function stillPicture(env: Record<string, string>): Promise<Buffer> {
  const grab = () =>
    runProgram('import', ['-window', 'root', '-strip', 'png:-'], { env, limitMs: 20_000 });
  let last = await grab();
  for (let tries = 0; tries < 10; tries += 1) {
    const next = await grab();
    if (next.equals(last)) break;
    last = next;
  }
  return last;
}
