import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import {
  type ChangeListener,
  type Database,
  DatabaseUnavailableError,
  type Transaction,
  type Value,
} from './database.ts';
import { createPool, failureOf, storeErrorFor } from './postgres-connection.ts';
import { CHANNEL, MAX_DELAY_MS, PostgresListener } from './postgres-listener.ts';
import type { PostgresOptions } from './postgres-options.ts';
import { migrate } from './postgres-schema.ts';
import { settleAll } from './settle-all.ts';

/** A transaction is repeated so often after a conflict with others. */
const TRIES = 10;

/** Before it is repeated, up to this long times the number of tries, in ms. */
const PAUSE_MS = 5;

/** A catalog on PostgreSQL, which several processes share. */
export class PostgresDatabase implements Database {
  readonly #pool: pg.Pool;
  readonly #listener: PostgresListener;

  private constructor(pool: pg.Pool, listener: PostgresListener) {
    this.#pool = pool;
    this.#listener = listener;
  }

  /**
   * Connects, and brings the schema up to date.
   * @throws DatabaseUrlError, DatabaseUnavailableError, UnusableDatabaseError; PostgreSQL's error for
   *   all else
   */
  static async open(options: PostgresOptions): Promise<PostgresDatabase> {
    const pool = createPool(options);
    try {
      await migrate(options);
      return new PostgresDatabase(pool, await PostgresListener.open(options));
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  async get<R>(statement: string, ...values: readonly Value[]): Promise<R | undefined> {
    return (await this.all<R>(statement, ...values))[0];
  }

  async all<R>(statement: string, ...values: readonly Value[]): Promise<readonly R[]> {
    return await this.#use((client) => query<R>(client, statement, values));
  }

  async run(statement: string, ...values: readonly Value[]): Promise<void> {
    await this.all(statement, ...values);
  }

  async transaction<T>(task: (sql: Transaction) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#use(async (client) => {
          const send = firstFailureOf(client);
          // Sent with the first statements of the task.
          const begun = send('begin', []);
          const [result] = await settleAll([task(transactionOn(send)), begun]);
          await send('commit', []);
          return result;
        });
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        if (tries === TRIES) throw new DatabaseUnavailableError('conflict', { cause: error });
        await wait(Math.random() * tries * PAUSE_MS);
      }
    }
  }

  now(): number {
    return this.#listener.now();
  }

  isCurrent(): boolean {
    return this.#listener.isCurrent();
  }

  isFresh(askedAtMs: number): boolean {
    return performance.now() - askedAtMs < MAX_DELAY_MS;
  }

  listen(listener: ChangeListener): () => void {
    return this.#listener.listen(listener);
  }

  /** Autovacuum does so. */
  eraseSoon(): void {}

  async close(): Promise<void> {
    await Promise.all([this.#listener.close(), this.#pool.end()]);
  }

  /** Runs a task on a connection; whatever it has begun is rolled back when it rejects. */
  async #use<T>(task: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw storeErrorFor(error);
    });
    try {
      const result = await task(client);
      client.release();
      return result;
    } catch (error) {
      // A connection that failed is closed: the database rolls back by itself.
      const isUsable = !(error instanceof DatabaseUnavailableError) && (await rollBack(client));
      client.release(!isUsable);
      throw error;
    }
  }
}

/** A transaction has failed because of others, and may succeed when it is repeated. */
class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** Outside of a transaction it changes nothing. @returns whether the connection still works */
async function rollBack(client: pg.PoolClient): Promise<boolean> {
  return await client.query('rollback').then(
    () => true,
    () => false,
  );
}

type Send = <R>(statement: string, values: readonly Value[]) => Promise<readonly R[]>;

/**
 * Statements of one transaction. After one has failed, those that were sent with it fail as well, and
 * none is sent any more, also no commit, which would only roll back: all reject with the first error,
 * which says why.
 */
function firstFailureOf(client: pg.PoolClient): Send {
  let first: { readonly error: unknown } | undefined;
  let isCorked = false;
  const { stream } = client.connection;
  return async (statement, values) => {
    if (first !== undefined) throw first.error;
    // What is sent in one turn is written to the socket at once.
    if (!isCorked) {
      isCorked = true;
      stream.cork();
      process.nextTick(() => {
        isCorked = false;
        stream.uncork();
      });
    }
    try {
      return await query(client, statement, values);
    } catch (error) {
      first ??= { error };
      throw first.error;
    }
  };
}

function transactionOn(send: Send): Transaction {
  const all = <R>(statement: string, ...values: readonly Value[]): Promise<readonly R[]> =>
    send<R>(statement, values);
  const run = async (statement: string, ...values: readonly Value[]): Promise<void> => {
    await all(statement, ...values);
  };
  return {
    get: async <R>(statement: string, ...values: readonly Value[]) =>
      (await all<R>(statement, ...values))[0],
    all,
    run,
    insertAll: async (inserts) => {
      const earlier = inserts
        .slice(0, -1)
        .map(({ name, statement }) => `${name} as (${statement})`);
      const start = earlier.length === 0 ? '' : `with ${earlier.join(', ')} `;
      const last = inserts.at(-1)?.statement ?? '';
      const values = inserts.flatMap((insert) => insert.values);
      return (await all(`${start}${last}`, ...values)).length > 0;
    },
    lock: (select, ...values) => run(`${select} for update`, ...values),
    claim: (select, ...values) => all(`${select} for update skip locked`, ...values),
    publish: (shareId) => run('select pg_notify(?, ?)', CHANNEL, shareId),
  };
}

/** @throws ConflictError, DatabaseUnavailableError; PostgreSQL's error for all else */
async function query<R>(
  client: pg.PoolClient,
  text: string,
  values: readonly Value[],
): Promise<readonly R[]> {
  try {
    const { rows } = await client.query({ ...statementOf(text), values: values.map(storable) });
    // What a statement selects is known to its caller only.
    return rows as unknown as readonly R[];
  } catch (error) {
    if (failureOf(error) === 'conflict') throw new ConflictError('conflict', { cause: error });
    throw storeErrorFor(error);
  }
}

/** Texts of PostgreSQL can't hold NUL. */
const storable = (value: Value): Value =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;

interface Statement {
  /** Each connection prepares it once. */
  readonly name: string;
  readonly text: string;
}

/** There are as many as the code has. */
const statements = new Map<string, Statement>();

/** With `$1` for the first `?`. */
function statementOf(text: string): Statement {
  let known = statements.get(text);
  if (known === undefined) {
    let count = 0;
    const numbered = text.replaceAll('?', () => `$${++count}`);
    known = { name: `s${statements.size}`, text: numbered };
    statements.set(text, known);
  }
  return known;
}
