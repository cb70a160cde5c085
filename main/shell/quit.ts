import { setTimeout as pause } from 'node:timers/promises';
import type { Messages } from '../i18n/messages.ts';
import type { AppDatabase } from '../storage/app-database.ts';
import { clipboardLostNotice, type Notice } from './notices.ts';

/** Stops a module: from then on it begins nothing. The promise resolves once it has ended. */
export type Stop = () => void | Promise<void>;

export interface StopAppDeps {
  /** In the order of creation. */
  readonly stops: readonly Stop[];
  readonly notifications: {
    stop(): { notifyLast(notice: Notice): void };
    settled(): Promise<void>;
  };
  /** Has what the app copied outlive it, where possible. */
  readonly handOverClipboard: () => Promise<'not-ours' | 'kept' | 'lost'>;
  readonly database: AppDatabase;
  readonly messages: Messages;
  /** Replaces the limit in tests, in ms. */
  readonly limitMs?: number;
}

/**
 * How long all of it together may take, in ms: with Electron's own end it stays below a second. A
 * share under way (250), the server (500), the clipboard (950) and the last notification (300) have
 * limits of their own, some of which follow each other.
 */
const LIMIT_MS = 800;

/**
 * Stops the modules, the last one first. Waits for a share under way, the clipboard and the last
 * notification, but not longer than `LIMIT_MS`. The database is closed last: a share that ends writes.
 *
 * What isn't done by then isn't lost, because each step was written to disk before it began:
 * - A share or revoke that is sent is in the outbox, and is sent after the next start.
 * - A share that is still being read is noted (`sharing/unfinished-shares.ts`), and the user is told.
 * - A revoked link doesn't open. It is closed in the server's catalog, and closed in the list, so that
 *   the next start starts the server (`links/needs-server.ts`), which deletes its content.
 * - A change of the list was committed before it was shown.
 * Only opens that were counted in the last five seconds can be lost.
 */
export async function stopApp(deps: StopAppDeps): Promise<void> {
  try {
    await Promise.race([
      stopModules(deps),
      pause(deps.limitMs ?? LIMIT_MS, undefined, { ref: false }),
    ]);
  } finally {
    deps.database.close();
  }
}

async function stopModules(deps: StopAppDeps): Promise<void> {
  const { stops, notifications } = deps;
  // All at once: none waits for what another one waits for. One that fails keeps no other from it.
  const stopped = Promise.allSettled(stops.toReversed().map(async (stop) => stop()));
  const { notifyLast } = notifications.stop();
  const clipboardLeft = deps.handOverClipboard().then((left) => {
    if (left === 'lost') notifyLast(clipboardLostNotice(deps.messages));
  });
  await Promise.allSettled([stopped, clipboardLeft]);
  await notifications.settled();
}
