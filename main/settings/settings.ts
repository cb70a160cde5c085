import * as v from 'valibot';
import type { SettingsChange, SettingsView } from '../../preload/contract.ts';

/** One value on disk. */
export interface ValueStore {
  /** What is there, not checked yet; `undefined` when there is nothing. */
  load(): unknown;
  /** Writes it whole, or leaves the old value as it was. Throws when it cannot. */
  save(value: unknown): void;
  /** Puts away something unreadable where a person can find it, and never over something else. */
  setAside(value: unknown): void;
}

/** Keeps a token unreadable for others, where the system can. */
export interface SecretBox {
  /** False where the system offers no key store: then a token is kept as it is. */
  available(): boolean;
  /** Answers the sealed text in base64. */
  encrypt(text: string): string;
  /** Throws when the text was sealed by someone else, or on another machine. */
  decrypt(sealed: string): string;
}

export type SettingsProblem =
  /** They could not be understood, were set aside, and the defaults are used. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'not-saved'; readonly cause: unknown }
  /** The token was sealed with a key that is gone; it must be given again. */
  | { readonly kind: 'token-lost' };

/** Shown in Preferences and registered at start, as Electron writes it. */
export const DEFAULT_ACCELERATOR = 'CommandOrControl+Shift+L';

const tokenSchema = v.variant('kind', [
  v.object({ kind: v.literal('sealed'), data: v.pipe(v.string(), v.maxLength(8192)) }),
  v.object({ kind: v.literal('plain'), data: v.pipe(v.string(), v.maxLength(4096)) }),
]);

const settingsSchema = v.object({
  version: v.literal(1),
  accelerator: v.optional(
    v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
    DEFAULT_ACCELERATOR,
  ),
  watching: v.optional(v.boolean(), true),
  service: v.optional(v.picklist(['built-in', 'custom']), 'built-in'),
  serviceUrl: v.optional(v.pipe(v.string(), v.maxLength(2048)), ''),
  serviceToken: v.optional(tokenSchema),
});

type Stored = v.InferOutput<typeof settingsSchema>;

export const SETTINGS_VERSION = 1;

/** What people chose, checked, kept on disk, and told to whoever listens. */
export interface Settings {
  view(): SettingsView;
  /** The custom service's token, if one is kept and can be opened. */
  serviceToken(): string | undefined;
  /** Applies at once; answers what is true then, also when the disk refused it. */
  change(change: SettingsChange): SettingsView;
  subscribe(listener: (view: SettingsView) => void): () => void;
}

export interface SettingsNeeds {
  readonly store: ValueStore;
  readonly secrets: SecretBox;
  readonly onProblem?: (problem: SettingsProblem) => void;
}

/** Opens the settings; what cannot be understood is set aside, and the defaults take its place. */
export function openSettings({ store, secrets, onProblem = () => {} }: SettingsNeeds): Settings {
  const listeners = new Set<(view: SettingsView) => void>();
  let stored = load(store, onProblem);

  const view = (): SettingsView => ({
    accelerator: stored.accelerator,
    watching: stored.watching,
    service: stored.service,
    serviceUrl: stored.serviceUrl,
    hasServiceToken: stored.serviceToken !== undefined,
  });

  return {
    view,
    serviceToken() {
      const token = stored.serviceToken;
      if (token === undefined || token.kind === 'plain') return token?.data;
      try {
        return secrets.decrypt(token.data);
      } catch {
        onProblem({ kind: 'token-lost' });
        return undefined;
      }
    },
    change({ serviceToken, ...plain }) {
      const next: Stored = { ...stored, ...withoutUndefined(plain) };
      // Another service must never get the token that was meant for the one before.
      const moved = plain.serviceUrl !== undefined && plain.serviceUrl !== stored.serviceUrl;
      if (moved || serviceToken !== undefined) delete next.serviceToken;
      if (serviceToken) next.serviceToken = seal(serviceToken, secrets);
      stored = next;
      try {
        store.save(stored);
      } catch (cause) {
        onProblem({ kind: 'not-saved', cause });
      }
      const now = view();
      for (const listener of listeners) listener(now);
      return now;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function load(store: ValueStore, onProblem: (problem: SettingsProblem) => void): Stored {
  const value = store.load();
  const parsed = v.safeParse(settingsSchema, value ?? { version: SETTINGS_VERSION });
  if (parsed.success) return parsed.output;
  store.setAside(value);
  onProblem({ kind: 'unreadable' });
  return v.parse(settingsSchema, { version: SETTINGS_VERSION });
}

function seal(token: string, secrets: SecretBox): Stored['serviceToken'] {
  return secrets.available()
    ? { kind: 'sealed', data: secrets.encrypt(token) }
    : { kind: 'plain', data: token };
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  // Keys are taken away only, so what is left is part of T.
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as Partial<T>;
}
