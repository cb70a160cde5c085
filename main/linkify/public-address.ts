import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All that IANA gives to servers in IPv6 (RFC 4291, 2.5.4); the rest is special or nobody's. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address can be a public server's: unicast, and in none of IANA's special-purpose
 * networks (RFC 6890). IPv4 within IPv6 (`::ffff:8.8.8.8`, RFC 4291, 2.5.5.2) counts as what it is;
 * an address with a zone is of this computer's links.
 */
export function isPublic(address: string): boolean {
  // The library also takes `127.1` and `0x7f000001`.
  if (isIP(address) === 0 || address.includes('%')) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
}
