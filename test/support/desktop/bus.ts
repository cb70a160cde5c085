import dbus, { type Message } from 'dbus-native';

/** One method call. */
export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

export interface Bus {
  call(call: Call, limitMs?: number): Promise<readonly unknown[]>;
  property(
    item: Omit<Call, 'member' | 'signature' | 'body' | 'interface'>,
    of: string,
    name: string,
  ): Promise<unknown>;
  hasOwner(name: string): Promise<boolean>;
  /** The unique name of the program that has this name. @throws Error where none has */
  owner(name: string): Promise<string>;
  close(): void;
}

const DBUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

export function connectBus(address: string): Bus {
  const bus = dbus.sessionBus({ busAddress: address, variants: 'wrap' });
  bus.connection.on('error', () => {});

  const call: Bus['call'] = (request, timeout = 5_000) =>
    new Promise((resolve, reject) => {
      bus.invoke(
        { ...request, body: [...(request.body ?? [])] },
        { timeout },
        (error, ...values) => (error ? reject(error) : resolve(values)),
      );
    });

  return {
    call,
    async property(item, of, name) {
      const [value] = await call({
        ...item,
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        signature: 'ss',
        body: [of, name],
      });
      return dbus.variantValue(value);
    },
    async hasOwner(name) {
      const [owned] = await call({ ...DBUS, member: 'NameHasOwner', signature: 's', body: [name] });
      return owned === true;
    },
    async owner(name) {
      const [owner] = await call({ ...DBUS, member: 'GetNameOwner', signature: 's', body: [name] });
      return String(owner);
    },
    close: () => void bus.close(),
  };
}

/** Sees the calls that reach `member` on the bus, and the answers to them. */
export async function monitorBus(
  address: string,
  rules: readonly string[],
  onMessage: (message: Message) => void,
): Promise<() => void> {
  // The bare connection: a monitor may not answer, as a bus object would.
  const connection = dbus.createConnection({ busAddress: address });
  connection.on('error', () => {});
  const ask = (serial: number, message: Message): Promise<void> =>
    new Promise((resolve, reject) => {
      connection.on('message', ({ type, replySerial }: Message) => {
        if (replySerial !== serial) return;
        if (type === dbus.messageType.methodReturn) resolve();
        else reject(new Error(`${message.member} was refused`));
      });
      connection.message({ ...DBUS, type: dbus.messageType.methodCall, serial, ...message });
    });
  await ask(1, { member: 'Hello' });
  await ask(2, {
    interface: 'org.freedesktop.DBus.Monitoring',
    member: 'BecomeMonitor',
    signature: 'asu',
    body: [rules, 0],
  });
  connection.on('message', onMessage);
  return () => void connection.end();
}
