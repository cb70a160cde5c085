import { parseArgs } from 'node:util';
import { hostNameOf } from './http/own-hosts.ts';
import { isNetwork } from './http/proxies.ts';
import type { ServerOptions } from './options.ts';
import {
  InvalidS3LocationError,
  MAX_S3_BYTES,
  type S3Location,
  s3LocationFrom,
} from './store/blobs/s3-location.ts';
import {
  DatabaseUrlError,
  type PostgresOptions,
  parsePostgresUrl,
} from './store/sql/postgres-options.ts';

export const USAGE = `Usage: linkify-tray-server --data DIR [options]
       linkify-tray-server users add|list|disable|enable|rotate|remove [NAME] --data DIR
       linkify-tray-server audit --data DIR

Options (environment variable in parentheses; options take precedence):
  --data DIR          Data folder, required (LINKIFY_DATA)
  --port N            API port on 127.0.0.1; 0 picks a free port (LINKIFY_PORT) [default: 0]
  --token TOKEN       API token, at least 32 characters; generated and saved in the data folder
                      if omitted. Other users can see options, so prefer LINKIFY_TOKEN
  --pages-port N      Port for share pages (LINKIFY_PAGES_PORT) [default: last used, or a free port]
  --public-url URL    Public base URL behind a reverse proxy (LINKIFY_PUBLIC_URL)
  --trust-proxy IPS   Trusted proxies: addresses or CIDRs, comma-separated (LINKIFY_TRUST_PROXY)
  --api-public URL    Public https URL of the API, such as https://share.example.com/api: proxies from
                      --trust-proxy may pass on requests with users' tokens (LINKIFY_API_PUBLIC)
  --host NAME         Additional host name for share pages; can be repeated, or several names
                      comma-separated (LINKIFY_HOSTS)
  --loopback          Serve pages to this computer only (LINKIFY_LOOPBACK=1)
  --interface NAME    Network interface used in links (LINKIFY_INTERFACE) [default: automatic]
  --days N            Default expiration in days, or "never" (LINKIFY_DAYS) [default: 7]
  --quota-mb N        Storage limit in MB (LINKIFY_QUOTA_MB) [default: 2000]
  --max-file-mb N     Largest file in MB (LINKIFY_MAX_FILE_MB) [default: 2147]
  --blobs URL         Larger contents in a bucket instead of the data folder, such as
                      s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION (LINKIFY_BLOBS). Access
                      key: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the same with _FILE
  --database URL      PostgreSQL instead of the data folder's SQLite, for several servers at once:
                      postgres://USER@HOST/NAME?sslmode=verify-full (LINKIFY_DATABASE)
  --database-password-file FILE
                      File with the password (LINKIFY_DATABASE_PASSWORD_FILE), or the password
                      itself in LINKIFY_DATABASE_PASSWORD; other users can see options
  --database-connections N
                      Connections at most (LINKIFY_DATABASE_CONNECTIONS) [default: 10]
  --drain-seconds N   On SIGTERM, answer "not ready" at /readyz, and finish requests for so long
                      (LINKIFY_DRAIN_SECONDS) [default: 0]
  --log-requests      Log a line for each request, without its path (LINKIFY_LOG_REQUESTS=1)
  --check             Test every connection, explain problems, and exit
  -h, --help          Show this help

Prints one line of JSON to stdout: {"api": "http://127.0.0.1:N", "token": "..."}.
If stdout is a file or a journal, prints "tokenFile", the path of the token file, instead of "token".
Logs go to stderr as JSON lines.`;

/** What is wrong with the command line, in words. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Environment = Readonly<Record<string, string | undefined>>;

const DAY_MS = 24 * 60 * 60 * 1_000;
const MB = 1_000_000;

export type CliOptions = Omit<ServerOptions, 'log'> & {
  /** Tests every connection instead of starting the server. */
  readonly check?: boolean;
};

/**
 * Reads the command line, and the environment where it says nothing.
 * @returns `undefined` when only the usage is asked for
 * @throws UsageError
 */
export function cliOptions(args: readonly string[], env: Environment): CliOptions | undefined {
  const flags = parse(args);
  if (flags.help === true) return undefined;
  const value = (name: string): string | undefined => {
    const flag = flags[name];
    if (typeof flag === 'string') return flag;
    return env[`LINKIFY_${name.replaceAll('-', '_').toUpperCase()}`] || undefined;
  };
  const dataDir = value('data');
  if (dataDir === undefined) throw new UsageError('Missing required option: --data DIR.');
  const token = value('token');
  if (token !== undefined && !/^[\x21-\x7e]{32,512}$/.test(token)) {
    throw new UsageError('The token must be at least 32 characters, without spaces.');
  }
  const publicUrl = value('public-url');
  const trusted = value('trust-proxy');
  if (trusted !== undefined && publicUrl === undefined) {
    throw new UsageError('--trust-proxy requires --public-url.');
  }
  const apiPublic = value('api-public');
  if (apiPublic !== undefined && trusted === undefined) {
    throw new UsageError('--api-public requires --trust-proxy.');
  }
  const hosts = Array.isArray(flags.host) ? flags.host.join() : env.LINKIFY_HOSTS || undefined;
  const days = value('days');
  const quota = value('quota-mb');
  const maxFile = value('max-file-mb');
  const drain = value('drain-seconds');
  const blobs = value('blobs');
  if (blobs !== undefined && Number(maxFile ?? 0) * MB > MAX_S3_BYTES) {
    throw new UsageError(
      `With --blobs, --max-file-mb can be ${Math.floor(MAX_S3_BYTES / MB)} at most.`,
    );
  }
  const networkInterface = value('interface');
  const loopback = flags.loopback === true || env.LINKIFY_LOOPBACK === '1';
  const logRequests = flags['log-requests'] === true || env.LINKIFY_LOG_REQUESTS === '1';
  return {
    ...(flags.check === true ? { check: true } : {}),
    ...databaseOf(value, env),
    ...(logRequests ? { logRequests } : {}),
    dataDir,
    apiPort: portOf(value('port') ?? '0'),
    pagesPort: portOf(value('pages-port') ?? '0'),
    reach: loopback ? 'loopback' : 'network',
    ...(token === undefined ? {} : { token }),
    ...(publicUrl === undefined ? {} : { publicBaseUrl: webAddress(publicUrl) }),
    ...(trusted === undefined ? {} : { trustedProxies: networks(trusted) }),
    ...(apiPublic === undefined
      ? {}
      : { publicApi: { baseUrl: httpsAddress(apiPublic), proxies: networks(trusted ?? '') } }),
    ...(hosts === undefined ? {} : { hostNames: names(hosts) }),
    ...(networkInterface === undefined ? {} : { networkInterface }),
    ...(days === undefined
      ? {}
      : { defaultLifeMs: days === 'never' ? null : positive(days, '--days') * DAY_MS }),
    ...(quota === undefined ? {} : { quotaBytes: positive(quota, '--quota-mb') * MB }),
    ...(drain === undefined ? {} : { drainMs: positive(drain, '--drain-seconds') * 1_000 }),
    ...(blobs === undefined ? {} : { blobs: bucketAt(blobs, env) }),
    ...(maxFile === undefined ? {} : { maxContentBytes: positive(maxFile, '--max-file-mb') * MB }),
  };
}

function parse(
  args: readonly string[],
): Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>> {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: text,
        data: text,
        token: text,
        'pages-port': text,
        'public-url': text,
        'trust-proxy': text,
        'api-public': text,
        days: text,
        'quota-mb': text,
        'max-file-mb': text,
        interface: text,
        host: { type: 'string', multiple: true },
        database: text,
        'database-password-file': text,
        'database-connections': text,
        'drain-seconds': text,
        blobs: text,
        'log-requests': yes,
        loopback: yes,
        check: yes,
        help: { ...yes, short: 'h' },
      },
    }).values;
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError(`Invalid port: "${text}".`);
  return port;
}

function positive(text: string, flag: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) {
    throw new UsageError(`${flag} must be a positive number.`);
  }
  return number;
}

function networks(text: string): readonly string[] {
  const all = text.split(',').map((network) => network.trim());
  const wrong = all.find((network) => !isNetwork(network));
  if (wrong === undefined) return all;
  throw new UsageError(`Invalid address or CIDR: "${wrong}".`);
}

function databaseOf(
  value: (name: string) => string | undefined,
  env: Environment,
): { readonly database?: PostgresOptions } {
  const url = value('database');
  if (url === undefined) return {};
  try {
    parsePostgresUrl(url);
  } catch (error) {
    if (!(error instanceof DatabaseUrlError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
  const connections = value('database-connections');
  const passwordFile = value('database-password-file');
  const password = env.LINKIFY_DATABASE_PASSWORD || undefined;
  return {
    database: {
      url,
      ...(password === undefined ? {} : { password }),
      ...(passwordFile === undefined ? {} : { passwordFile }),
      ...(connections === undefined ? {} : { connections: whole(connections) }),
    },
  };
}

function whole(text: string): number {
  const number = Number(text);
  if (/^\d{1,4}$/.test(text) && number > 0) return number;
  throw new UsageError('--database-connections must be a positive whole number.');
}

function bucketAt(text: string, env: Parameters<typeof s3LocationFrom>[1]): S3Location {
  try {
    return s3LocationFrom(text, env);
  } catch (error) {
    if (!(error instanceof InvalidS3LocationError)) throw error;
    throw new UsageError(`--blobs: ${error.message}`, { cause: error });
  }
}

function names(text: string): readonly string[] {
  return text.split(',').map((typed) => {
    const name = hostNameOf(typed);
    if (name !== undefined) return name;
    throw new UsageError(`Invalid host name: "${typed.trim()}".`);
  });
}

/** Tokens don't cross a network unencrypted. */
function httpsAddress(text: string): string {
  const address = webAddress(text);
  if (new URL(address).protocol === 'https:') return address;
  throw new UsageError(`The URL must begin with https://: "${text}".`);
}

function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && !url.search && !url.hash && !url.username && !url.password;
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`Invalid URL: "${text}".`);
  }
  return text;
}
