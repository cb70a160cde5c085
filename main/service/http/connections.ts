import type { Socket } from 'node:net';
import type { ListenerLimits } from './listener-limits.ts';
import { cutOff } from './pace.ts';

export interface ConnectionsNeeds {
  readonly limits: Pick<ListenerLimits, 'connections' | 'connectionsPerAddress'>;
  /** Who counts as one visitor; `undefined` for one that brings many (a proxy): no limit of its own. */
  readonly visitorOf: (address: string) => string | undefined;
}

export interface Connections {
  /** Counts a new connection, or closes it when there is no room for it. */
  admit(socket: Socket): void;
  /** A request has come whole headers and all; `answered` says when its answer is over. */
  asked(socket: Socket): void;
  answered(socket: Socket): void;
  /** Its reader has paused, or reads on. */
  paused(socket: Socket, isPaused: boolean): void;
  count(): number;
}

interface Open {
  readonly visitor: string | undefined;
  /** Requests that are not answered yet. */
  asked: number;
}

/**
 * Keeps the number of connections within limits. When one more comes, the one that has waited
 * longest without asking anything makes room: of the same visitor when it has too many, else of
 * the visitor who has the most of them. So many that are opened and never used keep nobody out.
 * Where none waits, an answer whose reader has paused makes room in the same way: it can be resumed.
 */
export function createConnections({ limits, visitorOf }: ConnectionsNeeds): Connections {
  // Those that wait stand in the order in which they began to.
  const waiting = new Map<Socket, Open>();
  const busy = new Map<Socket, Open>();
  /** Those among the busy ones whose reader has paused, in the order in which they did. */
  const paused = new Map<Socket, Open>();

  const countOf = (map: ReadonlyMap<Socket, Open>, visitor: string | undefined): number => {
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
      if (!hasRoom(visitor)) {
        socket.destroy();
        return;
      }
      waiting.set(socket, { visitor, asked: 0 });
      socket.once('close', () => forget(socket));
    },
    asked(socket) {
      const open = waiting.get(socket) ?? busy.get(socket);
      if (open === undefined) return;
      open.asked++;
      waiting.delete(socket);
      busy.set(socket, open);
    },
    answered(socket) {
      const open = busy.get(socket);
      if (open === undefined) return;
      open.asked--;
      if (open.asked > 0) return;
      busy.delete(socket);
      paused.delete(socket);
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
