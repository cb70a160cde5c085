import { app } from 'electron';
import type { Failures } from '../failures/failures.ts';
import type { ShortcutUse } from '../failures/faults.ts';
import { systemShortcuts } from '../shortcuts/shortcut-source.ts';
import { Shortcuts, shareCommand } from '../shortcuts/shortcuts.ts';
import { createAutoRepeat } from './auto-repeat.ts';
import { createGlobalShortcuts } from './global-shortcuts.ts';
import { sessionOf } from './session.ts';
import { openPressedKeys } from './x11/pressed-keys.ts';

/** The global shortcuts: each is reported once a press. */
export function createShortcutKeys(deps: { readonly failures: Failures }): {
  readonly shortcuts: Shortcuts;
  stop(): void;
} {
  const globalKeys = createGlobalShortcuts<ShortcutUse>(
    (name) => shortcuts.pressed(name),
    createAutoRepeat({
      ...(sessionOf(process.platform, process.env).kind === 'x11' ? { open: openPressedKeys } : {}),
      now: () => performance.now(),
      after: (ms, run) => void setTimeout(run, ms),
    }),
  );
  const shortcuts = new Shortcuts({
    source: systemShortcuts(globalKeys.use),
    failures: deps.failures,
    platform: process.platform,
    command: process.platform === 'linux' ? ownCommand() : undefined,
  });
  return { shortcuts, stop: () => globalKeys.release() };
}

function ownCommand(): string {
  return shareCommand({
    packaged: app.isPackaged,
    executable: process.execPath,
    appImage: process.env.APPIMAGE,
  });
}
