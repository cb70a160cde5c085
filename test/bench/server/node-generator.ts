import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

export interface Drive {
  readonly port: number;
  /** Kept open; each has one request at a time. */
  readonly connections: number;
  /** The next request of a connection (0 and up), whole; `undefined`: no more. */
  next(connection: number): Uint8Array | undefined;
}

export interface Driven {
  /** From the request's first byte to the response's last, in ms, one of each request. */
  readonly timesMs: readonly number[];
  readonly seconds: number;
}

/**
 * Sends requests over connections that stay open, and reads no more of the responses than where
 * they end: an HTTP library would take more of the processor than the servers that it measures.
 * @throws for a response that is not 2xx, and for a connection that ends
 */
export async function drive({ port, connections, next }: Drive): Promise<Driven> {
  const timesMs: number[] = [];
  const begin = performance.now();
  const all = Array.from({ length: connections }, (_, index) =>
    runConnection(port, () => next(index), timesMs),
  );
  await Promise.all(all);
  return { timesMs, seconds: (performance.now() - begin) / 1_000 };
}

function runConnection(
  port: number,
  next: () => Uint8Array | undefined,
  timesMs: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const response = new ResponseEnd();
    let sentMs = 0;
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const sendNext = (): void => {
      const request = next();
      if (request === undefined) {
        socket.destroy();
        resolve();
        return;
      }
      sentMs = performance.now();
      socket.write(request);
    };
    socket.once('connect', sendNext);
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('The server closed a connection.')));
    socket.on('data', (chunk: Buffer) => {
      try {
        if (!response.isCompleteWith(chunk)) return;
      } catch (error) {
        fail(error as Error);
        return;
      }
      timesMs.push(performance.now() - sentMs);
      sendNext();
    });
  });
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** Finds the end of one response after another. */
class ResponseEnd {
  /** The beginning of a head that is not complete. */
  #head: Buffer | undefined;
  /** Bytes of the body that are still to come; `chunked`: until its last chunk. */
  #rest: number | 'chunked' = 0;

  /** Whether the response is complete with these bytes. */
  isCompleteWith(chunk: Buffer): boolean {
    if (this.#rest === 'chunked') return this.#endsWithLastChunk(chunk);
    if (this.#rest > 0) {
      this.#rest -= chunk.length;
      return this.#rest === 0;
    }
    const bytes = this.#head === undefined ? chunk : Buffer.concat([this.#head, chunk]);
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      this.#head = bytes;
      return false;
    }
    this.#head = undefined;
    const head = bytes.toString('latin1', 0, end);
    if (head[9] !== '2') throw new Error(`The response was ${head.slice(0, 60)}`);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      this.#rest = 'chunked';
      return this.#endsWithLastChunk(bytes);
    }
    this.#rest = Number(length) - (bytes.length - end - HEAD_END.length);
    return this.#rest === 0;
  }

  #endsWithLastChunk(bytes: Buffer): boolean {
    if (!bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)) return false;
    this.#rest = 0;
    return true;
  }
}
