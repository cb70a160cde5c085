import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bus, connectBus } from '../desktop/bus.ts';
import type { DesktopClipboard } from '../desktop/clipboard.ts';
import { type Notifications, watchNotifications } from '../desktop/notifications.ts';
import { type ClipboardOwner, ownClipboard } from '../desktop/own-clipboard.ts';
import type { Programs } from '../desktop/programs.ts';
import { createTray } from '../desktop/tray.ts';
import { waitFor } from '../desktop/wait-for.ts';
import { writeAppScript } from './app-script.ts';
import { createWaylandClipboard } from './clipboard.ts';
import type { DebianRecipe } from './debian-root.ts';
import { focusOther, type Ozone, SCREEN, type WaylandDesktop } from './desktop.ts';
import { connectShell, type GnomeShell } from './gnome-shell.ts';
import { startPortal } from './portal.ts';
import { type RootSession, startInRoot } from './root-session.ts';

/** A session of GNOME. */
export interface GnomeDesktop extends WaylandDesktop {
  readonly shell: GnomeShell;
  /** Binds Ctrl+Alt+Shift+K to a command, as a user does in GNOME's keyboard settings. */
  bindShortcut(command: string): Promise<void>;
}

const APP_LIBRARIES = ['libnss3', 'libgbm1', 'libxss1', 'libnotify4', 'fonts-dejavu-core'] as const;

const SHELL = [
  'gnome-shell',
  'gjs',
  'gnome-settings-daemon',
  'gsettings-desktop-schemas',
  'gnome-shell-extension-appindicator',
  'adwaita-icon-theme',
  'libglib2.0-bin',
  'xwayland',
  'wl-clipboard',
  'libnotify-bin',
  'foot',
] as const;

export const GNOME_43: DebianRecipe = {
  name: 'gnome-43',
  suite: 'bookworm',
  packages: [...SHELL, ...APP_LIBRARIES, 'libgtk-3-0', 'libasound2'],
  megabytes: 130,
};

/** GNOME 48 and KWin 6.3, each with its portal. */
export const DEBIAN_13: DebianRecipe = {
  name: 'debian-13',
  suite: 'trixie',
  packages: [
    ...SHELL,
    ...APP_LIBRARIES,
    ...['libgtk-3-0t64', 'libasound2t64', 'xdg-desktop-portal-gnome'],
    ...['kwin-wayland', 'kglobalacceld', 'xdg-desktop-portal-kde', 'qt6-wayland'],
    ...['waybar', 'dunst'],
    'python3-minimal',
  ],
  megabytes: 330,
};

const APP_INDICATORS = 'ubuntu-appindicators@ubuntu.com';

/** Programs in the root that belong to the session, but aren't in the PATH. */
const MEDIA_KEYS = '/usr/libexec/gsd-media-keys';

/** Starts GNOME Shell without a screen, with its tray extension, in the root of a recipe. */
export function startGnome(recipe: DebianRecipe, ozone: Ozone): Promise<GnomeDesktop> {
  const own = {
    XDG_CURRENT_DESKTOP: 'GNOME',
    XDG_SESSION_DESKTOP: 'gnome',
    XDG_SESSION_TYPE: 'wayland',
    LIBGL_ALWAYS_SOFTWARE: '1',
  };
  return startInRoot(recipe, recipe.name, own, (session) => gnomeSession(recipe, ozone, session));
}

async function gnomeSession(
  recipe: DebianRecipe,
  ozone: Ozone,
  { root, programs, opened }: RootSession,
): Promise<Omit<GnomeDesktop, 'close'>> {
  const script = await writeAppScript(programs.dir, ozone, root.prefix);
  const base = { ...programs.env, PATH: `${script.folder}:${programs.env.PATH}` };
  const address = await programs.startBus(base);
  // A bus in place of the system's, with nobody on it.
  const systemBus = await programs.startBus(base);
  const withBus = {
    ...base,
    DBUS_SESSION_BUS_ADDRESS: address,
    DBUS_SYSTEM_BUS_ADDRESS: systemBus,
  };
  const set = (schema: string, key: string, value: string): Promise<Buffer> =>
    programs.run('gsettings', ['set', schema, key, value], withBus);
  await set('org.gnome.desktop.interface', 'enable-animations', 'false');
  await set('org.gnome.shell', 'welcome-dialog-last-shown-version', '99');

  const bus = connectBus(address);
  opened.push(bus);
  const shell = connectShell(bus, programs.dir);
  const env = { ...withBus, ...(await startShell(programs, withBus, shell)) };
  await startTray(bus, shell);
  programs.start(MEDIA_KEYS, [], env);
  if (recipe === DEBIAN_13) await startPortal(env, bus);
  const notifications: Notifications = await watchNotifications(address, bus, shell.notifications);
  const clipboard = gnomeClipboard(env, shell, root.prefix);
  opened.push(notifications, clipboard);
  const run: WaylandDesktop['run'] = async (command, args) =>
    (await programs.run(command, args, env)).toString();
  const click: WaylandDesktop['click'] = async (x, y, button = 1) => {
    await shell.move(x, y);
    await shell.click(button);
  };
  return {
    name: recipe === GNOME_43 ? 'gnome-43' : 'gnome-48',
    shell,
    env,
    dir: programs.dir,
    command: script.command,
    profile: script.profile,
    clipboard,
    notifications: {
      ...notifications,
      // Asked to close them over D-Bus, the shell leaves some of them in its list.
      async clear() {
        await notifications.clear();
        await shell.clearNotifications();
      },
    },
    tray: createTray(bus),
    run,
    key: (keys) => shell.key(keys),
    click,
    point: (x, y) => shell.move(x, y),
    async clickTrayIcon() {
      const { x, y } = await shell.trayIcon();
      await click(x, y);
    },
    windows: () => shell.windows(),
    focusOther: () => focusOther(programs, env, () => shell.windows(), 30_000),
    async untilShortcutsBound() {
      if (recipe === GNOME_43) return;
      await waitFor('GNOME to bind the shortcuts', () => portalHasKeys(bus, shell));
    },
    screenshot: (path) => shell.screenshot(path),
    bindShortcut: (command) => bindShortcut(run, bus, command),
  };
}

/** Starts the shell, and answers what its programs need in their environment. */
async function startShell(
  programs: Programs,
  env: Readonly<Record<string, string>>,
  shell: GnomeShell,
): Promise<Readonly<Record<string, string>>> {
  const size = `${SCREEN.width}x${SCREEN.height}`;
  const options = ['--headless', '--wayland', '--virtual-monitor', size, '--unsafe-mode'];
  const child = programs.start('gnome-shell', options, env);
  await waitFor(
    'GNOME Shell',
    async () => {
      if (child.exitCode !== null) return true;
      return (await shell.evaluate('Main.layoutManager._startingUp')) === false;
    },
    60_000,
  );
  // It starts with the overview, in which no window has the focus.
  await shell.evaluate('Main.overview.hide()');
  await waitFor(
    'the overview to go',
    async () => (await shell.evaluate('Main.overview.visible')) === false,
  );
  // Without a keyboard no program gets the keyboard's focus, which wl-copy waits for.
  await shell.key('shift');
  // The shell warns of a session as root.
  await shell.evaluate('Main.messageTray.getSources().forEach((source) => source.destroy())');
  const { runtimeDir } = programs.files;
  const files = await readdir(runtimeDir);
  const authority = files.find((name) => name.startsWith('.mutter-Xwaylandauth'));
  const log = await readFile(programs.logPath, 'utf8');
  const display = /public X11 display (:\d+)/.exec(log)?.[1];
  if (authority === undefined || display === undefined) throw new Error('no X11 display');
  return {
    WAYLAND_DISPLAY: files.find((name) => /^wayland-\d+$/.test(name)) ?? '',
    DISPLAY: display,
    XAUTHORITY: join(runtimeDir, authority),
  };
}

async function startTray(bus: Bus, shell: GnomeShell): Promise<void> {
  await shell.evaluate(`Main.extensionManager.enableExtension('${APP_INDICATORS}')`);
  await waitFor('the tray extension', () => bus.hasOwner('org.kde.StatusNotifierWatcher'), 30_000);
}

/** Whether the portal has grabbed keys: for the app, the only program that asks for any. */
async function portalHasKeys(bus: Bus, shell: GnomeShell): Promise<boolean> {
  const portal = await bus.owner('org.freedesktop.impl.portal.desktop.gnome');
  const grabs = 'Main.shellDBusService._grabbedAccelerators';
  return (await shell.evaluate(`[...${grabs}.values()].includes('${portal}')`)) === true;
}

/**
 * Programs copy as Wayland programs do (wl-copy gets the focus for a moment), except for several
 * formats at once: these come from an X11 program. The shell reads.
 */
function gnomeClipboard(
  env: Readonly<Record<string, string>>,
  shell: GnomeShell,
  prefix: readonly string[],
): DesktopClipboard {
  const wayland = createWaylandClipboard(env, shell.clipboard, prefix);
  let owner: ClipboardOwner | undefined;
  return {
    ...wayland,
    async writeParts(parts) {
      owner?.close();
      // The library looks for it in this process's own environment.
      process.env.XAUTHORITY = env.XAUTHORITY ?? '';
      owner = await ownClipboard(env.DISPLAY ?? '', parts);
    },
    async close() {
      owner?.close();
      await wayland.close();
    },
  };
}

const BINDING = '/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/test/';
const KEYS = 'org.gnome.settings-daemon.plugins.media-keys';

async function bindShortcut(run: WaylandDesktop['run'], bus: Bus, command: string): Promise<void> {
  const set = (schema: string, key: string, value: string): Promise<string> =>
    run('gsettings', ['set', schema, key, value]);
  const custom = `${KEYS}.custom-keybinding:${BINDING}`;
  await set(custom, 'name', 'Share clipboard');
  await set(custom, 'binding', '<Control><Alt><Shift>k');
  await set(custom, 'command', command);
  await set(KEYS, 'custom-keybindings', `['${BINDING}']`);
  await waitFor('the media keys', () => bus.hasOwner('org.gnome.SettingsDaemon.MediaKeys'), 30_000);
}
