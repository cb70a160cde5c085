import { networkInterfaces } from 'node:os';

/** Interfaces that lead to containers, virtual machines and tunnels, and not to the next room. */
const NOT_THE_NETWORK =
  /^(lo\d*$|loopback|docker|br-|veth|vethernet|virbr|vmnet|vmware|vboxnet|virtualbox|utun|tun|tap|wg|wireguard|tailscale|zt|zerotier|ppp|ipsec|gif|stf|cni|flannel|podman|awdl|llw|bluetooth)/i;

interface Candidate {
  readonly name: string;
  readonly address: string;
  readonly rank: number;
}

/**
 * The address of this machine that others on the network most likely reach: a private IPv4
 * (RFC 1918) of a real interface; of several the one that the default route uses, else cable
 * before radio. `127.0.0.1` where there is none.
 * @param routeAddress our own address on the default route, where it is known; a tunnel's does not count
 */
export function networkAddress(
  routeAddress: string | undefined,
  interfaces = networkInterfaces(),
): string {
  const candidates: Candidate[] = [];
  for (const [name, addresses] of Object.entries(interfaces)) {
    if (NOT_THE_NETWORK.test(name)) continue;
    for (const { address, family, internal } of addresses ?? []) {
      if (internal || family !== 'IPv4' || !isPrivate(address)) continue;
      const rank = address === routeAddress ? 0 : /^(en|eth|Ethernet)/i.test(name) ? 1 : 2;
      candidates.push({ name, address, rank });
    }
  }
  candidates.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
  return candidates[0]?.address ?? '127.0.0.1';
}

/** Whether a peer is on this machine, or on a private or link-local network (RFC 1918, 3927, 4193, 4291). */
export function isNearby(peer: string): boolean {
  const address = peer.startsWith('::ffff:') ? peer.slice('::ffff:'.length) : peer;
  if (address.includes(':')) return address === '::1' || /^(fe[89ab]|f[cd])/i.test(address);
  return address.startsWith('127.') || address.startsWith('169.254.') || isPrivate(address);
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
