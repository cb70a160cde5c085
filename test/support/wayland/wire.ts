import { connect } from 'node:net';
import { join } from 'node:path';

/** A connection to a Wayland compositor for requests without file descriptors. */
export interface WaylandConnection {
  /** Creates an object of a global interface and answers its id. */
  bind(name: string, version: number): number;
  /** An id for a new object. */
  newId(): number;
  /** Sends a request; numbers are the arguments as 32-bit words. */
  request(object: number, opcode: number, ...args: readonly (number | string)[]): void;
  /** Resolves once the compositor has handled all requests so far. */
  sync(): Promise<void>;
  close(): void;
}

/** `wl_display` is always object 1; its registry is the first object that is created here. */
const DISPLAY = 1;
const REGISTRY = 2;
/** Opcodes of `wl_display` and `wl_registry` (wayland.xml). */
const SYNC = 0;
const GET_REGISTRY = 1;
const BIND = 0;
const ERROR_EVENT = 0;
const GLOBAL_EVENT = 0;
const HEADER_BYTES = 8;

/**
 * Connects to the compositor of an environment.
 * @throws Error when the compositor rejects a request, or lacks an interface
 */
export async function connectWayland(
  env: Readonly<Record<string, string>>,
): Promise<WaylandConnection> {
  const { XDG_RUNTIME_DIR: dir = '', WAYLAND_DISPLAY: display = 'wayland-0' } = env;
  const socket = connect(join(dir, display));
  const globals = new Map<string, number>();
  const syncs = new Map<number, () => void>();
  let lastId = REGISTRY;
  let failure: Error | undefined;
  let rest = Buffer.alloc(0);

  const onEvent = (object: number, opcode: number, body: Buffer): void => {
    if (object === DISPLAY && opcode === ERROR_EVENT) {
      failure = new Error(`The compositor says: ${text(body, 8)}`);
    } else if (object === REGISTRY && opcode === GLOBAL_EVENT) {
      globals.set(text(body, 4), body.readUInt32LE(0));
    }
    syncs.get(object)?.();
  };
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER_BYTES) {
      const sizeAndOpcode = rest.readUInt32LE(4);
      const size = sizeAndOpcode >>> 16;
      if (rest.length < size) return;
      onEvent(rest.readUInt32LE(0), sizeAndOpcode & 0xffff, rest.subarray(HEADER_BYTES, size));
      rest = rest.subarray(size);
    }
  });
  const request: WaylandConnection['request'] = (object, opcode, ...args) => {
    const body = Buffer.concat(args.map(encode));
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt32LE(object, 0);
    header.writeUInt32LE(((HEADER_BYTES + body.length) << 16) | opcode, 4);
    socket.write(Buffer.concat([header, body]));
  };
  const newId = (): number => {
    lastId += 1;
    return lastId;
  };
  const sync = (): Promise<void> => {
    const callback = newId();
    return new Promise((resolve, reject) => {
      const settle = (): void => (failure === undefined ? resolve() : reject(failure));
      syncs.set(callback, settle);
      // A compositor that sent an error closes the connection.
      socket.once('close', settle);
      socket.once('error', reject);
      request(DISPLAY, SYNC, callback);
    });
  };

  request(DISPLAY, GET_REGISTRY, REGISTRY);
  await sync();
  return {
    bind(name, version) {
      const global = globals.get(name);
      if (global === undefined) throw new Error(`This compositor has no ${name}`);
      const id = newId();
      request(REGISTRY, BIND, global, name, version, id);
      return id;
    },
    newId,
    request,
    sync,
    close: () => socket.destroy(),
  };
}

/** A string has its length with the final zero, and is padded to 32-bit words. */
function encode(argument: number | string): Buffer {
  if (typeof argument === 'number') {
    const word = Buffer.alloc(4);
    word.writeInt32LE(argument | 0);
    return word;
  }
  const length = Buffer.byteLength(argument) + 1;
  const bytes = Buffer.alloc(4 + Math.ceil(length / 4) * 4);
  bytes.writeUInt32LE(length);
  bytes.write(argument, 4);
  return bytes;
}

function text(body: Buffer, at: number): string {
  const length = body.readUInt32LE(at);
  return body.toString('utf8', at + 4, at + 4 + length - 1);
}
