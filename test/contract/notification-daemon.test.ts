import dbus, { type MessageBus } from 'dbus-native';
import { afterEach, describe, expect, test } from 'vitest';
import { SessionBus as Bus, sessionBusAddress } from '../../main/desktop/dbus/session-bus.ts';
import { DBusDisplay } from '../../main/desktop/notifications/dbus-display.ts';
import type {
  NotificationContent,
  NotificationEvents,
} from '../../main/desktop/notifications/display.ts';
import { type SessionBus, startSessionBus } from '../support/desktop/session-bus.ts';
import { waitFor } from '../support/desktop/wait-for.ts';

// Notifications over a real session bus, to daemons that behave in all the ways that daemons do.

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function sessionBus(activatable?: string): Promise<SessionBus> {
  const bus = await startSessionBus(activatable);
  closers.push(bus.close);
  return bus;
}

interface Daemon {
  readonly notified: {
    readonly summary: string;
    readonly body: string;
    readonly actions: string[];
  }[];
  readonly closed: number[];
  /** Calls wait for this before they are answered. */
  hold: Promise<unknown>;
  click(id: number): void;
  dismiss(id: number): void;
  quit(): Promise<void>;
}

async function startDaemon(
  { address }: SessionBus,
  capabilities: readonly string[] = ['actions', 'body', 'body-markup'],
): Promise<Daemon> {
  const bus: MessageBus = dbus.sessionBus({ busAddress: address });
  bus.connection.on('error', () => {});
  const daemon: Daemon = {
    notified: [],
    closed: [],
    hold: Promise.resolve(),
    click: (id) => bus.sendSignal(PATH, NAME, 'ActionInvoked', 'us', [id, 'default']),
    dismiss: (id) => bus.sendSignal(PATH, NAME, 'NotificationClosed', 'uu', [id, 2]),
    quit: () => bus.close(),
  };
  const implementation = {
    async GetCapabilities() {
      await daemon.hold;
      return capabilities;
    },
    async Notify(
      _app: string,
      _replaces: number,
      _icon: string,
      summary: string,
      body: string,
      actions: string[],
    ) {
      await daemon.hold;
      return daemon.notified.push({ summary, body, actions });
    },
    CloseNotification(id: number) {
      daemon.closed.push(id);
    },
  };
  bus.exportInterface(implementation, PATH, {
    name: NAME,
    methods: {
      GetCapabilities: ['', 'as', [], ['capabilities']],
      Notify: ['susssasa{sv}i', 'u', [], ['id']],
      CloseNotification: ['u', '', ['id'], []],
    },
    signals: {},
  });
  await bus.ownName(NAME);
  closers.push(() => bus.close());
  return daemon;
}

const content = (title: string, body = 'plain'): NotificationContent => ({
  title,
  body,
  silent: false,
  urgency: 'normal',
  buttons: ['Undo'],
});

/** A display, and everything that it says of each notification. */
function displayOn(address: string | undefined) {
  const display = new DBusDisplay({
    appName: 'Linkify Tray',
    desktopEntry: 'app.linkify.tray',
    bus: new Bus(address),
    responseTimeoutMs: 300,
  });
  const heard: string[] = [];
  const show = (title: string, body?: string) => {
    const note = (what: string) => () => void heard.push(`${title}: ${what}`);
    const events: NotificationEvents = {
      click: note('click'),
      button: note('button'),
      closed: note('closed'),
      shown: note('shown'),
      failed: note('failed'),
    };
    return display.show(content(title, body), events);
  };
  const hears = (what: string) => waitFor(`"${what}"`, () => heard.includes(what));
  return { show, heard, hears };
}

test('a notification is shown, clicked and closed', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus);
  const { show, hears } = displayOn(bus.address);
  show('one', '<b>&</b>');
  await hears('one: shown');
  expect(daemon.notified[0]).toMatchObject({ summary: 'one', body: '&lt;b&gt;&amp;&lt;/b&gt;' });
  expect(daemon.notified[0]?.actions[0]).toBe('default');
  daemon.click(1);
  await hears('one: click');
  daemon.dismiss(1);
  await hears('one: closed');
  show('two').close();
  await waitFor('it to be taken away', () => daemon.closed.includes(2));
});

test('a daemon without actions and markup gets neither', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus, ['body']);
  const { show, hears } = displayOn(bus.address);
  show('plain', 'a < b & c');
  await hears('plain: shown');
  expect(daemon.notified[0]).toEqual({ summary: 'plain', body: 'a < b & c', actions: [] });
});

test('a daemon that does not respond is reported, asked nothing more, and used again later', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus);
  const { show, heard, hears } = displayOn(bus.address);
  show('before');
  await hears('before: shown');
  let respond: (value?: unknown) => void = () => {};
  daemon.hold = new Promise((resolve) => {
    respond = resolve;
  });
  show('first');
  await hears('first: failed');
  for (let i = 0; i < 20; i++) show(`more ${i}`);
  await hears('more 19: failed');
  respond();
  await waitFor('the first one on screen', () => daemon.notified.length === 2);
  show('after');
  await hears('after: shown');
  expect(daemon.notified.map(({ summary }) => summary)).toEqual(['before', 'first', 'after']);
  // It came late, and can still be clicked.
  daemon.click(2);
  await hears('first: click');
  expect(heard).not.toContain('first: shown');
});

test('one that was withdrawn while the daemon did not respond leaves the screen at once', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus);
  const { show, hears } = displayOn(bus.address);
  show('before');
  await hears('before: shown');
  let respond: (value?: unknown) => void = () => {};
  daemon.hold = new Promise((resolve) => {
    respond = resolve;
  });
  const late = show('late');
  await hears('late: failed');
  late.close();
  respond();
  await waitFor('it to be taken away', () => daemon.closed.includes(2));
});

test('a daemon that dies and another that takes its place: both are noticed', async () => {
  const bus = await sessionBus();
  const first = await startDaemon(bus);
  const { show, hears } = displayOn(bus.address);
  show('one');
  await hears('one: shown');
  first.hold = new Promise(() => {});
  show('two');
  await first.quit();
  await hears('two: failed');
  await hears('one: closed');
  const second = await startDaemon(bus, ['body']);
  show('three');
  await hears('three: shown');
  expect(second.notified[0]?.actions).toEqual([]);
});

describe('a notification that can not be shown is reported', () => {
  test('without a session bus', async () => {
    const { show, hears } = displayOn(undefined);
    show('one');
    await hears('one: failed');
  });
  test('with an address where no bus listens', async () => {
    const { show, hears } = displayOn('unix:path=/nonexistent/bus');
    show('one');
    await hears('one: failed');
    show('two');
    await hears('two: failed');
  });
  test('with a bus and no daemon', async () => {
    const { address } = await sessionBus();
    const { show, hears } = displayOn(address);
    show('one');
    await hears('one: failed');
  });
  test('with a daemon that the bus starts and that never takes its name', async () => {
    const { address } = await sessionBus(NAME);
    const { show, hears } = displayOn(address);
    show('one');
    await hears('one: failed');
    show('two');
    await hears('two: failed');
  });
  test('with a bus that stands still itself', async () => {
    const bus = await sessionBus();
    bus.daemon.kill('SIGSTOP');
    const { show, hears } = displayOn(bus.address);
    show('one');
    await hears('one: failed');
  });
  test('with a bus that ends, and starts again somewhere else', async () => {
    const bus = await sessionBus();
    await startDaemon(bus);
    const { show, hears } = displayOn(bus.address);
    show('one');
    await hears('one: shown');
    await bus.close();
    await hears('one: closed');
    show('two');
    await hears('two: failed');
  });
});

test('the session bus is found as other programs find it', () => {
  const given = 'unix:path=/tmp/somewhere';
  expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: given, XDG_RUNTIME_DIR: '/run' })).toBe(
    given,
  );
  expect(sessionBusAddress({ XDG_RUNTIME_DIR: '/run/user/1' })).toBe('unix:path=/run/user/1/bus');
  expect(sessionBusAddress({})).toBeUndefined();
});
