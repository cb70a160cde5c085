import { type Message, type MessageBus, Message as NewMessage, sessionBus } from 'dbus-next';

/** One method call. dbus-next's proxies do not work with Electron's tray item, plain messages do. */
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
  close(): void;
}

const DBUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

export function connectBus(address: string): Bus {
  const bus = sessionBus({ busAddress: address });
  bus.on('error', () => {});

  const call: Bus['call'] = async (request, limitMs = 5_000) => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new Error(`${request.interface}.${request.member} did not answer`));
    }, limitMs);
    try {
      const answer = await Promise.race([bus.call(toMessage(request)), late]);
      return answer?.body ?? [];
    } finally {
      clearTimeout(timer);
    }
  };

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
      return (value as { value: unknown }).value;
    },
    async hasOwner(name) {
      const [owned] = await call({ ...DBUS, member: 'NameHasOwner', signature: 's', body: [name] });
      return owned === true;
    },
    close: () => bus.disconnect(),
  };
}

/** Sees the calls that reach `member` on the bus, and the answers to them. */
export async function monitorBus(
  address: string,
  rules: readonly string[],
  onMessage: (message: Message) => void,
): Promise<() => void> {
  const bus: MessageBus = sessionBus({ busAddress: address });
  bus.on('error', () => {});
  // A monitor may not answer: say that every call was taken care of.
  bus.addMethodHandler(() => true);
  await bus.call(
    toMessage({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus.Monitoring',
      member: 'BecomeMonitor',
      signature: 'asu',
      body: [rules, 0],
    }),
  );
  bus.on('message', onMessage);
  return () => bus.disconnect();
}

function toMessage(call: Call): Message {
  return new NewMessage({
    destination: call.destination,
    path: call.path,
    interface: call.interface,
    member: call.member,
    ...(call.signature === undefined ? {} : { signature: call.signature }),
    ...(call.body === undefined ? {} : { body: [...call.body] }),
  });
}
