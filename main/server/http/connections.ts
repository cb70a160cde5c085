import type { Socket } from 'node:net';
import type { ListenerLimits } from './listener-limits.ts';
import { cutOff } from './slow-clients.ts';

interface ConnectionsOptions {
  readonly limits: Pick<ListenerLimits, 'connections' | 'connectionsPerAddress'>;
  /** Who counts as one visitor; `undefined` for one that brings many (a proxy): no limit of its own. */
  readonly visitorOf: (address: string) => string | undefined;
}

export interface Connections {
  /** Counts a new connection, or closes it when there is no room for it. */
  admit(socket: Socket): void;
  /**
   * A request has come, headers and all; `answered` says when its answer is over.
   * @param answer called now, or when the earlier request of the connection is answered; never when
   * two are unanswered already, for then the connection is closed
   */
  asked(socket: Socket, answer: () => void): void;
  answered(socket: Socket): void;
  /** Its reader has paused, or reads on. */
  paused(socket: Socket, isPaused: boolean): void;
  count(): number;
}

/**
 * A visitor whose client sent requests without waiting for their answers gets no connection for
 * this long, in ms: a read of 64 KiB, which Node parses whole, costs some 30 ms of work.
 */
const REFUSED_MS = 60_000;

interface Connection {
  readonly visitor: string | undefined;
  /** Answers the request that came before the last one was answered. */
  next?: (() => void) | undefined;
}

/**
 * Keeps the number of connections within limits. When one more comes, the one that has waited
 * longest without asking anything makes room: of the same visitor when it has too many, else of
 * the visitor who has the most of them. So many that are opened and never used keep nobody out.
 * Where none waits, an answer whose reader has paused makes room in the same way: it can be resumed.
 */
export function createConnections({ limits, visitorOf }: ConnectionsOptions): Connections {
  // Those that wait stand in the order in which they began to.
  const waiting = new Map<Socket, Connection>();
  /** Those with a request that is not answered yet. */
  const busy = new Map<Socket, Connection>();
  /** Those among the busy ones whose reader has paused, in the order in which they did. */
  const paused = new Map<Socket, Connection>();

  /** Visitors that are refused, and until when, by `performance.now()`. */
  const refused = new Map<string, number>();

  function isRefused(visitor: string | undefined): boolean {
    return visitor !== undefined && (refused.get(visitor) ?? 0) > performance.now();
  }

  /** Closes a connection whose client pipelines, and takes no other of that visitor for a while. */
  function refuse(socket: Socket): void {
    const visitor = busy.get(socket)?.visitor;
    const now = performance.now();
    if (visitor !== undefined) {
      for (const [other, untilMs] of refused) if (untilMs <= now) refused.delete(other);
      refused.set(visitor, now + REFUSED_MS);
    }
    forget(socket);
    socket.destroy();
  }

  const countOf = (map: ReadonlyMap<Socket, Connection>, visitor: string | undefined): number => {
    let count = 0;
    for (const open of map.values()) if (open.visitor === visitor) count++;
    return count;
  };

  function closeOldest(visitor: string | undefined): boolean {
    for (const [socket, open] of [...waiting, ...paused]) {
      if (open.visitor !== visitor) continue;
      forget(socket);
      cutOff(socket);
      return true;
    }
    return false;
  }

  /** Who has the most that wait; where none does, the most that are paused. */
  function heaviest(): string | undefined {
    const counts = new Map<string | undefined, number>();
    let most: string | undefined;
    for (const { visitor } of (waiting.size > 0 ? waiting : paused).values()) {
      const count = (counts.get(visitor) ?? 0) + 1;
      counts.set(visitor, count);
      if (count > (counts.get(most) ?? 0)) most = visitor;
    }
    return most;
  }

  function hasRoom(visitor: string | undefined): boolean {
    if (visitor !== undefined) {
      const count = countOf(waiting, visitor) + countOf(busy, visitor);
      if (count >= limits.connectionsPerAddress) return closeOldest(visitor);
    }
    if (waiting.size + busy.size < limits.connections) return true;
    return closeOldest(heaviest());
  }

  function forget(socket: Socket): void {
    waiting.delete(socket);
    busy.delete(socket);
    paused.delete(socket);
  }

  return {
    admit(socket) {
      const visitor = visitorOf(socket.remoteAddress ?? '');
      if (isRefused(visitor) || !hasRoom(visitor)) {
        socket.destroy();
        return;
      }
      waiting.set(socket, { visitor });
      socket.once('close', () => forget(socket));
    },
    asked(socket, answer) {
      const unanswered = busy.get(socket);
      if (unanswered !== undefined && unanswered.next === undefined) {
        // The client may have read the last byte of an answer before we know that it is sent.
        unanswered.next = answer;
        return;
      }
      const open = waiting.get(socket);
      if (open === undefined) return refuse(socket);
      waiting.delete(socket);
      busy.set(socket, open);
      answer();
    },
    answered(socket) {
      const open = busy.get(socket);
      if (open === undefined) return;
      paused.delete(socket);
      const { next } = open;
      open.next = undefined;
      if (next !== undefined) return next();
      busy.delete(socket);
      waiting.set(socket, open);
    },
    paused(socket, isPaused) {
      const open = busy.get(socket);
      if (open !== undefined && isPaused) paused.set(socket, open);
      else paused.delete(socket);
    },
    count: () => waiting.size + busy.size,
  };
}
