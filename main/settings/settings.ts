import { type ReadSettings, readSettings, type StoredSettings } from './read-settings.ts';
import { isUsableToken } from './service-url.ts';
import {
  type SettingName,
  type SettingsChange,
  type SettingsView,
  type SettingValues,
  settingEntries,
  viewOf,
} from './table.ts';

/** One value on disk. */
export interface ValueStore {
  /** What is there, not checked yet; `undefined` when there is nothing. */
  load(): unknown;
  /** Writes it whole, or leaves the old value as it was. Throws when it cannot. */
  save(value: unknown): void;
  /**
   * Copies what is there to where a person can find it, and never over something else.
   * @returns the copy's name; `undefined` when there can be none
   */
  setAside(value: unknown): string | undefined;
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
  /** These values were not understood and are at their defaults; the file as it was is in `keptAs`. */
  | { readonly kind: 'invalid'; readonly names: readonly string[]; readonly keptAs?: string }
  /** A newer version of the app wrote the file: it stays as it is, and no change is saved. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'not-saved'; readonly cause: unknown }
  /** The token was sealed with a key that is gone; it must be given again. */
  | { readonly kind: 'token-lost' };

/** What people chose, checked, kept on disk, and told to whoever listens. */
export interface Settings {
  /** Remembers whether another user's service may be used; see `serviceOwners`. */
  trustOwner(uid: number, trusted: boolean): void;
  /** Everything but the token. */
  values(): SettingValues;
  /** What the window shows. */
  view(): SettingsView;
  /** The custom service's token, if one is kept and can be opened. */
  serviceToken(): string | undefined;
  /** Applies at once; answers what is true then, also when the disk refused it. */
  change(change: SettingsChange): SettingsView;
  /** Shares this kind of secret without asking again, or asks again. */
  allowSecretKind(kind: string, allowed: boolean): void;
  /** Everything but the token and what holds on this computer only (`isLocal` in the table). */
  exportable(): object;
  /** What such a file would change them to; `undefined` when it is none. */
  importable(value: unknown): SettingValues | undefined;
  /**
   * Takes over what such a file holds; `undefined` when it is none. The token stays, unless the
   * address is another one, which the caller must have found to be usable.
   */
  importFrom(value: unknown): SettingsView | undefined;
  subscribe(listener: (view: SettingsView) => void): () => void;
}

export interface SettingsDeps {
  readonly store: ValueStore;
  readonly secrets: SecretBox;
  readonly onProblem?: (problem: SettingsProblem) => void;
}

/**
 * Opens the settings. Values that are not understood are reported once: the file is copied and
 * then written anew. The file of a newer version is left as it is.
 */
export function openSettings(deps: SettingsDeps): Settings {
  const { store, secrets, onProblem = () => {} } = deps;
  const listeners = new Set<(view: SettingsView) => void>();
  const loaded = load(store, onProblem);
  let stored = loaded.settings;

  const view = (): SettingsView => viewOf(stored, stored.serviceToken !== undefined);

  const replace = (next: StoredSettings): SettingsView => {
    stored = next;
    if (loaded.isNewer) onProblem({ kind: 'newer' });
    else save();
    const now = view();
    for (const listener of listeners) listener(now);
    return now;
  };

  const save = (): void => {
    try {
      store.save(stored);
    } catch (cause) {
      onProblem({ kind: 'not-saved', cause });
    }
  };

  const importable: Settings['importable'] = (value) => {
    if (value === undefined || value === null) return undefined;
    const { settings, invalid, isNewer } = readSettings(value);
    return invalid.length > 0 || isNewer ? undefined : valuesOf(settings);
  };

  return {
    values: () => valuesOf(stored),
    view,
    serviceToken() {
      const token = stored.serviceToken;
      if (token === undefined || token.kind === 'plain') return token?.data;
      try {
        const opened = secrets.decrypt(token.data);
        if (isUsableToken(opened)) return opened;
        throw new Error('no token');
      } catch {
        onProblem({ kind: 'token-lost' });
        return undefined;
      }
    },
    change({ serviceToken, ...change }) {
      // Another service must never get the token that was meant for the one before.
      const moved = change.serviceUrl !== undefined && change.serviceUrl !== stored.serviceUrl;
      const { serviceToken: kept, ...rest } = stored;
      const token = serviceToken === undefined && !moved ? kept : seal(serviceToken, secrets);
      return replace({
        ...rest,
        ...change,
        // Who chooses Pieces OS is asked again about what was turned down before.
        ...(change.service === 'pieces'
          ? { serviceOwners: rest.serviceOwners.filter(({ trusted }) => trusted) }
          : {}),
        ...(token === undefined ? {} : { serviceToken: token }),
      });
    },
    trustOwner(uid, trusted) {
      const others = stored.serviceOwners.filter((owner) => owner.uid !== uid);
      replace({ ...stored, serviceOwners: [...others, { uid, trusted }] });
    },
    allowSecretKind(kind, allowed) {
      const others = stored.allowedSecretKinds.filter((other) => other !== kind);
      replace({ ...stored, allowedSecretKinds: allowed ? [...others, kind] : others });
    },
    exportable: () => ({ version: stored.version, ...pick(stored, EXPORTED) }),
    importable,
    importFrom(value) {
      const theirs = importable(value);
      if (theirs === undefined) return undefined;
      const kept = theirs.serviceUrl === stored.serviceUrl ? stored.serviceToken : undefined;
      return replace({
        version: stored.version,
        ...valuesOf(stored),
        ...pick(theirs, EXPORTED),
        ...(kept === undefined ? {} : { serviceToken: kept }),
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

const EXPORTED: readonly SettingName[] = settingEntries
  .filter(([, { isLocal }]) => isLocal !== true)
  .map(([name]) => name);

function valuesOf({
  serviceToken: _token,
  version: _version,
  ...values
}: StoredSettings): SettingValues {
  return values;
}

function load(store: ValueStore, onProblem: (problem: SettingsProblem) => void): ReadSettings {
  const value = store.load();
  const read = readSettings(value);
  const { settings, invalid: names, isNewer } = read;
  if (isNewer) onProblem({ kind: 'newer' });
  else if (names.length > 0) {
    const keptAs = store.setAside(value);
    onProblem({ kind: 'invalid', names, ...(keptAs === undefined ? {} : { keptAs }) });
    try {
      store.save(settings);
    } catch {
      // The next change tries again, and reports it.
    }
  }
  return read;
}

function seal(token: string | undefined, secrets: SecretBox): StoredSettings['serviceToken'] {
  if (token === undefined || token === '') return undefined;
  return secrets.available()
    ? { kind: 'sealed', data: secrets.encrypt(token) }
    : { kind: 'plain', data: token };
}

function pick<T extends object, K extends keyof T>(value: T, names: readonly K[]): Pick<T, K> {
  // Safe: each of the names has its own value.
  return Object.fromEntries(names.map((name) => [name, value[name]])) as Pick<T, K>;
}
