import type { Message, MessageBus } from 'dbus-native';
import type { NativeImage } from 'electron';
import type { NotificationContent, NotificationDisplay, NotificationEvents } from './display.ts';

const DAEMON = 'org.freedesktop.Notifications';
const OBJECT = '/org/freedesktop/Notifications';

/** A daemon that is well answers within milliseconds; one that the bus must start first, within 2 s. */
const RESPONDS_WITHIN_MS = 3_000;

/** No reply is wanted, and no daemon is started for it (D-Bus specification, message flags). */
const NO_REPLY_NO_START = 0x1 | 0x2;

export interface DBusDisplayOptions {
  readonly appName: string;
  /** Name of the app's desktop file, without `.desktop`: the daemon takes the icon from it. */
  readonly desktopEntry: string;
  /** Address of the session bus; `undefined` where there is none. */
  readonly address: string | undefined;
  /** How long the daemon may take to respond, in ms. */
  readonly respondsWithinMs?: number;
}

/** Where the session bus listens, as libdbus finds it; `undefined` without a session. */
export function sessionBusAddress(
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { DBUS_SESSION_BUS_ADDRESS: given, XDG_RUNTIME_DIR: runtime } = env;
  return given || (runtime ? `unix:path=${runtime}/bus` : undefined);
}

/**
 * Notifications of Linux desktops (Desktop Notifications Specification 1.2), over a bus connection of
 * our own. Electron asks the daemon synchronously: one that doesn't respond stops the whole app for
 * 25 s a notification. Here nothing waits: a daemon that hasn't responded in time gets no further
 * notification until it does.
 */
export function createDBusDisplay(deps: DBusDisplayOptions): NotificationDisplay {
  const { appName, desktopEntry, address, respondsWithinMs = RESPONDS_WITHIN_MS } = deps;
  const onScreen = new Map<number, NotificationEvents>();
  let opened: Promise<MessageBus> | undefined;
  let asked: Promise<ReadonlySet<string>> | undefined;
  /** Calls that the daemon should have answered by now. */
  let overdue = 0;

  const forgetDaemon = (): void => {
    asked = undefined;
    const closed = [...onScreen.values()];
    onScreen.clear();
    for (const events of closed) events.closed();
  };

  const onSignal = ({ path, interface: of, member, body = [] }: Message): void => {
    if (of === 'org.freedesktop.DBus' && member === 'NameOwnerChanged' && body[0] === DAEMON) {
      forgetDaemon();
      return;
    }
    const [id] = body;
    if (path !== OBJECT || of !== DAEMON || typeof id !== 'number') return;
    const events = onScreen.get(id);
    if (member === 'ActionInvoked' && body[1] === 'default') events?.click();
    if (member === 'NotificationClosed' && onScreen.delete(id)) events?.closed();
  };

  const open = async (): Promise<MessageBus> => {
    if (address === undefined) throw new Error('there is no session bus');
    const { default: dbus } = await import('dbus-native');
    const bus = dbus.sessionBus({ busAddress: address, timeout: 0 });
    // A lost connection fails the calls that are under way; the next notification opens another.
    bus.connection.on('error', () => {});
    bus.connection.on('close', () => {
      opened = undefined;
      forgetDaemon();
    });
    bus.connection.on('message', (message: Message) => {
      if (message.type === dbus.messageType.signal) onSignal(message);
    });
    const match = (rule: string): void => void bus.addMatch(rule).catch(() => {});
    match(`type='signal',sender='${DAEMON}',path='${OBJECT}',interface='${DAEMON}'`);
    match(`type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${DAEMON}'`);
    return bus;
  };

  const call = async <T>(message: Message): Promise<T> => {
    opened ??= open();
    const mine = opened;
    const bus = await mine.catch((error: unknown) => {
      if (opened === mine) opened = undefined;
      throw error;
    });
    return await bus.invoke<T>({
      destination: DAEMON,
      path: OBJECT,
      interface: DAEMON,
      ...message,
    });
  };

  /** The answer, or a rejection after `respondsWithinMs`; the call itself goes on. */
  const inTime = async <T>(answer: Promise<T>): Promise<T> => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      overdue++;
      const answered = (): void => void overdue--;
      answer.then(answered, answered);
      reject(new Error('the notification daemon does not respond'));
    }, respondsWithinMs);
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  };

  const capabilities = (): Promise<ReadonlySet<string>> => {
    asked ??= inTime(call<string[]>({ member: 'GetCapabilities' })).then((names) => new Set(names));
    const mine = asked;
    mine.catch(() => {
      if (asked === mine) asked = undefined;
    });
    return mine;
  };

  const close = (id: number): void => {
    const message = { member: 'CloseNotification', signature: 'u', body: [id] };
    void call({ ...message, flags: NO_REPLY_NO_START }).catch(() => {});
  };

  return {
    show(content, events) {
      let id: number | undefined;
      let isClosed = false;
      const show = async (): Promise<void> => {
        if (overdue > 0) throw new Error('the notification daemon does not respond');
        const can = await capabilities();
        const answer = call<number>(notifyMessage(content, can, appName, desktopEntry));
        // Also one that comes too late: then it is on screen after all, and can be clicked.
        answer.then(
          (given) => {
            id = given;
            if (isClosed) close(given);
            else onScreen.set(given, events);
          },
          () => {},
        );
        await inTime(answer);
        events.shown();
      };
      show().catch(() => events.failed());
      return {
        close() {
          isClosed = true;
          if (id !== undefined && onScreen.delete(id)) close(id);
        },
      };
    },
  };
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
      // Where a body is markup, someone's text must not be.
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
