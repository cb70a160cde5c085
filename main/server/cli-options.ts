import { parseArgs } from 'node:util';
import { hostNameOf } from './http/own-hosts.ts';
import { isNetwork } from './http/proxies.ts';
import type { ServiceOptions } from './options.ts';

export const USAGE = `usage: npm run service -- --port N --data DIR [more]

  --port N           LINKIFY_PORT         port of the API on 127.0.0.1; 0 takes a free one
  --data DIR         LINKIFY_DATA         folder for shares and the token file
  --token TOKEN      LINKIFY_TOKEN        the API's bearer token, 32 characters or more; made and kept in DIR without it
  --pages-port N     LINKIFY_PAGES_PORT   port of the share pages; the last one, or a free one, without it
  --public-url URL   LINKIFY_PUBLIC_URL   what links begin with, when a proxy stands in front
  --trust-proxy IPS  LINKIFY_TRUST_PROXY  proxies that say who asks: addresses or networks (127.0.0.1,10.1.0.0/16), with commas
  --host NAME        LINKIFY_HOSTS        a name besides its own by which the pages may be asked for (pc.example.com); may be repeated, or several with commas
  --loopback         LINKIFY_LOOPBACK=1   share pages open on this computer only (a proxy, too)
  --interface NAME   LINKIFY_INTERFACE    the interface whose address links carry; the likeliest without it
  --local-name       LINKIFY_LOCAL_NAME=1 links carry a name under .local (mDNS) once it is ours
  --days N           LINKIFY_DAYS         how long a share lives by default, in days; "never" for ever; 7 without it
  --quota-mb N       LINKIFY_QUOTA_MB     what all shares may take, in MB; 2000 without it
  --max-file-mb N    LINKIFY_MAX_FILE_MB  the largest file, in MB; 2147 without it

A flag wins over its variable; other users can see flags, so prefer LINKIFY_TOKEN.
Prints one line of JSON to a terminal or pipe: {"api": "http://127.0.0.1:N", "token": "..."}.
To a file or a journal it prints "tokenFile", where the token is kept, instead of the token.
Everything else goes to stderr, one JSON object a line.`;

/** What is wrong with the command line, in words. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const MB = 1_000_000;

/**
 * Reads the command line, and the environment where it says nothing.
 * @returns `undefined` when only the usage is asked for
 * @throws UsageError
 */
export function cliOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Omit<ServiceOptions, 'log'> | undefined {
  const flags = parse(args);
  if (flags.help === true) return undefined;
  const value = (name: string): string | undefined => {
    const flag = flags[name];
    if (typeof flag === 'string') return flag;
    return env[`LINKIFY_${name.replaceAll('-', '_').toUpperCase()}`] || undefined;
  };
  const dataDir = value('data');
  if (dataDir === undefined) throw new UsageError('Say where to keep shares: --data DIR.');
  const token = value('token');
  if (token !== undefined && !/^[\x21-\x7e]{32,512}$/.test(token)) {
    throw new UsageError('A token has 32 characters or more, and no blanks.');
  }
  const publicUrl = value('public-url');
  const trusted = value('trust-proxy');
  if (trusted !== undefined && publicUrl === undefined) {
    throw new UsageError('--trust-proxy goes with --public-url, the address of the proxy.');
  }
  const hosts = Array.isArray(flags.host) ? flags.host.join() : env.LINKIFY_HOSTS || undefined;
  const days = value('days');
  const quota = value('quota-mb');
  const maxFile = value('max-file-mb');
  const networkInterface = value('interface');
  const localName = flags['local-name'] === true || env.LINKIFY_LOCAL_NAME === '1';
  const loopback = flags.loopback === true || env.LINKIFY_LOOPBACK === '1';
  return {
    dataDir,
    apiPort: portOf(value('port') ?? '0'),
    pagesPort: portOf(value('pages-port') ?? '0'),
    reach: loopback ? 'loopback' : 'network',
    ...(token === undefined ? {} : { token }),
    ...(publicUrl === undefined ? {} : { publicBaseUrl: webAddress(publicUrl) }),
    ...(trusted === undefined ? {} : { trustedProxies: networks(trusted) }),
    ...(hosts === undefined ? {} : { hostNames: names(hosts) }),
    ...(networkInterface === undefined ? {} : { networkInterface }),
    ...(localName ? { localName } : {}),
    ...(days === undefined
      ? {}
      : { defaultLifeMs: days === 'never' ? null : positive(days, '--days') * DAY_MS }),
    ...(quota === undefined ? {} : { quotaBytes: positive(quota, '--quota-mb') * MB }),
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
        days: text,
        'quota-mb': text,
        'max-file-mb': text,
        interface: text,
        host: { type: 'string', multiple: true },
        loopback: yes,
        'local-name': yes,
        help: yes,
      },
    }).values;
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError(`"${text}" is not a port.`);
  return port;
}

function positive(text: string, flag: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) {
    throw new UsageError(`${flag} is a number above 0, not "${text}".`);
  }
  return number;
}

function networks(text: string): readonly string[] {
  const all = text.split(',').map((network) => network.trim());
  const wrong = all.find((network) => !isNetwork(network));
  if (wrong === undefined) return all;
  throw new UsageError(`"${wrong}" is no address or network such as 10.1.0.0/16.`);
}

function names(text: string): readonly string[] {
  return text.split(',').map((typed) => {
    const name = hostNameOf(typed);
    if (name !== undefined) return name;
    throw new UsageError(`"${typed.trim()}" is not a host name such as pc.example.com.`);
  });
}

function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && !url.search && !url.hash && !url.username && !url.password;
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`"${text}" is not a web address such as https://share.example.com.`);
  }
  return text;
}
