import type { SharingFault, ShortcutUse as ShortcutName } from '../failures/faults.ts';
import { isUsableAccelerator, sameKeys } from '../settings/accelerators.ts';
import type { SettingValues, ShortcutSetting } from '../settings/table.ts';
import type { AppModel } from '../state/app-state.ts';
import type { Command } from './commands.ts';

export type ShortcutKeys = Readonly<Record<ShortcutName, string>>;

export interface ShortcutsNeeds {
  /** Has exactly these registered from now on; answers those that could not be had. */
  readonly register: (keys: ShortcutKeys) => readonly ShortcutName[];
  readonly model: AppModel;
  readonly fail: (fault: SharingFault) => unknown;
  readonly run: (name: ShortcutName) => void;
  readonly platform: NodeJS.Platform;
  /** What someone can bind to keys in the settings of a desktop, where that helps. */
  readonly command: string | undefined;
}

export interface Shortcuts {
  /** Registers the shortcuts of the settings; reports those for sharing and for the window that another app has. */
  apply(settings: Pick<SettingValues, ShortcutSetting>): void;
  /** Why these keys cannot be used, before they are: two uses of the same, or no shortcut at all. */
  clash(keys: ShortcutKeys): SharingFault | undefined;
  /** Those of the ones just applied that another program has. */
  taken(): readonly ShortcutName[];
  /** Lets go of all of them while someone presses new keys, or takes them up again. */
  hold(held: boolean): void;
  pressed(name: ShortcutName): void;
  /** Waits for a press of the shortcut that shares, which then shares nothing. */
  test(): Promise<SharingFault | undefined>;
}

/** In the order in which they keep keys that two of them have. */
const NAMES: readonly ShortcutName[] = [
  'share',
  'openPopover',
  'shareLast',
  'revokeLast',
  'giveBack',
];

/** How long a test waits for the press, in ms. */
const TEST_MS = 10_000;

const NO_KEYS: ShortcutKeys = {
  share: '',
  shareLast: '',
  openPopover: '',
  revokeLast: '',
  giveBack: '',
};

/** The setting that holds each shortcut. */
export const SETTING_OF = {
  share: 'shareShortcut',
  openPopover: 'windowShortcut',
  shareLast: 'shareRecentShortcut',
  revokeLast: 'revokeLastShortcut',
  giveBack: 'restoreClipboardShortcut',
} as const satisfies Readonly<Record<ShortcutName, ShortcutSetting>>;

export function keysOf(settings: Pick<SettingValues, ShortcutSetting>): ShortcutKeys {
  return {
    share: settings.shareShortcut,
    openPopover: settings.windowShortcut,
    shareLast: settings.shareRecentShortcut,
    revokeLast: settings.revokeLastShortcut,
    giveBack: settings.restoreClipboardShortcut,
  };
}

/** Keeps the shortcuts registered, and proves the first of them by a press. */
export function createShortcuts(needs: ShortcutsNeeds): Shortcuts {
  const { model, platform } = needs;
  let registered = '';
  let current: ShortcutKeys = NO_KEYS;
  let held = false;
  let lost: readonly ShortcutName[] = [];
  let heard: (() => void) | undefined;

  return {
    apply(settings) {
      const keys = keysOf(settings);
      const wanted = JSON.stringify(keys);
      if (wanted === registered) return;
      registered = wanted;
      held = false;
      const before = current;
      current = keys;
      lost = needs.register(keys);
      const taken = lost.includes('share');
      model.update({
        shortcut: { accelerator: keys.share, state: taken ? 'taken' : 'active' },
        takenShortcuts: lost.map((name) => SETTING_OF[name]),
      });
      // The other three are set by the few who want them, and say so in the settings.
      const failed = (['share', 'openPopover'] as const).find(
        (name) => lost.includes(name) && keys[name] !== before[name],
      );
      if (failed !== undefined) {
        needs.fail({ kind: 'shortcut-taken', accelerator: keys[failed] });
      }
    },
    clash(keys) {
      for (const [index, name] of NAMES.entries()) {
        if (keys[name] !== '' && !isUsableAccelerator(keys[name], platform)) {
          return { kind: 'shortcut-unusable', accelerator: keys[name] };
        }
        const same = NAMES.slice(0, index).find((other) =>
          sameKeys(keys[name], keys[other], platform),
        );
        if (same !== undefined) {
          return { kind: 'shortcut-double', accelerator: keys[name], use: same };
        }
      }
      return undefined;
    },
    taken: () => lost,
    hold(next) {
      if (next === held) return;
      held = next;
      const missing = needs.register(held ? NO_KEYS : current);
      if (!held) lost = missing;
    },
    pressed(name) {
      if (name === 'share' && heard !== undefined) heard();
      else needs.run(name);
    },
    async test() {
      const { accelerator, state } = model.get().shortcut;
      if (state === 'taken') return { kind: 'shortcut-taken', accelerator };
      let timer: NodeJS.Timeout | undefined;
      const pressed = await new Promise<boolean>((resolve) => {
        heard = () => resolve(true);
        timer = setTimeout(() => resolve(false), TEST_MS);
      });
      clearTimeout(timer);
      heard = undefined;
      if (pressed) return undefined;
      const { command } = needs;
      return {
        kind: 'shortcut-silent',
        accelerator,
        ...(command === undefined ? {} : { command }),
      };
    },
  };
}

/** What each shortcut does, as a menu entry would. */
export const SHORTCUT_COMMANDS: Readonly<Record<ShortcutName, Command>> = {
  share: { kind: 'share' },
  shareLast: { kind: 'share-last' },
  openPopover: { kind: 'toggle' },
  revokeLast: { kind: 'revoke-last' },
  giveBack: { kind: 'give-back' },
};

/** The command that a desktop's own keyboard settings can bind where programs get no shortcuts. */
export function shareCommand(app: {
  readonly packaged: boolean;
  /** The running program, and the AppImage that it came out of, if any. */
  readonly executable: string;
  readonly appImage: string | undefined;
}): string {
  const program = app.appImage ?? (app.packaged ? app.executable : 'linkify-tray');
  return `${/^[\w./-]+$/.test(program) ? program : JSON.stringify(program)} --share-clipboard`;
}
