import { isIPv6 } from 'node:net';
import type { FullPacket } from 'multicast-dns';

/** How long others may remember an address, in seconds (RFC 6762, section 10). */
export const TTL_SECONDS = 120;

/** What is read of a packet. */
export type DecodedPacket = FullPacket;

/** One record of it. */
export type Answer = NonNullable<FullPacket['answers']>[number];

/** A name, and the address that it leads to. */
export interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

/** The record that says so; 0 seconds take it back. */
export function addressRecord(
  { name, address }: NamedAddress,
  ttlSeconds = TTL_SECONDS,
): Answer & { readonly type: 'A' | 'AAAA'; readonly data: string } {
  return { type: typeOf(address), name, ttl: ttlSeconds, data: address, flush: true };
}

/** Says that there is no other address, so that nobody waits for one (RFC 6762, section 6.1). */
export function noOtherRecord({ name, address }: NamedAddress): Answer {
  const data = { nextDomain: name, rrtypes: [typeOf(address)] };
  return { type: 'NSEC', name, ttl: TTL_SECONDS, flush: true, data };
}

function typeOf(address: string): 'A' | 'AAAA' {
  return isIPv6(address) ? 'AAAA' : 'A';
}

/** Whether an answer says that the name leads to another address. */
export function isAnotherOnes(packet: DecodedPacket, own: NamedAddress): boolean {
  if (packet.type !== 'response') return false;
  const records = [...(packet.answers ?? []), ...(packet.additionals ?? [])];
  return addressesIn(records, own.name).some(({ data, ttl }) => ttl !== 0 && data !== own.address);
}

/**
 * Whether somebody who asks for the same name in the same moment goes first: of two, the one with
 * the greater record (RFC 6762, section 8.2).
 */
export function goesFirst(packet: DecodedPacket, own: NamedAddress): boolean {
  if (packet.type !== 'query') return false;
  const theirs = addressesIn(packet.authorities ?? [], own.name).map(({ data }) => orderOf(data));
  if (theirs.length === 0) return false;
  return theirs.sort().join(' ') > orderOf(own.address);
}

function addressesIn(records: readonly Answer[], name: string) {
  return records.flatMap((record) =>
    (record.type === 'A' || record.type === 'AAAA') && record.name.toLowerCase() === name
      ? [record]
      : [],
  );
}

/** Type and bytes of an address's record, as text that sorts like them. */
function orderOf(address: string): string {
  const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
  if (!isIPv6(address)) {
    return `0001 ${address
      .split('.')
      .map((part) => hex(Number(part), 2))
      .join('')}`;
  }
  const [before = '', after] = address.split('::');
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const first = groups(before);
  const last = groups(after ?? '');
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return `001c ${[...first, ...zeros, ...last].map((group) => group.toLowerCase().padStart(4, '0')).join('')}`;
}
