import type { ShortcutSetUpStep, ShortcutStatus, ShortcutSupport } from '../../preload/contract.ts';
import type { SharingFault, ShortcutUse as ShortcutName } from '../failures/faults.ts';

/** The keys of each shortcut, as Electron writes them; empty: none. */
export type ShortcutKeys = Readonly<Record<ShortcutName, string>>;

/** The status of each shortcut that has keys. */
export type ShortcutStatuses = Readonly<Partial<Record<ShortcutName, ShortcutStatus>>>;

/** How this system gives the app presses of keys: one implementation for each way. */
export interface ShortcutSource {
  /** Asks for exactly these from now on. What isn't known when it returns is `pending`. */
  use(keys: ShortcutKeys): void;
  /** Has nothing reported while new keys are recorded, where possible. */
  hold(isHeld: boolean): void;
  statuses(): ShortcutStatuses;
  support(): ShortcutSupport;
  /** Does what a button in Settings says. */
  setUp(step: Exclude<ShortcutSetUpStep, 'copy'>): Promise<SharingFault | undefined>;
  /** Calls back when statuses or support changed after `use` returned. */
  subscribe(listener: () => void): void;
}

/**
 * Shortcuts that the app registers itself: X11, Windows and macOS.
 * @param register has exactly these registered from now on; answers those that another program has
 */
export function systemShortcuts(
  register: (keys: ShortcutKeys) => readonly ShortcutName[],
): ShortcutSource {
  let current: ShortcutKeys | undefined;
  let statuses: ShortcutStatuses = {};
  const use = (keys: ShortcutKeys): void => {
    current = keys;
    const taken = register(keys);
    statuses = mapKeys(keys, (name) => ({ state: taken.includes(name) ? 'taken' : 'active' }));
  };
  return {
    use,
    hold(isHeld) {
      if (current === undefined) return;
      if (isHeld) register(emptied(current));
      else use(current);
    },
    statuses: () => statuses,
    support: () => ({ kind: 'system' }),
    setUp: async () => undefined,
    subscribe() {},
  };
}

/** A status for each shortcut that has keys. */
export function mapKeys(
  keys: ShortcutKeys,
  statusOf: (name: ShortcutName) => ShortcutStatus,
): ShortcutStatuses {
  return Object.fromEntries(
    namesOf(keys)
      .filter((name) => keys[name] !== '')
      .map((name) => [name, statusOf(name)]),
  );
}

/** The names of a record are its type's, which Object.keys cannot say. */
export const namesOf = (keys: ShortcutKeys): readonly ShortcutName[] =>
  Object.keys(keys) as ShortcutName[];

function emptied(keys: ShortcutKeys): ShortcutKeys {
  // Safe: each name of the type gets a value.
  return Object.fromEntries(namesOf(keys).map((name) => [name, ''])) as ShortcutKeys;
}
