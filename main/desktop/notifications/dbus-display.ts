import type { Message } from 'dbus-native';
import type { NativeImage } from 'electron';
import type { SessionBus } from '../dbus/session-bus.ts';
import type {
  DisplayedNotification,
  NotificationContent,
  NotificationDisplay,
  NotificationEvents,
} from './display.ts';

const DAEMON = 'org.freedesktop.Notifications';
const OBJECT = '/org/freedesktop/Notifications';

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
  #capabilities: Promise<ReadonlySet<string>> | undefined;

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
    let id: number | undefined;
    let isClosed = false;
    const onAnswer = (given: number): void => {
      id = given;
      if (isClosed) this.#close(given);
      else this.#remember(given, events);
    };
    this.#notify(content, onAnswer)
      .then(() => events.shown())
      .catch(() => events.failed());
    return {
      close: () => {
        isClosed = true;
        if (id !== undefined && this.#onScreen.delete(id)) this.#close(id);
      },
    };
  }

  /** @param onAnswer called also when the answer is late: the notification is on screen after all */
  async #notify(content: NotificationContent, onAnswer: (id: number) => void): Promise<void> {
    if (!this.#daemon.isResponding()) throw new Error('the notification daemon does not respond');
    const { appName, desktopEntry } = this.#options;
    const capabilities = await this.#readCapabilities();
    const answer = this.#daemon.call<number>(
      notifyMessage(content, capabilities, appName, desktopEntry),
    );
    answer.then(onAnswer, () => {});
    await this.#daemon.inTime(answer);
  }

  #remember(id: number, events: NotificationEvents): void {
    this.#onScreen.set(id, events);
    for (const oldest of this.#onScreen.keys()) {
      if (this.#onScreen.size <= MAX_ON_SCREEN) return;
      this.#onScreen.delete(oldest);
    }
  }

  #readCapabilities(): Promise<ReadonlySet<string>> {
    const names = (): Promise<string[]> =>
      this.#daemon.inTime(this.#daemon.call<string[]>({ member: 'GetCapabilities' }));
    this.#capabilities ??= names().then((all) => new Set(all));
    const current = this.#capabilities;
    current.catch(() => {
      if (this.#capabilities === current) this.#capabilities = undefined;
    });
    return current;
  }

  #onSignal(member: string | undefined, id: number, detail: unknown): void {
    const events = this.#onScreen.get(id);
    if (member === 'ActionInvoked' && detail === 'default') events?.click();
    if (member === 'NotificationClosed' && this.#onScreen.delete(id)) events?.closed();
  }

  /** The daemon has exited, and its notifications with it; another one may have other capabilities. */
  #onGone(): void {
    this.#capabilities = undefined;
    const closed = [...this.#onScreen.values()];
    this.#onScreen.clear();
    for (const events of closed) events.closed();
  }

  #close(id: number): void {
    const message = { member: 'CloseNotification', signature: 'u', body: [id] };
    void this.#daemon.call({ ...message, flags: NO_REPLY_NO_START }).catch(() => {});
  }
}

interface NotificationDaemonOptions {
  readonly bus: SessionBus;
  readonly responseTimeoutMs: number;
  /** A signal about the notification `id`. */
  readonly onSignal: (member: string | undefined, id: number, detail: unknown) => void;
  /** Called when the daemon exits, or another one starts, or the connection is lost. */
  readonly onGone: () => void;
}

/** The notification daemon. */
class NotificationDaemon {
  readonly #options: NotificationDaemonOptions;
  /** Calls that the daemon should have answered by now. */
  #overdue = 0;

  constructor(options: NotificationDaemonOptions) {
    const { bus } = options;
    this.#options = options;
    bus.watch(`type='signal',sender='${DAEMON}',path='${OBJECT}',interface='${DAEMON}'`);
    bus.watch(
      `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${DAEMON}'`,
    );
    bus.on('signal', (message) => this.#onSignal(message));
    bus.on('closed', options.onGone);
  }

  isResponding(): boolean {
    return this.#overdue === 0;
  }

  call<T>(message: Message): Promise<T> {
    return this.#options.bus.call<T>({
      destination: DAEMON,
      path: OBJECT,
      interface: DAEMON,
      ...message,
    });
  }

  /** The answer, or a rejection after `responseTimeoutMs`; the call itself goes on. */
  async inTime<T>(answer: Promise<T>): Promise<T> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.#overdue++;
      const answered = (): void => void this.#overdue--;
      answer.then(answered, answered);
      reject(new Error('the notification daemon does not respond'));
    }, this.#options.responseTimeoutMs);
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #onSignal({ path, interface: of, member, body = [] }: Message): void {
    if (of === 'org.freedesktop.DBus' && member === 'NameOwnerChanged' && body[0] === DAEMON) {
      this.#options.onGone();
      return;
    }
    const [id, detail] = body;
    if (path !== OBJECT || of !== DAEMON || typeof id !== 'number') return;
    this.#options.onSignal(member, id, detail);
  }
}

function notifyMessage(
  { title, body, icon, silent, urgency }: NotificationContent,
  can: ReadonlySet<string>,
  appName: string,
  desktopEntry: string,
): Message {
  const hints = [
    ['desktop-entry', ['s', desktopEntry]],
    ['urgency', ['y', urgency === 'low' ? 0 : 1]],
    ['suppress-sound', ['b', silent]],
    ...(icon === undefined ? [] : [['image-data', ['(iiibiiay)', imageData(icon)]]]),
  ];
  return {
    member: 'Notify',
    signature: 'susssasa{sv}i',
    body: [
      appName,
      0,
      '',
      title,
      // Where the daemon reads a body as markup, the text is escaped.
      can.has('body-markup') ? escapeMarkup(body) : body,
      // Daemons without actions may show a dialog box for one.
      can.has('actions') ? ['default', ''] : [],
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
