import type { Clips } from '../clipboard/clips.ts';
import type { Messages } from '../i18n/messages.ts';
import type { ThisComputerLinks } from '../links/this-computer-links.ts';
import type { VerifyLinks } from '../links/verify-links.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { UnfinishedShares } from '../sharing/unfinished-shares.ts';
import type { AppDatabase } from '../storage/app-database.ts';
import type { Targets } from '../targets/targets.ts';
import { clipboardLostNotice, type Notice } from './notices.ts';

export interface StopAppDeps {
  readonly stopListening: () => void;
  readonly stopShortcuts: () => void;
  readonly clips: Clips;
  readonly outbox: Outbox;
  readonly window: { destroy(): void };
  readonly notifications: {
    stop(): { notifyLast(notice: Notice): void };
    settled(): Promise<void>;
  };
  /** Has what the app copied outlive it, where possible. */
  readonly leaveClipboard: () => Promise<'not-ours' | 'kept' | 'lost'>;
  readonly thisComputerLinks: ThisComputerLinks;
  readonly verification: VerifyLinks;
  readonly unfinished: UnfinishedShares;
  readonly targets: Targets;
  readonly database: AppDatabase;
  readonly messages: Messages;
}

/**
 * Stops the app in the reverse order of its start. Waits for a share under way, the clipboard and
 * the last notification, each with a limit of its own.
 */
export async function stopApp(deps: StopAppDeps): Promise<void> {
  const { notifications, database } = deps;
  deps.stopListening();
  deps.stopShortcuts();
  deps.clips.stop();
  deps.outbox.stop();
  deps.window.destroy();
  const { notifyLast } = notifications.stop();
  const clipboardLeft = deps.leaveClipboard().then((left) => {
    if (left === 'lost') notifyLast(clipboardLostNotice(deps.messages));
  });
  deps.thisComputerLinks.stop();
  deps.verification.stop();
  const served = deps.unfinished.quitting().then(() => deps.targets.stop());
  try {
    await Promise.allSettled([served, clipboardLeft]);
    await notifications.settled();
  } finally {
    database.close();
  }
}
