import type { IncomingMessage } from 'node:http';
import { isLoopback } from './ip-address.ts';

/** What a proxy or a tunnel adds for whom it asks (RFC 7239, RFC 9110, section 7.6.3). */
const FORWARDED = ['x-forwarded-for', 'forwarded', 'via'];

/**
 * Whether a program on this computer sent the request, for itself: to a loopback address, or to one
 * of the computer's other addresses, for which the system uses the same one at both ends. Only
 * meaningful where no proxy is configured: one on this computer asks for others.
 */
export function isFromThisComputer({
  headers,
  socket,
}: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  const { remoteAddress, localAddress } = socket;
  if (remoteAddress === undefined || FORWARDED.some((name) => headers[name] !== undefined)) {
    return false;
  }
  return remoteAddress === localAddress || isLoopback(remoteAddress);
}
