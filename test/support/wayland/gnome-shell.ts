import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Bus } from '../desktop/bus.ts';
import type { NotificationScreen } from '../desktop/notifications.ts';
import { stillPicture } from '../desktop/still-picture.ts';
import { waitFor } from '../desktop/wait-for.ts';
import type { ClipboardReader } from './clipboard.ts';
import { type DesktopWindow, Windows } from './desktop.ts';

/** GNOME Shell in its `--unsafe-mode`: a test runs scripts in it. */
export interface GnomeShell {
  /**
   * Runs an expression (`org.gnome.Shell.Eval`), and answers its value as far as JSON has it.
   * @throws Error when the expression throws
   */
  evaluate(expression: string): Promise<unknown>;
  key(keys: string): Promise<void>;
  move(x: number, y: number): Promise<void>;
  click(button: 1 | 2 | 3): Promise<void>;
  windows(): Promise<readonly DesktopWindow[]>;
  /** The middle of the only icon of the AppIndicator extension. */
  trayIcon(): Promise<{ readonly x: number; readonly y: number }>;
  screenshot(path: string): Promise<void>;
  readonly notifications: NotificationScreen;
  /** Takes away those of programs that are still in the list. */
  clearNotifications(): Promise<void>;
  readonly clipboard: ClipboardReader;
}

const SHELL = {
  destination: 'org.gnome.Shell',
  path: '/org/gnome/Shell',
  interface: 'org.gnome.Shell',
} as const;

/** Keysyms of X (keysymdef.h). */
const KEYSYMS: Readonly<Record<string, number>> = {
  ctrl: 0xffe3,
  shift: 0xffe1,
  alt: 0xffe9,
  super: 0xffeb,
  return: 0xff0d,
  escape: 0xff1b,
  delete: 0xffff,
};

/** A virtual device is kept in the shell's `global`: each new one would be another keyboard. */
const DEVICES = `const {Clutter, GLib} = imports.gi;
const seat = Clutter.get_default_backend().get_default_seat();
const device = (name, type) => global[name] ??= seat.create_virtual_device(type);
const keyboard = () => device('testKeyboard', Clutter.InputDeviceType.KEYBOARD_DEVICE);
const pointer = () => device('testPointer', Clutter.InputDeviceType.POINTER_DEVICE);
const now = () => GLib.get_monotonic_time();
const {PRESSED, RELEASED} = Clutter.ButtonState;`;

/** The shell has a window of its own on the X server, of one pixel. */
const WINDOWS = `global.get_window_actors().filter(({width}) => width > 1).map(({meta_window: w}) => {
  const {x, y, width, height} = w.get_frame_rect();
  return {title: w.get_title() ?? '', isFocused: w.has_focus(), isXWayland: w.get_client_type() === 1,
    x, y, width, height};
})`;

const Point = v.object({ x: v.number(), y: v.number() });

const middleOf = (actor: string): string => `(() => {
  const actor = ${actor};
  const [x, y] = actor.get_transformed_position();
  const [width, height] = actor.get_transformed_size();
  return {x: x + width / 2, y: y + height / 2};
})()`;

/** Those of programs; the shell itself has others, such as of windows that want the focus. */
const NOTIFICATIONS = `Main.messageTray.getSources()
  .filter((source) => source.constructor.name === 'FdoNotificationDaemonSource')
  .flatMap(({notifications}) => notifications)`;

const BANNER = 'Main.messageTray._banner';

/** @param dir where pictures may be saved: the shell sees it under the same path */
export function connectShell(bus: Bus, dir: string): GnomeShell {
  const evaluate: GnomeShell['evaluate'] = async (expression) => {
    const [ok, result] = await bus.call({
      ...SHELL,
      member: 'Eval',
      signature: 's',
      body: [expression],
    });
    if (ok !== true) throw new Error(`GNOME Shell: ${String(result)}`);
    return result === '' ? undefined : JSON.parse(String(result));
  };
  const act = async (code: string): Promise<void> => {
    await evaluate(`(() => { ${DEVICES} ${code} })()`);
    // What it caused has been handled once the main loop has been around.
    await evaluate('1');
  };
  const move: GnomeShell['move'] = (x, y) =>
    act(`pointer().notify_absolute_motion(now(), ${x}, ${y});`);
  const click: GnomeShell['click'] = async (button) => {
    for (const state of ['PRESSED', 'RELEASED']) {
      await act(`pointer().notify_button(now(), ${button}, ${state});`);
    }
  };
  return {
    evaluate,
    async key(keys) {
      const codes = JSON.stringify(keysyms(keys));
      await act(`const codes = ${codes}; const {KeyState} = Clutter;
        for (const code of codes) keyboard().notify_keyval(now(), code, KeyState.PRESSED);
        for (const code of codes.reverse()) keyboard().notify_keyval(now(), code, KeyState.RELEASED);`);
    },
    move,
    click,
    windows: async () => v.parse(Windows, await evaluate(WINDOWS)),
    async trayIcon() {
      const icon = `Object.entries(Main.panel.statusArea).find(([name]) => name.startsWith('appindicator'))[1]`;
      return v.parse(Point, await evaluate(middleOf(icon)));
    },
    screenshot: (path) => stillPicture(path, () => grab(evaluate, dir)),
    notifications: {
      count: async () => Number(await evaluate(`${NOTIFICATIONS}.length`)),
      async press(_id, label) {
        const isWanted = `(action) => action.label === ${JSON.stringify(label)}`;
        const buttons = `${NOTIFICATIONS}.flatMap(({actions}) => actions)`;
        // Since GNOME 46 an action is an object with a method.
        const press = '(action) => (action.activate ?? action.callback).call(action)';
        await evaluate(`(${press})(${buttons}.find(${isWanted}))`);
      },
      async click() {
        const count = async () => Number(await evaluate(`${NOTIFICATIONS}.length`));
        const before = await count();
        // A banner moves while it comes, and goes after some seconds: then the notification is only
        // in the list.
        await waitFor('the notification to take the click', async () => {
          const banner = await evaluate(`${BANNER} && ${middleOf(BANNER)}`);
          if (banner === null) await evaluate(`${NOTIFICATIONS}[0].activate()`);
          else {
            const { x, y } = v.parse(Point, banner);
            await move(x, y);
            await click(1);
          }
          return waitFor('it to go', async () => (await count()) < before, 1_000).catch(
            () => false,
          );
        });
      },
    },
    async clearNotifications() {
      await evaluate(`${NOTIFICATIONS}.forEach((notification) => notification.destroy())`);
    },
    clipboard: shellClipboard(evaluate),
  };
}

function keysyms(keys: string): readonly number[] {
  const names = keys.toLowerCase().split('+');
  return names.map((name) => {
    const code = KEYSYMS[name];
    if (code !== undefined) return code;
    return (names.includes('shift') ? name.toUpperCase() : name).charCodeAt(0);
  });
}

async function grab(evaluate: GnomeShell['evaluate'], dir: string): Promise<Buffer> {
  const path = join(dir, 'screen.png');
  await evaluate(`(() => {
    const {Shell, Gio} = imports.gi;
    const stream = Gio.File.new_for_path(${JSON.stringify(path)})
      .replace(null, false, Gio.FileCreateFlags.NONE, null);
    const shot = new Shell.Screenshot();
    global.testShot = false;
    shot.screenshot(false, stream, (_, result) => {
      shot.screenshot_finish(result);
      stream.close(null);
      global.testShot = true;
    });
  })()`);
  await waitFor('the picture', async () => (await evaluate('global.testShot')) === true);
  return readFile(path);
}

/** What GNOME Shell itself reads: only a focused Wayland program could do the same. */
function shellClipboard(evaluate: GnomeShell['evaluate']): ClipboardReader {
  const clipboard = 'imports.gi.St.ClipboardType.CLIPBOARD';
  const formats = async (): Promise<readonly string[]> =>
    v.parse(
      v.array(v.string()),
      await evaluate(`imports.gi.St.Clipboard.get_default().get_mimetypes(${clipboard})`),
    );
  return {
    formats,
    async read(mime) {
      if (!(await formats()).includes(mime)) throw new Error(`no ${mime} on the clipboard`);
      await evaluate(`(() => {
        global.testContent = null;
        imports.gi.St.Clipboard.get_default().get_content(${clipboard}, ${JSON.stringify(mime)},
          (_, bytes) => { global.testContent = imports.gi.GLib.base64_encode(bytes.get_data()); });
      })()`);
      const base64 = await waitFor(`${mime} of the clipboard`, async () => {
        const content = await evaluate('global.testContent');
        return typeof content === 'string' && { content };
      });
      return Buffer.from(base64.content, 'base64');
    },
  };
}
