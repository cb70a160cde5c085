import { readFileSync } from 'node:fs';

/** Whose program listens on a port. */
export type Owner = 'us' | 'other' | 'unknown';

/** Ports that 127.0.0.1 answers on, with the user id of who listens. */
export type Listeners = ReadonlyMap<number, readonly number[]>;

const LISTEN = '0A';
/** 127.0.0.1, 0.0.0.0, `::` and ::ffff:127.0.0.1, as the kernel writes them. */
const REACHED = new Set([
  '0100007F',
  '00000000',
  '00000000000000000000000000000000',
  '0000000000000000FFFF00000100007F',
]);

/**
 * Reads who listens where from the kernel (Linux: /proc/net/tcp and tcp6, see proc(5)), without
 * touching any port; `undefined` where the system has no such list. Read at one go: the kernel
 * gives 4 KiB at a time, and each of these by a thread of its own cost more than the reading.
 */
export async function readListeners(folder = '/proc/net'): Promise<Listeners | undefined> {
  try {
    return parseListeners(`${readFileSync(`${folder}/tcp`, 'latin1')}\n${readIpv6(folder)}`);
  } catch {
    return undefined;
  }
}

/**
 * The second table; none where the system has no IPv6, or no socket of it: the kernel walks all of
 * its table for each reading, and the count beside it is free.
 */
function readIpv6(folder: string): string {
  try {
    if (/^TCP6: inuse 0$/m.test(readFileSync(`${folder}/sockstat6`, 'latin1'))) return '';
  } catch {
    // No count: the table itself tells.
  }
  try {
    return readFileSync(`${folder}/tcp6`, 'latin1');
  } catch {
    return '';
  }
}

export function parseListeners(table: string): Listeners {
  const found = new Map<number, number[]>();
  for (const line of table.split('\n')) {
    // Most lines are connections, not listeners: they are not worth taking apart.
    if (!line.includes(` ${LISTEN} `)) continue;
    // sl local_address rem_address st tx:rx tr:when retrnsmt uid ...
    const [, local = '', , state, , , , uid = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    if (state !== LISTEN || !REACHED.has(address) || !/^\d+$/.test(uid)) continue;
    const number = Number.parseInt(port, 16);
    found.set(number, [...(found.get(number) ?? []), Number(uid)]);
  }
  return found;
}

/** One listener of someone else's is enough to distrust a port. */
export function ownerOf(
  port: number,
  listeners: Listeners | undefined,
  ownUid: number | undefined,
): Owner {
  const uids = listeners?.get(port);
  if (uids === undefined || ownUid === undefined) return 'unknown';
  return uids.every((uid) => uid === ownUid) ? 'us' : 'other';
}

/** The first user besides us who listens on a port, where the system tells. */
export function foreignUid(
  port: number,
  listeners: Listeners | undefined,
  ownUid: number | undefined,
): number | undefined {
  return listeners?.get(port)?.find((uid) => uid !== ownUid);
}
