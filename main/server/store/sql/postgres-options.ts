import { readFileSync } from 'node:fs';

export interface PostgresOptions {
  /** `postgres://user@host:port/database?sslmode=verify-full`; may hold the password. */
  readonly url: string;
  /** In place of one in the URL. */
  readonly password?: string;
  /** A file with the password, which is read at each connection: it may change. */
  readonly passwordFile?: string;
  /** Connections for statements, at most; 10 by default. One more listens. */
  readonly connections?: number;
}

/** The URL of a database can't be used. The message is a sentence for people, without the URL. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
}

/** Where a database is, and as whom. */
export interface PostgresAddress {
  /** A path: the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  /** Of `tls.connect`; false: not encrypted. */
  readonly ssl: boolean | { readonly rejectUnauthorized: false } | { readonly ca: string };
}

/**
 * The parts of a URL of PostgreSQL, as libpq has them
 * (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING): also
 * `postgres:///database?host=/run/postgresql` for a socket, `sslmode` `disable`, `require` or
 * `verify-full`, and `sslrootcert`.
 * @throws DatabaseUrlError
 */
export function parsePostgresUrl(url: string): PostgresAddress {
  // A host is required by URL parsers, but not where a socket is named.
  const text = url.replace(/^(postgres(?:ql)?:\/\/(?:[^/@]*@)?)(?=[/?]|$)/, '$1socket.invalid');
  const parsed = URL.parse(text);
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new DatabaseUrlError('The URL of the database must be postgres://USER@HOST/DATABASE.');
  }
  const query = parsed.searchParams;
  const socket = query.get('host');
  const host = socket ?? parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  const database = decoded(parsed.pathname.slice(1));
  const user = decoded(parsed.username);
  if (host === 'socket.invalid' || database === '' || user === '') {
    throw new DatabaseUrlError('The URL of the database must name a user, a host and a database.');
  }
  for (const name of query.keys()) {
    if (!['host', 'port', 'sslmode', 'sslrootcert'].includes(name)) {
      // Not its name: behind an unencoded "?" it may be the rest of a password.
      throw new DatabaseUrlError('The URL of the database has an unknown parameter.');
    }
  }
  const port = Number(query.get('port') ?? (parsed.port || 5432));
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new DatabaseUrlError('The URL of the database has an invalid port.');
  }
  const password = decoded(parsed.password);
  return {
    host,
    port,
    database,
    user,
    ...(password === '' ? {} : { password }),
    ssl: tlsOf(query.get('sslmode') ?? 'disable', query.get('sslrootcert') ?? undefined),
  };
}

/** @throws DatabaseUrlError */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new DatabaseUrlError('The URL of the database has a "%" that is not encoded.', { cause });
  }
}

/** @throws DatabaseUrlError */
function tlsOf(mode: string, rootCertificates: string | undefined): PostgresAddress['ssl'] {
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
