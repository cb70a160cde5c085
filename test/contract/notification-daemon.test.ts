import dbus, { type MessageBus } from 'dbus-native';
import { afterEach, describe, expect, test } from 'vitest';
import { SessionBus as Bus, sessionBusAddress } from '../../main/desktop/dbus/session-bus.ts';
import { DBusDisplay } from '../../main/desktop/notifications/dbus-display.ts';
import type {
  DisplayedNotification,
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
    readonly replaces: number;
    readonly hints: Readonly<Record<string, unknown>>;
  }[];
  readonly closed: number[];
  /** Calls wait for this before they are answered. */
  hold: Promise<unknown>;
  /** Whether it shows a second notification in place of a replaced one. */
  ignoresReplaces: boolean;
  press(id: number, key: string): void;
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
    ignoresReplaces: false,
    press: (id, key) => bus.sendSignal(PATH, NAME, 'ActionInvoked', 'us', [id, key]),
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
      replaces: number,
      _icon: string,
      summary: string,
      body: string,
      actions: string[],
      hints: Readonly<Record<string, unknown>>,
    ) {
      await daemon.hold;
      const id = daemon.notified.push({ summary, body, actions, replaces, hints });
      return replaces === 0 || daemon.ignoresReplaces ? id : replaces;
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

const content = (title: string, more: Partial<NotificationContent> = {}): NotificationContent => ({
  title,
  body: 'plain',
  silent: false,
  urgency: 'normal',
  buttons: ['Undo', 'Options'],
  ...more,
});

/** A display, and everything that it says of each notification. */
function displayOn(address: string | undefined, responseTimeoutMs = 300) {
  const display = new DBusDisplay({
    appName: 'Linkify Tray',
    desktopEntry: 'app.linkify.tray',
    bus: new Bus(address),
    responseTimeoutMs,
  });
  const heard: string[] = [];
  const eventsOf = (title: string): NotificationEvents => {
    const note = (what: string) => () => void heard.push(`${title}: ${what}`);
    return {
      click: note('click'),
      button: (index) => void heard.push(`${title}: button ${index}`),
      closed: note('closed'),
      shown: note('shown'),
      failed: note('failed'),
    };
  };
  const show = (title: string, more?: Partial<NotificationContent>) =>
    display.show(content(title, more), eventsOf(title));
  const replace = (before: DisplayedNotification, title: string) =>
    before.replace(content(title), eventsOf(title));
  const hears = (what: string) => waitFor(`"${what}"`, () => heard.includes(what));
  return { show, replace, heard, hears };
}

test('a notification is shown, clicked and closed', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus);
  const { show, hears } = displayOn(bus.address);
  show('one', { body: '<b>&</b>' });
  await hears('one: shown');
  expect(daemon.notified[0]).toMatchObject({ summary: 'one', body: '&lt;b&gt;&amp;&lt;/b&gt;' });
  daemon.press(1, 'default');
  await hears('one: click');
  show('two');
  await hears('two: shown');
  daemon.dismiss(2);
  await hears('two: closed');
  show('three').close();
  await waitFor('it to be taken away', () => daemon.closed.includes(3));
});

test('its buttons are actions, and a press is told to the one that has the button', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus);
  const { show, heard, hears } = displayOn(bus.address);
  show('one');
  show('two');
  await hears('two: shown');
  expect(daemon.notified[0]?.actions).toEqual([
    ...['default', 'Linkify Tray'],
    ...['0', 'Undo', '1', 'Options'],
  ]);
  daemon.press(2, '1');
  await hears('two: button 1');
  daemon.press(1, '0');
  await hears('one: button 0');
  // Also by a daemon that would have left it on screen; a second press does nothing.
  await waitFor('both to leave the screen', () => daemon.closed.length === 2);
  expect(daemon.closed).toEqual([2, 1]);
  daemon.press(1, '0');
  show('three');
  await hears('three: shown');
  expect(heard.filter((what) => what === 'one: button 0')).toHaveLength(1);
});

test('another program on the bus presses no button', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus);
  const { show, heard, hears } = displayOn(bus.address);
  show('one');
  await hears('one: shown');
  const other: MessageBus = dbus.sessionBus({ busAddress: bus.address });
  closers.push(() => other.close());
  const names = await other.invoke<string[]>({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'ListNames',
  });
  // Sent to each connection directly: no match rule of ours keeps it away.
  const connections = names.filter((name) => name.startsWith(':'));
  for (const [index, destination] of connections.entries()) {
    other.connection.message({
      type: dbus.messageType.signal,
      serial: 1_000 + index,
      destination,
      path: PATH,
      interface: NAME,
      member: 'ActionInvoked',
      signature: 'us',
      body: [1, '0'],
    });
  }
  await other.invoke({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'GetId',
  });
  daemon.press(1, '1');
  await hears('one: button 1');
  expect(heard).not.toContain('one: button 0');
});

test('a later one takes the place of the earlier one on screen', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus);
  const { show, replace, heard, hears } = displayOn(bus.address);
  const one = show('one');
  await hears('one: shown');
  const two = replace(one, 'two');
  await hears('two: shown');
  expect(daemon.notified.map(({ replaces }) => replaces)).toEqual([0, 1]);
  expect(daemon.closed).toEqual([]);
  daemon.press(1, '0');
  await hears('two: button 0');
  expect(heard).not.toContain('one: button 0');
  // It has left the screen: there is nothing to replace.
  replace(two, 'three');
  await hears('three: shown');
  expect(daemon.notified[2]?.replaces).toBe(0);
});

test('one is closed where the daemon shows another instead of replacing it', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus);
  daemon.ignoresReplaces = true;
  const { show, replace, hears } = displayOn(bus.address);
  const one = show('one');
  await hears('one: shown');
  replace(one, 'two');
  await waitFor('the first to be taken away', () => daemon.closed.includes(1));
  daemon.press(2, '0');
  await hears('two: button 0');
});

test('only what the user did not ask for stays out of the list of past notifications', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus, ['body', 'persistence']);
  const { show, hears } = displayOn(bus.address);
  show('kept');
  show('passing', { urgency: 'low' });
  await hears('passing: shown');
  expect(daemon.notified[0]?.hints).not.toHaveProperty('transient');
  expect(daemon.notified[1]?.hints).toHaveProperty('transient');
});

test('a daemon without actions and markup gets neither', async () => {
  const bus = await sessionBus();
  const daemon = await startDaemon(bus, ['body']);
  const { show, hears } = displayOn(bus.address);
  show('plain', { body: 'a < b & c' });
  await hears('plain: shown');
  expect(daemon.notified[0]).toMatchObject({ summary: 'plain', body: 'a < b & c', actions: [] });
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
  daemon.press(2, 'default');
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
  test('at once, with a bus that has no daemon to start', async () => {
    const { address } = await sessionBus();
    const { show, hears } = displayOn(address, 600_000);
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
