import * as v from 'valibot';
import { sameKeys } from './accelerators.ts';
import { initialValues, type SettingValues, SHORTCUT_SETTINGS, settingEntries } from './table.ts';

export const SETTINGS_VERSION = 1;

export type StoredSettings = SettingValues & {
  readonly version: typeof SETTINGS_VERSION;
};

export interface ReadSettings {
  readonly settings: StoredSettings;
  /** Settings whose value is invalid; their defaults are used. */
  readonly invalid: readonly string[];
  /** Whether a newer version of the app wrote it: then it is not ours to change. */
  readonly isNewer: boolean;
}

/**
 * Reads a stored file; `undefined` and `null` give the defaults. One invalid value does not cost the
 * others, and the valid values of a newer version's file are used.
 */
export function readSettings(value: unknown): ReadSettings {
  const object = v.safeParse(v.looseObject({}), value ?? { version: SETTINGS_VERSION });
  const stored: Readonly<Record<string, unknown>> = object.success ? object.output : {};
  const { version } = stored;
  const isNewer =
    typeof version === 'number' && Number.isInteger(version) && version > SETTINGS_VERSION;
  const invalid = isNewer || version === SETTINGS_VERSION ? [] : ['version'];
  const found: Record<string, unknown> = {};
  for (const [name, { schema }] of settingEntries) {
    if (stored[name] === undefined) continue;
    const field = v.safeParse(schema, stored[name]);
    if (field.success) found[name] = field.output;
    else invalid.push(name);
  }
  const values = { ...initialValues(), ...found };
  const { shortcuts, doubled } = withoutDoubled(values, found);
  return {
    settings: {
      version: SETTINGS_VERSION,
      ...values,
      ...shortcuts,
    },
    invalid: [...invalid, ...doubled],
    isNewer,
  };
}

/**
 * Of two shortcuts with the same keys only the first would get them. A default makes room for keys
 * that were chosen, the one that shares excepted; of two that were chosen the second one is invalid.
 */
function withoutDoubled(values: SettingValues, chosen: Readonly<Record<string, unknown>>) {
  const goesFirst = (name: string): boolean => name === 'shareShortcut' || name in chosen;
  const inOrder = SHORTCUT_SETTINGS.toSorted(
    (one, other) => Number(goesFirst(other)) - Number(goesFirst(one)),
  );
  const taken: string[] = [];
  const shortcuts: Record<string, string> = {};
  const doubled: string[] = [];
  for (const name of inOrder) {
    const keys = values[name];
    if (taken.some((other) => sameKeys(keys, other, process.platform))) {
      shortcuts[name] = '';
      if (name in chosen) doubled.push(name);
    }
    taken.push(keys);
  }
  return { shortcuts, doubled };
}
