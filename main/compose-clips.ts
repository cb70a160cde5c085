import { app } from 'electron';
import { mayReadUnasked } from './clipboard/may-read.ts';
import type { OwnWrites } from './clipboard/own-writes.ts';
import { createAutoRepeat } from './desktop/auto-repeat.ts';
import { createGlobalKeys } from './desktop/global-keys.ts';
import { openPressedKeys } from './desktop/x11/pressed-keys.ts';
import { readsByX11 } from './desktop/x11/selection.ts';
import type { Failures } from './failures/failures.ts';
import type { ShortcutUse } from './failures/faults.ts';
import type { Words } from './i18n/messages.ts';
import type { FindOwnLink } from './links/find-own-link.ts';
import type { ScanAhead } from './secrets/scan-ahead.ts';
import type { Settings } from './settings/settings.ts';
import type { Sharing } from './sharing/share.ts';
import type { Command } from './shell/commands.ts';
import type { Notice } from './shell/notices.ts';
import { createCopyModes } from './shell/offer-after-copy.ts';
import {
  createShortcuts,
  SHORTCUT_COMMANDS,
  type Shortcuts,
  shareCommand,
} from './shell/shortcuts.ts';
import type { AppModel } from './state/app-state.ts';
import { type Clips, createClips } from './state/clipboard-state.ts';

const MAY_READ = mayReadUnasked(process.platform, process.getSystemVersion());

/** What this app does about what is copied, of all that Preferences know. */
export const CLIPBOARD_SETTINGS = [
  'moreShortcuts',
  // What needs a look at each copy is offered where it can be had.
  ...(MAY_READ ? (['mode', 'modeKinds', 'keepClips'] as const) : []),
] as const;

export interface ComposeClipsNeeds {
  readonly clipboard: OwnWrites;
  readonly model: AppModel;
  readonly words: Words;
  readonly settings: Settings;
  readonly scan: ScanAhead;
  readonly sharing: Sharing;
  readonly failures: Failures;
  readonly notify: (notice: Notice) => void;
  readonly findOwnLink: FindOwnLink;
  readonly run: (command: Command) => void;
  /** Has ready what the next share needs. */
  readonly warmUp: () => Promise<void>;
}

/** What was copied, what happens after a copy, and the keys. */
export function composeClips(needs: ComposeClipsNeeds): {
  readonly clips: Clips;
  readonly shortcuts: Shortcuts;
  stop(): void;
} {
  const { clipboard, model, words, settings, scan, failures, sharing, notify, run } = needs;
  const afterCopy = createCopyModes({
    settings: settings.values,
    find: scan.find,
    words,
    notify,
    findOwnLink: needs.findOwnLink,
    shareUnasked: (source) => sharing.shareAutomatically(source),
    now: () => performance.now(),
  });
  const clips = createClips({
    clipboard,
    model,
    words,
    settings: settings.values,
    scan,
    mayRead: MAY_READ,
    onCopied(clip, kept) {
      // What was copied may be shared next: the press finds client and service ready.
      needs.warmUp().catch(() => undefined);
      afterCopy(clip, kept).catch(() => failures.report({ kind: 'internal' }));
    },
    now: Date.now,
  });
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
    model,
    fail: (fault) => failures.report(fault),
    run: (name) => run(SHORTCUT_COMMANDS[name]),
    platform: process.platform,
    command: process.platform === 'linux' ? ownCommand() : undefined,
  });
  return {
    clips,
    shortcuts,
    stop() {
      clips.stop();
      globalKeys.release();
    },
  };
}

function ownCommand(): string {
  return shareCommand({
    packaged: app.isPackaged,
    executable: process.execPath,
    appImage: process.env.APPIMAGE,
  });
}
