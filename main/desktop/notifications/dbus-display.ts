import type { Message } from 'dbus-native';
import type { NativeImage } from 'electron';
import type { SessionBus } from '../dbus/session-bus.ts';
import type {
  DisplayedNotification,
  NotificationContent,
  NotificationDisplay,
  NotificationEvents,
} from './display.ts';
import { NotificationDaemon } from './notification-daemon.ts';

/** A healthy daemon answers within milliseconds; one that the bus must start first, within 2 s. */
const RESPONSE_TIMEOUT_MS = 3_000;

/** No reply is wanted, and no daemon is started for it (D-Bus specification, message flags). */
const NO_REPLY_NO_START = 0x1 | 0x2;

export interface DBusDisplayOptions {
  readonly appName: string;
  /** Name of the app's desktop file, without `.desktop`: the daemon takes the icon from it. */
  readonly desktopEntry: string;
  readonly bus: SessionBus;
  /** How long the daemon may take to respond, in ms. */
  readonly responseTimeoutMs?: number;
}

/** So many notifications can be clicked: some daemons keep them for days, and never say that one is gone. */
const MAX_ON_SCREEN = 100;

/** Key of the action that a click on the notification itself invokes; those of buttons are numbers. */
const CLICK = 'default';

/**
 * Notifications of Linux desktops (Desktop Notifications Specification 1.2), over our own connection
 * to the bus. Electron calls the daemon synchronously: one that doesn't respond stops the whole app for
 * 25 s a notification. Here nothing blocks: a daemon that hasn't responded in time gets no further
 * notification until it does.
 */
export class DBusDisplay implements NotificationDisplay {
  readonly #daemon: NotificationDaemon;
  readonly #options: DBusDisplayOptions;
  /** By id, the oldest first. */
  readonly #onScreen = new Map<number, NotificationEvents>();

  constructor(options: DBusDisplayOptions) {
    const { bus, responseTimeoutMs = RESPONSE_TIMEOUT_MS } = options;
    this.#options = options;
    this.#daemon = new NotificationDaemon({
      bus,
      responseTimeoutMs,
      onSignal: (member, id, detail) => this.#onSignal(member, id, detail),
      onGone: () => this.#onGone(),
    });
  }

  show(content: NotificationContent, events: NotificationEvents): DisplayedNotification {
    return this.#show(content, events, 0);
  }

  /** @param replacesId the notification whose place it takes; 0: none */
  #show(
    content: NotificationContent,
    events: NotificationEvents,
    replacesId: number,
  ): DisplayedNotification {
    let id: number | undefined;
    let isClosed = false;
    const onAnswer = (given: number): void => {
      id = given;
      // The old one is still there: this daemon showed a second one.
      if (replacesId !== 0 && given !== replacesId) this.#close(replacesId);
      if (isClosed) this.#close(given);
      else this.#remember(given, events);
    };
    this.#notify(content, replacesId, onAnswer)
      .then(() => events.shown())
      .catch(() => events.failed());
    const isOnScreen = (): boolean => id !== undefined && this.#onScreen.get(id) === events;
    const close = (): void => {
      isClosed = true;
      if (id !== undefined && isOnScreen()) this.#close(id);
    };
    return {
      close,
      replace: (next, nextEvents) => {
        if (id !== undefined && isOnScreen()) return this.#show(next, nextEvents, id);
        // The daemon has not given it an id yet: it is closed when it comes.
        close();
        return this.show(next, nextEvents);
      },
    };
  }

  /** @param onAnswer called also when the answer is late: the notification is on screen after all */
  async #notify(
    content: NotificationContent,
    replacesId: number,
    onAnswer: (id: number) => void,
  ): Promise<void> {
    if (!this.#daemon.isResponding()) throw new Error('the notification daemon does not respond');
    const capabilities = await this.#daemon.capabilities();
    const answer = this.#daemon.call<number>(
      notifyMessage(content, replacesId, capabilities, this.#options),
    );
    answer.then(onAnswer, () => {});
    await this.#daemon.inTime(answer);
  }

  #remember(id: number, events: NotificationEvents): void {
    this.#onScreen.delete(id);
    this.#onScreen.set(id, events);
    for (const oldest of this.#onScreen.keys()) {
      if (this.#onScreen.size <= MAX_ON_SCREEN) return;
      this.#onScreen.delete(oldest);
    }
  }

  #onSignal(member: string | undefined, id: number, detail: unknown): void {
    const events = this.#onScreen.get(id);
    if (events === undefined) return;
    if (member === 'NotificationClosed') {
      this.#onScreen.delete(id);
      events.closed();
    }
    if (member === 'ActionInvoked') {
      // Some daemons keep it on screen, where a second press would find nothing left to do.
      this.#close(id);
      if (detail === CLICK) events.click();
      else events.button(Number(detail));
      events.closed();
    }
  }

  /** The daemon has exited, and its notifications with it. */
  #onGone(): void {
    const closed = [...this.#onScreen.values()];
    this.#onScreen.clear();
    for (const events of closed) events.closed();
  }

  #close(id: number): void {
    this.#onScreen.delete(id);
    const message = { member: 'CloseNotification', signature: 'u', body: [id] };
    void this.#daemon.call({ ...message, flags: NO_REPLY_NO_START }).catch(() => {});
  }
}

function notifyMessage(
  { title, body, icon, silent, urgency, buttons }: NotificationContent,
  replacesId: number,
  can: ReadonlySet<string>,
  { appName, desktopEntry }: DBusDisplayOptions,
): Message {
  const isQuiet = urgency === 'low';
  const hints = [
    ['desktop-entry', ['s', desktopEntry]],
    ['urgency', ['y', isQuiet ? 0 : 1]],
    ['suppress-sound', ['b', silent]],
    // Not for the list of past notifications that GNOME and KDE have.
    ...(isQuiet ? [['transient', ['b', true]]] : []),
    ...(icon === undefined ? [] : [['image-data', ['(iiibiiay)', imageData(icon)]]]),
  ];
  // Menus of dunst and mako list the click, too, by this name.
  const actions = [CLICK, appName, ...buttons.flatMap((label, index) => [String(index), label])];
  return {
    member: 'Notify',
    signature: 'susssasa{sv}i',
    body: [
      appName,
      replacesId,
      '',
      title,
      // Where the daemon reads a body as markup, the text is escaped.
      can.has('body-markup') ? escapeMarkup(body) : body,
      // Daemons without actions may show a dialog box for one.
      can.has('actions') ? actions : [],
      hints,
      -1,
    ],
  };
}

/** The specification's raw image: RGBA, 8 bits a sample, rows without padding. */
function imageData(icon: NativeImage): readonly unknown[] {
  const { width, height } = icon.getSize();
  const pixels = icon.toBitmap();
  // Electron gives BGRA.
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const blue = pixels[at] ?? 0;
    pixels[at] = pixels[at + 2] ?? 0;
    pixels[at + 2] = blue;
  }
  return [width, height, width * 4, true, 8, 4, pixels];
}

/** Body markup: `&`, `<` and `>` start it. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
