import * as v from 'valibot';
import type { SettingsView } from '../../preload/contract.ts';
import { isUsableAccelerator, sameKeys } from './accelerators.ts';
import { DEFAULT_ACCELERATOR } from './default-accelerator.ts';
import { isUsableToken, whatIsWrongWithServiceUrl } from './service-url.ts';

export const SETTINGS_VERSION = 1;

/** Some of the keys below, or none where it is empty. */
const shortcut = v.pipe(
  v.string(),
  v.maxLength(100),
  v.check((keys) => keys === '' || isUsableAccelerator(keys, process.platform)),
);
/** A line end in what is pasted into a terminal runs what stands before it. */
const oneLine = (most: number) =>
  v.pipe(v.string(), v.maxLength(most), v.regex(/^[^\p{Cc}\u2028\u2029]*$/u));
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

const tokenSchema = v.variant('kind', [
  v.object({ kind: v.literal('sealed'), data: v.pipe(v.string(), v.maxLength(8192)) }),
  v.object({ kind: v.literal('plain'), data: v.pipe(v.string(), v.check(isUsableToken)) }),
]);

/** Each setting with its default, so that a file of an older version lacks nothing. */
const fields = {
  accelerator: v.optional(v.pipe(shortcut, v.minLength(1)), DEFAULT_ACCELERATOR),
  watching: v.optional(v.boolean(), true),
  service: v.optional(v.picklist(['automatic', 'pieces', 'built-in', 'custom']), 'automatic'),
  serviceUrl: v.optional(
    v.pipe(
      v.string(),
      v.check((url) => url === '' || whatIsWrongWithServiceUrl(url) === undefined),
    ),
    '',
  ),
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  language: v.optional(v.picklist(['system', 'en', 'de', 'es', 'ja', 'zh']), 'system'),
  launchAtLogin: v.optional(v.boolean(), false),
  notifications: v.optional(v.boolean(), true),
  sound: v.optional(v.boolean(), false),
  moreShortcuts: v.optional(
    v.object({
      shareLast: v.optional(shortcut, ''),
      openPopover: v.optional(shortcut, ''),
      revokeLast: v.optional(shortcut, ''),
      giveBack: v.optional(shortcut, ''),
    }),
    {},
  ),
  mode: v.optional(v.picklist(['manual', 'offer', 'automatic']), 'manual'),
  /** The kinds that `offer` and `automatic` are about. */
  modeKinds: v.optional(
    v.pipe(
      v.array(v.picklist(['text', 'code', 'url', 'html', 'colour', 'image', 'files'])),
      v.readonly(),
    ),
    ['image'],
  ),
  keepClips: v.optional(whole(20), 20),
  linkFormat: v.optional(v.picklist(['plain', 'markdown', 'html', 'template']), 'plain'),
  linkTemplate: v.optional(oneLine(500), '{title}: {link}'),
  /** 0: until it is revoked. At most what a service takes (main/server/api/terms.ts). */
  expiryHours: v.optional(whole(24 * 30), 24 * 7),
  /** How long a new link stays closed, in seconds, so that Undo means that nobody has seen it. */
  graceSeconds: v.optional(whole(60), 5),
  /** What the built-in service may keep, in GB. */
  quotaGigabytes: v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(1000)), 2),
  fallback: v.optional(v.picklist(['ask', 'always', 'never']), 'ask'),
  /** What happens to location data in images and videos. */
  locationData: v.optional(v.picklist(['ask', 'remove', 'share']), 'ask'),
  reach: v.optional(v.picklist(['network', 'this-computer']), 'network'),
  /** The interface whose address links carry; empty: the one that others most likely reach. */
  networkInterface: v.optional(oneLine(200), ''),
  /** Whether links carry a name under `.local` in place of an address. */
  localName: v.optional(v.boolean(), false),
  /** Other names by which links may be opened, with commas. */
  hostNames: v.optional(v.pipe(v.string(), v.maxLength(1000)), ''),
  /** What the person said of services that answer as Pieces OS but are another user's, by user id. */
  serviceOwners: v.optional(
    v.pipe(
      v.array(
        v.object({
          uid: v.pipe(v.number(), v.safeInteger(), v.minValue(-1)),
          trusted: v.boolean(),
        }),
      ),
      v.maxLength(100),
    ),
    [],
  ),
  /** Notes about a firewall that the person has put away: which one, and the port. */
  hiddenReachNotes: v.optional(
    v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(20)),
    [],
  ),
  /** Kinds of secret that are shared without being asked about again. */
  allowedSecretKinds: v.optional(
    v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(100)),
    [],
  ),
} as const;

const settingsSchema = v.object({
  version: v.literal(SETTINGS_VERSION),
  serviceToken: v.optional(tokenSchema),
  ...fields,
});

export type StoredSettings = Readonly<v.InferOutput<typeof settingsSchema>>;

/** What an app can offer in Preferences or not, as the contract names it. */
export type OfferedSetting = Exclude<
  keyof SettingsView,
  | 'accelerator'
  | 'watching'
  | 'service'
  | 'serviceUrl'
  | 'hasServiceToken'
  // Named and changed by the kind: shell/apply-settings.ts.
  | 'allowedSecrets'
>;

export interface ReadSettings {
  readonly settings: StoredSettings;
  /** Settings whose value was not understood; their defaults are used. */
  readonly invalid: readonly string[];
  /** Whether a newer version of the app wrote it: then it is not ours to change. */
  readonly isNewer: boolean;
}

/**
 * Reads what a file held; nothing at all gives the defaults. One wrong value does not cost the
 * others, and what of a newer version's file is valid here is used.
 */
export function readSettings(value: unknown): ReadSettings {
  const parsed = v.safeParse(settingsSchema, value ?? { version: SETTINGS_VERSION });
  const read = parsed.success
    ? { settings: parsed.output, invalid: [], isNewer: false }
    : readByField(value);
  const { settings, doubled } = withoutDoubledShortcuts(read.settings);
  return { ...read, settings, invalid: [...read.invalid, ...doubled] };
}

function readByField(value: unknown): ReadSettings {
  const object = v.safeParse(v.looseObject({}), value);
  const stored: Readonly<Record<string, unknown>> = object.success ? object.output : {};
  const { version } = stored;
  const isNewer =
    typeof version === 'number' && Number.isInteger(version) && version > SETTINGS_VERSION;
  const invalid = isNewer || version === SETTINGS_VERSION ? [] : ['version'];
  const found: Record<string, unknown> = { version: SETTINGS_VERSION };
  const read = (name: string, schema: v.GenericSchema): void => {
    const field = v.safeParse(schema, stored[name]);
    if (field.success) found[name] = field.output;
    else invalid.push(name);
  };
  for (const [name, schema] of Object.entries(fields)) {
    if (name !== 'moreShortcuts') read(name, schema);
  }
  found.moreShortcuts = readMoreShortcuts(stored.moreShortcuts, invalid);
  read('serviceToken', v.optional(tokenSchema));
  return { settings: v.parse(settingsSchema, found), invalid, isNewer };
}

const SHORTCUT_NAMES = ['shareLast', 'openPopover', 'revokeLast', 'giveBack'] as const;

/** Each shortcut by itself: one that cannot be used does not cost the others. */
function readMoreShortcuts(value: unknown, invalid: string[]): object {
  const object = v.safeParse(v.optional(v.looseObject({}), {}), value);
  if (!object.success) invalid.push('moreShortcuts');
  const stored: Readonly<Record<string, unknown>> = object.success ? object.output : {};
  return Object.fromEntries(
    SHORTCUT_NAMES.map((name) => {
      const keys = v.safeParse(v.optional(shortcut, ''), stored[name]);
      if (!keys.success) invalid.push(`moreShortcuts.${name}`);
      return [name, keys.success ? keys.output : ''];
    }),
  );
}

/** Of two uses of the same keys only the first would get them. */
function withoutDoubledShortcuts(settings: StoredSettings): {
  readonly settings: StoredSettings;
  readonly doubled: readonly string[];
} {
  const { accelerator, moreShortcuts } = settings;
  const taken = [accelerator];
  const doubled = SHORTCUT_NAMES.filter((name) => {
    const keys = moreShortcuts[name];
    const isTaken = taken.some((other) => sameKeys(keys, other, process.platform));
    taken.push(keys);
    return isTaken;
  });
  if (doubled.length === 0) return { settings, doubled };
  const without = Object.fromEntries(doubled.map((name) => [name, '']));
  return {
    settings: { ...settings, moreShortcuts: { ...moreShortcuts, ...without } },
    doubled: doubled.map((name) => `moreShortcuts.${name}`),
  };
}
