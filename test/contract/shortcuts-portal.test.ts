import { afterEach, describe, expect, test } from 'vitest';
import { SessionBus } from '../../main/desktop/dbus/session-bus.ts';
import { DesktopShortcuts } from '../../main/desktop/shortcuts/desktop-shortcuts.ts';
import { ShortcutsPortal } from '../../main/desktop/shortcuts/portal.ts';
import { Failures } from '../../main/failures/failures.ts';
import { Shortcuts } from '../../main/shortcuts/shortcuts.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import {
  type FakePortal,
  type FakePortalOptions,
  type PortalBehavior,
  startFakePortal,
} from '../support/fake-portal.ts';

// Global shortcuts of a Wayland desktop, over a real session bus, with portals that behave as those of
// real desktops do.

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const KEYS = {
  shareShortcut: 'CommandOrControl+Alt+Shift+K',
  windowShortcut: 'CommandOrControl+Alt+Shift+O',
  shareRecentShortcut: '',
  revokeLastShortcut: '',
  restoreClipboardShortcut: '',
};

interface SetUp {
  readonly address: string;
  readonly shortcuts: Shortcuts;
  readonly ran: string[];
  readonly released: string[];
  readonly faults: unknown[];
  /** Any clock, in ms. */
  nowMs: number;
  /** Waits for a state of the shortcut that shares. */
  has(state: string): Promise<unknown>;
  startPortal(options: FakePortalOptions): Promise<FakePortal>;
}

async function setUp(): Promise<SetUp> {
  const daemon = await startSessionBus();
  closers.push(daemon.close);
  const { address } = daemon;
  const bus = new SessionBus(address);
  closers.push(() => bus.close());
  const failures = new Failures(Date.now);
  const made: SetUp = {
    address,
    ran: [],
    released: [],
    faults: [],
    nowMs: 0,
    shortcuts: new Shortcuts({
      source: new DesktopShortcuts({
        // A busy machine takes its time to answer.
        portal: new ShortcutsPortal({ bus, appId: 'app.linkify.tray', timeoutMs: 2_000 }),
        desktop: 'kde',
        prepare() {},
        describe: (name) => name,
        shareCommand: 'linkify-tray --share-clipboard',
        hasGapplication: false,
        onPress: (name) => made.shortcuts.pressed(name),
        onRelease: (name) => made.released.push(name),
        now: () => made.nowMs,
      }),
      failures,
      platform: 'linux',
      command: undefined,
    }),
    has: (state) =>
      waitFor(`the shortcut to be ${state}`, () => made.shortcuts.view().shortcut.state === state),
    async startPortal(options) {
      const portal = await startFakePortal(address, options);
      closers.push(() => portal.quit());
      return portal;
    },
  };
  made.shortcuts.on('pressed', (name) => made.ran.push(name));
  failures.on('reported', ({ fault }) => made.faults.push(fault));
  return made;
}

test.each<PortalBehavior>(['gnome-48', 'kwin'])(
  '%s: all are bound in one request',
  async (behavior) => {
    const { has, ran, released, shortcuts, startPortal } = await setUp();
    const portal = await startPortal({ behavior });
    shortcuts.apply(KEYS);
    expect(shortcuts.view().shortcut.state).toBe('pending');
    await has('active');
    expect(portal.registered).toEqual(['app.linkify.tray']);
    expect(portal.requests).toEqual([
      [
        ['share', 'CTRL+ALT+SHIFT+k'],
        ['openWindow', 'CTRL+ALT+SHIFT+o'],
      ],
    ]);
    expect(shortcuts.view()).toMatchObject({
      shortcut: { accelerator: KEYS.shareShortcut, state: 'active' },
      shortcutSupport: { kind: 'portal', canChoose: false },
    });
    expect(shortcuts.view().shortcut.keys).toBeUndefined();
    portal.press('openWindow');
    await waitFor('the press', () => ran.includes('openWindow'));
    portal.press('somethingElse');
    portal.press('share');
    await waitFor('the press', () => ran.includes('share'));
    expect(ran).toEqual(['openWindow', 'share']);
    portal.release('share');
    await waitFor('the release', () => released.includes('share'));
  },
);

test('keys that the desktop chose are shown, also when they change later', async () => {
  const { has, shortcuts, startPortal } = await setUp();
  const portal = await startPortal({ behavior: 'kwin' });
  shortcuts.apply(KEYS);
  await has('active');
  portal.assign({ share: 'Meta+K', openWindow: 'Ctrl+Alt+Shift+O' });
  await waitFor('the keys', () => shortcuts.view().shortcut.keys === 'Super+K');
  expect(shortcuts.view().shortcutStates?.windowShortcut).toEqual({ state: 'active' });
  portal.assign({ openWindow: 'Ctrl+Alt+Shift+O' });
  await has('denied');
});

test.each<PortalBehavior>(['denied', 'without-keys'])(
  '%s is reported as such',
  async (behavior) => {
    const { faults, has, shortcuts, startPortal } = await setUp();
    const portal = await startPortal({ behavior });
    shortcuts.apply(KEYS);
    await has('denied');
    expect(faults).toEqual([{ kind: 'shortcut-denied', accelerator: KEYS.shareShortcut }]);
    // Its button asks again.
    expect(await shortcuts.setUp('choose')).toBeUndefined();
    await waitFor('another request', () => portal.requests.length === 2);
    await has('denied');
    expect(faults).toHaveLength(1);
  },
);

describe('no global shortcuts', () => {
  const command = { kind: 'command', text: 'linkify-tray --share-clipboard' };

  test('without a portal', async () => {
    const { faults, has, shortcuts } = await setUp();
    shortcuts.apply(KEYS);
    await has('unavailable');
    expect(shortcuts.view().shortcutSupport).toEqual(command);
    expect(faults).toEqual([]);
  });

  test('with a portal that never answers; one that starts in its place is used', async () => {
    const { has, shortcuts, startPortal } = await setUp();
    const silent = await startPortal({ behavior: 'silent' });
    shortcuts.apply(KEYS);
    await has('unavailable');
    expect(shortcuts.view().shortcutSupport).toEqual(command);
    await silent.quit();
    await startPortal({ behavior: 'kwin' });
    await has('active');
  });

  test('without a session bus', async () => {
    const portal = new ShortcutsPortal({ bus: new SessionBus(undefined), appId: 'x' });
    expect(await portal.bind([])).toEqual({ kind: 'unavailable' });
  });
});

test('while the dialog is open the app waits, and other keys replace the request', async () => {
  const { has, shortcuts, startPortal } = await setUp();
  const portal = await startPortal({ behavior: 'undecided' });
  shortcuts.apply(KEYS);
  await waitFor('the request', () => portal.requests.length === 1);
  shortcuts.apply({ ...KEYS, shareShortcut: 'Alt+Super+Plus' });
  await waitFor('the second request', () => portal.requests.length === 2);
  expect(portal.requests[1]?.[0]).toEqual(['share', 'ALT+LOGO+plus']);
  await waitFor('one session', () => portal.sessions().length === 1);
  await has('pending');
});

test('changed keys are asked for in a new session', async () => {
  const { has, shortcuts, startPortal } = await setUp();
  const portal = await startPortal({ behavior: 'kwin' });
  shortcuts.apply(KEYS);
  await has('active');
  shortcuts.apply({ ...KEYS, shareRecentShortcut: 'Control+Alt+F5' });
  await has('active');
  expect(portal.requests[1]?.map(([id]) => id)).toEqual(['share', 'openWindow', 'shareLast']);
  await waitFor('one session', () => portal.sessions().length === 1);
});

test('version 2 has a dialog for the keys', async () => {
  const { has, shortcuts, startPortal } = await setUp();
  const portal = await startPortal({ behavior: 'kwin', version: 2 });
  shortcuts.apply(KEYS);
  await has('active');
  expect(shortcuts.view().shortcutSupport).toEqual({ kind: 'portal', canChoose: true });
  await shortcuts.setUp('choose');
  expect(portal.configured).toBe(1);
  expect(portal.requests).toHaveLength(1);
});

describe('a restart', () => {
  test('of the portal: the shortcuts are bound again', async () => {
    const { has, ran, shortcuts, startPortal } = await setUp();
    const first = await startPortal({ behavior: 'kwin' });
    shortcuts.apply(KEYS);
    await has('active');
    await first.quit();
    await has('unavailable');
    const second = await startPortal({ behavior: 'kwin' });
    await has('active');
    expect(second.registered).toEqual(['app.linkify.tray']);
    second.press('share');
    await waitFor('the press', () => ran.length === 1);
  });

  test('of the compositor, which ends the session: they are asked for again', async () => {
    const made = await setUp();
    const portal = await made.startPortal({ behavior: 'kwin' });
    made.shortcuts.apply(KEYS);
    await made.has('active');
    portal.endSession();
    await waitFor('another request', () => portal.requests.length === 2);
    await made.has('active');
    // One that ends each session at once is not asked again and again.
    portal.endSession();
    await made.has('unavailable');
    expect(portal.requests).toHaveLength(2);
    await made.shortcuts.setUp('choose');
    await made.has('active');
    made.nowMs += 60_000;
    portal.endSession();
    await waitFor('another request', () => portal.requests.length === 4);
  });
});

test('signals of other programs press nothing', async () => {
  const { address, has, ran, shortcuts, startPortal } = await setUp();
  const portal = await startPortal({ behavior: 'kwin' });
  shortcuts.apply(KEYS);
  await has('active');
  const { default: dbus } = await import('dbus-native');
  const other = dbus.sessionBus({ busAddress: address });
  closers.push(() => other.close());
  await other.ownName('org.example.Other');
  const [session = ''] = portal.sessions();
  const [, unique = ''] = /session\/(\w+)\//.exec(session) ?? [];
  other.connection.message({
    type: dbus.messageType.signal,
    serial: 1_000,
    // Straight to the app: a match rule keeps out only what is sent to everyone.
    destination: `:${unique.replaceAll('_', '.')}`,
    path: '/org/freedesktop/portal/desktop',
    interface: 'org.freedesktop.portal.GlobalShortcuts',
    member: 'Activated',
    signature: 'osta{sv}',
    body: [session, 'openWindow', 1n, []],
  });
  await other.ownName('org.example.Later');
  portal.press('share');
  await waitFor('the press', () => ran.length > 0);
  expect(ran).toEqual(['share']);
});
