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

/** Something on disk could not be used, and this became of it. */
export interface StoreProblem {
  readonly kind: 'set-aside';
  /** The file's name, such as `settings.json`. */
  readonly file: string;
  /** What it is called now; absent when not even that could be changed. */
  readonly keptAs?: string;
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
  return openFile(Store, 'settings', deps);
}

type StoreClass = typeof ElectronStore;
type Value = Record<string, unknown>;

function openFile(Store: StoreClass, name: string, deps: StoreOptions): ValueStore {
  const { folder, onProblem, now = Date.now } = deps;
  const path = join(folder, `${name}.json`);
  const lastGood = `${path}.last-good`;
  // A file that was read well is copied once before this run's first change to it.
  let good = false;
  // What could not be set aside must not be overwritten either.
  let untouchable = false;

  const open = (): ElectronStore<Value> =>
    new Store<Value>({
      cwd: folder,
      name,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      serialize: (value) => JSON.stringify(value),
      deserialize: parseObject,
    });

  const freeName = (): string => {
    const stamp = new Date(now()).toISOString().replace(/[-:]|\.\d+/g, '');
    let free = `${path}.corrupt-${stamp}`;
    for (let again = 2; existsSync(free); again++) free = `${path}.corrupt-${stamp}-${again}`;
    return free;
  };

  /** A file that was set aside before with just these bytes. */
  const copyOfNow = (): string | undefined => {
    const now = readFileSync(path);
    return readdirSync(folder)
      .filter((other) => other.startsWith(`${name}.json.corrupt-`))
      .map((other) => join(folder, other))
      .find((other) => readFileSync(other).equals(now));
  };

  const recover = (): ElectronStore<Value> | undefined => {
    const keptAs = freeName();
    try {
      renameSync(path, keptAs);
    } catch {
      onProblem({ kind: 'set-aside', file: `${name}.json`, restored: false });
      return undefined;
    }
    const restored = restore();
    onProblem({ kind: 'set-aside', file: `${name}.json`, keptAs, restored });
    return restored ? open() : undefined;
  };

  const restore = (): boolean => {
    try {
      copyFileSync(lastGood, path, constants.COPYFILE_EXCL);
      open();
      return true;
    } catch {
      // No copy, or no better: the file starts anew. The copy itself stays where it is.
      rmSync(path, { force: true });
      return false;
    }
  };

  let store: ElectronStore<Value> | undefined;
  let value: Value | undefined;
  try {
    store = open();
    good = existsSync(path);
  } catch {
    store = recover();
  }
  if (store !== undefined && existsSync(path)) value = store.store;

  return {
    load: () => value,
    save(next) {
      if (untouchable) throw new Error(`${name}.json is kept as it is`);
      // Opened anew where it could not be set aside at first: the disk may be writable again.
      store ??= open();
      if (good) writeWhole(lastGood, readFileSync(path));
      good = false;
      // What is saved is always an object: our own layouts with their version.
      store.store = next as Value;
    },
    setAside() {
      good = false;
      try {
        const copy = copyOfNow() ?? freeName();
        if (!existsSync(copy)) copyFileSync(path, copy, constants.COPYFILE_EXCL);
        return copy;
      } catch {
        untouchable = true;
        return undefined;
      }
    },
  };
}

/** Anything but an object would be read as nothing, and then be overwritten. */
function parseObject(text: string): Value {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxError('not an object');
  }
  // Checked above; the rooms that asked for it parse what is in it.
  return value as Value;
}

/** Creates the folder where it is missing, and removes what a killed process left half-written. */
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
