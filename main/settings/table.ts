import * as v from 'valibot';
import { LANGUAGES } from '../i18n/i18n.ts';
import type { TextKey } from '../i18n/messages.ts';
import { MAX_SHARED_BY } from '../share-options.ts';
import { isUsableAccelerator } from './accelerators.ts';
import { DEFAULT_ACCELERATOR, DEFAULT_WINDOW_ACCELERATOR } from './default-accelerator.ts';
import { isUsableToken, serverNameOf, serviceUrlProblem } from './service-url.ts';

/**
 * The table of all settings. What is stored, what the window sees and changes, what is exported and
 * imported, and which changes are confirmed outside the window all derive from it: a new setting is
 * one entry here and the control that changes it.
 */

/** Where links are made: `pieces` is Pieces OS, wherever on this computer it was found. */
export const TARGET_KINDS = ['built-in', 'pieces', 'custom'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** What a change means for where content goes, and for what the user is asked and told. */
export interface Consent {
  readonly text: TextKey;
  /** More leaves the computer, or less is said about it: confirmed in a dialog of the system. */
  readonly isRisky: boolean;
}

const risky = (text: TextKey): Consent => ({ text, isRisky: true });
/** Named when a file is imported, but no reason to ask by itself. */
const harmless = (text: TextKey): Consent => ({ text, isRisky: false });

interface Rules<T> {
  /** Holds on this computer only: neither exported nor imported. */
  readonly isLocal?: boolean;
  /**
   * What the window may send, where it is more than what is stored: it is checked again, and
   * refused with a message that says what is wrong.
   */
  readonly argument?: v.GenericSchema<unknown, T>;
  /** Called with a value that differs from the one before. */
  consent?(next: T): Consent | undefined;
}

export interface Setting<T, InWindow extends boolean = boolean> extends Rules<T> {
  readonly schema: v.GenericSchema<unknown, T>;
  readonly initial: T;
  /** Whether the window sees and changes it. */
  readonly inWindow: InWindow;
}

const setting = <T>(
  schema: v.GenericSchema<unknown, T>,
  initial: NoInfer<T>,
  rules: Rules<NoInfer<T>> = {},
): Setting<T, true> => ({ schema, initial, inWindow: true, ...rules });

/** One that only the main process reads and writes. */
const internal = <T>(
  schema: v.GenericSchema<unknown, T>,
  initial: NoInfer<T>,
): Setting<T, false> => ({ schema, initial, inWindow: false, isLocal: true });

/** Keys of a shortcut as Electron writes them; empty: none. */
const keys = v.pipe(v.string(), v.maxLength(100));
const usableKeys = v.pipe(
  keys,
  v.check((text) => text === '' || isUsableAccelerator(text, process.platform)),
);
const shortcut = (initial = '') => setting(usableKeys, initial, { argument: keys });
const url = v.pipe(v.string(), v.maxLength(2048));
/** A line break pasted into a terminal runs the text before it. */
const oneLine = (most: number) =>
  v.pipe(v.string(), v.maxLength(most), v.regex(/^[^\p{Cc}\u2028\u2029]*$/u));
/** As it is stored; it belongs to one server, and is sent to no other. */
const tokenSchema = v.variant('kind', [
  v.object({ kind: v.literal('sealed'), data: v.pipe(v.string(), v.maxLength(8192)) }),
  v.object({ kind: v.literal('plain'), data: v.pipe(v.string(), v.check(isUsableToken)) }),
]);
export type StoredToken = Readonly<v.InferOutput<typeof tokenSchema>>;
/** Servers by URL that are remembered. */
export const MAX_SERVERS = 20;
const usableUrl = v.pipe(
  url,
  v.check((text) => serviceUrlProblem(text) === undefined),
);
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
/** Of what is copied. */
const copied = v.picklist(['off', 'images', 'images-and-files', 'everything']);

export const SETTINGS = {
  shareShortcut: setting(v.pipe(usableKeys, v.minLength(1)), DEFAULT_ACCELERATOR, {
    argument: v.pipe(keys, v.minLength(1)),
  }),
  windowShortcut: shortcut(DEFAULT_WINDOW_ACCELERATOR),
  shareRecentShortcut: shortcut(),
  revokeLastShortcut: shortcut(),
  restoreClipboardShortcut: shortcut(),
  /** Whether the app sees what is copied; off while it is paused without an end. */
  watchClipboard: setting(v.boolean(), true, {
    consent: (on) => (on ? harmless('consentWatching') : undefined),
  }),
  /** `automatic`: Pieces OS when it runs and is signed in, else this computer. */
  service: setting(v.picklist(['automatic', ...TARGET_KINDS]), 'automatic'),
  serviceUrl: setting(v.union([v.literal(''), usableUrl]), '', { argument: url }),
  /** The servers that the user has confirmed, the one used last at the end. */
  servers: internal(
    v.pipe(
      v.array(v.object({ url: usableUrl, token: v.exactOptional(tokenSchema) })),
      v.maxLength(MAX_SERVERS),
      v.readonly(),
    ),
    [],
  ),
  theme: setting(v.picklist(['system', 'light', 'dark']), 'system'),
  /** BCP 47 tag of a catalog, or the system's language. */
  language: setting(v.picklist(['system', ...LANGUAGES]), 'system'),
  launchAtLogin: setting(v.boolean(), false),
  /** Once a day; new versions are installed when the app quits. Nothing is requested before. */
  checkForUpdates: setting(v.boolean(), false, {
    consent: (on) => (on ? harmless('consentUpdates') : undefined),
  }),
  /** `on`: with a sound. */
  notifications: setting(v.picklist(['on', 'silent', 'off']), 'silent', {
    consent: (shown) => (shown === 'off' ? risky('consentSilent') : harmless('consentNotified')),
  }),
  /** What a quiet notification offers to share after a copy. */
  offerToShare: setting(copied, 'off'),
  /** What is shared as soon as it is copied. */
  shareAutomatically: setting(copied, 'off', {
    consent(kinds) {
      switch (kinds) {
        case 'off':
          return harmless('consentShareAsked');
        case 'images':
          return risky('consentShareImages');
        case 'images-and-files':
          return risky('consentShareFiles');
        case 'everything':
          return risky('consentShareEverything');
      }
    },
  }),
  /** Items in the clipboard history; 0: none is kept. */
  keepClips: setting(whole(20), 20),
  linkFormat: setting(v.picklist(['plain', 'markdown', 'html', 'template']), 'plain'),
  /** The user's own format, with `{link}` and `{title}`. */
  linkTemplate: setting(oneLine(500), '{title}: {link}'),
  /** When a new link expires, in hours; 0: never. At most what main/share-options.ts allows. */
  expiryHours: setting(whole(24 * 30), 24 * 7),
  /** How long a new link shows nothing, in seconds, so that Undo means that nobody has seen it. */
  graceSeconds: setting(whole(60), 3),
  /** The user's name on share pages; empty: none. */
  sharedBy: setting(oneLine(MAX_SHARED_BY), ''),
  /** Storage limit of the built-in server, in GB. */
  quotaGigabytes: setting(v.pipe(v.number(), v.minValue(0.5), v.maxValue(1000)), 2),
  /** Whether this computer creates a link where another service can't. */
  fallback: setting(v.picklist(['ask', 'always', 'never']), 'ask', {
    consent: (choice) => (choice === 'always' ? harmless('consentFallback') : undefined),
  }),
  /** What happens to location data in images and videos. */
  locationData: setting(v.picklist(['ask', 'remove', 'share']), 'ask', {
    consent: (choice) => (choice === 'share' ? risky('consentLocation') : undefined),
  }),
  /** Who can open links of the built-in server. */
  reach: setting(v.picklist(['network', 'this-computer']), 'network', {
    consent: (who) =>
      who === 'network' ? risky('consentNetwork') : harmless('consentThisComputer'),
  }),
  /** The interface whose address links carry; empty: the one that others most likely reach. */
  networkInterface: setting(oneLine(200), ''),
  /** Other names by which links may be opened, with commas. */
  hostNames: setting(v.pipe(v.string(), v.maxLength(1000)), '', { isLocal: true }),
  /** What the user said of services that answer as Pieces OS but are another user's, by user id. */
  serviceOwners: internal(
    v.pipe(
      v.array(
        v.object({
          uid: v.pipe(v.number(), v.safeInteger(), v.minValue(-1)),
          trusted: v.boolean(),
        }),
      ),
      v.maxLength(100),
      v.readonly(),
    ),
    [],
  ),
  /** Kinds of secret that are shared without being asked about again. */
  allowedSecretKinds: internal(
    v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(100), v.readonly()),
    [],
  ),
} as const;

export type SettingName = keyof typeof SETTINGS;

/** The value of each setting. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name]['initial'];
};

type WindowSetting = {
  [Name in SettingName]: (typeof SETTINGS)[Name]['inWindow'] extends true ? Name : never;
}[SettingName];

/** The shortcuts, in the order in which they keep keys that two of them have. */
export const SHORTCUT_SETTINGS = [
  'shareShortcut',
  'windowShortcut',
  'shareRecentShortcut',
  'revokeLastShortcut',
  'restoreClipboardShortcut',
] as const satisfies readonly WindowSetting[];

export type ShortcutSetting = (typeof SHORTCUT_SETTINGS)[number];

/** How a link is put on the clipboard; `template` is the user's own. */
export type LinkFormat = SettingValues['linkFormat'];

/** A custom server that the user has confirmed. */
export interface ServerView {
  readonly url: string;
  /** "share.example", with its port and path if it has them. */
  readonly name: string;
  /** Whether an access token is stored for it. */
  readonly hasToken: boolean;
}

/** What the window shows and changes. */
export type SettingsView = Pick<SettingValues, WindowSetting> & {
  /** The custom servers; their tokens never cross the bridge. */
  readonly servers: readonly ServerView[];
  /** Kinds of secret that are shared without being asked about, with their names. */
  readonly allowedSecrets?: readonly { readonly kind: string; readonly name: string }[];
};

/** A change of any of them, from the window. */
export type SettingsChange = Partial<Pick<SettingValues, WindowSetting>> & {
  /** Of the server in `serviceUrl`, or of the current one; empty: none. */
  readonly serviceToken?: string;
};

/** Each setting with its name, without the types of the single ones. */
export const settingEntries: readonly (readonly [SettingName, Setting<unknown>])[] =
  // Safe: the keys of a constant object are exactly these.
  Object.entries(SETTINGS) as [SettingName, Setting<unknown>][];

const WINDOW_SETTINGS: readonly WindowSetting[] = settingEntries
  .filter(([, { inWindow }]) => inWindow)
  // Safe: these are the ones of the type.
  .map(([name]) => name as WindowSetting);

/** The names of the settings that users see and change, the access token's last. */
export const settingNames: readonly string[] = [...WINDOW_SETTINGS, 'serviceToken'];

/** What the window sees of the settings. */
export function viewOf(values: SettingValues): SettingsView {
  const shown = WINDOW_SETTINGS.map((name) => [name, values[name]]);
  const servers = values.servers.map(({ url, token }) => ({
    url,
    name: serverNameOf(url),
    hasToken: token !== undefined,
  }));
  // Safe: one entry for each setting of the window, with its own value.
  return { ...(Object.fromEntries(shown) as Pick<SettingValues, WindowSetting>), servers };
}

/** The values that a first start has. */
export function initialValues(): SettingValues {
  const values = settingEntries.map(([name, { initial }]) => [name, initial]);
  // Safe: one entry for each setting, with its own default.
  return Object.fromEntries(values) as SettingValues;
}

/** The argument of a change from the window. */
export const settingsChangeSchema = v.strictObject({
  ...changeableSchemas(),
  serviceToken: v.exactOptional(
    v.pipe(
      v.string(),
      v.trim(),
      v.check((token) => token === '' || isUsableToken(token)),
    ),
  ),
}) as v.GenericSchema<unknown, SettingsChange>;

function changeableSchemas(): v.ObjectEntries {
  return Object.fromEntries(
    WINDOW_SETTINGS.map((name) => {
      const { argument, schema }: Setting<unknown> = SETTINGS[name];
      return [name, v.exactOptional(argument ?? schema)];
    }),
  );
}
