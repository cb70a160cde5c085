import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import ipaddr, { type IPv6 } from 'ipaddr.js';
import { isGlobalIpv6, parseIp } from '../http/ip-address.ts';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Interfaces that lead to this machine, to containers and virtual machines, or to nobody. */
const NOBODY =
  /^(lo\d*$|loopback|docker|br-|veth|vethernet|virbr|vmnet|vmware|vboxnet|virtualbox|cni|flannel|podman|awdl|llw|gif|stf|bluetooth)/i;

/** Those that lead elsewhere, and not to the next room: for links only when someone chose them. */
const TUNNEL =
  /^(utun|tun|tap|wg|wireguard|tailscale|zt|zerotier|ppp|ipsec|nordlynx|mullvad|proton|cloudflare|hamachi)|vpn/i;

/** An address of this machine that links can carry. */
export interface OwnAddress {
  /** The interface's name, as the system has it. */
  readonly name: string;
  readonly address: string;
}

export interface AddressPreferences {
  /** Our own addresses on the default routes, where they are known; a tunnel's does not count. */
  readonly routes?: readonly string[];
  /** The interface that the user chose; one that is away counts as none. */
  readonly chosen?: string | undefined;
}

interface Candidate extends OwnAddress {
  readonly rank: number;
}

/**
 * The addresses by which others may reach this machine, one an interface, the most likely first:
 * private IPv4 (RFC 1918, 6598) before IPv6 (unique local, RFC 4193; else global), what the default
 * route uses before cable before radio, and tunnels last. Never a link-local address: in a link it
 * would need a zone, which no browser takes.
 */
export function networkAddresses(
  { routes = [] }: AddressPreferences = {},
  interfaces: Interfaces = networkInterfaces(),
): readonly OwnAddress[] {
  return candidatesIn(interfaces, routes).map(({ name, address }) => ({ name, address }));
}

/**
 * The address that links carry: of the interface that was chosen, where it is there; else the one
 * that others on the network most likely reach; `127.0.0.1` where there is none.
 */
export function networkAddress(
  { routes = [], chosen }: AddressPreferences = {},
  interfaces: Interfaces = networkInterfaces(),
): string {
  const candidates = candidatesIn(interfaces, routes);
  const found =
    candidates.find(({ name }) => name === chosen) ??
    candidates.find(({ name }) => !TUNNEL.test(name));
  return found?.address ?? '127.0.0.1';
}

function candidatesIn(interfaces: Interfaces, routes: readonly string[]): readonly Candidate[] {
  return Object.entries(interfaces)
    .filter(([name]) => !NOBODY.test(name))
    .flatMap(([name, addresses = []]): readonly Candidate[] => {
      const [best] = addresses
        .flatMap((one) => {
          const rank = rankOf(one);
          return rank === undefined ? [] : [{ ...one, rank }];
        })
        .sort((a, b) => a.rank - b.rank);
      if (best === undefined) return [];
      if (TUNNEL.test(name)) return [{ name, address: best.address, rank: 9 }];
      const onRoute = addresses.some(({ address }) => routes.includes(address));
      const way = onRoute ? 0 : /^(en|eth|Ethernet)/i.test(name) ? 1 : 2;
      return [{ name, address: best.address, rank: best.rank * 3 + way }];
    })
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
}

/** How good an address of one interface is, 0 the best; `undefined`: links cannot carry it. */
function rankOf({ address, internal, cidr }: NetworkInterfaceInfo): number | undefined {
  if (internal) return undefined;
  const ip = parseIp(address);
  switch (ip?.range()) {
    case 'private':
    case 'carrierGradeNat':
      return 0;
    case 'uniqueLocal':
      return 1;
    default:
      // Peers are told from the rest of the world by the prefix that they share with us.
      return isGlobalIpv6(ip) && hasPrefix(cidr) ? 2 : undefined;
  }
}

/** Of this machine and its networks (RFC 1918, 3927, 4193, 4291, 6598). */
const NEARBY_RANGES = ['loopback', 'linkLocal', 'private', 'carrierGradeNat', 'uniqueLocal'];

/**
 * Whether a peer is on this machine, on a private or link-local network, or, with a global address
 * of IPv6, on the same link as this machine: within the prefix of one of its own addresses.
 */
export function isNearby(peer: string, interfaces = networkInterfaces): boolean {
  const ip = parseIp(peer);
  if (ip === undefined) return false;
  return NEARBY_RANGES.includes(ip.range()) || (isGlobalIpv6(ip) && isOnLink(ip, interfaces()));
}

/** Tailscale's own prefix (unique local, RFC 4193), from which each of its interfaces has an address. */
const TAILSCALE_IPV6 = /^fd7a:115c:a1e0:/i;

/** The addresses that Tailscale gives from the shared address space (RFC 6598). */
const TAILSCALE_IPV4 = /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/**
 * Whether an address is one that Tailscale gave this computer: one of its IPv6 prefix, or the
 * shared address (RFC 6598) of an interface that has such a one too.
 * @param localAddress of a socket, an IPv4 address also as IPv6
 */
export function isTailnetAddress(localAddress: string, interfaces = networkInterfaces): boolean {
  const address = localAddress.replace(/^::ffff:/i, '');
  // Asked for each request: listing the interfaces costs more than the rest of a page.
  if (!TAILSCALE_IPV6.test(address) && !TAILSCALE_IPV4.test(address)) return false;
  return Object.values(interfaces()).some(
    (all = []) =>
      all.some((one) => one.address === address) &&
      all.some((one) => TAILSCALE_IPV6.test(one.address)),
  );
}

function isOnLink(peer: IPv6, interfaces: Interfaces): boolean {
  return Object.entries(interfaces).some(
    ([name, addresses = []]) =>
      !NOBODY.test(name) &&
      addresses.some(
        ({ address, cidr }) =>
          cidr !== null &&
          hasPrefix(cidr) &&
          isGlobalIpv6(parseIp(address)) &&
          peer.match(ipaddr.IPv6.parseCIDR(cidr)),
      ),
  );
}

/** Of a home or a room: shorter prefixes are a provider's, a longer one has nobody else in it. */
function hasPrefix(cidr: string | null): boolean {
  const prefix = Number(cidr?.split('/')[1] ?? 0);
  return prefix >= 64 && prefix < 127;
}
