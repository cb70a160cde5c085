import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import type ElectronStore from 'electron-store';
import { writeWhole } from '../files/write-atomically.ts';
import type { ValueStore } from '../settings/settings.ts';

/** A file that could not be used, and what was done with it. */
export interface StoreProblem {
  readonly kind: 'set-aside';
  /** The file's name, such as `settings.json`. */
  readonly file: string;
  /** Its new name; absent when it could not be renamed either. */
  readonly backupName?: string;
  /** Whether the copy from before its last changes took its place. */
  readonly restored: boolean;
}

export interface StoreOptions {
  /** Folder of the files, made with mode 0700 when it is not there. */
  readonly folder: string;
  readonly onProblem: (problem: StoreProblem) => void;
  /** Wall clock, in ms since 1970. */
  readonly now?: () => number;
}

/**
 * Opens the settings. A file that cannot be read (empty, cut short, not JSON, a folder) is renamed,
 * never erased, and its last good copy is used where there is one. Each write is a whole small file,
 * written beside and renamed into place.
 * electron-store is loaded only now: nothing at start needs it before the tray icon is there.
 */
export async function openSettingsStore(deps: StoreOptions): Promise<ValueStore> {
  const { default: Store } = await import('electron-store');
  prepareFolder(deps.folder);
  return new FileStore(Store, 'settings', deps);
}

type StoreClass = typeof ElectronStore;
type Value = Record<string, unknown>;

class FileStore implements ValueStore {
  readonly #Store: StoreClass;
  readonly #options: StoreOptions;
  readonly #name: string;
  readonly #path: string;
  readonly #lastGood: string;
  readonly #value: Value | undefined;
  #store: ElectronStore<Value> | undefined;
  /** A file that was read successfully is copied once, before this run's first change to it. */
  #isGood = false;
  /** A file that could not be set aside must not be overwritten either. */
  #isReadOnly = false;

  constructor(Store: StoreClass, name: string, options: StoreOptions) {
    this.#Store = Store;
    this.#options = options;
    this.#name = name;
    this.#path = join(options.folder, `${name}.json`);
    this.#lastGood = `${this.#path}.last-good`;
    try {
      this.#store = this.#open();
      this.#isGood = existsSync(this.#path);
    } catch {
      this.#store = this.#recover();
    }
    if (this.#store !== undefined && existsSync(this.#path)) this.#value = this.#store.store;
  }

  load(): unknown {
    return this.#value;
  }

  save(value: unknown): void {
    if (this.#isReadOnly) throw new Error(`${this.#name}.json is not overwritten`);
    // Opened again where it could not be set aside at first: the disk may be writable by now.
    this.#store ??= this.#open();
    if (this.#isGood) writeWhole(this.#lastGood, readFileSync(this.#path));
    this.#isGood = false;
    // What is saved is always an object: our own layouts with their version.
    this.#store.store = value as Value;
  }

  setAside(): string | undefined {
    this.#isGood = false;
    try {
      const copy = this.#existingCopy() ?? this.#freeName();
      if (!existsSync(copy)) copyFileSync(this.#path, copy, constants.COPYFILE_EXCL);
      return copy;
    } catch {
      this.#isReadOnly = true;
      return undefined;
    }
  }

  #open(): ElectronStore<Value> {
    return new this.#Store<Value>({
      cwd: this.#options.folder,
      name: this.#name,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      serialize: (value) => JSON.stringify(value),
      deserialize: parseObject,
    });
  }

  /** Renames an unreadable file, and opens its last good copy if there is one. */
  #recover(): ElectronStore<Value> | undefined {
    const { onProblem } = this.#options;
    const file = `${this.#name}.json`;
    const backupName = this.#freeName();
    try {
      renameSync(this.#path, backupName);
    } catch {
      onProblem({ kind: 'set-aside', file, restored: false });
      return undefined;
    }
    const restored = this.#restore();
    onProblem({ kind: 'set-aside', file, backupName, restored });
    return restored ? this.#open() : undefined;
  }

  #restore(): boolean {
    try {
      copyFileSync(this.#lastGood, this.#path, constants.COPYFILE_EXCL);
      this.#open();
      return true;
    } catch {
      // No copy, or an unreadable one: the file starts empty. The copy itself stays where it is.
      rmSync(this.#path, { force: true });
      return false;
    }
  }

  /** A file that was set aside before with the same bytes. */
  #existingCopy(): string | undefined {
    const bytes = readFileSync(this.#path);
    const { folder } = this.#options;
    return readdirSync(folder)
      .filter((other) => other.startsWith(`${this.#name}.json.corrupt-`))
      .map((other) => join(folder, other))
      .find((other) => readFileSync(other).equals(bytes));
  }

  #freeName(): string {
    const { now = Date.now } = this.#options;
    const stamp = new Date(now()).toISOString().replace(/[-:]|\.\d+/g, '');
    let free = `${this.#path}.corrupt-${stamp}`;
    for (let again = 2; existsSync(free); again++) {
      free = `${this.#path}.corrupt-${stamp}-${again}`;
    }
    return free;
  }
}

/** A value other than an object would be read as empty, and then be overwritten. */
function parseObject(text: string): Value {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxError('not an object');
  }
  // Checked above; `readSettings` parses its fields.
  return value as Value;
}

/** Creates the folder where it is missing, and removes the incomplete files of a killed process. */
function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) {
      if (/^settings\.json(\.tmp-|\.last-good\.new-)[\da-f]+$/.test(name)) {
        rmSync(join(folder, name), { force: true });
      }
    }
  } catch {
    // Without a folder the app still works; each change that cannot be saved is reported then.
  }
}
