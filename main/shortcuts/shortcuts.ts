import { EventEmitter } from 'node:events';
import type { AppState } from '../../preload/contract.ts';
import type { Failures } from '../failures/failures.ts';
import type { SharingFault, ShortcutUse as ShortcutName } from '../failures/faults.ts';
import { isUsableAccelerator, sameKeys } from '../settings/accelerators.ts';
import type { SettingValues, ShortcutSetting } from '../settings/table.ts';

export type ShortcutKeys = Readonly<Record<ShortcutName, string>>;

export interface ShortcutsDeps {
  /** Has exactly these registered from now on. @returns those that another program has */
  readonly register: (keys: ShortcutKeys) => readonly ShortcutName[];
  readonly failures: Pick<Failures, 'report'>;
  readonly platform: NodeJS.Platform;
  /** The command that can be bound to keys in the settings of a desktop, where that helps. */
  readonly command: string | undefined;
}

interface ShortcutsEvents {
  changed: [];
  pressed: [name: ShortcutName];
}

/** A test waits so long for the press, in ms. */
const TEST_MS = 10_000;

/** The setting that holds each shortcut, in the order in which they keep keys that two of them have. */
export const SETTING_OF = {
  share: 'shareShortcut',
  openWindow: 'windowShortcut',
  shareLast: 'shareRecentShortcut',
  revokeLast: 'revokeLastShortcut',
  restoreClipboard: 'restoreClipboardShortcut',
} as const satisfies Readonly<Record<ShortcutName, ShortcutSetting>>;

// Exactly the keys of the table: no other object is assigned to it.
const NAMES = Object.keys(SETTING_OF) as readonly ShortcutName[];

export function keysOf(settings: Pick<SettingValues, ShortcutSetting>): ShortcutKeys {
  return keysBy((name) => settings[SETTING_OF[name]]);
}

function keysBy(keyOf: (name: ShortcutName) => string): ShortcutKeys {
  return Object.fromEntries(NAMES.map((name) => [name, keyOf(name)])) as ShortcutKeys;
}

const NO_KEYS = keysBy(() => '');

/** Keeps the shortcuts registered, knows which of them another program has, and tests the first. */
export class Shortcuts extends EventEmitter<ShortcutsEvents> {
  readonly #deps: ShortcutsDeps;
  #applied = '';
  #keys: ShortcutKeys = NO_KEYS;
  #isHeld = false;
  #taken: readonly ShortcutName[] = [];
  /** Ends the test that waits for a press. */
  #onTestPress: (() => void) | undefined;

  constructor(deps: ShortcutsDeps) {
    super();
    this.#deps = deps;
  }

  view(): Pick<AppState, 'shortcut' | 'takenShortcuts'> {
    return {
      shortcut: {
        accelerator: this.#keys.share,
        state: this.#taken.includes('share') ? 'taken' : 'active',
      },
      takenShortcuts: this.#taken.map((name) => SETTING_OF[name]),
    };
  }

  /**
   * Registers the shortcuts of the settings. Reports that another program has the one that shares or
   * the one for the window; the settings say so of the others, which few people use.
   */
  apply(settings: Pick<SettingValues, ShortcutSetting>): void {
    const keys = keysOf(settings);
    const wanted = JSON.stringify(keys);
    if (wanted === this.#applied) return;
    this.#applied = wanted;
    this.#isHeld = false;
    const before = this.#keys;
    this.#keys = keys;
    this.#taken = this.#deps.register(keys);
    this.emit('changed');
    const failed = (['share', 'openWindow'] as const).find(
      (name) => this.#taken.includes(name) && keys[name] !== before[name],
    );
    if (failed !== undefined) {
      this.#deps.failures.report({ kind: 'shortcut-taken', accelerator: keys[failed] });
    }
  }

  /** Why these keys cannot be used, before they are: two uses of the same, or no shortcut at all. */
  clash(keys: ShortcutKeys): SharingFault | undefined {
    const { platform } = this.#deps;
    for (const [index, name] of NAMES.entries()) {
      if (keys[name] !== '' && !isUsableAccelerator(keys[name], platform)) {
        return { kind: 'shortcut-unusable', accelerator: keys[name] };
      }
      const same = NAMES.slice(0, index).find((other) =>
        sameKeys(keys[name], keys[other], platform),
      );
      if (same !== undefined) {
        return { kind: 'shortcut-duplicate', accelerator: keys[name], use: same };
      }
    }
    return undefined;
  }

  /** Those of the ones just applied that another program has. */
  taken(): readonly ShortcutName[] {
    return this.#taken;
  }

  /** Unregisters all of them while the user records new keys, or registers them again. */
  hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    const taken = this.#deps.register(isHeld ? NO_KEYS : this.#keys);
    if (!isHeld) this.#taken = taken;
  }

  pressed(name: ShortcutName): void {
    if (name === 'share' && this.#onTestPress !== undefined) this.#onTestPress();
    else this.emit('pressed', name);
  }

  /** Waits for a press of the shortcut that shares, which then shares nothing. */
  async test(): Promise<SharingFault | undefined> {
    const { accelerator, state } = this.view().shortcut;
    if (state === 'taken') return { kind: 'shortcut-taken', accelerator };
    let timer: NodeJS.Timeout | undefined;
    const isPressed = await new Promise<boolean>((resolve) => {
      this.#onTestPress = () => resolve(true);
      timer = setTimeout(() => resolve(false), TEST_MS);
    });
    clearTimeout(timer);
    this.#onTestPress = undefined;
    if (isPressed) return undefined;
    const { command } = this.#deps;
    return {
      kind: 'shortcut-not-detected',
      accelerator,
      ...(command === undefined ? {} : { command }),
    };
  }
}

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
