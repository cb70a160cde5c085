import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  DatabaseSync,
  type DatabaseSyncInstance,
  type StatementSyncInstance,
} from '@photostructure/sqlite';
import { isNoSpace } from '../blobs/no-space.ts';
import {
  type ChangeListener,
  type Database,
  type Transaction,
  UnusableDatabaseError,
  type Value,
} from './database.ts';
import { createDiskReserve } from './disk-reserve.ts';
import { MIGRATIONS } from './sqlite-schema.ts';

/** SQLITE_CORRUPT and SQLITE_NOTADB, https://sqlite.org/rescode.html */
const DAMAGED = [11, 26];
/** SQLITE_BUSY */
const BUSY = 5;

/** A group of transactions takes no more after this, in ms: requests wait while it runs. */
const LONGEST_GROUP_MS = 10;

/** Removed content leaves the write-ahead log this long after, in ms: many removals share one checkpoint. */
const ERASE_MS = 200;

/** The file is made smaller when this part of its pages is free, */
const FREE_FRACTION = 0.08;
/** and by so many pages (of 4 KiB) at a time. */
const VACUUM_PAGES = 1_024;

/** After the disk reserve was used up, it is filled again after this, in ms, if there is space. */
const REFILL_MS = 60_000;

interface Pending {
  run(sql: Transaction): Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The one connection to the SQLite file; nothing else may open it meanwhile. Transactions that are
 * requested while others are being synced are committed together, with one sync.
 *
 * SQLite's `synchronous = full` would sync the log inside of `commit`, and hold up the whole event
 * loop. With `normal` it writes the log without that, and we sync it (in Node's thread pool) before
 * a transaction resolves: as durable, and nothing waits but those who asked.
 */
export class SqliteDatabase implements Database {
  readonly #db: DatabaseSyncInstance;
  /** The write-ahead log. */
  readonly #log: FileHandle;
  readonly #reserve: ReturnType<typeof createDiskReserve>;
  readonly #statements = new Map<string, StatementSyncInstance>();
  /** Inside a transaction: statements run at once, reads see what the transaction has written. */
  readonly #inside: Transaction = {
    get: async <R>(statement: string, ...values: readonly Value[]) =>
      this.#runInside(statement, (prepared) => prepared.get(...values)) as R | undefined,
    all: async <R>(statement: string, ...values: readonly Value[]) =>
      this.#runInside(statement, (prepared) => prepared.all(...values)) as R[],
    run: async (statement, ...values) => {
      this.#runInside(statement, (prepared) => prepared.run(...values));
    },
    // All at once: a statement that came later could find another transaction.
    insertAll: async (inserts) => {
      const names: string[] = [];
      const keys: Value[] = [];
      for (const { name, statement, values } of inserts) {
        const known = names.map((each) => `${each}(pk) as (values (?))`);
        const text = known.length === 0 ? statement : `with ${known.join(', ')} ${statement}`;
        const row = this.#runInside(text, (prepared) => prepared.get(...keys, ...values));
        if (row === undefined) return false;
        names.push(name);
        // Its statement returns `pk`.
        keys.push((row as { readonly pk: number }).pk);
      }
      return true;
    },
    // Transactions run one at a time, and there is no other process.
    lock: async () => {},
    claim: (select, ...values) => this.#inside.all(select, ...values),
    publish: async () => {},
  };
  /** Of the transaction that is open: its first statement that failed. */
  #failure: { readonly error: unknown } | undefined;
  #queue: Pending[] = [];
  #draining: Promise<void> | undefined;
  /** The group whose transaction is open: reads wait for its end. */
  #running: Promise<void> | undefined;
  #isLogSuspect = false;
  #eraseTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  private constructor(
    db: DatabaseSyncInstance,
    log: FileHandle,
    reserve: ReturnType<typeof createDiskReserve>,
  ) {
    this.#db = db;
    this.#log = log;
    this.#reserve = reserve;
  }

  /**
   * Opens the file, or creates it, and brings its schema up to date.
   * @throws UnusableDatabaseError when the file should be set aside; SQLite's error for all else
   */
  static async open(path: string): Promise<SqliteDatabase> {
    const reserve = createDiskReserve(`${path}-reserve`);
    const db = await (async () => {
      try {
        return openFile(path);
      } catch (error) {
        if (!isNoSpace(error) || !(await reserve.release())) throw error;
        return openFile(path);
      }
    })();
    void reserve.fill();
    return new SqliteDatabase(db, await open(`${path}-wal`, 'r+'), reserve);
  }

  async get<R>(statement: string, ...values: readonly Value[]): Promise<R | undefined> {
    await this.#running?.catch(() => undefined);
    return this.#prepare(statement).get(...values) as R | undefined;
  }

  async all<R>(statement: string, ...values: readonly Value[]): Promise<readonly R[]> {
    await this.#running?.catch(() => undefined);
    return this.#prepare(statement).all(...values) as R[];
  }

  async run(statement: string, ...values: readonly Value[]): Promise<void> {
    await this.transaction((sql) => sql.run(statement, ...values));
  }

  /** The task runs alone; twice when a full disk has got space again. */
  transaction<T>(task: (sql: Transaction) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      this.#queue.push({
        async run(sql) {
          result = await task(sql);
        },
        resolve: () => resolve(result),
        reject,
      });
      this.#draining ??= this.#drain();
    });
  }

  now(): number {
    return Date.now();
  }

  /** No other process writes. */
  isCurrent(): boolean {
    return true;
  }

  isFresh(): boolean {
    return true;
  }

  listen(_listener: ChangeListener): () => void {
    return () => {};
  }

  /**
   * Has what was removed leave the write-ahead log soon, and gives its space back to the disk. After
   * a crash, opening empties the log.
   */
  eraseSoon(): void {
    if (this.#isClosed) return;
    this.#eraseTimer ??= setTimeout(() => {
      this.#eraseTimer = undefined;
      try {
        const isShrinking = this.#shrink();
        this.#db.exec('pragma wal_checkpoint(truncate)');
        if (isShrinking) this.eraseSoon();
      } catch {
        this.eraseSoon();
      }
    }, ERASE_MS).unref();
  }

  /** Finishes what was requested; the log is merged into the file, and removed. */
  async close(): Promise<void> {
    await this.#draining;
    this.#isClosed = true;
    clearTimeout(this.#eraseTimer);
    await this.#log.close();
    // Statements are finalized by the garbage collector only, and SQLite keeps the file open and
    // locked until then: the log is merged and the lock given up before.
    this.#db.exec('pragma journal_mode = delete; pragma locking_mode = normal; select 1 from used');
    this.#statements.clear();
    this.#db.close();
  }

  /** Removes free pages from the file if there are many. @returns whether there were */
  #shrink(): boolean {
    const { free, pages } = this.#prepare(
      `select freelist_count as free, page_count as pages
        from pragma_freelist_count, pragma_page_count`,
    ).get() as { readonly free: number; readonly pages: number };
    if (free < pages * FREE_FRACTION) return false;
    this.#db.exec(`pragma incremental_vacuum(${VACUUM_PAGES})`);
    return true;
  }

  #prepare(statement: string): StatementSyncInstance {
    let prepared = this.#statements.get(statement);
    if (prepared === undefined) {
      prepared = this.#db.prepare(statement);
      this.#statements.set(statement, prepared);
    }
    return prepared;
  }

  /**
   * Runs a statement of the transaction. After some errors SQLite has rolled back by itself, so none
   * runs after one that failed: it would be a transaction of its own.
   */
  #runInside<R>(statement: string, run: (prepared: StatementSyncInstance) => R): R {
    this.#throwFailure();
    try {
      return run(this.#prepare(statement));
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #drain(): Promise<void> {
    // Whatever else this turn of the event loop requests joins the group.
    await nextTurn();
    while (this.#queue.length > 0) await this.#writeGroup();
    this.#draining = undefined;
  }

  /** Runs what is in the queue, until its time is over, and commits it. */
  async #writeGroup(): Promise<void> {
    const endMs = performance.now() + LONGEST_GROUP_MS;
    const group: Pending[] = [];
    try {
      await this.#commit(() => {
        if (group.length > 0 && performance.now() > endMs) return undefined;
        const next = this.#queue.shift();
        if (next !== undefined) group.push(next);
        return next;
      });
      for (const pending of group) pending.resolve();
    } catch {
      // Nothing of the group was written: each by itself, so that one refusal is not that of all.
      for (const pending of group) await this.#writeAlone(pending);
    }
  }

  async #writeAlone(pending: Pending): Promise<void> {
    const commit = (): Promise<void> => {
      const rest = [pending];
      return this.#commit(() => rest.shift());
    };
    try {
      await commit().catch(async (error: unknown) => {
        if (!(await this.#makeSpace(error))) throw error;
        await commit();
      });
      pending.resolve();
    } catch (error) {
      pending.reject(error);
    }
  }

  /** @param take answers the next transaction, until there is none */
  async #commit(take: () => Pending | undefined): Promise<void> {
    this.#running = this.#run(take);
    try {
      await this.#running;
    } finally {
      this.#running = undefined;
    }
    await this.#sync();
  }

  async #run(take: () => Pending | undefined): Promise<void> {
    let next = take();
    this.#failure = undefined;
    try {
      this.#prepare('begin immediate').run();
      for (; next !== undefined; next = take()) await next.run(this.#inside);
      this.#throwFailure();
      this.#prepare('commit').run();
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('rollback');
      throw error;
    }
  }

  /**
   * Makes what was committed durable. After a failed sync the system takes what it could not write
   * for written (https://lwn.net/Articles/752063/), so another sync of the log proves nothing: a
   * checkpoint writes and syncs the same content in the other file, and begins the log anew.
   */
  async #sync(): Promise<void> {
    if (!this.#isLogSuspect) {
      try {
        return await this.#log.datasync();
      } catch {
        this.#isLogSuspect = true;
      }
    }
    this.#db.exec('pragma wal_checkpoint(truncate)');
    this.#isLogSuspect = false;
  }

  /** On a full disk the reserve is used up, above all for the removals that make space again. */
  async #makeSpace(error: unknown): Promise<boolean> {
    if (!isNoSpace(error)) return false;
    const isFreed = await this.#reserve.release();
    setTimeout(() => void this.#reserve.fill(), REFILL_MS).unref();
    return isFreed;
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function openFile(path: string): DatabaseSyncInstance {
  const db = new DatabaseSync(path);
  try {
    db.exec(
      // Before there is a table; the file shrinks when it is told to.
      'pragma auto_vacuum = incremental; ' +
        // Exclusive: one process has the file until it closes it, and needs no shared memory for it.
        'pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal; ' +
        // Removed values are overwritten with zeros.
        'pragma secure_delete = on; pragma foreign_keys = off; pragma cache_size = -2000; ',
    );
    migrate(db);
    // What a crash has left of removed values.
    db.exec('pragma wal_checkpoint(truncate)');
    return db;
  } catch (error) {
    db.close();
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
    if (DAMAGED.includes(code)) throw new UnusableDatabaseError('damaged', { cause: error });
    if (code === BUSY) {
      throw new Error(`Another program uses ${dirname(path)}. Close it, and try again.`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** @throws UnusableDatabaseError when a newer version has written the file */
function migrate(db: DatabaseSyncInstance): void {
  let version = 0;
  // Not as a prepared statement: such a one keeps the file open, and Windows would not move it away.
  db.function('report_version', (value: number) => {
    version = value;
    return null;
  });
  db.exec('select report_version(user_version) from pragma_user_version');
  if (version > MIGRATIONS.length) throw new UnusableDatabaseError(`schema ${version}`);
  for (const [index, statements] of MIGRATIONS.entries()) {
    if (index < version) continue;
    db.exec(`begin; ${statements}; pragma user_version = ${index + 1}; commit`);
  }
}
