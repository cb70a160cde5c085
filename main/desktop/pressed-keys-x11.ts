/** Longest time that the X server may take to answer, in ms; it takes less than 1. */
const ANSWERS_WITHIN_MS = 500;

/** Which keys are down, as the X server sees it: one bit for each keycode. */
export interface PressedKeys {
  /** Rejects where the X server is gone or silent. */
  read(): Promise<Uint8Array>;
  close(): void;
}

/**
 * Opens a connection that tells which keys are down. Global shortcuts are reported when pressed,
 * and again for each auto-repeat, but never when released.
 * @throws where there is no X server
 */
export async function openPressedKeys(): Promise<PressedKeys> {
  const { default: x11 } = await import('x11/lib/xcore.js');
  const client = await within<import('x11/lib/xcore.js').Client>((done) => {
    // Without a listener a lost connection would end the app.
    x11
      .createClient({ shm: false, disableBigRequests: true }, (error, display) =>
        done(error, display?.client),
      )
      .on('error', (error) => done(error));
  });
  return {
    read: () => within((done) => client.QueryKeymap(done)),
    close: () => client.terminate(),
  };
}

function within<T>(call: (done: (error: unknown, value?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the X server is silent')), ANSWERS_WITHIN_MS);
    call((error, value) => {
      clearTimeout(timer);
      if (error || value === undefined) reject(new Error('no answer', { cause: error }));
      else resolve(value);
    });
  });
}
