/** Response timeout of the X server, in ms. */
const RESPONSE_TIMEOUT_MS = 150;

/**
 * Asks the X server where the pointer is, in pixels of the X screen. Chromium remembers the place
 * of the last event that it saw, which with no window of ours on screen may be long ago.
 * `undefined` where there is no X server, or it does not answer in time.
 */
export async function pointerOnX11(): Promise<
  { readonly x: number; readonly y: number } | undefined
> {
  const { default: x11 } = await import('x11/lib/xcore.js');
  return new Promise((resolve) => {
    let client: import('x11/lib/xcore.js').Client | undefined;
    const answer = (place?: { readonly x: number; readonly y: number }): void => {
      clearTimeout(timer);
      resolve(place);
      client?.terminate();
      client = undefined;
    };
    const timer = setTimeout(answer, RESPONSE_TIMEOUT_MS);
    try {
      client = x11.createClient({ shm: false, disableBigRequests: true }, (error, display) => {
        const root = display?.screen[0]?.root;
        if (error || root === undefined) return answer();
        display.client.QueryPointer(root, (failed, pointer) =>
          answer(failed ? undefined : { x: pointer.rootX, y: pointer.rootY }),
        );
      });
      client.on('error', () => answer());
    } catch {
      answer();
    }
  });
}
