import * as v from 'valibot';
import type { Bus } from '../desktop/bus.ts';
import type { Notifications } from '../desktop/notifications.ts';
import { createPrograms } from '../desktop/programs.ts';
import { stillPicture } from '../desktop/still-picture.ts';
import { createTray } from '../desktop/tray.ts';
import { writeAppScript } from './app-script.ts';
import { createWaylandClipboard, pasteProgram } from './clipboard.ts';
import {
  type DesktopWindow,
  focusOther,
  type Ozone,
  SCREEN,
  type WaylandDesktop,
} from './desktop.ts';
import { type Input, virtualPointer } from './input.ts';
import { startPanel, TRAY_ICON } from './panel.ts';
import { runSway, SWAY_ENV } from './sway.ts';

/** Debian packages of the session; dunst is the one of the X11 desktop. */
export const SWAY_PACKAGES: readonly (readonly string[])[] = [
  ['sway'],
  ['xwayland'],
  ['waybar'],
  ['dunst'],
  ['wl-clipboard'],
  ['wtype'],
  ['grim'],
  ['foot'],
  ['libnotify-bin'],
  ['fonts-dejavu-core'],
];

/** The shortcut is bound as Settings tells users of sway. */
const CONFIG = `output HEADLESS-1 resolution ${SCREEN.width}x${SCREEN.height} position 0 0 bg #305070 solid_color
default_border none
focus_follows_mouse no
xwayland enable
bindsym Ctrl+Alt+Shift+k exec linkify-tray --share-clipboard
`;

/** Starts sway without a screen, with waybar, dunst, and the app's script in its PATH. */
export async function startSwayDesktop(ozone: Ozone): Promise<WaylandDesktop> {
  const programs = await createPrograms(SWAY_ENV);
  let bus: Bus | undefined;
  let notifications: Notifications | undefined;
  let pointer: Input | undefined;
  const close = async (): Promise<void> => {
    pointer?.close();
    notifications?.close();
    bus?.close();
    await programs.close();
  };
  try {
    const script = await writeAppScript(programs.dir, ozone);
    const base = { ...programs.env, PATH: `${script.folder}:${programs.env.PATH}` };
    const withBus = { ...base, DBUS_SESSION_BUS_ADDRESS: await programs.startBus(base) };
    const added = await runSway(programs.dir, CONFIG, (command, args) =>
      programs.start(command, args, withBus),
    );
    const env = { ...withBus, ...added };
    const input = await virtualPointer(env, SCREEN);
    pointer = input;
    const click: WaylandDesktop['click'] = async (x, y, button = 1) => {
      await input.move(x, y);
      await input.click(button);
    };
    ({ bus, notifications } = await startPanel(programs, env, click));
    const run: WaylandDesktop['run'] = async (command, args) =>
      (await programs.run(command, args, env)).toString();
    const windows = async () => windowsOf(JSON.parse(await run('swaymsg', ['-t', 'get_tree'])));
    return {
      name: ozone === 'default' ? 'sway' : `sway-${ozone}`,
      env,
      dir: programs.dir,
      command: script.command,
      profile: script.profile,
      clipboard: createWaylandClipboard(env, pasteProgram(env)),
      notifications,
      tray: createTray(bus),
      run,
      click,
      point: (x, y) => input.move(x, y),
      clickTrayIcon: () => click(TRAY_ICON.x, TRAY_ICON.y),
      async key(keys) {
        await run('wtype', wtypeArguments(keys));
      },
      windows,
      focusOther: () => focusOther(programs, env, windows),
      untilShortcutsBound: async () => {},
      screenshot: (path) => stillPicture(path, () => programs.run('grim', ['-'], env)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const WTYPE_MODIFIERS: Readonly<Record<string, string>> = {
  ctrl: 'ctrl',
  alt: 'alt',
  shift: 'shift',
  super: 'logo',
};

/**
 * `ctrl+shift+l` as wtype takes it: modifiers are pressed, the key, and modifiers released. Its
 * keyboard comes and goes with it, and XWayland learns of a keyboard's keymap some time later.
 */
function wtypeArguments(keys: string): readonly string[] {
  const names = keys.split('+');
  const modifiers = names.flatMap((name) => WTYPE_MODIFIERS[name] ?? []);
  return [
    ...['-s', String(KEYMAP_MS)],
    ...modifiers.flatMap((name) => ['-M', name]),
    ...['-k', names.at(-1) ?? ''],
    ...modifiers.toReversed().flatMap((name) => ['-m', name]),
    ...['-s', String(KEYMAP_MS)],
  ];
}

const KEYMAP_MS = 100;

/** What `swaymsg -t get_tree` says of a container that may be a window (sway-ipc(7)). */
interface SwayNode {
  readonly name: string | null;
  readonly focused: boolean;
  readonly pid?: number | undefined;
  readonly visible?: boolean | undefined;
  readonly shell?: string | undefined;
  readonly rect: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly nodes: readonly SwayNode[];
  readonly floating_nodes: readonly SwayNode[];
}

const Node: v.GenericSchema<SwayNode> = v.object({
  name: v.nullable(v.string()),
  focused: v.boolean(),
  pid: v.optional(v.number()),
  visible: v.optional(v.boolean()),
  shell: v.optional(v.string()),
  rect: v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() }),
  nodes: v.array(v.lazy(() => Node)),
  floating_nodes: v.array(v.lazy(() => Node)),
});

function windowsOf(tree: unknown): readonly DesktopWindow[] {
  const collect = (node: SwayNode): readonly DesktopWindow[] => {
    const inside = [...node.nodes, ...node.floating_nodes].flatMap(collect);
    if (node.pid === undefined || node.visible !== true) return inside;
    const isXWayland = node.shell === 'xwayland';
    const { name, focused, rect } = node;
    return [{ title: name ?? '', isFocused: focused, isXWayland, ...rect }, ...inside];
  };
  return collect(v.parse(Node, tree));
}
