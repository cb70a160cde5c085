import { type NativeImage, Notification, nativeImage } from 'electron';
import type { Command } from '../sharing/commands.ts';
import type { Notice } from '../sharing/notices.ts';
import { createQuietTimes } from '../sharing/quiet-times.ts';

export interface Notifications {
  show(notice: Notice): void;
  /** Takes the notification of a cause away, once the cause is gone. */
  withdraw(cause: string): void;
}

export interface NotificationsNeeds {
  readonly run: (command: Command) => void;
  readonly withSound: () => boolean;
}

/** How long a notification can still be clicked before it is let go, in ms. */
const KEPT_MS = 10 * 60_000;

/** Shows notices; one of the same cause takes the earlier one's place. */
export function createNotifications({ run, withSound }: NotificationsNeeds): Notifications {
  // Held here: a Notification that is collected no longer hears its click.
  const shown = new Map<
    string,
    { readonly notification: Notification; readonly sinceMs: number }
  >();

  const quiet = createQuietTimes(() => performance.now());

  const withdraw = (cause: string): void => {
    quiet.forget(cause);
    takeAway(cause);
  };

  const takeAway = (cause: string): void => {
    const before = shown.get(cause);
    shown.delete(cause);
    before?.notification.close();
  };

  const letGoOfOld = (): void => {
    const oldestMs = performance.now() - KEPT_MS;
    for (const [cause, { sinceMs }] of shown) if (sinceMs < oldestMs) shown.delete(cause);
  };

  return {
    show(notice) {
      letGoOfOld();
      if (!quiet.mayShow(notice)) return;
      takeAway(notice.cause);
      if (!Notification.isSupported()) return;
      const notification = new Notification({
        title: notice.title,
        // Some daemons read markup in the body, which someone's text must not be.
        body: process.platform === 'linux' ? escapeMarkup(notice.body) : notice.body,
        ...(notice.picture === undefined ? {} : thumbnail(notice.picture)),
        silent: notice.quiet === true || !withSound(),
        ...(notice.quiet === true ? { urgency: 'low' as const } : {}),
        actions: notice.buttons.map(({ label }) => ({ type: 'button', text: label })),
      });
      notification.once('close', () => {
        if (shown.get(notice.cause)?.notification === notification) quiet.closed(notice.cause);
      });
      notification.on('click', () => run(notice.click));
      notification.on('action', (details: unknown, index?: number) => {
        // The index moved into the event object (Electron 45's types; before, an argument).
        const inEvent = (details as { readonly actionIndex?: number }).actionIndex;
        const button = notice.buttons[inEvent ?? index ?? -1];
        if (button !== undefined) run(button.command);
      });
      shown.set(notice.cause, { notification, sinceMs: performance.now() });
      notification.show();
    },
    withdraw,
  };
}

/** A larger image takes too long to decode for a thumbnail, in bytes. */
const THUMBNAIL_OF_BYTES = 1_500_000;
const THUMBNAIL_PX = 96;

function thumbnail(bytes: Uint8Array): { readonly icon?: NativeImage } {
  if (bytes.byteLength > THUMBNAIL_OF_BYTES) return {};
  const image = nativeImage.createFromBuffer(Buffer.from(bytes));
  if (image.isEmpty()) return {};
  const { width, height } = image.getSize();
  return {
    icon:
      width < height
        ? image.resize({ height: THUMBNAIL_PX })
        : image.resize({ width: THUMBNAIL_PX }),
  };
}

/** Body markup of the Desktop Notifications Specification 1.2: `&`, `<` and `>` start it. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
