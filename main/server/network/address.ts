import { BlockList, isIPv6 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

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

export interface AddressWishes {
  /** Our own addresses on the default routes, where they are known; a tunnel's does not count. */
  readonly routes?: readonly string[];
  /** The interface that the person chose; one that is away counts as none. */
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
  { routes = [] }: AddressWishes = {},
  interfaces: Interfaces = networkInterfaces(),
): readonly OwnAddress[] {
  return candidatesIn(interfaces, routes).map(({ name, address }) => ({ name, address }));
}

/**
 * The address that links carry: of the interface that was chosen, where it is there; else the one
 * that others on the network most likely reach; `127.0.0.1` where there is none.
 */
export function networkAddress(
  { routes = [], chosen }: AddressWishes = {},
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
function rankOf({ address, family, internal, cidr }: NetworkInterfaceInfo): number | undefined {
  if (internal) return undefined;
  if (family === 'IPv4') return isPrivate(address) ? 0 : undefined;
  if (isUniqueLocal(address)) return 1;
  // Peers are told from the rest of the world by the prefix that they share with us.
  return isGlobal(address) && hasPrefix(cidr) ? 2 : undefined;
}

/**
 * Whether a peer is on this machine, on a private or link-local network (RFC 1918, 3927, 4193,
 * 4291, 6598), or, with a global address of IPv6, on the same link as this machine: within the
 * prefix of one of its own addresses.
 */
export function isNearby(peer: string, interfaces = networkInterfaces): boolean {
  const address = peer.startsWith('::ffff:') ? peer.slice('::ffff:'.length) : peer;
  if (!address.includes(':'))
    return address.startsWith('127.') || address.startsWith('169.254.') || isPrivate(address);
  if (address === '::1' || /^fe[89ab]/i.test(address) || isUniqueLocal(address)) return true;
  return isGlobal(address) && isOnLink(address, interfaces());
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

function isOnLink(peer: string, interfaces: Interfaces): boolean {
  if (!isIPv6(peer)) return false;
  const near = new BlockList();
  for (const [name, addresses = []] of Object.entries(interfaces)) {
    if (NOBODY.test(name)) continue;
    for (const { address, family, cidr } of addresses) {
      if (family !== 'IPv6' || !isGlobal(address) || !hasPrefix(cidr)) continue;
      near.addSubnet(address, prefixOf(cidr), 'ipv6');
    }
  }
  return near.check(peer, 'ipv6');
}

/** Of a home or a room: shorter prefixes are a provider's, a longer one has nobody else in it. */
function hasPrefix(cidr: string | null): boolean {
  const prefix = prefixOf(cidr);
  return prefix >= 64 && prefix < 127;
}

function prefixOf(cidr: string | null): number {
  return Number(cidr?.split('/')[1] ?? 0);
}

function isUniqueLocal(address: string): boolean {
  return /^f[cd][0-9a-f]{2}:/i.test(address);
}

function isGlobal(address: string): boolean {
  return /^[23][0-9a-f]{3}:/i.test(address);
}

function isPrivate(address: string): boolean {
  const [first = 0, second = 0] = address.split('.').map(Number);
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    // Shared address space of carriers and overlays (RFC 6598).
    (first === 100 && second >= 64 && second < 128)
  );
}
