import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SessionBus } from '../../main/desktop/dbus/session-bus.ts';
import { isInstalled } from '../../main/desktop/shortcuts/bound-command.ts';
import { DesktopShortcuts } from '../../main/desktop/shortcuts/desktop-shortcuts.ts';
import {
  addKeybinding,
  hasKeybinding,
  removeKeybinding,
} from '../../main/desktop/shortcuts/gnome-keybinding.ts';
import { ShortcutsPortal } from '../../main/desktop/shortcuts/portal.ts';
import { keysOf } from '../../main/shortcuts/shortcuts.ts';
import { waitFor } from '../support/desktop/wait-for.ts';

// GNOME's keyboard settings through the real `gsettings`, with the two schemas of gnome-settings-daemon
// that matter, over a file of this test.

const SCHEMA = 'org.gnome.settings-daemon.plugins.media-keys';
const PATH = '/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/linkify-tray/';
const ENTRY = `${SCHEMA}.custom-keybinding:${PATH}`;

const string = (name: string): string => `<key name="${name}" type="s"><default>''</default></key>`;
const SCHEMAS = `<schemalist>
<schema id="${SCHEMA}" path="/org/gnome/settings-daemon/plugins/media-keys/">
<key name="custom-keybindings" type="as"><default>[]</default></key></schema>
<schema id="${SCHEMA}.custom-keybinding">${['name', 'binding', 'command'].map(string).join('')}</schema>
</schemalist>`;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkify-gsettings-'));
  vi.stubEnv('GSETTINGS_BACKEND', 'keyfile');
  vi.stubEnv('GSETTINGS_SCHEMA_DIR', folder);
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
  mkdirSync(join(folder, 'config'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const gsettings = (...args: string[]): string =>
  execFileSync('gsettings', args, { encoding: 'utf8' }).trim();
const list = (): string => gsettings('get', SCHEMA, 'custom-keybindings');

describe.skipIf(!isInstalled('gsettings') || !isInstalled('glib-compile-schemas'))(
  'with gnome-settings-daemon',
  () => {
    beforeEach(() => {
      writeFileSync(join(folder, 'media-keys.gschema.xml'), SCHEMAS);
      execFileSync('glib-compile-schemas', [folder]);
    });

    const entry = {
      name: 'Linkify Tray: Share clipboard',
      binding: '<Control><Alt><Shift>k',
      command: `sh -c 'echo '\\''[]'\\'' || "/opt/My Apps/linkify-tray" --share-clipboard'`,
    };

    test('a shortcut is added, changed and removed; others stay', async () => {
      const other = '/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/custom0/';
      gsettings('set', SCHEMA, 'custom-keybindings', `['${other}']`);
      expect(await hasKeybinding()).toBe(false);
      await addKeybinding(entry);
      await addKeybinding({ ...entry, binding: '<Super>k' });
      expect(list()).toBe(`['${other}', '${PATH}']`);
      expect(await hasKeybinding()).toBe(true);
      expect(gsettings('get', ENTRY, 'binding')).toBe("'<Super>k'");
      // GVariant prints what has apostrophes in double quotes.
      expect(JSON.parse(gsettings('get', ENTRY, 'command'))).toBe(entry.command);
      await removeKeybinding();
      expect(list()).toBe(`['${other}']`);
      expect(gsettings('get', ENTRY, 'command')).toBe("''");
    });

    test('an empty list becomes one with our shortcut, and is empty again', async () => {
      expect(list()).toBe('@as []');
      await addKeybinding(entry);
      expect(list()).toBe(`['${PATH}']`);
      await removeKeybinding();
      expect(list()).toBe('@as []');
    });

    test('its button adds the shortcut, and its keys follow the settings', async () => {
      const presses: string[] = [];
      const portal = new ShortcutsPortal({ bus: new SessionBus(undefined), appId: 'x' });
      const shortcuts = new DesktopShortcuts({
        portal,
        desktop: 'gnome',
        prepare() {},
        describe: (name) => name,
        shareCommand: 'linkify-tray --share-clipboard',
        hasGapplication: true,
        onPress: (name) => presses.push(name),
        onRelease: () => {},
        now: () => 0,
      });
      const keys = keysOf({
        shareShortcut: 'CommandOrControl+Alt+K',
        windowShortcut: 'CommandOrControl+Alt+O',
        shareRecentShortcut: '',
        revokeLastShortcut: '',
        restoreClipboardShortcut: '',
      });
      shortcuts.use(keys);
      await waitFor('the offer', () => shortcuts.support().kind === 'gnome');
      expect(shortcuts.support()).toEqual({ kind: 'gnome', isAdded: false });
      expect(await shortcuts.setUp('add')).toBeUndefined();
      expect(shortcuts.support()).toEqual({ kind: 'gnome', isAdded: true });
      expect(shortcuts.statuses()).toEqual({
        share: { state: 'active' },
        openWindow: { state: 'unavailable' },
      });
      expect(gsettings('get', ENTRY, 'binding')).toBe("'<Control><Alt>k'");
      shortcuts.use({ ...keys, share: 'Super+Return' });
      await waitFor('the new keys', () => gsettings('get', ENTRY, 'binding') === "'<Super>Return'");
      expect(await shortcuts.setUp('remove')).toBeUndefined();
      expect(shortcuts.support()).toEqual({ kind: 'gnome', isAdded: false });
      expect(list()).toBe('@as []');
    });
  },
);

test('without such settings nothing is offered, and nothing is changed', async () => {
  expect(await hasKeybinding()).toBeUndefined();
  await expect(removeKeybinding()).rejects.toThrow();
});
