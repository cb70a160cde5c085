import type { SettingsChange, SettingsView } from '../../preload/contract.ts';
import {
  type OfferedSetting,
  type ReadSettings,
  readSettings,
  type StoredSettings,
} from './schema.ts';
import { isUsableToken } from './service-url.ts';

export { DEFAULT_ACCELERATOR } from './default-accelerator.ts';

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
  /** Everything, for the app itself. */
  values(): Omit<StoredSettings, 'serviceToken' | 'version'>;
  /** What Preferences show: the token is left out, and so is what the app does not offer. */
  view(): SettingsView;
  /** The custom service's token, if one is kept and can be opened. */
  serviceToken(): string | undefined;
  /** Applies at once; answers what is true then, also when the disk refused it. */
  change(change: SettingsChange): SettingsView;
  /** Shares this kind of secret without being asked about again, or asks again. */
  allowSecretKind(kind: string, allowed: boolean): void;
  /** Does not show this note about the way to our links by itself again; see `hiddenReachNotes`. */
  hideReachNote(note: string): void;
  /**
   * Everything but the token, and what was agreed to on this computer only: whose service is
   * trusted, which secrets are shared without a question.
   */
  exportable(): object;
  /** What such a file would change them to; `undefined` when it is none. */
  importable(value: unknown): ReturnType<Settings['values']> | undefined;
  /**
   * Takes over what such a file holds; `undefined` when it is none. The token stays, unless the
   * address is another one, which the caller must have found to be usable.
   */
  importFrom(value: unknown): SettingsView | undefined;
  subscribe(listener: (view: SettingsView) => void): () => void;
}

export interface SettingsNeeds {
  readonly store: ValueStore;
  readonly secrets: SecretBox;
  /** Settings that take effect in this app; the others are kept, but neither shown nor changed. */
  readonly offers?: readonly OfferedSetting[];
  readonly onProblem?: (problem: SettingsProblem) => void;
}

/**
 * Opens the settings. Values that are not understood are reported once: the file is copied and
 * then written anew. The file of a newer version is left as it is.
 */
export function openSettings(needs: SettingsNeeds): Settings {
  const { store, secrets, offers = [], onProblem = () => {} } = needs;
  const listeners = new Set<(view: SettingsView) => void>();
  const loaded = load(store, onProblem);
  let stored = loaded.settings;

  const view = (): SettingsView => ({
    accelerator: stored.accelerator,
    watching: stored.watching,
    service: stored.service,
    serviceUrl: stored.serviceUrl,
    hasServiceToken: stored.serviceToken !== undefined,
    ...only(stored, offers),
  });

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
      const wanted = only(change, [...ALWAYS, ...offers]);
      // Another service must never get the token that was meant for the one before.
      const moved = wanted.serviceUrl !== undefined && wanted.serviceUrl !== stored.serviceUrl;
      const { serviceToken: kept, ...rest } = stored;
      const token = serviceToken === undefined && !moved ? kept : seal(serviceToken, secrets);
      return replace({
        ...rest,
        ...wanted,
        // Who chooses Pieces OS is asked again about what was turned down before.
        ...(wanted.service === 'pieces'
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
    hideReachNote(note) {
      if (stored.hiddenReachNotes.includes(note)) return;
      // The newest few: each is about one port.
      replace({ ...stored, hiddenReachNotes: [note, ...stored.hiddenReachNotes].slice(0, 20) });
    },
    exportable() {
      // Whose service is trusted, which firewall is here and what this computer is called holds on
      // this computer only.
      const {
        serviceToken: _token,
        serviceOwners: _owners,
        allowedSecretKinds: _kinds,
        hiddenReachNotes: _notes,
        hostNames: _names,
        ...rest
      } = stored;
      return rest;
    },
    importable,
    importFrom(value) {
      const theirs = importable(value);
      if (theirs === undefined) return undefined;
      const kept = theirs.serviceUrl === stored.serviceUrl ? stored.serviceToken : undefined;
      return replace({
        version: stored.version,
        ...theirs,
        serviceOwners: stored.serviceOwners,
        allowedSecretKinds: stored.allowedSecretKinds,
        hiddenReachNotes: stored.hiddenReachNotes,
        hostNames: stored.hostNames,
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

const ALWAYS = ['accelerator', 'watching', 'service', 'serviceUrl'] as const;

function valuesOf({
  serviceToken: _token,
  version: _version,
  ...values
}: StoredSettings): ReturnType<Settings['values']> {
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

/** The named members that are there. */
function only<T extends object, K extends keyof T>(
  value: T,
  names: readonly K[],
): Partial<Pick<T, K>> {
  const found: Partial<Pick<T, K>> = {};
  for (const name of names) if (value[name] !== undefined) found[name] = value[name];
  return found;
}
