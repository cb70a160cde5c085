import { connect } from 'node:net';
import { join } from 'node:path';
import { decode, encode, MessageSplitter } from '../../../main/desktop/wayland/wire.ts';

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
  const splitter = new MessageSplitter();

  const onEvent = (object: number, opcode: number, body: Buffer): void => {
    if (object === DISPLAY && opcode === ERROR_EVENT) {
      const [, , message] = decode(body, ['u', 'u', 's'], noFd);
      failure = new Error(`The compositor says: ${message}`);
    } else if (object === REGISTRY && opcode === GLOBAL_EVENT) {
      const [name, of] = decode(body, ['u', 's'], noFd);
      globals.set(String(of), Number(name));
    }
    syncs.get(object)?.();
  };
  socket.on('data', (chunk) => {
    for (const { object, opcode, body } of splitter.push(chunk)) onEvent(object, opcode, body);
  });
  const request: WaylandConnection['request'] = (object, opcode, ...args) => {
    const signature = args.map((value) => (typeof value === 'string' ? 's' : 'u'));
    // A negative number, as the word that it is sent as.
    const words = args.map((value) => (typeof value === 'string' ? value : value >>> 0));
    socket.write(encode(object, opcode, signature, words).bytes);
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

const noFd = (): undefined => undefined;
