import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Failures } from '../../../main/failures/failures.ts';
import { sameKeys } from '../../../main/settings/accelerators.ts';
import {
  type ShortcutKeys,
  type ShortcutSource,
  type ShortcutStatuses,
  systemShortcuts,
} from '../../../main/shortcuts/shortcut-source.ts';
import { keysOf, Shortcuts, shareCommand } from '../../../main/shortcuts/shortcuts.ts';

const none = {
  shareShortcut: 'Alt+1',
  windowShortcut: '',
  shareRecentShortcut: '',
  revokeLastShortcut: '',
  restoreClipboardShortcut: '',
};

function setUp(lost: readonly (keyof ShortcutKeys)[] = [], command?: string) {
  const registered: ShortcutKeys[] = [];
  const source = systemShortcuts((keys) => {
    registered.push(keys);
    return lost;
  });
  return { ...setUpWith(source, command), registered };
}

function setUpWith(source: ShortcutSource, command?: string) {
  const failures = new Failures(Date.now);
  const faults: unknown[] = [];
  const ran: string[] = [];
  const shortcuts = new Shortcuts({ source, failures, platform: 'linux', command });
  failures.on('reported', ({ fault }) => faults.push(fault));
  shortcuts.on('pressed', (name) => ran.push(name));
  return { shortcuts, faults, ran };
}

/** A desktop that answers when it likes. */
function slowDesktop() {
  let statuses: ShortcutStatuses = {};
  let tell = (): void => {};
  const source: ShortcutSource = {
    use: () => {
      statuses = { share: { state: 'pending' }, openWindow: { state: 'pending' } };
    },
    hold() {},
    statuses: () => statuses,
    support: () => ({ kind: 'config', text: 'bindsym Alt+1 exec linkify-tray' }),
    setUp: async () => undefined,
    subscribe(listener) {
      tell = listener;
    },
  };
  const answer = (next: ShortcutStatuses): void => {
    statuses = next;
    tell();
  };
  return { source, answer };
}

describe('the shortcuts', () => {
  test('are registered when they changed, and only then', () => {
    const { shortcuts, registered } = setUp();
    const view = { ...none, revokeLastShortcut: 'Alt+2' };
    shortcuts.apply(view);
    shortcuts.apply({ ...view });
    expect(registered).toEqual([keysOf(view)]);
    expect(shortcuts.view().shortcut).toEqual({ accelerator: 'Alt+1', state: 'active' });
  });

  test('one that another program has is told; of the others the place in Settings says so', () => {
    const { shortcuts, faults } = setUp(['share', 'restoreClipboard']);
    shortcuts.apply({ ...none, restoreClipboardShortcut: 'Alt+2' });
    expect(faults).toEqual([{ kind: 'shortcut-taken', accelerator: 'Alt+1' }]);
    expect(shortcuts.view()).toMatchObject({
      shortcut: { state: 'taken' },
      shortcutStates: {
        shareShortcut: { state: 'taken' },
        windowShortcut: { state: 'active' },
        restoreClipboardShortcut: { state: 'taken' },
      },
      shortcutSupport: { kind: 'system' },
    });
    expect(shortcuts.taken()).toEqual(['share', 'restoreClipboard']);
  });

  test('the one that opens the window is told like the one that shares', () => {
    const { shortcuts, faults } = setUp(['openWindow']);
    shortcuts.apply({ ...none, windowShortcut: 'Alt+2' });
    shortcuts.apply({ ...none, windowShortcut: 'Alt+2', revokeLastShortcut: 'Alt+3' });
    expect(faults).toEqual([{ kind: 'shortcut-taken', accelerator: 'Alt+2' }]);
  });

  test('the same keys for two things are refused, however they are written', () => {
    const { shortcuts } = setUp();
    const keys = keysOf({
      ...none,
      shareShortcut: 'CommandOrControl+Shift+K',
      revokeLastShortcut: 'Shift+Ctrl+K',
    });
    expect(shortcuts.clash(keys)).toEqual({
      kind: 'shortcut-duplicate',
      accelerator: 'Shift+Ctrl+K',
      use: 'share',
    });
    expect(shortcuts.clash({ ...keys, revokeLast: '' })).toBeUndefined();
  });
});

describe('a desktop that assigns the keys itself', () => {
  test('answers later, and its answer is shown', () => {
    const { source, answer } = slowDesktop();
    const { shortcuts, faults } = setUpWith(source);
    const changes: string[] = [];
    shortcuts.on('changed', () => changes.push(shortcuts.view().shortcut.state));
    shortcuts.apply({ ...none, windowShortcut: 'Alt+2' });
    answer({ share: { state: 'active', keys: 'Meta+K' }, openWindow: { state: 'active' } });
    expect(changes).toEqual(['pending', 'active']);
    expect(shortcuts.view().shortcut).toEqual({
      accelerator: 'Alt+1',
      state: 'active',
      keys: 'Meta+K',
    });
    expect(faults).toEqual([]);
  });

  test('and assigns none: that is reported once', async () => {
    const { source, answer } = slowDesktop();
    const { shortcuts, faults } = setUpWith(source);
    shortcuts.apply(none);
    for (let i = 0; i < 2; i++) answer({ share: { state: 'denied' } });
    const fault = { kind: 'shortcut-denied', accelerator: 'Alt+1' };
    expect(faults).toEqual([fault]);
    expect(await shortcuts.test()).toEqual(fault);
  });

  test('a desktop without global shortcuts is no failure, and has a line to copy', () => {
    const { source, answer } = slowDesktop();
    const { shortcuts, faults } = setUpWith(source);
    shortcuts.apply(none);
    answer({ share: { state: 'unavailable' } });
    expect(faults).toEqual([]);
    expect(shortcuts.view().shortcut.state).toBe('unavailable');
    expect(shortcuts.lineToCopy()).toBe('bindsym Alt+1 exec linkify-tray');
  });

  test('a press of a bound command ends the test, too', async () => {
    const { source, answer } = slowDesktop();
    const { shortcuts, ran } = setUpWith(source);
    shortcuts.apply(none);
    answer({ share: { state: 'unavailable' } });
    expect(shortcuts.endTest()).toBe(false);
    const tested = shortcuts.test();
    expect(shortcuts.endTest()).toBe(true);
    expect(await tested).toBeUndefined();
    expect(shortcuts.endTest()).toBe(false);
    expect(ran).toEqual([]);
  });
});

test('presses while new keys are recorded do nothing', () => {
  const { shortcuts, ran } = setUp();
  shortcuts.apply(none);
  shortcuts.hold(true);
  shortcuts.pressed('share');
  shortcuts.hold(false);
  expect(ran).toEqual([]);
});

test('keys that would never arrive, or that people type with, are refused before they are used', () => {
  const { shortcuts } = setUp();
  for (const keys of ['PrintScreen', 'Control+Alt+PrintScreen', 'Q', 'Nonsense+Q', 'Ctrl+C']) {
    expect(shortcuts.clash(keysOf({ ...none, shareShortcut: keys }))).toEqual({
      kind: 'shortcut-unusable',
      accelerator: keys,
    });
    expect(shortcuts.clash(keysOf({ ...none, restoreClipboardShortcut: keys }))).toMatchObject({
      kind: 'shortcut-unusable',
    });
  }
});

test('while new keys are pressed for one, all are let go, and taken up again', () => {
  const { shortcuts, registered } = setUp();
  shortcuts.apply(none);
  shortcuts.hold(true);
  shortcuts.hold(true);
  expect(registered.at(-1)?.share).toBe('');
  shortcuts.hold(false);
  expect(registered.map(({ share }) => share)).toEqual(['Alt+1', '', 'Alt+1']);
});

describe('a test press', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is heard, and shares nothing; the next press shares', async () => {
    const { shortcuts, ran } = setUp();
    shortcuts.apply(none);
    const tested = shortcuts.test();
    shortcuts.pressed('share');
    expect(await tested).toBeUndefined();
    expect(ran).toEqual([]);
    shortcuts.pressed('share');
    expect(ran).toEqual(['share']);
  });

  test('that nobody hears says what the desktop allows', async () => {
    const { shortcuts, ran } = setUp([], 'linkify-tray --share-clipboard');
    shortcuts.apply(none);
    const tested = shortcuts.test();
    shortcuts.pressed('openWindow');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await tested).toEqual({
      kind: 'shortcut-not-detected',
      accelerator: 'Alt+1',
      command: 'linkify-tray --share-clipboard',
    });
    expect(ran).toEqual(['openWindow']);
    shortcuts.pressed('share');
    expect(ran).toEqual(['openWindow', 'share']);
  });

  test('that is no longer waited for ends, and the next press shares', async () => {
    const { shortcuts, ran } = setUp();
    shortcuts.apply(none);
    const first = shortcuts.test();
    const second = shortcuts.test();
    expect(await first).toMatchObject({ kind: 'shortcut-not-detected' });
    shortcuts.stopTest();
    expect(await second).toMatchObject({ kind: 'shortcut-not-detected' });
    shortcuts.pressed('share');
    expect(ran).toEqual(['share']);
  });

  test('is not waited for where another program has the keys', async () => {
    const { shortcuts } = setUp(['share']);
    shortcuts.apply(none);
    expect(await shortcuts.test()).toEqual({ kind: 'shortcut-taken', accelerator: 'Alt+1' });
  });
});

test.each([
  ['CommandOrControl+A', 'Control+A', 'linux', true],
  ['CommandOrControl+A', 'Command+A', 'darwin', true],
  ['CommandOrControl+A', 'Control+A', 'darwin', false],
  ['Meta+A', 'Super+a', 'win32', true],
  ['Alt+Shift+A', 'Shift+Option+A', 'linux', true],
  ['Alt+A', 'Alt+B', 'linux', false],
  ['', '', 'linux', false],
] as const)('%s and %s on %s: the same keys is %s', (one, other, platform, same) => {
  expect(sameKeys(one, other, platform)).toBe(same);
});

test.each([
  [
    { packaged: true, executable: '/opt/linkify-tray/linkify-tray', appImage: undefined },
    '/opt/linkify-tray/linkify-tray --share-clipboard',
  ],
  [
    { packaged: true, executable: '/tmp/.mount/x', appImage: '/home/me/My Apps/L.AppImage' },
    '"/home/me/My Apps/L.AppImage" --share-clipboard',
  ],
  [
    { packaged: false, executable: '/x/electron', appImage: undefined },
    'linkify-tray --share-clipboard',
  ],
])('the command to bind by hand is one that starts this app', (app, command) => {
  expect(shareCommand(app)).toBe(command);
});
