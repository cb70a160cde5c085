import { setTimeout as wait } from 'node:timers/promises';
import { afterBurst } from './after-burst.ts';
import { Counts } from './counts.ts';
import { loadOrCreateToken, prepareDataDir } from './data-dir.ts';
import { errorName } from './log.ts';
import { createObserver } from './observe-requests.ts';
import { openStorage } from './open-storage.ts';
import type { RunningServer, ServerOptions } from './options.ts';
import { createPasswords } from './password.ts';
import { serveApi } from './serve-api.ts';
import { servePages } from './serve-pages.ts';
import { sweepWhenDue } from './store/sweep-when-due.ts';

/** What all shares together may take, in bytes. */
const DEFAULT_QUOTA_BYTES = 2 * 1000 ** 3;

/** A proxy needs so long at most to learn that no more requests should come here, in ms. */
const NOTICE_MS = 5_000;

/**
 * When the server closes, requests that are being answered and closed shares that have not ended
 * are given this long, in ms: whoever quits waits for it.
 */
const CLOSE_LIMIT_MS = 500;

/**
 * Starts the server: the API on 127.0.0.1 at once, the pages when the first link needs them,
 * or at once when there are active links. Two listeners, so that no request from the network
 * can reach a route that changes anything.
 * @throws StartupError for a data folder or token that is not safe; the system's error for a port that is taken
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { dataDir, log = () => {} } = options;
  await prepareDataDir(dataDir);
  const token = options.token ?? (await loadOrCreateToken(dataDir));
  const quota = { bytes: options.quotaBytes ?? DEFAULT_QUOTA_BYTES };
  const quotaBytes = (): number => quota.bytes;
  const counts = new Counts();
  const storage = await openStorage(options, { counts, log, quotaBytes });
  const { store } = storage;
  const observe = createObserver({
    counts,
    onAnswered: afterBurst(() => {
      pages.clearCaches();
      options.onBurstOver?.();
    }),
    requestLog: options.logRequests === true ? log : undefined,
  });
  let isClosing = false;
  const isReady = (): boolean => !isClosing && storage.database.isCurrent();
  const shared = { storage, passwords: createPasswords(), counts, observe, isReady, log };
  const pages = await servePages(options, shared);
  const { listener } = pages;
  const api = await serveApi(options, { ...shared, pages: listener, token, quotaBytes }).catch(
    async (error: unknown) => {
      await storage.database.close();
      throw error;
    },
  );
  if (options.opensPages !== false) await pages.resume();
  log({ level: 'info', event: 'api-open', port: api.port });
  const stopSweeping = sweepWhenDue(store, storage.clock, (cause) =>
    log({ level: 'error', event: 'sweep-failed', cause: errorName(cause) }),
  );

  /** Nobody is left who could reopen a closed share, unless there are other processes. */
  const endClosed = async (signal: AbortSignal): Promise<void> => {
    if (options.database !== undefined) return;
    await store
      .endClosed(signal)
      .catch((cause: unknown) =>
        log({ level: 'error', event: 'closed-not-ended', cause: errorName(cause) }),
      );
  };

  return {
    apiBaseUrl: `http://127.0.0.1:${api.port}`,
    token,
    pagesBaseUrl: () => listener.baseUrl(),
    freshBaseUrl: () => listener.freshBaseUrl(),
    setReach: (reach) => pages.setReach(reach),
    chooseInterface: (name) => listener.choose(name),
    setHostNames: (names) => pages.setHostNames(names),
    addresses: () => listener.addresses(),
    usage: () => ({ usedBytes: store.usedBytes(), quotaBytes: quota.bytes }),
    setQuota(bytes) {
      quota.bytes = bytes;
    },
    checkReach: () => pages.checkReach(),
    async close() {
      isClosing = true;
      const { drainMs = 0 } = options;
      const noticeMs = Math.min(drainMs, NOTICE_MS);
      if (noticeMs > 0) await wait(noticeMs);
      const limitMs = Math.max(CLOSE_LIMIT_MS, drainMs - noticeMs);
      const limit = AbortSignal.timeout(CLOSE_LIMIT_MS);
      await stopSweeping();
      // What is closed ends at once, because a system that shuts down doesn't wait; and again for
      // shares that the last request closed. Those for which there is no time stay closed, and end
      // after the next start.
      await Promise.allSettled([api.close(limitMs), listener.close(limitMs), endClosed(limit)]);
      await pages.closeRenderer();
      await endClosed(limit);
      await pages.flush();
      await storage.close();
    },
  };
}
