import { type Bus, connectBus } from './desktop/bus.ts';
import { createClipboard, type DesktopClipboard } from './desktop/clipboard.ts';
import { ensureDebianPackages } from './desktop/debian-packages.ts';
import { dunstOnX11, type Notifications, watchNotifications } from './desktop/notifications.ts';
import { runProgram } from './desktop/processes.ts';
import { createPrograms } from './desktop/programs.ts';
import { stillPicture } from './desktop/still-picture.ts';
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
  const programs = await createPrograms({ XDG_CURRENT_DESKTOP: 'XFCE', XDG_SESSION_TYPE: 'x11' });
  const { dir, files, start, env: base } = programs;

  let bus: Bus | undefined;
  let notifications: Notifications | undefined;
  let clipboard: DesktopClipboard | undefined;

  const close = async (): Promise<void> => {
    await clipboard?.close();
    notifications?.close();
    bus?.close();
    await programs.close();
  };

  try {
    const display = await startXServer({ dir, screens, env: base, start });
    const address = await programs.startBus({ ...base, DISPLAY: display });
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
    notifications = await watchNotifications(address, connected, dunstOnX11(connected, env, dir));

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
      screenshot: (path) =>
        stillPicture(path, () =>
          runProgram('import', ['-window', 'root', '-strip', 'png:-'], { env, limitMs: 20_000 }),
        ),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
