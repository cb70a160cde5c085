/** So many requests leave enough behind that it is worth the work of removing it. */
const BURST = 1_000;

/** A burst is over when no request has come for this long, in ms. */
const QUIET_MS = 30_000;

/**
 * Calls `act` once after each burst of requests.
 * @returns to be called for each request
 */
export function afterBurst(act: () => void): () => void {
  let requests = 0;
  let lastAtMs = 0;
  let timer: NodeJS.Timeout | undefined;

  function check(): void {
    const leftMs = lastAtMs + QUIET_MS - performance.now();
    timer = leftMs > 0 ? setTimeout(check, leftMs).unref() : undefined;
    if (timer !== undefined) return;
    requests = 0;
    act();
  }

  return () => {
    requests += 1;
    lastAtMs = performance.now();
    if (requests >= BURST) timer ??= setTimeout(check, QUIET_MS).unref();
  };
}
