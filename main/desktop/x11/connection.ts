import type { Client, Display, XEvent } from 'x11/lib/xcore.js';

/** A connection to the X server, with a window of its own that takes part in selections. */
export interface X11Connection {
  readonly client: Client;
  readonly window: number;
  atom(name: string): Promise<number>;
  /** One question to the server, such as `(done) => client.GetSelectionOwner(atom, done)`. */
  asked<T>(call: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T>;
  onEvent(listener: (event: XEvent) => void): void;
  close(): void;
}

/**
 * Connects to the X server.
 * @throws where there is none
 */
export async function openDisplay(): Promise<Display> {
  const { default: x11 } = await import('x11/lib/xcore.js');
  return await new Promise((resolve, reject) => {
    x11
      .createClient({ shm: false, disableBigRequests: true }, (error, display) =>
        error ? reject(error) : resolve(display),
      )
      // Without a listener a lost connection would end the app.
      .on('error', reject);
  });
}

/** @throws where there is no X server */
export async function connectX11(): Promise<X11Connection> {
  const { client, screen } = await openDisplay();
  const root = screen[0]?.root;
  if (root === undefined) throw new Error('the X server has no screen');
  const window = client.AllocID();
  client.CreateWindow(window, root, 0, 0, 1, 1, 0, 0, 0, 0, { eventMask: 0 });
  const asked: X11Connection['asked'] = (call) =>
    new Promise((resolve, reject) => {
      call((error, value) => (error ? reject(error) : resolve(value)));
    });
  return {
    client,
    window,
    asked,
    atom: (name) => asked((done) => client.InternAtom(false, name, done)),
    onEvent: (listener) => client.on('event', listener),
    close: () => client.terminate(),
  };
}

/** Nothing came in time: the program that owns the clipboard stands still, most likely. */
export class SilentError extends Error {
  override readonly name = 'SilentError';
  constructor() {
    super('the X server, or the clipboard’s owner, is silent');
  }
}

/** @throws SilentError when there is no answer in so many ms */
export async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      answer,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new SilentError()), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
