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
}

/**
 * Stops the modules, the last one first. Waits for a share under way, the clipboard and the last
 * notification, each with a limit of its own. The database is closed last: a share that ends writes.
 */
export async function stopApp(deps: StopAppDeps): Promise<void> {
  const { stops, notifications, database } = deps;
  // All at once: none waits for what another one waits for. One that fails keeps no other from it.
  const stopped = Promise.allSettled(stops.toReversed().map(async (stop) => stop()));
  const { notifyLast } = notifications.stop();
  const clipboardLeft = deps.handOverClipboard().then((left) => {
    if (left === 'lost') notifyLast(clipboardLostNotice(deps.messages));
  });
  try {
    await Promise.allSettled([stopped, clipboardLeft]);
    await notifications.settled();
  } finally {
    database.close();
  }
}
