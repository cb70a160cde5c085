import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { SHORTCUT_USE } from '../failures/app-failures.ts';
import type { Failures } from '../failures/failures.ts';
import type { ShortcutUse } from '../failures/faults.ts';
import type { Messages } from '../i18n/messages.ts';
import { systemShortcuts } from '../shortcuts/shortcut-source.ts';
import { Shortcuts, shareCommand } from '../shortcuts/shortcuts.ts';
import { type AutoRepeat, createAutoRepeat } from './auto-repeat.ts';
import type { SessionBus } from './dbus/session-bus.ts';
import { APP_ID, dataDirsOf, installDesktopFile } from './desktop-file.ts';
import { createGlobalShortcuts } from './global-shortcuts.ts';
import { loginCommand } from './launch-at-login.ts';
import { sessionOf, type WaylandDesktop } from './session.ts';
import { isInstalled } from './shortcuts/bound-command.ts';
import { DesktopShortcuts } from './shortcuts/desktop-shortcuts.ts';
import { ShortcutsPortal } from './shortcuts/portal.ts';
import { openPressedKeys } from './x11/pressed-keys.ts';

export interface ShortcutKeysDeps {
  readonly failures: Failures;
  readonly messages: Messages;
  readonly bus: SessionBus;
}

export interface AppShortcuts {
  readonly shortcuts: Shortcuts;
  /** Keys of the desktop that run a command arrived, for the shortcut that shares. */
  onCommand(): void;
  stop(): void;
}

/** The global shortcuts: each is reported once a press. */
export function createShortcutKeys(deps: ShortcutKeysDeps): AppShortcuts {
  const session = sessionOf(process.platform, process.env);
  const repeats = createAutoRepeat({
    ...(session.kind === 'x11' ? { open: openPressedKeys } : {}),
    now: () => performance.now(),
    after: (ms, run) => void setTimeout(run, ms),
  });
  const pressed = (name: ShortcutUse): void => shortcuts.pressed(name);
  const globalKeys = createGlobalShortcuts<ShortcutUse>(pressed, repeats);
  const source =
    session.kind === 'wayland'
      ? desktopShortcuts(deps, session.desktop, pressed, repeats)
      : systemShortcuts(globalKeys.use);
  const shortcuts = new Shortcuts({
    source,
    failures: deps.failures,
    platform: process.platform,
    command: process.platform === 'linux' ? ownCommand() : undefined,
  });
  return {
    shortcuts,
    onCommand: () => {
      if (!repeats.isRepeat('share')) pressed('share');
    },
    stop: () => globalKeys.release(),
  };
}

function desktopShortcuts(
  { bus, messages }: ShortcutKeysDeps,
  desktop: WaylandDesktop,
  pressed: (name: ShortcutUse) => void,
  repeats: Pick<AutoRepeat, 'isRepeat' | 'released'>,
): DesktopShortcuts {
  return new DesktopShortcuts({
    portal: new ShortcutsPortal({ bus, appId: APP_ID }),
    desktop,
    prepare: installOwnDesktopFile,
    describe: (name) => messages.t(SHORTCUT_USE[name]),
    shareCommand: ownCommand(),
    hasGapplication: isInstalled('gapplication'),
    onPress: (name) => {
      if (!repeats.isRepeat(name)) pressed(name);
    },
    onRelease: (name) => repeats.released(name),
    now: () => performance.now(),
  });
}

function installOwnDesktopFile(): void {
  try {
    installDesktopFile({
      command: loginCommand(app),
      dataHome: process.env.XDG_DATA_HOME || join(homedir(), '.local/share'),
      dataDirs: dataDirsOf(process.env),
    });
  } catch (error) {
    // The portal denies the shortcuts then, and Settings says so.
    console.error("Can't install the desktop file:", error);
  }
}

function ownCommand(): string {
  return shareCommand({
    packaged: app.isPackaged,
    executable: process.execPath,
    appImage: process.env.APPIMAGE,
  });
}
