import { type ReadSettings, readSettings, type StoredSettings } from './read-settings.ts';
import { isUsableToken } from './service-url.ts';
import {
  initialValues,
  MAX_SERVERS,
  type SettingName,
  type SettingsChange,
  type SettingsView,
  type SettingValues,
  type StoredToken,
  settingEntries,
  viewOf,
} from './table.ts';

/** One value on disk. */
export interface ValueStore {
  /** The stored value, not validated; `undefined` when there is none. */
  load(): unknown;
  /** Replaces the value atomically. Throws when it cannot, and the old value stays. */
  save(value: unknown): void;
  /**
   * Copies the stored value to another file, never over an existing one.
   * @returns the copy's name; `undefined` when it cannot be copied
   */
  setAside(value: unknown): string | undefined;
}

/** Encrypts a token with the system's key store, where there is one. */
export interface KeyStore {
  /** False where the system has no key store: then a token is stored as plain text. */
  available(): boolean;
  /** The encrypted text in base64. */
  encrypt(text: string): string;
  /** Throws when another user, or another machine, encrypted the text. */
  decrypt(sealed: string): string;
}

export type SettingsProblem =
  /** These values were invalid and are at their defaults now; `backupName` is a copy of the file. */
  | { readonly kind: 'invalid'; readonly names: readonly string[]; readonly backupName?: string }
  /** A newer version of the app wrote the file: it is not overwritten, and no change is saved. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'not-saved'; readonly cause: unknown }
  /** The token was encrypted with a key that is lost; it must be entered again. */
  | { readonly kind: 'token-lost' };

export interface SettingsDeps {
  readonly store: ValueStore;
  readonly secrets: KeyStore;
  readonly onProblem?: (problem: SettingsProblem) => void;
}

/**
 * Opens the settings. Invalid values are reported once: the file is copied, and then written again.
 * The file of a newer version is not overwritten.
 */
export function openSettings(deps: SettingsDeps): Settings {
  return new Settings(deps, load(deps.store, deps.onProblem));
}

/** The user's choices: validated, stored on disk, and published to subscribers. */
export class Settings {
  readonly #deps: SettingsDeps;
  readonly #listeners = new Set<(view: SettingsView) => void>();
  readonly #isNewer: boolean;
  #stored: StoredSettings;

  constructor(deps: SettingsDeps, loaded: ReadSettings) {
    this.#deps = deps;
    this.#isNewer = loaded.isNewer;
    this.#stored = loaded.settings;
  }

  /** Bound, because it is passed on as a function. */
  readonly values = (): SettingValues => valuesOf(this.#stored);

  /** What the window shows. */
  view(): SettingsView {
    return viewOf(this.#stored);
  }

  /** The access token of a custom server, if one is stored for it and can be decrypted. */
  serviceToken(url: string): string | undefined {
    const token = this.#stored.servers.find((server) => server.url === url)?.token;
    if (token === undefined || token.kind === 'plain') return token?.data;
    try {
      const opened = this.#deps.secrets.decrypt(token.data);
      if (isUsableToken(opened)) return opened;
      throw new Error('no token');
    } catch {
      this.#deps.onProblem?.({ kind: 'token-lost' });
      return undefined;
    }
  }

  /** Applies at once; returns the settings after it, which hold even if they could not be saved. */
  change({ serviceToken, ...change }: SettingsChange): SettingsView {
    return this.#replace({
      ...this.#stored,
      ...change,
      servers: this.#serversAfter({ ...this.#stored, ...change }, serviceToken),
      // Choosing Pieces OS asks again about what was rejected before.
      ...(change.service === 'pieces'
        ? { serviceOwners: this.#stored.serviceOwners.filter(({ trusted }) => trusted) }
        : {}),
    });
  }

  /** Removes a custom server with its token. The one in use is replaced by this computer. */
  removeServer(url: string): SettingsView {
    const { service, serviceUrl, servers } = this.#stored;
    const isCurrent = serviceUrl === url;
    return this.#replace({
      ...this.#stored,
      servers: servers.filter((server) => server.url !== url),
      ...(isCurrent ? { serviceUrl: '' } : {}),
      ...(isCurrent && service === 'custom' ? { service: 'built-in' } : {}),
    });
  }

  /** Everything is as at a first start; the token is deleted. */
  reset(): SettingsView {
    return this.#replace({ version: this.#stored.version, ...initialValues() });
  }

  /** Remembers whether another user's service may be used; see `serviceOwners`. */
  trustOwner(uid: number, trusted: boolean): void {
    const others = this.#stored.serviceOwners.filter((owner) => owner.uid !== uid);
    this.#replace({ ...this.#stored, serviceOwners: [...others, { uid, trusted }] });
  }

  /** Shares this kind of secret without asking, or asks again. */
  allowSecretKind(kind: string, allowed: boolean): void {
    const others = this.#stored.allowedSecretKinds.filter((other) => other !== kind);
    this.#replace({ ...this.#stored, allowedSecretKinds: allowed ? [...others, kind] : others });
  }

  /** Everything but what applies to this computer only (`isLocal` in the table), such as tokens. */
  exportable(): object {
    return { version: this.#stored.version, ...pick(this.#stored, EXPORTED) };
  }

  /** The settings of an exported file; `undefined` when it is not one. */
  importable(value: unknown): SettingValues | undefined {
    if (value === undefined || value === null) return undefined;
    const { settings, invalid, isNewer } = readSettings(value);
    return invalid.length > 0 || isNewer ? undefined : valuesOf(settings);
  }

  /**
   * Takes over the settings of an exported file; `undefined` when it is not one. The caller must
   * have found its service URL to be usable.
   */
  importFrom(value: unknown): SettingsView | undefined {
    const imported = this.importable(value);
    if (imported === undefined) return undefined;
    return this.#replace({
      ...this.#stored,
      ...pick(imported, EXPORTED),
      servers: this.#serversAfter(imported),
    });
  }

  subscribe(listener: (view: SettingsView) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /**
   * The custom servers, the one in use last. A URL without `service: custom` was not confirmed.
   * @param token replaces that server's token; empty: removes it; absent: it keeps the one it has
   */
  #serversAfter(
    { service, serviceUrl: url }: Pick<SettingValues, 'service' | 'serviceUrl'>,
    token?: string,
  ): StoredSettings['servers'] {
    const { servers } = this.#stored;
    if (service !== 'custom' || url === '') return servers;
    const known = servers.find((server) => server.url === url);
    const stored = token === undefined ? known?.token : seal(token, this.#deps.secrets);
    const others = servers.filter((server) => server !== known);
    return [
      ...others.slice(-(MAX_SERVERS - 1)),
      { url, ...(stored === undefined ? {} : { token: stored }) },
    ];
  }

  #replace(next: StoredSettings): SettingsView {
    this.#stored = next;
    if (this.#isNewer) this.#deps.onProblem?.({ kind: 'newer' });
    else this.#save();
    const view = this.view();
    for (const listener of this.#listeners) listener(view);
    return view;
  }

  #save(): void {
    try {
      this.#deps.store.save(this.#stored);
    } catch (cause) {
      this.#deps.onProblem?.({ kind: 'not-saved', cause });
    }
  }
}

const EXPORTED: readonly SettingName[] = settingEntries
  .filter(([, { isLocal }]) => isLocal !== true)
  .map(([name]) => name);

function valuesOf({ version: _version, ...values }: StoredSettings): SettingValues {
  return values;
}

function load(store: ValueStore, onProblem: SettingsDeps['onProblem']): ReadSettings {
  const value = store.load();
  const read = readSettings(value);
  const { settings, invalid: names, isNewer } = read;
  if (isNewer) onProblem?.({ kind: 'newer' });
  else if (names.length > 0) {
    const backupName = store.setAside(value);
    onProblem?.({ kind: 'invalid', names, ...(backupName === undefined ? {} : { backupName }) });
    try {
      store.save(settings);
    } catch {
      // The next change tries again, and reports it.
    }
  }
  return read;
}

function seal(token: string, secrets: KeyStore): StoredToken | undefined {
  if (token === '') return undefined;
  return secrets.available()
    ? { kind: 'sealed', data: secrets.encrypt(token) }
    : { kind: 'plain', data: token };
}

function pick<T extends object, K extends keyof T>(value: T, names: readonly K[]): Pick<T, K> {
  // Safe: each of the names has its own value.
  return Object.fromEntries(names.map((name) => [name, value[name]])) as Pick<T, K>;
}
