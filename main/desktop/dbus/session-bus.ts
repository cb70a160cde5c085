import { EventEmitter } from 'node:events';
import type { Message, MessageBus } from 'dbus-native';

/** Where the session bus listens, as libdbus finds it; `undefined` without a session. */
export function sessionBusAddress(
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { DBUS_SESSION_BUS_ADDRESS: given, XDG_RUNTIME_DIR: runtime } = env;
  return given || (runtime ? `unix:path=${runtime}/bus` : undefined);
}

interface SessionBusEvents {
  signal: [message: Message];
  /** The connection is lost: calls that are under way fail, and the next call opens another one. */
  closed: [];
}

/** The session bus, over a connection of our own that is opened when it is first needed. */
export class SessionBus extends EventEmitter<SessionBusEvents> {
  readonly #address: string | undefined;
  readonly #rules = new Set<string>();
  #bus: Promise<MessageBus> | undefined;

  /** @param address of the bus; `undefined` where there is none */
  constructor(address: string | undefined) {
    super();
    this.#address = address;
  }

  /** Has signals that this match rule fits emitted from now on, by later connections too. */
  watch(rule: string): void {
    if (this.#rules.has(rule)) return;
    this.#rules.add(rule);
    void this.#bus?.then((bus) => bus.addMatch(rule)).catch(() => {});
  }

  /**
   * The connection. Calls may be made on it at once, also before the bus has answered.
   * @throws where there is no session bus
   */
  open(): Promise<MessageBus> {
    if (this.#bus !== undefined) return this.#bus;
    const opening = this.#open();
    this.#bus = opening;
    opening.catch(() => {
      if (this.#bus === opening) this.#bus = undefined;
    });
    return opening;
  }

  /**
   * Calls a method.
   * @param timeoutMs the answer may take so long, in ms; 0: forever
   * @throws DBusError: the error that was answered, no answer in time, a lost connection
   */
  async call<T>(message: Message, timeoutMs = 0): Promise<T> {
    const bus = await this.open();
    return await bus.invoke<T>(message, { timeout: timeoutMs });
  }

  async close(): Promise<void> {
    const bus = await this.#bus?.catch(() => undefined);
    await bus?.close();
  }

  async #open(): Promise<MessageBus> {
    if (this.#address === undefined) throw new Error('there is no session bus');
    const { default: dbus } = await import('dbus-native');
    const bus = dbus.sessionBus({ busAddress: this.#address, timeout: 0 });
    bus.connection.on('error', () => {});
    // Other programs decide what arrives here: without a listener the process would end.
    bus.connection.on('handlerError', (error: Error) =>
      console.error("Can't handle a D-Bus message:", error.message),
    );
    bus.connection.on('close', () => {
      this.#bus = undefined;
      this.emit('closed');
    });
    bus.connection.on('message', (message: Message) => {
      if (message.type === dbus.messageType.signal) this.emit('signal', message);
    });
    for (const rule of this.#rules) void bus.addMatch(rule).catch(() => {});
    return bus;
  }
}
