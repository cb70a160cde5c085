import { app } from 'electron';
import type { Failures } from '../failures/failures.ts';
import type { ShortcutUse } from '../failures/faults.ts';
import { systemShortcuts } from '../shortcuts/shortcut-source.ts';
import { Shortcuts, shareCommand } from '../shortcuts/shortcuts.ts';
import { createAutoRepeat } from './auto-repeat.ts';
import { createGlobalShortcuts } from './global-shortcuts.ts';
import { sessionOf } from './session.ts';
import { openPressedKeys } from './x11/pressed-keys.ts';

export interface AppShortcuts {
  readonly shortcuts: Shortcuts;
  /** Keys of the desktop that run a command arrived, for the shortcut that shares. */
  onCommand(): void;
  stop(): void;
}

/** The global shortcuts: each is reported once a press. */
export function createShortcutKeys(deps: { readonly failures: Failures }): AppShortcuts {
  const repeats = createAutoRepeat({
    ...(sessionOf(process.platform, process.env).kind === 'x11' ? { open: openPressedKeys } : {}),
    now: () => performance.now(),
    after: (ms, run) => void setTimeout(run, ms),
  });
  const globalKeys = createGlobalShortcuts<ShortcutUse>((name) => shortcuts.pressed(name), repeats);
  const shortcuts = new Shortcuts({
    source: systemShortcuts(globalKeys.use),
    failures: deps.failures,
    platform: process.platform,
    command: process.platform === 'linux' ? ownCommand() : undefined,
  });
  return {
    shortcuts,
    onCommand: () => {
      if (!repeats.isRepeat('share')) shortcuts.pressed('share');
    },
    stop: () => globalKeys.release(),
  };
}

function ownCommand(): string {
  return shareCommand({
    packaged: app.isPackaged,
    executable: process.execPath,
    appImage: process.env.APPIMAGE,
  });
}
