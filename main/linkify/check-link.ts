import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { type Agent, get as httpGet, type RequestOptions } from 'node:http';
import { get as httpsGet } from 'node:https';
import { isIP } from 'node:net';
import { isLoopback } from './address.ts';
import { TrustingAgent } from './http/trusting-agent.ts';
import { createVerifiedAgent, type PeerCheck } from './peer/verified-agent.ts';
import { isPublic } from './public-address.ts';

/** What a link does for whoever follows it; `unknown` when that could not be found out. */
export type LinkCheckResult = 'opens' | 'dead' | 'unknown';

export interface CheckLinkOptions {
  /** `HEAD` asks for nothing to be shown, and so counts as no visit. */
  readonly method: 'GET' | 'HEAD';
  /** Origins that the service itself is at, or that we serve: these may be on a private network. */
  readonly ownOrigins: readonly string[];
  readonly timeoutMs?: number;
  /** Verifies who answers at one of these origins that is on this computer. */
  readonly peer?: PeerCheck;
  /** Resolves host names; absent: the system resolver. */
  readonly lookup?: typeof dnsLookup;
}

const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;

/**
 * Requests a link as a recipient would: without cookies or token, and without reading the page. The
 * link comes from a service, which must not make us send requests into the local network (SSRF): an
 * address that is not public is asked only at the service's own origin, and redirects stay at the
 * link's origin.
 */
export async function checkLink(link: string, options: CheckLinkOptions): Promise<LinkCheckResult> {
  let url = new URL(link);
  for (let followed = 0; followed <= MAX_REDIRECTS; followed += 1) {
    const answer = await ask(url, options);
    if (answer === undefined) return 'unknown';
    const { status, location } = answer;
    if (status === 404 || status === 410) return 'dead';
    // 401: it asks for its password.
    if ((status >= 200 && status < 300) || status === 401) return 'opens';
    if (status < 300 || status > 399 || !URL.canParse(location, url)) return 'unknown';
    const next = new URL(location, url);
    if (next.origin !== url.origin) return 'unknown';
    url = next;
  }
  return 'unknown';
}

interface Answer {
  readonly status: number;
  readonly location: string;
}

function ask(url: URL, options: CheckLinkOptions): Promise<Answer | undefined> {
  const isOwn = options.ownOrigins.includes(url.origin);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!isOwn && ((isIP(host) !== 0 && !isPublic(host)) || url.port !== '')) {
    return Promise.resolve(undefined);
  }
  return new Promise((resolve) => {
    const over = setTimeout(() => request.destroy(), options.timeoutMs ?? TIMEOUT_MS);
    const end = (answer: Answer | undefined): void => {
      clearTimeout(over);
      resolve(answer);
      request.destroy();
    };
    const open = url.protocol === 'https:' ? httpsGet : httpGet;
    const request = open(
      url,
      {
        method: options.method,
        agent: agentFor(url, options),
        headers: { accept: 'text/html', 'user-agent': 'linkify-tray' },
        ...(isOwn ? {} : { lookup: publicOnly(options.lookup ?? dnsLookup) }),
      },
      ({ statusCode = 0, headers }) =>
        end({ status: statusCode, location: headers.location ?? '' }),
    );
    request.once('error', () => end(undefined));
    request.once('close', () => end(undefined));
  });
}

/** A connection of its own, closed with the answer; to this computer only to whom it may go. */
function agentFor(url: URL, { peer, timeoutMs = TIMEOUT_MS }: CheckLinkOptions): Agent | false {
  if (url.protocol === 'https:') return new TrustingAgent();
  if (peer === undefined || !isLoopback(url.hostname)) return false;
  return createVerifiedAgent({ keepAlive: false }, peer, timeoutMs);
}

/** Looks a name up, and finds nothing unless all of its addresses are public. */
function publicOnly(lookup: typeof dnsLookup): NonNullable<RequestOptions['lookup']> {
  return (hostname, options: LookupOptions, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: readonly LookupAddress[]) => {
      const [first] = found ?? [];
      if (error !== null || first === undefined || !found.every((one) => isPublic(one.address))) {
        callback(error ?? Object.assign(new Error('not public'), { code: 'EACCES' }), '', 4);
      } else if (options.all === true) callback(null, [...found]);
      else callback(null, first.address, first.family);
    });
  };
}
