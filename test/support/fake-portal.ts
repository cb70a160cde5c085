import dbus, { type Message, type MessageBus } from 'dbus-native';

const NAME = 'org.freedesktop.portal.Desktop';
const OBJECT = '/org/freedesktop/portal/desktop';
const SHORTCUTS = 'org.freedesktop.portal.GlobalShortcuts';

/** How a desktop answers a request for shortcuts. */
export type PortalBehavior =
  /** GNOME 48: asks the user, and answers 2 (failed) although it has bound them. */
  | 'gnome-48'
  /** KWin 6.3: binds without a question, and answers 0. */
  | 'kwin'
  /** The user pressed Cancel, or the app is unknown: 2, and no shortcuts. */
  | 'denied'
  /** Binds them without keys: the user is to choose some in the desktop's settings. */
  | 'without-keys'
  /** Takes calls, and never answers. */
  | 'silent'
  /** The dialog stays open. */
  | 'undecided';

export interface FakePortal {
  /** App ids that registered. */
  readonly registered: string[];
  /** Each request for shortcuts: ids and triggers. */
  readonly requests: (readonly (readonly [id: string, trigger: string])[])[];
  /** Object paths of the sessions that are open. */
  sessions(): readonly string[];
  /** How often the dialog for keys was opened. */
  configured: number;
  press(id: string): void;
  release(id: string): void;
  /** The user chose other keys in the desktop's settings. */
  assign(keys: Readonly<Record<string, string>>): void;
  /** Ends the app's session, as a compositor that restarts. */
  endSession(): void;
  quit(): Promise<void>;
}

export interface FakePortalOptions {
  readonly behavior: PortalBehavior;
  /** Of the interface: 2 has ConfigureShortcuts. */
  readonly version?: 1 | 2;
}

/** A desktop portal with global shortcuts, as real desktops behave. */
export async function startFakePortal(
  address: string,
  { behavior, version = 1 }: FakePortalOptions,
): Promise<FakePortal> {
  const bus: MessageBus = dbus.sessionBus({ busAddress: address });
  bus.connection.on('error', () => {});
  const sessions = new Set<string>();
  const portal: FakePortal = {
    registered: [],
    requests: [],
    sessions: () => [...sessions],
    configured: 0,
    press: (id) => emit('Activated', 'osta{sv}', [session(), id, 1n, []]),
    release: (id) => emit('Deactivated', 'osta{sv}', [session(), id, 2n, []]),
    assign: (keys) =>
      emit('ShortcutsChanged', 'oa(sa{sv})', [session(), described(Object.entries(keys))]),
    endSession() {
      const path = session();
      sessions.delete(path);
      bus.sendSignal(path, 'org.freedesktop.portal.Session', 'Closed', 'a{sv}', [[]]);
    },
    quit: () => bus.close(),
  };
  const session = (): string => [...sessions].at(-1) ?? '/';
  const emit = (member: string, signature: string, body: unknown[]): void =>
    bus.sendSignal(OBJECT, SHORTCUTS, member, signature, body);

  /** The path that the caller expects the response at. */
  const handleOf = ({ sender = '' }: Message, kind: string, token: string): string =>
    `${OBJECT}/${kind}/${sender.slice(1).replaceAll('.', '_')}/${token}`;
  const respond = (path: string, code: number, results: unknown[]): void => {
    // After the reply to the call.
    setImmediate(() =>
      bus.sendSignal(path, 'org.freedesktop.portal.Request', 'Response', 'ua{sv}', [code, results]),
    );
  };

  const methods = {
    CreateSession(options: Readonly<Record<string, string>>, message: Message) {
      if (behavior === 'silent') return new Promise(() => {});
      const handle = handleOf(message, 'session', options.session_handle_token ?? '');
      sessions.add(handle);
      bus.exportInterface({ Close: () => void sessions.delete(handle) }, handle, SESSION);
      const path = handleOf(message, 'request', options.handle_token ?? '');
      respond(path, 0, [['session_handle', ['s', handle]]]);
      return path;
    },
    BindShortcuts(
      _session: string,
      shortcuts: readonly (readonly [string, Readonly<Record<string, string>>])[],
      _window: string,
      options: Readonly<Record<string, string>>,
      message: Message,
    ) {
      const asked = shortcuts.map(([id, about]) => [id, about.preferred_trigger ?? ''] as const);
      portal.requests.push(asked);
      const path = handleOf(message, 'request', options.handle_token ?? '');
      if (behavior === 'undecided') return path;
      const keys = (trigger: string): string =>
        behavior === 'without-keys' ? '' : behavior === 'kwin' ? trigger : `Press ${gtk(trigger)}`;
      const bound = asked.map(([id, trigger]) => [id, keys(trigger)] as const);
      const shown = behavior === 'denied' ? [] : bound;
      respond(path, behavior === 'gnome-48' || behavior === 'denied' ? 2 : 0, [
        ['shortcuts', ['a(sa{sv})', described(shown)]],
      ]);
      return path;
    },
    ConfigureShortcuts() {
      portal.configured++;
      return null;
    },
  };
  bus.exportInterface({ ...methods, version }, OBJECT, {
    name: SHORTCUTS,
    methods: {
      CreateSession: ['a{sv}', 'o', [], ['handle']],
      BindShortcuts: ['oa(sa{sv})sa{sv}', 'o', [], ['handle']],
      ConfigureShortcuts: ['osa{sv}', '', [], []],
    },
    properties: { version: { type: 'u', access: 'read' } },
    signals: {},
  });
  bus.exportInterface(
    {
      Register(appId: string) {
        portal.registered.push(appId);
        return null;
      },
    },
    OBJECT,
    {
      name: 'org.freedesktop.host.portal.Registry',
      methods: { Register: ['sa{sv}', '', [], []] },
      signals: {},
    },
  );
  await bus.ownName(NAME);
  return portal;
}

const SESSION = {
  name: 'org.freedesktop.portal.Session',
  methods: { Close: ['', '', [], []] as [string, string, string[], string[]] },
  signals: {},
};

const described = (shortcuts: readonly (readonly [id: string, keys: string])[]): unknown[] =>
  shortcuts.map(([id, keys]) => [
    id,
    [
      ['description', ['s', id]],
      ['trigger_description', ['s', keys]],
    ],
  ]);

/** `CTRL+ALT+k` as GTK writes it. */
function gtk(trigger: string): string {
  const parts = trigger.split('+');
  const modifiers = parts.slice(0, -1).map((name) => `<${name[0]}${name.slice(1).toLowerCase()}>`);
  return [...modifiers, parts.at(-1)].join('');
}
