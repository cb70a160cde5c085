import type { Socket } from 'node:net';
import type { ListenerLimits } from './listener-limits.ts';
import { cutOff } from './slow-clients.ts';

interface ConnectionsOptions {
  readonly limits: Pick<ListenerLimits, 'connections' | 'connectionsPerAddress'>;
  /**
   * The visitor to whom an address belongs; `undefined` if many share it (a proxy): then it has no
   * limit of its own.
   */
  readonly visitorOf: (address: string) => string | undefined;
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
 * Keeps the number of connections within limits. When one more comes, the one that has been idle
 * longest without a request is closed: of the same visitor when it has too many, else of the visitor
 * who has the most of them. So connections that are opened and never used keep nobody out.
 * Where none is idle, a response whose reader has paused is closed in the same way: it can be resumed.
 */
export class Connections {
  readonly #limits: ConnectionsOptions['limits'];
  readonly #visitorOf: ConnectionsOptions['visitorOf'];
  /** Those without a request, in the order in which they became idle. */
  readonly #idle = new Map<Socket, Connection>();
  /** Those with a request that is not answered yet. */
  readonly #busy = new Map<Socket, Connection>();
  /** Those among the busy ones whose reader has paused, in the order in which they did. */
  readonly #paused = new Map<Socket, Connection>();
  /** Visitors that are refused, and until when, by `performance.now()`. */
  readonly #refused = new Map<string, number>();

  constructor({ limits, visitorOf }: ConnectionsOptions) {
    this.#limits = limits;
    this.#visitorOf = visitorOf;
  }

  /** Counts a new connection, or closes it when there is no room for it. */
  admit(socket: Socket): void {
    const visitor = this.#visitorOf(socket.remoteAddress ?? '');
    if (this.#isRefused(visitor) || !this.#hasRoom(visitor)) {
      socket.destroy();
      return;
    }
    this.#idle.set(socket, { visitor });
    socket.once('close', () => this.#remove(socket));
  }

  /**
   * A request has arrived, with all its headers; `answered` reports the end of its response.
   * @param answer called now, or once the earlier request of the connection is answered; never when
   * two are unanswered already, because then the connection is closed
   */
  asked(socket: Socket, answer: () => void): void {
    const unanswered = this.#busy.get(socket);
    if (unanswered !== undefined && unanswered.next === undefined) {
      // The client may have read the last byte of a response before we know that it is sent.
      unanswered.next = answer;
      return;
    }
    const connection = this.#idle.get(socket);
    if (connection === undefined) {
      this.#refuse(socket);
      return;
    }
    this.#idle.delete(socket);
    this.#busy.set(socket, connection);
    answer();
  }

  answered(socket: Socket): void {
    const connection = this.#busy.get(socket);
    if (connection === undefined) return;
    this.#paused.delete(socket);
    const { next } = connection;
    connection.next = undefined;
    if (next === undefined) {
      this.#busy.delete(socket);
      this.#idle.set(socket, connection);
    } else next();
  }

  /** Its reader has paused, or continues to read. */
  paused(socket: Socket, isPaused: boolean): void {
    const connection = this.#busy.get(socket);
    if (connection !== undefined && isPaused) this.#paused.set(socket, connection);
    else this.#paused.delete(socket);
  }

  #isRefused(visitor: string | undefined): boolean {
    return visitor !== undefined && (this.#refused.get(visitor) ?? 0) > performance.now();
  }

  /** Closes a connection whose client pipelines, and accepts no other of that visitor for a while. */
  #refuse(socket: Socket): void {
    const visitor = this.#busy.get(socket)?.visitor;
    const now = performance.now();
    if (visitor !== undefined) {
      for (const [other, untilMs] of this.#refused) {
        if (untilMs <= now) this.#refused.delete(other);
      }
      this.#refused.set(visitor, now + REFUSED_MS);
    }
    this.#remove(socket);
    socket.destroy();
  }

  #hasRoom(visitor: string | undefined): boolean {
    if (visitor !== undefined) {
      const count = countOf(this.#idle, visitor) + countOf(this.#busy, visitor);
      if (count >= this.#limits.connectionsPerAddress) return this.#closeOldest(visitor);
    }
    if (this.#idle.size + this.#busy.size < this.#limits.connections) return true;
    return this.#closeOldest(heaviest(this.#idle.size > 0 ? this.#idle : this.#paused));
  }

  /** Closes the visitor's oldest idle connection, else its oldest paused one; false if it has none. */
  #closeOldest(visitor: string | undefined): boolean {
    for (const [socket, connection] of [...this.#idle, ...this.#paused]) {
      if (connection.visitor !== visitor) continue;
      this.#remove(socket);
      cutOff(socket);
      return true;
    }
    return false;
  }

  #remove(socket: Socket): void {
    this.#idle.delete(socket);
    this.#busy.delete(socket);
    this.#paused.delete(socket);
  }
}

function countOf(connections: ReadonlyMap<Socket, Connection>, visitor: string): number {
  let count = 0;
  for (const connection of connections.values()) if (connection.visitor === visitor) count++;
  return count;
}

/** The visitor with the most connections. */
function heaviest(connections: ReadonlyMap<Socket, Connection>): string | undefined {
  const counts = new Map<string | undefined, number>();
  let most: string | undefined;
  for (const { visitor } of connections.values()) {
    const count = (counts.get(visitor) ?? 0) + 1;
    counts.set(visitor, count);
    if (count > (counts.get(most) ?? 0)) most = visitor;
  }
  return most;
}
