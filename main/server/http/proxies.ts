import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Which peers are proxies that say for whom they ask, and who that is. */
export interface Proxies {
  trusts(address: string): boolean;
  /** Who asks: the peer, or whoever a trusted proxy names. */
  visitorOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string;
}

interface ProxiesOptions {
  /** Without one there is no proxy, and nobody is believed. */
  readonly publicBaseUrl?: string;
  /**
   * Addresses or networks (`10.1.0.0/16`), this computer's own too: any program on it, and a tunnel
   * that adds no header, could name whomever it likes. @see isNetwork
   */
  readonly trusted?: readonly string[];
}

/** Whether it is an IP address, or a network of them in CIDR notation. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

/**
 * Who asks, behind proxies. `X-Forwarded-For`, and where there is none `Forwarded` (RFC 7239), is
 * read from its end, where the nearest proxy writes: what stands before the first address that is
 * not a trusted proxy's may be anybody's invention.
 */
export function createProxies({ publicBaseUrl, trusted = [] }: ProxiesOptions): Proxies {
  const list = new BlockList();
  for (const network of trusted) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }

  function trusts(address: string): boolean {
    if (publicBaseUrl === undefined || isIP(address) === 0) return false;
    return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  }

  return {
    trusts,
    visitorOf({ headers, socket }) {
      let visitor = socket.remoteAddress ?? '';
      if (!trusts(visitor)) return visitor;
      const named = namedBy(headers);
      while (trusts(visitor)) {
        const next = addressIn(named.pop() ?? '');
        if (next === undefined) break;
        visitor = next;
      }
      return visitor;
    },
  };
}

/** For whom the proxies say that they ask, the nearest last. */
function namedBy(headers: IncomingMessage['headers']): string[] {
  const common = headers['x-forwarded-for'];
  if (common !== undefined) return String(common).split(',');
  const standard = headers.forwarded?.matchAll(/(?:^|[;,])\s*for=("[^"]*"|[^;,\s]*)/gi) ?? [];
  return [...standard].map((match) => (match[1] ?? '').replaceAll('"', ''));
}

/** `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`; all else is no address. */
function addressIn(text: string): string | undefined {
  const plain = text.trim();
  const address =
    /^\[([^\]]*)\](?::\d+)?$/.exec(plain)?.[1] ?? /^([\d.]+):\d+$/.exec(plain)?.[1] ?? plain;
  return isIP(address) === 0 ? undefined : address;
}
