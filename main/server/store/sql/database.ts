import { StoreUnavailableError } from '../store-error.ts';

/**
 * The database of the catalog: one port with two engines, SQLite (`sqlite-database.ts`) and
 * PostgreSQL (`postgres-database.ts`). Statements are plain SQL that both understand, with `?` for
 * values; what they don't share is behind the methods here.
 */

export type Value = string | number | Uint8Array | null;

/** Statements outside of a transaction, and inside of one. */
export interface Sql {
  /** The first row, if any. `R` is what the statement selects. */
  get<R>(statement: string, ...values: readonly Value[]): Promise<R | undefined>;
  all<R>(statement: string, ...values: readonly Value[]): Promise<readonly R[]>;
  run(statement: string, ...values: readonly Value[]): Promise<void>;
}

/** An insert of one row, which may do nothing on a conflict. @see Transaction.insertAll */
export interface Insert {
  /** Later ones find the row's key as `pk` in this table. */
  readonly name: string;
  /** It returns `pk`. */
  readonly statement: string;
  readonly values: readonly Value[];
}

/**
 * Statements inside of a transaction: all of them take effect, or none. They run in the order of the
 * calls; those that aren't awaited in between are sent to PostgreSQL together. Once one has failed,
 * all others reject with its error, and so does the transaction.
 */
export interface Transaction extends Sql {
  /**
   * Inserts rows that refer to each other, in PostgreSQL by one statement: so no row can be found by
   * other means than `Insert.name`. At most one to a table.
   * @returns whether all were inserted; otherwise the transaction must be rolled back
   */
  insertAll(inserts: readonly Insert[]): Promise<boolean>;
  /**
   * Locks the rows of a select until the transaction ends: what is read afterwards stays true until
   * then. The select is of one table, by its own columns.
   */
  lock(select: string, ...values: readonly Value[]): Promise<void>;
  /** The rows of such a select that no other transaction has locked; they are locked now. */
  claim<R>(select: string, ...values: readonly Value[]): Promise<readonly R[]>;
  /** Once the transaction is committed, all other processes hear that this share has changed. */
  publish(shareId: string): Promise<void>;
}

/** What a database reports of changes that other processes have made. */
export interface ChangeListener {
  changed(shareId: string): void;
  /** The database doesn't answer: nothing is received for now. */
  lost(): void;
  /** It answers again. Changes may have been missed: all that is cached is stale. */
  missed(): void;
}

export interface Database extends Sql {
  /**
   * Runs the task, all or nothing; resolves once its changes would survive a power cut. The task
   * awaits nothing but its own statements, and may run again after it was rolled back.
   * @throws DatabaseUnavailableError when the database can't be reached; whether the changes were made
   *   is unknown if that happens during the commit
   */
  transaction<T>(task: (sql: Transaction) => Promise<T>): Promise<T>;
  /** The time by which everything is decided, in ms since 1970: the same for all processes. */
  now(): number;
  /**
   * Whether the changes of other processes have been received up to a moment ago, so that a cached
   * row can be trusted. @see MAX_DELAY_MS
   */
  isCurrent(): boolean;
  /**
   * Whether what was read can be trusted: not when its answer took so long that it may have been
   * revoked for a second.
   * @param askedAtMs of `performance.now()`
   */
  isFresh(askedAtMs: number): boolean;
  /** @returns ends it */
  listen(listener: ChangeListener): () => void;
  /** Has what was removed leave the files soon, and gives its space back, where that is ours to do. */
  eraseSoon(): void;
  /** Finishes what was requested. */
  close(): Promise<void>;
}

/** The database can't be reached, or refuses for now. Its cause says why. */
export class DatabaseUnavailableError extends StoreUnavailableError {
  readonly code: string;
  /** @param code of the failure, for the log: of PostgreSQL or of the system */
  constructor(code: string, options?: ErrorOptions) {
    super(`the database is not available: ${code}`, options);
    this.code = code;
  }
}

/** It is not a database of ours, is damaged, or was written by a newer version. */
export class UnusableDatabaseError extends Error {
  override readonly name = 'UnusableDatabaseError';
}
