import { Agent, type AgentOptions } from 'node:http';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { LinkifyError } from '../errors.ts';
import { type Endpoints, endpointsOf, type PeerOwner, peerOwner } from './peer-owner.ts';

/** What tells whether a program on this computer may be given anything. */
export interface PeerCheck {
  /** Our own user id; `undefined` where the system has none. */
  readonly ownUid: number | undefined;
  /** What the user said of another user's service; `UNKNOWN_UID` for one whose owner isn't known. */
  readonly isTrusted: (uid: number) => boolean | undefined;
  /** See `peerOwner`. */
  readonly ownerOf?: (ends: Endpoints) => PeerOwner;
  /** Whether the peer proves that it knows our access token, over this very connection. */
  readonly proves?: (socket: Socket, ends: Endpoints) => Promise<boolean>;
}

/** The uid that stands for an owner whom the system does not name. */
export const UNKNOWN_UID = -1;

/**
 * Verifies who is at the other end of a new connection to this computer, before its first byte.
 * @throws LinkifyError `unverified-peer`
 */
export async function verifyPeer(socket: Socket, check: PeerCheck): Promise<void> {
  const { ownUid, isTrusted, ownerOf = peerOwner, proves } = check;
  const ends = endpointsOf(socket);
  if (ends === undefined)
    throw new LinkifyError({ kind: 'connection-lost', outcomeUnknown: false });
  const owner = ownerOf(ends);
  const isAllowed = (uid: number): boolean => uid === ownUid || isTrusted(uid) === true;
  const stranger = typeof owner === 'string' ? UNKNOWN_UID : owner.find((uid) => !isAllowed(uid));
  if (stranger === undefined || isAllowed(stranger)) return;
  if (await proves?.(socket, ends)) return;
  // No such list, and nothing to prove by: such systems find out in other ways whom they ask.
  if (owner === 'no-list' && proves === undefined) return;
  throw new LinkifyError({ kind: 'unverified-peer', port: ends.remotePort, uid: stranger });
}

/**
 * An agent whose connections are verified before anything is written. A connection that is kept for
 * the next request was verified when it was made, and stays with the same program.
 * @param connectMs how long a connection may take, in ms
 */
export function createVerifiedAgent(
  options: AgentOptions,
  check: PeerCheck,
  connectMs: number,
): Agent {
  const agent = new Agent(options);
  agent.createConnection = (target, done) => {
    // What an agent connects with are net.connect's own options.
    const socket = connect(target as NetConnectOpts);
    const end = (error: Error | null): void => {
      clearTimeout(timer);
      socket.off('error', end);
      if (error === null) {
        done?.(null, socket);
        return;
      }
      socket.destroy();
      // The type asks for a stream also where there is none.
      done?.(error, undefined as unknown as Duplex);
    };
    const timer = setTimeout(() => end(connectTimeout()), connectMs);
    socket.once('error', end);
    socket.once('connect', () => verifyPeer(socket, check).then(() => end(null), end));
    return undefined;
  };
  return agent;
}

export const CONNECT_TIMEOUT = 'ECONNECTTIMEOUT';

const connectTimeout = (): Error =>
  Object.assign(new Error('the connection took too long'), { code: CONNECT_TIMEOUT });
