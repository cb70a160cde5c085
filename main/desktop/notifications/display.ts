import type { NativeImage } from 'electron';

/** What one notification shows. */
export interface NotificationContent {
  readonly title: string;
  /** Plain text. */
  readonly body: string;
  readonly icon?: NativeImage;
  readonly silent: boolean;
  readonly urgency: 'low' | 'normal';
  /** Labels of its buttons, for desktops that have them. */
  readonly buttons: readonly string[];
}

export interface NotificationEvents {
  click(): void;
  /** @param index of the button in `buttons` */
  button(index: number): void;
  /** It left the screen: closed by a person, or expired. */
  closed(): void;
  /** It is on screen. */
  shown(): void;
  /** It can't be shown, or nobody knows: no daemon, or one that doesn't respond. */
  failed(): void;
}

export interface DisplayedNotification {
  close(): void;
  /** Shows another one in its place, or by itself where this one has left the screen. */
  replace(content: NotificationContent, events: NotificationEvents): DisplayedNotification;
}

/** Puts notifications on screen; one implementation for each way that a platform has. */
export interface NotificationDisplay {
  /** Never blocks and never throws: what goes wrong is reported by `failed`. */
  show(content: NotificationContent, events: NotificationEvents): DisplayedNotification;
}
