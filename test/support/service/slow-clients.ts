import { connect, type Socket } from 'node:net';

/** A client with bad manners, on a socket of its own. */
export interface SlowClient {
  readonly socket: Socket;
  /** Status of the first answer that came, 0 without one. */
  status(): number;
  readonly bytes: () => number;
  /** Resolves once the other side, or a reset, has ended it. */
  readonly closed: Promise<void>;
  /** Takes all that comes from now on. */
  readOn(): void;
  leave(): void;
}

export interface SlowOptions {
  readonly port: number;
  /** Whom it comes from, such as `127.0.0.2`. */
  readonly from?: string;
  /** Sent at once. */
  readonly sends?: string;
  /** Sent again and again, one piece each `everyMs`. */
  readonly drips?: string;
  /** Takes so many bytes each `everyMs`, and no more; all that comes without it. 0: nothing. */
  readonly takes?: number;
  readonly everyMs?: number;
}

export function slowClient(options: SlowOptions): SlowClient {
  const { port, from, sends, drips, takes, everyMs = 10 } = options;
  let head = '';
  let bytes = 0;
  let isPatient = takes !== undefined;
  const taken = (count: number, buffer: Uint8Array): boolean => {
    bytes += count;
    if (head.length < 64) head += Buffer.from(buffer.subarray(0, count)).toString('latin1');
    // Not another byte before its time.
    return !isPatient;
  };
  const socket = connect({
    port,
    host: '127.0.0.1',
    ...(from === undefined ? {} : { localAddress: from }),
    onread: { buffer: Buffer.alloc(takes || 65_536), callback: taken },
  });
  if (takes === 0) socket.pause();
  socket.on('error', () => {});
  if (sends !== undefined) socket.write(sends);
  const timer = setInterval(() => {
    if (drips !== undefined && socket.writable) socket.write(drips);
    if (takes !== undefined && takes > 0) socket.resume();
  }, everyMs);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  void closed.then(() => clearInterval(timer));
  return {
    socket,
    status: () => Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    bytes: () => bytes,
    closed,
    readOn() {
      isPatient = false;
      socket.resume();
    },
    leave: () => socket.destroy(),
  };
}
