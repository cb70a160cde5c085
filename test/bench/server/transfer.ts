import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

export interface TransferRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** With its length in `headers`. */
  readonly body?: Iterable<Uint8Array>;
}

export interface Transferred {
  readonly ms: number;
  /** Of the response's body. */
  readonly bytes: number;
  /** The response's body, when it is short. */
  readonly text: string;
}

const READ_BYTES = 256 * 1024;
const SHORT_BYTES = 16 * 1024;

/**
 * Sends one request on a connection of its own and drops what comes: the client must cost less than
 * the server that is measured. @throws for a response that is not 2xx, or not complete
 */
export function transfer(port: number, request: TransferRequest): Promise<Transferred> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    let received = 0;
    let expected = Number.NaN;
    const short: Buffer[] = [];
    const take = (bytes: Buffer): void => {
      received += bytes.byteLength;
      if (expected <= SHORT_BYTES) short.push(Buffer.from(bytes));
      if (received === expected) finish();
    };
    const takeHead = (bytes: Buffer): void => {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const text = head.toString('latin1', 0, end);
      expected = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1]);
      if (!/^HTTP\/1\.1 2/.test(text) || Number.isNaN(expected)) {
        socket.destroy(new Error(`The response was ${head.toString().slice(0, 300)}`));
      } else take(head.subarray(end + 4));
    };
    const begin = performance.now();
    const socket = connect({
      port,
      host: '127.0.0.1',
      onread: {
        buffer: Buffer.alloc(READ_BYTES),
        callback(count, buffer) {
          const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, count);
          if (Number.isNaN(expected)) takeHead(bytes);
          else take(bytes);
          return true;
        },
      },
    });
    const finish = (): void => {
      const ms = performance.now() - begin;
      socket.destroy();
      resolve({ ms, bytes: received, text: Buffer.concat(short).toString() });
    };
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`The response ended after ${received} bytes.`)));
    send(socket, port, request).catch(reject);
  });
}

async function send(
  socket: ReturnType<typeof connect>,
  port: number,
  { method, path, headers = {}, body = [] }: TransferRequest,
): Promise<void> {
  const all = { host: `127.0.0.1:${port}`, connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  for (const bytes of body) {
    if (socket.write(bytes)) continue;
    await new Promise((resolve) => socket.once('drain', resolve));
  }
}
