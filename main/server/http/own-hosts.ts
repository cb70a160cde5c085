import type { IncomingMessage, RequestListener } from 'node:http';
import { isIP, isIPv4 } from 'node:net';
import { sendText } from './response.ts';

/** Names that no name server of the internet can answer for (RFC 2606, 6761, 6762, 8375, ICANN's `.internal`). */
const LOCAL_NAMES = /(^|\.)(local|internal|lan|localdomain|home\.arpa)$/;

/** Names that Tailscale alone gives and answers for (MagicDNS). */
const TAILNET_NAMES = /\.ts\.net$/;

/** What looks like an IPv4 address, with a port that is valid in a URL. */
const IPV4_HOST = /^[1-9]\d{0,2}(\.\d{1,3}){3}(:\d{1,4}|:[1-5]\d{4})?$/;

/** Which names a `Host` may have besides addresses and names of the local network. */
export interface HostRules {
  /** What links begin with behind a proxy. */
  readonly publicBaseUrl?: string | undefined;
  /** Whether links open on this computer only: then no name of the local network leads here. */
  readonly isThisComputerOnly?: boolean;
  /** Names that the user allowed, in lower case. */
  readonly hostNames?: readonly string[];
  /** Whether the request arrived at an address that Tailscale gave this computer. */
  readonly isTailnet?: boolean;
}

/**
 * Whether a `Host` can be this service's: an address, a name within the local network (unless links
 * open on this computer only), the one of
 * its public address, one that the user allowed, or one of Tailscale's where the request came
 * that way. Any other name belongs to somebody who has it lead here, so that a page of theirs could
 * read what the visitor's browser can (DNS rebinding).
 */
export function isOwnHost(
  host: string,
  { publicBaseUrl, isThisComputerOnly = false, hostNames = [], isTailnet = false }: HostRules = {},
): boolean {
  // Most links carry an address, and parsing a URL costs more than finding the route.
  if (IPV4_HOST.test(host) && isIPv4(host.split(':', 1)[0] ?? '')) return true;
  const url = URL.parse(`http://${host}`);
  if (url === null || url.username !== '' || url.pathname !== '/' || /[@/?#\\]/.test(host)) {
    return false;
  }
  const name = url.hostname.replace(/\.$/, '');
  if (publicBaseUrl !== undefined && name === new URL(publicBaseUrl).hostname) return true;
  if (hostNames.includes(name) || (isTailnet && TAILNET_NAMES.test(name))) return true;
  if (isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
  if (/(^|\.)localhost$/.test(name)) return true;
  // Whoever answers for names in the local network can have one lead to this computer itself.
  if (isThisComputerOnly) return false;
  // A name of one part is found within the local network only.
  return !name.includes('.') || LOCAL_NAMES.test(name);
}

/**
 * A host name as `Host` has it: lower case, punycode, no final dot; `undefined` for what is no name
 * (RFC 1123, 2.1), such as an address, a URL, or one with a port or a wildcard.
 */
export function hostNameOf(text: string): string | undefined {
  const typed = text.trim().replace(/\.$/, '');
  if (typed === '' || typed.length > 253 || /[^\p{L}\p{M}\p{N}._-]/u.test(typed)) return undefined;
  const name = URL.parse(`http://${typed}`)?.hostname ?? '';
  const isName = name
    .split('.')
    .every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  return isName && isIP(name) === 0 ? name : undefined;
}

interface OwnHostsOptions {
  readonly publicBaseUrl?: string | undefined;
  readonly isThisComputerOnly: () => boolean;
  readonly hostNames: () => readonly string[];
  /** Whether Tailscale gave this address to this computer. */
  readonly isTailnet: (localAddress: string) => boolean;
}

/** Answers 421 to whoever comes by a name that is not ours. Programs may leave `Host` out. */
export function onOwnHosts(handle: RequestListener, options: OwnHostsOptions): RequestListener {
  const { publicBaseUrl, isThisComputerOnly, hostNames, isTailnet } = options;
  return (request, response) => {
    const { host } = request.headers;
    const isOurs = (): boolean =>
      isOwnHost(host ?? '', {
        publicBaseUrl,
        isThisComputerOnly: isThisComputerOnly(),
        hostNames: hostNames(),
        isTailnet: isTailnet(request.socket.localAddress ?? ''),
      });
    if (host === undefined || isOurs()) return handle(request, response);
    sendText(
      response,
      421,
      'Unknown host name. Use the address in the original link, or allow the name in Settings (Host names), with --host, or with --public-url behind a proxy.\n',
      { Connection: 'close' },
    );
  };
}

/**
 * The origin that a request was sent to, such as `http://192.168.1.2:4180`; without a `Host` that a
 * command line can hold, the address that it arrived at.
 */
export function originOf({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string {
  const { host = '' } = headers;
  if (/^[\w.:[\]-]+$/.test(host)) return `http://${host}`;
  const address = (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  return `http://${address.includes(':') ? `[${address}]` : address}:${socket.localPort}`;
}
