import * as v from 'valibot';
import type { SettingsView } from '../../preload/contract.ts';
import { DEFAULT_ACCELERATOR } from './default-accelerator.ts';

export const SETTINGS_VERSION = 1;

const shortcut = v.pipe(v.string(), v.maxLength(100));
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

const tokenSchema = v.variant('kind', [
  v.object({ kind: v.literal('sealed'), data: v.pipe(v.string(), v.maxLength(8192)) }),
  v.object({ kind: v.literal('plain'), data: v.pipe(v.string(), v.maxLength(4096)) }),
]);

/** Each setting with its default, so that a file of an older version lacks nothing. */
const fields = {
  accelerator: v.optional(v.pipe(shortcut, v.minLength(1)), DEFAULT_ACCELERATOR),
  watching: v.optional(v.boolean(), true),
  service: v.optional(v.picklist(['automatic', 'pieces', 'built-in', 'custom']), 'automatic'),
  serviceUrl: v.optional(v.pipe(v.string(), v.maxLength(2048)), ''),
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  language: v.optional(v.picklist(['system', 'en', 'de', 'es', 'ja', 'zh']), 'system'),
  launchAtLogin: v.optional(v.boolean(), false),
  notifications: v.optional(v.boolean(), true),
  sound: v.optional(v.boolean(), false),
  moreShortcuts: v.optional(
    v.object({
      shareLast: shortcut,
      openPopover: shortcut,
      revokeLast: shortcut,
      giveBack: v.optional(shortcut, ''),
    }),
    { shareLast: '', openPopover: '', revokeLast: '', giveBack: '' },
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
  shareLastCount: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(20)), 3),
  keepClips: v.optional(whole(20), 20),
  /** How long a clip is kept, in minutes; 0 keeps it until the app ends. */
  keepClipsMinutes: v.optional(whole(24 * 60), 0),
  linkFormat: v.optional(v.picklist(['plain', 'markdown', 'html', 'template']), 'plain'),
  linkTemplate: v.optional(v.pipe(v.string(), v.maxLength(500)), '{title}: {link}'),
  linkToClipboard: v.optional(v.boolean(), true),
  giveBackAfterSeconds: v.optional(whole(3600), 0),
  expiryHours: v.optional(whole(24 * 365), 24 * 7),
  /** How long a new link stays closed, in seconds, so that Undo means that nobody has seen it. */
  graceSeconds: v.optional(whole(60), 5),
  /** What the built-in service may keep, in GB. */
  quotaGigabytes: v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(1000)), 2),
  fallback: v.optional(v.picklist(['ask', 'always', 'never']), 'ask'),
  reach: v.optional(v.picklist(['network', 'this-computer']), 'network'),
  /** The interface whose address links carry; empty: the one that others most likely reach. */
  networkInterface: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
  /** Whether links carry a name under `.local` in place of an address. */
  localName: v.optional(v.boolean(), false),
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
  // Named and changed by the kind: sharing/preferences.ts.
  | 'allowedSecrets'
>;

export type ReadSettings =
  | { readonly whole: true; readonly settings: StoredSettings }
  /** Something was not understood; what was is used, with defaults for the rest. */
  | { readonly whole: false; readonly settings: StoredSettings };

/** Reads what a file held; nothing at all gives the defaults. */
export function readSettings(value: unknown): ReadSettings {
  const parsed = v.safeParse(settingsSchema, value ?? { version: SETTINGS_VERSION });
  if (parsed.success) return { whole: true, settings: parsed.output };
  return { whole: false, settings: readByField(value) };
}

/** One wrong value must not cost the others; what another version wrote is not guessed at. */
function readByField(value: unknown): StoredSettings {
  const readable = v.safeParse(v.looseObject({ version: v.literal(SETTINGS_VERSION) }), value);
  const found: Record<string, unknown> = { version: SETTINGS_VERSION };
  if (readable.success) {
    for (const [name, schema] of Object.entries(fields)) {
      const field = v.safeParse(schema, readable.output[name]);
      if (field.success) found[name] = field.output;
    }
    const token = v.safeParse(tokenSchema, readable.output.serviceToken);
    if (token.success) found.serviceToken = token.output;
  }
  return v.parse(settingsSchema, found);
}
