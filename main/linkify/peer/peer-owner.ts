import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** The two ends of a connection, as our side has them. */
export interface Endpoints {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/**
 * Whose program is at the other end of a connection to this computer: the user ids that it may belong
 * to, `unlisted` where the kernel's list has no such socket (it is in a container, or behind a
 * redirection), `no-list` where the system keeps none.
 */
export type PeerOwner = readonly number[] | 'unlisted' | 'no-list';

const LISTEN = '0A';

/**
 * Looks up the other end of an established connection (Linux: /proc/net/tcp and tcp6, proc(5)). The
 * socket that accepted it tells its owner for certain, whoever listens by now. One that nobody has
 * accepted yet is in a listener's queue: then it may belong to any listener that its address reaches.
 */
export function peerOwner(ends: Endpoints, folder = '/proc/net'): PeerOwner {
  let rows: readonly Row[];
  try {
    rows = rowsOf(readFileSync(`${folder}/tcp`, 'latin1'), ends);
  } catch {
    return 'no-list';
  }
  // The kernel walks its whole table for each reading: the second one only where the first is silent.
  const accepted = rows.find(({ state, inode }) => state !== LISTEN && inode !== '0');
  if (accepted !== undefined) return [accepted.uid];
  try {
    rows = [...rows, ...rowsOf(readFileSync(`${folder}/tcp6`, 'latin1'), ends)];
  } catch {
    // A system without IPv6.
  }
  const other = rows.find(({ state }) => state !== LISTEN);
  if (other === undefined) return 'unlisted';
  if (other.inode !== '0') return [other.uid];
  const queues = rows.filter(({ state }) => state === LISTEN).map(({ uid }) => uid);
  return queues.length === 0 ? 'unlisted' : queues;
}

interface Row {
  readonly state: string;
  readonly uid: number;
  readonly inode: string;
}

/** The rows of the other end itself, and of who listens at its address and port. */
function rowsOf(table: string, ends: Endpoints): readonly Row[] {
  const port = ends.remotePort.toString(16).toUpperCase().padStart(4, '0');
  const others = kernelForms(ends.remoteAddress).map((address) => `${address}:${port}`);
  const ours = ends.localPort.toString(16).toUpperCase().padStart(4, '0');
  const remotes = kernelForms(ends.localAddress).map((address) => `${address}:${ours}`);
  const anywhere = ANY.map((address) => `${address}:${port}`);
  const rows: Row[] = [];
  for (const line of table.split('\n')) {
    if (!line.includes(`:${port} `)) continue;
    // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode ...
    const [, local = '', remote = '', state = '', , , , uid = '', , inode = ''] = line
      .trim()
      .split(/\s+/);
    const isOther = others.includes(local) && remotes.includes(remote);
    const isListener = state === LISTEN && (others.includes(local) || anywhere.includes(local));
    if ((isOther || isListener) && /^\d+$/.test(uid)) rows.push({ state, uid: Number(uid), inode });
  }
  return rows;
}

/** 0.0.0.0 and `::`. */
const ANY = ['0'.repeat(8), '0'.repeat(32)] as const;

/** An address as the kernel prints it: words of 32 bits in the byte order of the machine. */
function kernelForms(address: string): readonly string[] {
  const ipv4 = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.(\d+)$/i.exec(address);
  if (ipv4 !== null) {
    const word = wordOf(ipv4.slice(1).map(Number));
    return [word, `${'0'.repeat(16)}${wordOf([0, 0, 0xff, 0xff])}${word}`];
  }
  // Only the loopback address of IPv6 is ever asked about here.
  return address === '::1' ? [`${'0'.repeat(24)}${wordOf([0, 0, 0, 1])}`] : [];
}

function wordOf(bytes: readonly number[]): string {
  const ordered = LITTLE_ENDIAN ? [...bytes].reverse() : bytes;
  return Buffer.from(ordered).toString('hex').toUpperCase();
}

const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** `undefined` for a socket that is closed already. */
export function endpointsOf(socket: Socket): Endpoints | undefined {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  return localAddress === undefined ||
    localPort === undefined ||
    remoteAddress === undefined ||
    remotePort === undefined
    ? undefined
    : { localAddress, localPort, remoteAddress, remotePort };
}
