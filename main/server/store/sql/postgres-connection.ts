import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { DatabaseUnavailableError } from './database.ts';
import { DatabaseUrlError, type PostgresOptions, parsePostgresUrl } from './postgres-options.ts';

/** A statement that takes longer is canceled by the database, in ms; for a lock it waits less. */
const STATEMENT_MS = 8_000;
const LOCK_MS = 5_000;

/**
 * An answer that takes longer does not come: the network loses it, and nobody says so. More than
 * `STATEMENT_MS`. In ms.
 */
const ANSWER_MS = 10_000;

/** How long a statement waits for a connection, of the pool or a new one, in ms. */
const CONNECT_MS = 5_000;

/** A connection that is not used for so long is closed, in ms. */
const IDLE_MS = 30_000;

/** How many connections there are at most, unless the options say otherwise. */
const CONNECTIONS = 10;

/** The connections that statements run on. */
export function createPool(options: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({
    ...configOf(options),
    // Statements of a transaction that don't need each other's results are sent together.
    pipeline: true,
    max: options.connections ?? CONNECTIONS,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
  });
  // A connection that ends is replaced; a statement on it rejects.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A connection of its own. @param answerMs absent: statements may take any time */
export function createClient(options: PostgresOptions, answerMs?: number): pg.Client {
  const client = new pg.Client({
    ...configOf(options),
    connectionTimeoutMillis: CONNECT_MS,
    ...(answerMs === undefined ? {} : { query_timeout: answerMs, statement_timeout: answerMs }),
  });
  client.on('error', () => undefined);
  return client;
}

/** @throws DatabaseUrlError */
function configOf({ url, password, passwordFile }: PostgresOptions): pg.ClientConfig {
  const parsed = parsePostgresUrl(url);
  return {
    ...parsed,
    // Never from a file in the home folder.
    password:
      passwordFile === undefined
        ? (password ?? parsed.password ?? (() => ''))
        : () => readPassword(passwordFile),
    application_name: 'linkify-tray',
    keepAlive: true,
    // What is acknowledged is on the disk, whatever the server's default is.
    options: '-c synchronous_commit=on -c client_min_messages=warning',
    types: { getTypeParser: parserOf },
  };
}

/** Without the end of the line. @throws DatabaseUrlError */
async function readPassword(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw new DatabaseUrlError(`Can't read the password of the database in ${path}.`, { cause });
  }
}

type TypeParser = (value: string | Buffer) => unknown;

const BIGINT = 20;

/** Times, sizes and counts are below 2^53. */
function parserOf(oid: number, format?: 'text' | 'binary'): TypeParser {
  if (oid === BIGINT && format !== 'binary') return Number;
  // The library's own type names one parser for each format, which the caller doesn't know.
  return pg.types.getTypeParser(oid, format as 'text') as TypeParser;
}

/**
 * SQLSTATEs (https://www.postgresql.org/docs/15/errcodes-appendix.html) of a database that is
 * starting or stopping, has no connection left, is a read-only standby, or takes too long.
 */
const AWAY = /^(08...|57P0[1-5]|57014|53300|53400|55P03|25006|25P0[2-4]|40001|40P01)$/;

/** A transaction that could not be serialized, was in a deadlock, or met a unique value. */
const CONFLICT = /^(40001|40P01|23505)$/;

/** How a statement failed. */
export type StatementFailure =
  /** With others; another try may succeed. */
  | 'conflict'
  /** The connection is not usable any more. */
  | 'connection'
  | 'other';

export function failureOf(error: unknown): StatementFailure {
  if (!(error instanceof pg.DatabaseError)) return 'connection';
  return CONFLICT.test(error.code ?? '') ? 'conflict' : 'other';
}

/** An error of the library as the store reports it: without a SQLSTATE, the connection has failed. */
export function storeErrorFor(error: unknown): unknown {
  const isAway = error instanceof pg.DatabaseError ? AWAY.test(error.code ?? '') : true;
  if (!isAway) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'connection';
  return new DatabaseUnavailableError(code, { cause: error });
}
