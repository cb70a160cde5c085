import type { WatchClipboard } from '../../clipboard/raw-clipboard.ts';

/** A new owner, its window gone, its program gone (XFixes, 7: SelectionEventMask). */
const ANY_CHANGE = 0b111;

/** Longest time that the X server may take to answer, in ms; it takes about 10. */
const RESPONSE_TIMEOUT_MS = 5_000;

/**
 * Subscribes to clipboard owner changes (XFixes extension): no polling, no thread, one event for
 * each copy. Rejects where there is no X server to ask.
 */
export async function watchX11Clipboard(): Promise<WatchClipboard> {
  const { default: x11 } = await import('x11/lib/xcore.js');
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const connected = new Promise<import('x11/lib/xcore.js').Client>((resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the X server is silent')), RESPONSE_TIMEOUT_MS);
    const connecting = x11.createClient(
      { shm: false, disableBigRequests: true },
      (error, display) => {
        if (error) reject(error);
        else begin(display).then(() => resolve(display.client), reject);
      },
    );
    // Without a listener a lost connection would end the app; it is about to end anyway.
    connecting.on('error', reject);
  });
  const client = await connected.finally(() => clearTimeout(timer));

  async function begin({ client, screen }: import('x11/lib/xcore.js').Display): Promise<void> {
    const root = screen[0]?.root;
    if (root === undefined) throw new Error('the X server has no screen');
    const clipboard = await promised<number>((done) => client.InternAtom(false, 'CLIPBOARD', done));
    const fixes = await promised<import('x11/lib/xcore.js').Fixes>((done) =>
      client.require('fixes', done),
    );
    client.on('event', ({ name, selection }) => {
      if (name !== 'SelectionNotify' || selection !== clipboard) return;
      for (const listener of [...listeners]) listener();
    });
    fixes.SelectSelectionInput(root, clipboard, ANY_CHANGE);
  }

  return (onChange) => {
    listeners.add(onChange);
    return () => {
      listeners.delete(onChange);
      client.terminate();
    };
  };
}

function promised<T>(
  call: (done: (error: Error | null | undefined, value: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)));
  });
}
