import { type NativeImage, nativeImage } from 'electron';
import type { Command } from '../../shell/commands.ts';
import type { Notice } from '../../shell/notices.ts';
import { createNotificationThrottle } from '../../shell/notification-throttle.ts';
import type {
  DisplayedNotification,
  NotificationContent,
  NotificationDisplay,
  NotificationEvents,
} from './display.ts';

export interface Notifications {
  show(notice: Notice): void;
  /** Takes the notification of a cause away, once the cause is gone. */
  withdraw(cause: string): void;
  /** Resolves once nothing is on its way to the screen any more. */
  settled(): Promise<void>;
}

export interface NotificationsDeps {
  readonly display: NotificationDisplay;
  readonly run: (command: Command) => void;
  readonly withSound: () => boolean;
  /** Called for each notice that is on screen. */
  readonly onShown: (notice: Notice) => void;
  /** Called for each notice that couldn't be shown, or whose display nobody confirmed in time. */
  readonly onMissed: (notice: Notice) => void;
}

/** How long a notification can still be clicked before it is let go, in ms. */
const KEPT_MS = 10 * 60_000;

/** Shows notices; one of the same cause takes the earlier one's place. */
export function createNotifications(deps: NotificationsDeps): Notifications {
  const { display, run, withSound, onShown, onMissed } = deps;
  // References are held here: a garbage-collected Electron notification emits no click event.
  const shown = new Map<
    string,
    { readonly notification: DisplayedNotification; readonly sinceMs: number }
  >();

  const onTheirWay = new Set<Promise<void>>();

  const quiet = createNotificationThrottle(() => performance.now());

  const withdraw = (cause: string): void => {
    quiet.clear(cause);
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
      const before = shown.get(notice.cause)?.notification;
      // What is said of the old one from here on doesn't matter.
      shown.delete(notice.cause);
      let settle = (): void => {};
      const settled = new Promise<void>((resolve) => {
        settle = resolve;
      });
      onTheirWay.add(settled);
      void settled.then(() => onTheirWay.delete(settled));
      const content: NotificationContent = {
        title: notice.title,
        body: notice.body,
        ...(notice.picture === undefined ? {} : thumbnail(notice.picture)),
        silent: notice.quiet === true || !withSound(),
        urgency: notice.quiet === true ? 'low' : 'normal',
        buttons: notice.buttons.map(({ label }) => label),
      };
      const isCurrent = (): boolean => shown.get(notice.cause)?.notification === notification;
      const events: NotificationEvents = {
        click: () => run(notice.click),
        button(index) {
          const button = notice.buttons[index];
          if (button !== undefined) run(button.command);
        },
        closed() {
          settle();
          if (isCurrent()) quiet.closed(notice.cause);
        },
        shown() {
          settle();
          onShown(notice);
        },
        failed() {
          settle();
          if (isCurrent()) onMissed(notice);
        },
      };
      const notification = before?.replace(content, events) ?? display.show(content, events);
      shown.set(notice.cause, { notification, sinceMs: performance.now() });
    },
    withdraw,
    async settled() {
      await Promise.all(onTheirWay);
    },
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
