import { isIPv6 } from 'node:net';

/**
 * Who counts as one visitor: an IPv4 address, however it is written, or an IPv6 network of 64 bits,
 * for each machine has all addresses of its own.
 */
export function visitorOf(address: string): string {
  if (!isIPv6(address)) return address;
  // A mapped IPv4 address (RFC 4291, 2.5.5.2) ends in four parts.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: gap }, () => '0'), ...last];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** Whether it is this computer's own. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
