import dbus, { type Message } from 'dbus-native';
import { afterEach, expect, test } from 'vitest';
import { serveApplication } from '../../main/desktop/dbus/application-service.ts';
import { SessionBus } from '../../main/desktop/dbus/session-bus.ts';
import { boundCommand, isInstalled } from '../../main/desktop/shortcuts/bound-command.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { waitFor } from '../support/desktop/wait-for.ts';

// The app on a real session bus, called by programs that behave, and by others.

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(address: string) {
  const done: unknown[] = [];
  const bus = new SessionBus(address);
  closers.push(() => bus.close());
  const hasName = await serveApplication(bus, {
    activate: () => done.push('activate'),
    open: (paths) => done.push(['open', paths]),
    action: (name) => done.push(['action', name]),
  });
  return { done, hasName };
}

async function setUp() {
  const daemon = await startSessionBus();
  closers.push(daemon.close);
  const { address } = daemon;
  const served = await serve(address);
  const client = dbus.sessionBus({ busAddress: address });
  closers.push(() => client.close());
  const call = async (message: Message): Promise<unknown> => {
    try {
      await client.invoke(
        {
          destination: 'app.linkify.tray',
          path: '/app/linkify/tray',
          interface: 'org.freedesktop.Application',
          ...message,
        },
        { timeout: 5_000 },
      );
      return 'done';
    } catch (error) {
      return (error as { dbusName?: string }).dbusName;
    }
  };
  return { ...served, address, call };
}

test('the app is activated, opens files and does its actions', async () => {
  const { call, done, hasName } = await setUp();
  expect(hasName).toBe(true);
  expect(await call({ member: 'Activate', signature: 'a{sv}', body: [[]] })).toBe('done');
  const uris = ['file:///home/me/a%20b.txt', 'file://localhost/tmp/x'];
  expect(await call({ member: 'Open', signature: 'asa{sv}', body: [uris, []] })).toBe('done');
  for (const name of ['share-clipboard', 'open', 'settings']) {
    const message = { member: 'ActivateAction', signature: 'sava{sv}', body: [name, [], []] };
    expect(await call(message)).toBe('done');
  }
  await waitFor('all of them', () => done.length === 5);
  expect(done).toEqual([
    'activate',
    ['open', ['/home/me/a b.txt', '/tmp/x']],
    ['action', 'share-clipboard'],
    ['action', 'open'],
    ['action', 'settings'],
  ]);
});

const INVALID = 'org.freedesktop.DBus.Error.InvalidArgs';
const UNKNOWN = 'org.freedesktop.DBus.Error.UnknownMethod';
const action = (body: unknown[]): Message => ({
  member: 'ActivateAction',
  signature: 'sava{sv}',
  body,
});
const open = (uris: unknown[]): Message => ({
  member: 'Open',
  signature: 'asa{sv}',
  body: [uris, []],
});

test('calls that make no sense get an error, and do nothing', async () => {
  const { call, done } = await setUp();
  const calls: readonly (readonly [Message, string])[] = [
    [action(['quit', [], []]), INVALID],
    [action(['__proto__', [], []]), INVALID],
    [action(['share-clipboard', [['s', 'x']], []]), INVALID],
    [{ member: 'ActivateAction', signature: 's', body: ['share-clipboard'] }, INVALID],
    [{ member: 'ActivateAction' }, INVALID],
    [{ member: 'Activate', signature: 's', body: ['now'] }, INVALID],
    [{ member: 'Open', signature: 'sa{sv}', body: ['file:///etc/passwd', []] }, INVALID],
    [open([]), INVALID],
    [open(['https://example.com/']), INVALID],
    [open(['file://elsewhere.example/x']), INVALID],
    [open(['file:///a%2Fb']), INVALID],
    [open(['relative']), INVALID],
    [open(['/etc/passwd', 'file:///tmp/x%00']), INVALID],
    [{ member: 'Quit' }, UNKNOWN],
    [{ member: 'constructor' }, UNKNOWN],
    [{ member: 'toString' }, UNKNOWN],
    [{ member: 'Activate', path: '/app/linkify', signature: 'a{sv}', body: [[]] }, UNKNOWN],
  ];
  for (const [message, error] of calls)
    expect([message, await call(message)]).toEqual([message, error]);
  // Of the bus object's own interfaces; that one gets no answer must not end the app.
  await Promise.all(
    ['Get', 'GetAll', 'Set'].map((member) =>
      call({ interface: 'org.freedesktop.DBus.Properties', member, flags: 1 }),
    ),
  );
  expect(await call({ member: 'Activate', signature: 'a{sv}', body: [[]] })).toBe('done');
  await waitFor('the activation', () => done.length > 0);
  expect(done).toEqual(['activate']);
});

test('a second process goes on without the name', async () => {
  const { address, call, done } = await setUp();
  const second = await serve(address);
  expect(second.hasName).toBe(false);
  await call({ member: 'Activate', signature: 'a{sv}', body: [[]] });
  await waitFor('the activation', () => done.length === 1);
  expect(second.done).toEqual([]);
});

test('without a bus there is no name, and no error', async () => {
  const bus = new SessionBus(undefined);
  const handlers = { activate() {}, open() {}, action() {} };
  expect(await serveApplication(bus, handlers)).toBe(false);
});

test.skipIf(!isInstalled('gapplication'))('the bound command reaches the app', async () => {
  const { address, done } = await setUp();
  const run = (command: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address };
      import('node:child_process').then(({ execFile }) =>
        execFile('sh', ['-c', command], { env }, (error, out) =>
          error ? reject(error) : resolve(out),
        ),
      );
    });
  expect(await run(boundCommand('echo started', true))).not.toContain('started');
  await waitFor('the action', () => done.length === 1);
  expect(done).toEqual([['action', 'share-clipboard']]);
});
