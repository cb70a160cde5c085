import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

/** Its name in the profile's folder. */
export const DATABASE_FILE = 'linkify-tray.db';

/** Beside it: contents of pending shares that are too large for a row, and the key of all of them. */
export const OUTBOX_FOLDER = 'outbox';

export type Value = string | number | Uint8Array | null;

/** One entry per version of the file's layout: what leads to it from the version before. */
const MIGRATIONS = [
  `create table links (
     -- The newest link has the largest number.
     position integer primary key,
     id text not null unique,
     link text not null
   );
   create table unreadable_links (link text not null);
   create table outbox (
     -- The oldest entry has the smallest number.
     position integer primary key,
     id text not null unique,
     -- Sealed, as are the events (outbox/encryption.ts).
     head blob not null,
     -- Whether the user was told that it cannot be read.
     reported integer not null default 0
   );
   create table outbox_events (
     position integer primary key,
     entry text not null,
     event blob not null
   );`,
  `create table link_thumbnails (
     id text primary key,
     png blob not null
   ) without rowid;`,
] as const;

/** SQLITE_CORRUPT and SQLITE_NOTADB, https://sqlite.org/rescode.html */
const DAMAGED: ReadonlySet<unknown> = new Set([11, 26]);

/** Another process that holds the file, such as `--list`, is waited for this long, in ms. */
const BUSY_TIMEOUT_MS = 2_000;

export interface AppDatabaseOptions {
  /** The file; `:memory:` keeps everything in memory. */
  readonly path: string;
  /** Holds contents that rows refer to; it is set aside with the file. */
  readonly contentFolder?: string;
  /** Told when a file that is damaged, or of a newer version, was renamed; `undefined`: it could not be. */
  readonly onSetAside?: (renamedTo: string | undefined) => void;
  /** Nothing is written, and nothing set aside: for a second process. */
  readonly readOnly?: boolean;
  /** Wall clock, in ms since 1970. */
  readonly now?: () => number;
}

/**
 * What the app keeps from one run to the next, apart from its settings: one SQLite file. It is
 * opened when something is read from an existing file or when something is written, so that an app
 * that has not shared anything yet needs neither the file nor the library. A transaction is on disk
 * when it returns.
 */
export class AppDatabase {
  readonly #options: AppDatabaseOptions;
  readonly #statements = new Map<string, StatementSyncInstance>();
  #connection: DatabaseSyncInstance | undefined;
  #isInTransaction = false;

  constructor(options: AppDatabaseOptions) {
    this.#options = options;
  }

  /**
   * All rows; none while nothing has been stored.
   * @throws SQLite's error, but for a damaged file, which is set aside
   */
  rows<Row>(statement: string, ...values: readonly Value[]): readonly Row[] {
    if (this.#connection === undefined && !this.#exists()) return [];
    try {
      // The statement's text says what a row is; callers parse what it holds.
      return this.#prepare(statement).all(...values) as Row[];
    } catch (error) {
      if (!isDamage(error) || this.#options.readOnly) throw error;
      this.#setAside();
      return [];
    }
  }

  run(statement: string, ...values: readonly Value[]): void {
    this.#prepare(statement).run(...values);
  }

  /**
   * Runs the task, all or nothing. Within another transaction it is part of that one. `isLazy`: it
   * reaches the disk with the next one that is not; a power cut may lose it until then.
   */
  transaction<Result>(task: () => Result, { isLazy = false } = {}): Result {
    if (this.#isInTransaction) return task();
    const connection = this.#open();
    // With a log, `normal` leaves out the sync after a commit: https://sqlite.org/pragma.html
    if (isLazy) connection.exec('pragma synchronous = normal');
    connection.exec('begin immediate');
    this.#isInTransaction = true;
    try {
      const result = task();
      connection.exec('commit');
      return result;
    } catch (error) {
      if (connection.isTransaction) connection.exec('rollback');
      throw error;
    } finally {
      this.#isInTransaction = false;
      if (isLazy) connection.exec('pragma synchronous = full');
    }
  }

  /** Merges the log into the file. */
  close(): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#connection = undefined;
    this.#statements.clear();
    // By itself the library does so once the garbage collector has finalized all statements.
    try {
      if (!this.#options.readOnly) connection.exec('pragma wal_checkpoint(truncate)');
    } catch {
      // The log stays, and is merged at the next start.
    }
    connection.close();
  }

  #exists(): boolean {
    const { path } = this.#options;
    if (path === ':memory:') return false;
    try {
      statSync(path);
      return true;
    } catch (error) {
      // A folder that may not be read says nothing about the file: opening it tells why.
      return (error as NodeJS.ErrnoException).code !== 'ENOENT';
    }
  }

  #prepare(statement: string): StatementSyncInstance {
    const connection = this.#open();
    const known = this.#statements.get(statement);
    if (known !== undefined) return known;
    const prepared = connection.prepare(statement);
    this.#statements.set(statement, prepared);
    return prepared;
  }

  #open(): DatabaseSyncInstance {
    if (this.#connection !== undefined) return this.#connection;
    try {
      this.#connection = this.#connect();
    } catch (error) {
      if (!isDamage(error) || this.#options.readOnly) throw error;
      this.#setAside();
      this.#connection = this.#connect();
    }
    return this.#connection;
  }

  #connect(): DatabaseSyncInstance {
    const { path, readOnly = false } = this.#options;
    // Loaded here: it is a native library, which a first start does not need.
    const { DatabaseSync } = createRequire(import.meta.url)(
      '@photostructure/sqlite',
    ) as typeof import('@photostructure/sqlite');
    if (path !== ':memory:' && !readOnly) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // Nobody else may read it, whatever the umask; its log takes over the same mode.
      closeSync(openSync(path, 'a', 0o600));
    }
    // A connection that may not write can't undo what a process that was killed left half done.
    const connection = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      if (readOnly) {
        connection.exec('pragma query_only = on');
      } else {
        connection.exec('pragma journal_mode = wal; pragma synchronous = full');
        // What is removed does not stay in free pages.
        connection.exec('pragma secure_delete = on');
      }
      migrate(connection, readOnly);
      // Found later, damage would set aside what was read already. About 12 ms for 10,000 links.
      if (!readOnly) checkPages(connection);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Renames the file, so that nothing is lost and a new one can be created. */
  #setAside(): void {
    this.close();
    const { path, now = Date.now } = this.#options;
    const stamp = new Date(now()).toISOString().replace(/[-:]|\.\d+/g, '');
    let renamedTo = `${path}.corrupt-${stamp}`;
    for (let again = 2; existsSync(renamedTo); again++) {
      renamedTo = `${path}.corrupt-${stamp}-${again}`;
    }
    const { contentFolder } = this.#options;
    const files = ['', '-wal', '-shm'].map(
      (end) => [`${path}${end}`, `${renamedTo}${end}`] as const,
    );
    const folders =
      contentFolder === undefined
        ? []
        : [[contentFolder, `${contentFolder}.corrupt-${stamp}`] as const];
    try {
      for (const [from, to] of [...files, ...folders]) if (existsSync(from)) renameSync(from, to);
      this.#options.onSetAside?.(renamedTo);
    } catch {
      // It stays where it is, and nothing can be stored.
      this.#options.onSetAside?.(undefined);
    }
  }
}

/** The file was written by a newer version of the app, or is damaged. */
class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

function isDamage(error: unknown): boolean {
  if (error instanceof UnusableFile) return true;
  // An error of the library: `errcode` is SQLite's extended code, whose last byte is the code.
  const { errcode } = error as { readonly errcode?: unknown };
  return typeof errcode === 'number' && DAMAGED.has(errcode & 0xff);
}

/** @throws UnusableFile */
function checkPages(connection: DatabaseSyncInstance): void {
  const { quick_check: found } = connection.prepare('pragma quick_check(1)').get() as {
    readonly quick_check: string;
  };
  if (found !== 'ok') throw new UnusableFile(found);
}

/** @throws UnusableFile */
function migrate(connection: DatabaseSyncInstance, readOnly: boolean): void {
  const { user_version: version } = connection.prepare('pragma user_version').get() as {
    readonly user_version: number;
  };
  if (version > MIGRATIONS.length) throw new UnusableFile(`version ${version}`);
  if (readOnly) return;
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index < version) continue;
    connection.exec(`begin immediate; ${statements} pragma user_version = ${index + 1}; commit`);
  }
}
