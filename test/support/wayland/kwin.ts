import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Bus } from '../desktop/bus.ts';
import type { Programs } from '../desktop/programs.ts';
import { createTray } from '../desktop/tray.ts';
import { waitFor } from '../desktop/wait-for.ts';
import { writeAppScript } from './app-script.ts';
import { createWaylandClipboard, pasteProgram } from './clipboard.ts';
import type { DebianRecipe } from './debian-root.ts';
import {
  type DesktopWindow,
  focusOther,
  type Ozone,
  SCREEN,
  type WaylandDesktop,
  Windows,
} from './desktop.ts';
import { kwinInput } from './kwin-input.ts';
import { startPanel, TRAY_ICON } from './panel.ts';
import { startPortal } from './portal.ts';
import { type RootSession, startInRoot } from './root-session.ts';

type Env = Readonly<Record<string, string>>;

/**
 * Starts KWin without a screen in the root of a recipe, with its portal, waybar and dunst in place
 * of Plasma's panel.
 */
export function startKwin(recipe: DebianRecipe, ozone: Ozone): Promise<WaylandDesktop> {
  const own = {
    XDG_CURRENT_DESKTOP: 'KDE',
    XDG_SESSION_DESKTOP: 'KDE',
    XDG_SESSION_TYPE: 'wayland',
    KDE_FULL_SESSION: 'true',
    KDE_SESSION_VERSION: '6',
    LIBGL_ALWAYS_SOFTWARE: '1',
    KWIN_COMPOSE: 'Q',
    KWIN_WAYLAND_NO_PERMISSION_CHECKS: '1',
  };
  return startInRoot(recipe, 'KWin', own, (session) => kwinSession(ozone, session));
}

async function kwinSession(
  ozone: Ozone,
  { root, programs, opened }: RootSession,
): Promise<Omit<WaylandDesktop, 'close'>> {
  const script = await writeAppScript(programs.dir, ozone, root.prefix);
  const env = await startCompositor(programs, script.folder);
  const input = await kwinInput(env);
  opened.push(input);
  const click: WaylandDesktop['click'] = async (x, y, button = 1) => {
    await input.move(x, y);
    await input.click(button);
  };
  const { bus, notifications } = await startPanel(programs, env, click);
  opened.push(bus, notifications);
  await startPortal(env, bus);
  const clipboard = createWaylandClipboard(env, pasteProgram(env, root.prefix), root.prefix);
  opened.push(clipboard);
  const windows = (): Promise<readonly DesktopWindow[]> => windowsOf(programs, bus);
  return {
    name: 'kwin',
    env,
    dir: programs.dir,
    command: script.command,
    profile: script.profile,
    clipboard,
    notifications,
    tray: createTray(bus),
    run: async (command, args) => (await programs.run(command, args, env)).toString(),
    click,
    point: (x, y) => input.move(x, y),
    clickTrayIcon: () => click(TRAY_ICON.x, TRAY_ICON.y),
    key: (keys) => input.key(keys),
    windows,
    focusOther: () => focusOther(programs, env, windows),
    async untilShortcutsBound() {
      await waitFor('KWin to bind the shortcuts', () => hasShortcuts(bus));
    },
    // Without a graphics card KWin has no OpenGL, and without OpenGL it takes no screenshots.
    screenshot: async () => {},
  };
}

/** Variables with which KWin wants Plasma's theme plugin, which isn't there, and ends. */
const NOT_FOR_KWIN = [
  'KDE_FULL_SESSION',
  'KDE_SESSION_VERSION',
  'XDG_CURRENT_DESKTOP',
  'XDG_SESSION_DESKTOP',
] as const;

/** Starts KWin and answers the environment of its programs. */
async function startCompositor(programs: Programs, pathFolder: string): Promise<Env> {
  const base = { ...programs.env, PATH: `${pathFolder}:${programs.env.PATH}` };
  const withBus = { ...base, DBUS_SESSION_BUS_ADDRESS: await programs.startBus(base) };
  const size = ['--width', String(SCREEN.width), '--height', String(SCREEN.height)];
  const unset = NOT_FOR_KWIN.flatMap((name) => ['-u', name]);
  const logging = 'QT_LOGGING_RULES=kwin_scripting*=true;js=true';
  const kwin = ['kwin_wayland', '--virtual', ...size, '--xwayland', '--no-lockscreen'];
  const told = join(programs.dir, 'kwin.env');
  const variables = ['WAYLAND_DISPLAY', 'DISPLAY'] as const;
  const tell = `printenv ${variables.join(' ')} >${told}; exec sleep infinity`;
  const teller = join(programs.dir, 'tell-environment');
  await writeFile(teller, `#!/bin/sh\n${tell}\n`, { mode: 0o755 });
  // KWin gives its environment to the program that it starts.
  const child = programs.start('env', [...unset, logging, ...kwin, teller], withBus);
  const values = await waitFor(
    'KWin',
    async () => {
      if (child.exitCode !== null) throw new Error(`KWin ended with ${child.exitCode}`);
      const lines = (await readFile(told, 'utf8')).split('\n').filter(Boolean);
      return lines.length === variables.length && lines;
    },
    30_000,
  );
  const files = await readdir(programs.files.runtimeDir);
  const authority = files.find((name) => name.startsWith('xauth_'));
  return {
    ...withBus,
    ...Object.fromEntries(variables.map((name, index) => [name, values[index] ?? ''])),
    ...(authority === undefined ? {} : { XAUTHORITY: join(programs.files.runtimeDir, authority) }),
  };
}

/** What KDE has of the app's shortcuts; a D-Bus object that exists once any were bound. */
const APP_SHORTCUTS = {
  destination: 'org.kde.kglobalaccel',
  path: '/component/app_linkify_tray',
  interface: 'org.kde.kglobalaccel.Component',
} as const;

/** Whether shortcuts of the running app are bound, and not only known from an earlier one. */
async function hasShortcuts(bus: Bus): Promise<boolean> {
  const [isActive] = await bus.call({ ...APP_SHORTCUTS, member: 'isActive' }).catch(() => []);
  return isActive === true;
}

const SCRIPTING = {
  destination: 'org.kde.KWin',
  path: '/Scripting',
  interface: 'org.kde.kwin.Scripting',
} as const;

const MARK = 'LINKIFY_WINDOWS';

const WINDOWS_SCRIPT = (id: string): string => `print('${MARK} ${id} ' + JSON.stringify(
  workspace.stackingOrder.filter((w) => w.normalWindow && w.caption !== '' && !w.minimized && !w.hidden).map((w) => ({
    title: w.caption, isFocused: w === workspace.activeWindow, isXWayland: !!w.x11Window || w.windowId > 0,
    x: Math.round(w.frameGeometry.x), y: Math.round(w.frameGeometry.y),
    width: Math.round(w.frameGeometry.width), height: Math.round(w.frameGeometry.height)}))));
`;

let scripts = 0;

/** Only scripts inside KWin know its windows; what they print is in the log. */
async function windowsOf(programs: Programs, bus: Bus): Promise<readonly DesktopWindow[]> {
  scripts += 1;
  const id = `windows-${scripts}`;
  const path = join(programs.dir, `${id}.js`);
  await writeFile(path, WINDOWS_SCRIPT(id));
  const call = (member: string, signature: string, body: readonly unknown[]) =>
    bus.call({ ...SCRIPTING, member, signature, body });
  const [script] = await call('loadScript', 'ss', [path, id]);
  await bus.call({
    ...SCRIPTING,
    path: `/Scripting/Script${script}`,
    interface: 'org.kde.kwin.Script',
    member: 'run',
  });
  const found = await waitFor('the list of windows', async () => {
    const log = await readFile(programs.logPath, 'utf8');
    return new RegExp(`${MARK} ${id} (\\[.*\\])`).exec(log)?.[1];
  });
  await call('unloadScript', 's', [id]);
  return v.parse(Windows, JSON.parse(found));
}
