import { readFileSync } from 'node:fs';
import pg from 'pg';
import { StoreUnavailableError } from '../store-error.ts';

/** A statement that takes longer is canceled by the database, in ms; for a lock it waits less. */
const STATEMENT_MS = 8_000;
const LOCK_MS = 5_000;

/**
 * An answer that takes longer does not come: the network loses it, and nobody says so. More than
 * `STATEMENT_MS`. In ms.
 */
const ANSWER_MS = 10_000;

/** How long a statement waits for a connection, in ms. */
const CONNECT_MS = 3_000;

/** A connection that is not used for so long is closed, in ms. */
const IDLE_MS = 30_000;

/** How many connections there are at most, unless the options say otherwise. */
const CONNECTIONS = 10;

export interface PostgresOptions {
  /** `postgres://user@host:port/database?sslmode=verify-full`; may hold the password. */
  readonly url: string;
  /** In place of one in the URL. Asked for at each connection, so it may change. */
  readonly password?: () => Promise<string>;
  /** Connections for statements, at most; 10 by default. One more listens. */
  readonly connections?: number;
}

/** The URL of a database can't be used. The message is a sentence for people, without the URL. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
}

/** The connections that statements run on. */
export function createPool(options: PostgresOptions): pg.Pool {
  const pool = new pg.Pool({
    ...configOf(options),
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
function configOf({ url, password }: PostgresOptions): pg.ClientConfig {
  const parsed = parsePostgresUrl(url);
  return {
    ...parsed,
    // Never from a file in the home folder.
    password: password ?? parsed.password ?? (() => ''),
    application_name: 'linkify-tray',
    keepAlive: true,
    // What is acknowledged is on the disk, whatever the server's default is.
    options: '-c synchronous_commit=on -c client_min_messages=warning',
    types: { getTypeParser: parserOf },
  };
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
 * The parts of a URL of PostgreSQL, as libpq has them
 * (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING): also
 * `postgres:///database?host=/run/postgresql` for a socket, `sslmode` `disable`, `require` or
 * `verify-full`, and `sslrootcert`.
 * @throws DatabaseUrlError
 */
export function parsePostgresUrl(url: string): pg.ClientConfig & { readonly password?: string } {
  // A host is required by URL parsers, but not where a socket is named.
  const text = url.replace(/^(postgres(?:ql)?:\/\/(?:[^/@]*@)?)(?=[/?]|$)/, '$1socket.invalid');
  const parsed = URL.parse(text);
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new DatabaseUrlError('The URL of the database must be postgres://USER@HOST/DATABASE.');
  }
  const query = parsed.searchParams;
  const socket = query.get('host');
  const host = socket ?? parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  const database = decodeURIComponent(parsed.pathname.slice(1));
  const user = decodeURIComponent(parsed.username);
  if (host === 'socket.invalid' || database === '' || user === '') {
    throw new DatabaseUrlError('The URL of the database must name a user, a host and a database.');
  }
  for (const name of query.keys()) {
    if (!['host', 'port', 'sslmode', 'sslrootcert'].includes(name)) {
      throw new DatabaseUrlError(`Unknown parameter in the URL of the database: "${name}".`);
    }
  }
  const password = decodeURIComponent(parsed.password);
  return {
    host,
    port: Number(query.get('port') ?? (parsed.port || 5432)),
    database,
    user,
    ...(password === '' ? {} : { password }),
    ssl: tlsOf(query.get('sslmode') ?? 'disable', query.get('sslrootcert') ?? undefined),
  };
}

/** @throws DatabaseUrlError */
function tlsOf(mode: string, rootCertificates: string | undefined): pg.ClientConfig['ssl'] {
  switch (mode) {
    case 'disable':
      return false;
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify-full':
      return rootCertificates === undefined ? true : { ca: readCertificates(rootCertificates) };
    default:
      throw new DatabaseUrlError('sslmode must be disable, require or verify-full.');
  }
}

function readCertificates(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DatabaseUrlError(`Can't read the certificates in ${path}.`, { cause });
  }
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
  return new StoreUnavailableError(code, { cause: error });
}
