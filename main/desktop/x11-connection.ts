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

/** @throws where there is no X server */
export async function connectX11(): Promise<X11Connection> {
  const { default: x11 } = await import('x11/lib/xcore.js');
  const { client, screen } = await new Promise<Display>((resolve, reject) => {
    x11
      .createClient({ shm: false, disableBigRequests: true }, (error, display) =>
        error ? reject(error) : resolve(display),
      )
      // Without a listener a lost connection would end the app.
      .on('error', reject);
  });
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
