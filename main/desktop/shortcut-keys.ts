import { app } from 'electron';
import type { Failures } from '../failures/failures.ts';
import type { ShortcutUse } from '../failures/faults.ts';
import type { Command } from '../shell/commands.ts';
import {
  createShortcuts,
  SHORTCUT_COMMANDS,
  type Shortcuts,
  shareCommand,
} from '../shell/shortcuts.ts';
import type { AppModel } from '../state/app-state.ts';
import { createAutoRepeat } from './auto-repeat.ts';
import { createGlobalKeys } from './global-keys.ts';
import { openPressedKeys } from './x11/pressed-keys.ts';
import { readsByX11 } from './x11/selection.ts';

/** The global shortcuts: each runs its command once a press. */
export function createShortcutKeys(deps: {
  readonly model: AppModel;
  readonly failures: Failures;
  readonly run: (command: Command) => void;
}): { readonly shortcuts: Shortcuts; stop(): void } {
  const globalKeys = createGlobalKeys<ShortcutUse>(
    (name) => shortcuts.pressed(name),
    createAutoRepeat({
      ...(readsByX11(process.platform, process.env) ? { open: openPressedKeys } : {}),
      now: () => performance.now(),
      after: (ms, run) => void setTimeout(run, ms),
    }),
  );
  const shortcuts = createShortcuts({
    register: globalKeys.use,
    model: deps.model,
    fail: (fault) => deps.failures.report(fault),
    run: (name) => deps.run(SHORTCUT_COMMANDS[name]),
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
