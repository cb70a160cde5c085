import { isIP } from 'node:net';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** Unicast addresses that are given to networks of the internet (RFC 4291, 2.5.4). */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Parses an address as sockets write it. A mapped IPv4 address (`::ffff:192.0.2.1`, RFC 4291,
 * 2.5.5.2) becomes IPv4; a zone is dropped.
 * @returns `undefined` for what is no address, also for `127.1` and `0x7f000001`, which the library takes
 */
export function parseIp(text: string): IPv4 | IPv6 | undefined {
  const family = isIP(text);
  if (family === 0) return undefined;
  if (family === 4) return ipaddr.IPv4.parse(text);
  // In hexadecimal, as URLs have it: the library takes `::192.0.2.1` for a mapped address.
  const { hostname } = new URL(`http://[${text.split('%', 1)[0]}]`);
  const address = ipaddr.IPv6.parse(hostname.slice(1, -1));
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/** Whether it is this computer's own. */
export function isLoopback(address: string): boolean {
  return parseIp(address)?.range() === 'loopback';
}

export function isGlobalIpv6(address: IPv4 | IPv6 | undefined): address is IPv6 {
  return address instanceof ipaddr.IPv6 && address.match(GLOBAL_IPV6);
}

/**
 * Who counts as one visitor: an IPv4 address, however it is written, or an IPv6 network of 64 bits,
 * for each machine has all addresses of its own.
 */
export function visitorOf(address: string): string {
  const ip = parseIp(address);
  if (ip === undefined) return address;
  if (ip instanceof ipaddr.IPv4) return ip.toString();
  const network = ip.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
