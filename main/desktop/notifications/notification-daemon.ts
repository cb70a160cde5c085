import type { Message } from 'dbus-native';
import type { SessionBus } from '../dbus/session-bus.ts';

const DAEMON = 'org.freedesktop.Notifications';
const OBJECT = '/org/freedesktop/Notifications';

const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

export interface NotificationDaemonOptions {
  readonly bus: SessionBus;
  /** How long it may take to respond, in ms. */
  readonly responseTimeoutMs: number;
  /** A signal about the notification `id`. */
  readonly onSignal: (member: string | undefined, id: number, detail: unknown) => void;
  /** Called when the daemon exits, or another one starts, or the connection is lost. */
  readonly onGone: () => void;
}

/** The notification daemon of a Linux desktop, over the session bus. */
export class NotificationDaemon {
  readonly #options: NotificationDaemonOptions;
  /** Calls that should have been answered by now. */
  #overdue = 0;
  /** Its name on the bus, as the bus gave it; empty while it is unknown. */
  #owner = '';
  #capabilities: Promise<ReadonlySet<string>> | undefined;

  constructor(options: NotificationDaemonOptions) {
    const { bus } = options;
    this.#options = options;
    bus.watch(`type='signal',sender='${DAEMON}',path='${OBJECT}',interface='${DAEMON}'`);
    bus.watch(
      `type='signal',sender='${BUS.destination}',member='NameOwnerChanged',arg0='${DAEMON}'`,
    );
    bus.on('signal', (message) => this.#onSignal(message));
    bus.on('closed', () => this.#gone(''));
  }

  /** Whether it owes no answer: what doesn't respond is asked nothing more. */
  isResponding(): boolean {
    return this.#overdue === 0;
  }

  /**
   * What it can do; asked once for each daemon.
   * @throws at once where no daemon runs and the bus has none to start; in time where one is stuck
   */
  capabilities(): Promise<ReadonlySet<string>> {
    this.#capabilities ??= this.#readCapabilities();
    const current = this.#capabilities;
    current.catch(() => {
      if (this.#capabilities === current) this.#capabilities = undefined;
    });
    return current;
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

  async #readCapabilities(): Promise<ReadonlySet<string>> {
    this.#owner = await this.inTime(this.#findOwner());
    return new Set(await this.inTime(this.call<string[]>({ member: 'GetCapabilities' })));
  }

  /** Its name on the bus; one that isn't running is started, where the bus knows how. */
  async #findOwner(): Promise<string> {
    const { bus } = this.#options;
    const getOwner = { ...BUS, member: 'GetNameOwner', signature: 's', body: [DAEMON] };
    try {
      return await bus.call<string>(getOwner);
    } catch {
      await bus.call({ ...BUS, member: 'StartServiceByName', signature: 'su', body: [DAEMON, 0] });
      return await bus.call<string>(getOwner);
    }
  }

  #onSignal({ sender, path, interface: of, member, body = [] }: Message): void {
    if (sender === BUS.destination && member === 'NameOwnerChanged' && body[0] === DAEMON) {
      this.#gone(typeof body[2] === 'string' ? body[2] : '');
      return;
    }
    const [id, detail] = body;
    if (path !== OBJECT || of !== DAEMON || typeof id !== 'number') return;
    // Any program may send us a signal directly: only the daemon presses buttons.
    if (sender === this.#owner) this.#options.onSignal(member, id, detail);
  }

  /** Another daemon may have other capabilities. @param owner its name on the bus; empty: there is none */
  #gone(owner: string): void {
    this.#owner = owner;
    this.#capabilities = undefined;
    this.#options.onGone();
  }
}
