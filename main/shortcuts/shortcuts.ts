import { EventEmitter } from 'node:events';
import type {
  AppState,
  ShortcutSetUpStep,
  ShortcutState,
  ShortcutStatus,
} from '../../preload/contract.ts';
import type { Failures } from '../failures/failures.ts';
import type { SharingFault, ShortcutUse as ShortcutName } from '../failures/faults.ts';
import { isUsableAccelerator, sameKeys } from '../settings/accelerators.ts';
import type { SettingValues, ShortcutSetting } from '../settings/table.ts';
import type { ShortcutKeys, ShortcutSource } from './shortcut-source.ts';

export interface ShortcutsDeps {
  readonly source: ShortcutSource;
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

/** Those whose failure is reported; Settings says so of the others, which few people use. */
const REPORTED = ['share', 'openWindow'] as const;

const NOT_ASKED: ShortcutStatus = { state: 'active' };

/** Keeps the shortcuts registered, knows which of them work, and tests the first. */
export class Shortcuts extends EventEmitter<ShortcutsEvents> {
  readonly #deps: ShortcutsDeps;
  #applied = '';
  #keys: ShortcutKeys = NO_KEYS;
  #isHeld = false;
  /** What was reported last of each, so that it is reported once. */
  #reported: Partial<Record<ShortcutName, string>> = {};
  /** Ends the test that waits for a press. */
  #endTest: ((isPressed: boolean) => void) | undefined;

  constructor(deps: ShortcutsDeps) {
    super();
    this.#deps = deps;
    deps.source.subscribe(() => {
      this.emit('changed');
      this.#report();
    });
  }

  view(): Pick<AppState, 'shortcut' | 'shortcutStates' | 'shortcutSupport'> {
    const { source } = this.#deps;
    const statuses = source.statuses();
    const states = NAMES.map((name) => [SETTING_OF[name], statuses[name] ?? NOT_ASKED] as const);
    return {
      shortcut: { accelerator: this.#keys.share, ...this.#status('share') },
      shortcutStates: Object.fromEntries(states),
      shortcutSupport: source.support(),
    };
  }

  /** Asks for the shortcuts of the settings. */
  apply(settings: Pick<SettingValues, ShortcutSetting>): void {
    const keys = keysOf(settings);
    const wanted = JSON.stringify(keys);
    if (wanted === this.#applied) return;
    this.#applied = wanted;
    this.#isHeld = false;
    this.#keys = keys;
    this.#deps.source.use(keys);
    this.emit('changed');
    this.#report();
  }

  #status(name: ShortcutName): ShortcutStatus {
    return this.#deps.source.statuses()[name] ?? NOT_ASKED;
  }

  /** Reports the first of them that can't be used, unless that was reported before. */
  #report(): void {
    const failed = REPORTED.flatMap((name) => {
      const accelerator = this.#keys[name];
      const { state } = this.#status(name);
      const what = `${state} ${accelerator}`;
      // An answer that is awaited is no news.
      if (state === 'pending' || this.#reported[name] === what) return [];
      this.#reported[name] = what;
      const kind = FAULT_OF[state];
      return kind === undefined ? [] : [{ kind, accelerator } as const];
    });
    if (failed[0] !== undefined) this.#deps.failures.report(failed[0]);
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
    const statuses = this.#deps.source.statuses();
    return NAMES.filter((name) => statuses[name]?.state === 'taken');
  }

  /** Lets them go while the user records new keys, or has them again. */
  hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#deps.source.hold(isHeld);
  }

  pressed(name: ShortcutName): void {
    if (this.#isHeld || (name === 'share' && this.endTest())) return;
    this.emit('pressed', name);
  }

  /**
   * Ends the test that waits for a press: its keys arrived, by whatever way.
   * @returns false: no test waits
   */
  endTest(): boolean {
    const isWaiting = this.#endTest !== undefined;
    this.#endTest?.(true);
    return isWaiting;
  }

  /** Ends it without a press: nobody waits for its result any more. */
  stopTest(): void {
    this.#endTest?.(false);
  }

  /** Does what a button in Settings says. */
  setUp(step: Exclude<ShortcutSetUpStep, 'copy'>): Promise<SharingFault | undefined> {
    return this.#deps.source.setUp(step);
  }

  /** What the user adds to the settings of the desktop; `undefined` where nothing is. */
  lineToCopy(): string | undefined {
    const support = this.#deps.source.support();
    return 'text' in support ? support.text : undefined;
  }

  /** Waits for a press of the shortcut that shares, which then shares nothing. */
  async test(): Promise<SharingFault | undefined> {
    const accelerator = this.#keys.share;
    const kind = FAULT_OF[this.#status('share').state];
    if (kind !== undefined) return { kind, accelerator };
    // A newer test takes the place of one that still waits.
    this.stopTest();
    const isPressed = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => this.#endTest?.(false), TEST_MS);
      this.#endTest = (pressed) => {
        clearTimeout(timer);
        this.#endTest = undefined;
        resolve(pressed);
      };
    });
    if (isPressed) return undefined;
    const { command } = this.#deps;
    return {
      kind: 'shortcut-not-detected',
      accelerator,
      ...(command === undefined ? {} : { command }),
    };
  }
}

/**
 * What is wrong with a shortcut in this state. Where the desktop has none the user may have bound
 * the command, so that is no fault before a test shows it.
 */
const FAULT_OF: Readonly<Record<ShortcutState, 'shortcut-taken' | 'shortcut-denied' | undefined>> =
  {
    active: undefined,
    pending: undefined,
    taken: 'shortcut-taken',
    denied: 'shortcut-denied',
    unavailable: undefined,
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
