import { describe, expect, it } from 'vitest';
import { isUsableAccelerator } from '../../../../main/settings/accelerators.ts';
import { keyCaps, spokenAccelerator } from '../../../../preload/key-names.ts';
import { english, loadMessages } from '../../../../renderer/i18n/messages.ts';
import { type PressedKey, recordKey } from '../../../../renderer/view/accelerator.ts';

const press = (key: string, code: string, held: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...held,
});

describe('recording a shortcut', () => {
  it('takes Ctrl on Linux and Cmd on a Mac as the same key', () => {
    const expected = { kind: 'recorded', accelerator: 'CommandOrControl+Shift+L' };
    const ctrl = press('L', 'KeyL', { ctrlKey: true, shiftKey: true });
    const cmd = press('l', 'KeyL', { metaKey: true, shiftKey: true });
    expect(recordKey(ctrl, 'linux')).toEqual(expected);
    expect(recordKey(cmd, 'mac')).toEqual(expected);
  });

  it('keeps Control on a Mac and the Super key elsewhere apart', () => {
    const ctrl = press('k', 'KeyK', { ctrlKey: true });
    const meta = press('k', 'KeyK', { metaKey: true });
    expect(recordKey(ctrl, 'mac')).toEqual({ kind: 'recorded', accelerator: 'Control+K' });
    expect(recordKey(meta, 'linux')).toEqual({ kind: 'recorded', accelerator: 'Super+K' });
  });

  it('reads the key by its place when Option or Shift changes what it types', () => {
    const option = press('¬', 'KeyL', { metaKey: true, altKey: true });
    const shifted = press('!', 'Digit1', { ctrlKey: true, shiftKey: true });
    expect(recordKey(option, 'mac')).toEqual({
      kind: 'recorded',
      accelerator: 'CommandOrControl+Alt+L',
    });
    expect(recordKey(shifted, 'windows')).toEqual({
      kind: 'recorded',
      accelerator: 'CommandOrControl+Shift+1',
    });
  });

  it('follows the layout for letters, not the place on the board', () => {
    // On AZERTY the key at Q's place types A.
    const azerty = press('a', 'KeyQ', { ctrlKey: true, altKey: true });
    expect(recordKey(azerty, 'linux')).toEqual({
      kind: 'recorded',
      accelerator: 'CommandOrControl+Alt+A',
    });
  });

  it.each([
    ['ArrowUp', 'Up'],
    ['Enter', 'Return'],
    ['Space', 'Space'],
    ['PageDown', 'PageDown'],
  ])('names %s as Electron does', (code, name) => {
    expect(recordKey(press('x?', code, { ctrlKey: true }), 'linux')).toEqual({
      kind: 'recorded',
      accelerator: `CommandOrControl+${name}`,
    });
  });

  it('refuses a key that people type with', () => {
    expect(recordKey(press('l', 'KeyL'), 'linux')).toEqual({ kind: 'needs-modifier' });
    expect(recordKey(press('L', 'KeyL', { shiftKey: true }), 'linux')).toEqual({
      kind: 'needs-modifier',
    });
  });

  it('refuses the keys that people copy, paste and save with', () => {
    for (const key of ['c', 'v', 's']) {
      const code = `Key${key.toUpperCase()}`;
      expect(recordKey(press(key, code, { ctrlKey: true }), 'linux').kind).toBe('needs-modifier');
      expect(recordKey(press(key, code, { metaKey: true }), 'mac').kind).toBe('needs-modifier');
    }
  });

  it('records only what may be kept in the settings', () => {
    for (const key of ['a', 'F5', '1', ',', 'ArrowUp', 'Enter', 'Delete', 'PrintScreen']) {
      for (const held of [
        {},
        { ctrlKey: true },
        { altKey: true },
        { metaKey: true, shiftKey: true },
      ]) {
        const code = /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key;
        const recorded = recordKey(press(key, code, held), 'windows');
        if (recorded.kind !== 'recorded') continue;
        expect(isUsableAccelerator(recorded.accelerator, 'win32'), recorded.accelerator).toBe(true);
      }
    }
  });

  it('takes a function key alone', () => {
    expect(recordKey(press('F9', 'F9'), 'linux')).toEqual({ kind: 'recorded', accelerator: 'F9' });
  });

  it('waits while only modifiers are held, and lets Escape go back', () => {
    const held = press('Shift', 'ShiftLeft', { ctrlKey: true, shiftKey: true });
    expect(recordKey(held, 'linux')).toEqual({
      kind: 'waiting',
      caps: ['CommandOrControl', 'Shift'],
    });
    expect(recordKey(press('Escape', 'Escape'), 'linux')).toEqual({ kind: 'cancelled' });
  });

  it('says that a media key cannot be used', () => {
    const key = press('AudioVolumeUp', 'AudioVolumeUp', { ctrlKey: true });
    expect(recordKey(key, 'linux')).toEqual({ kind: 'unusable' });
  });
});

describe('showing a shortcut', () => {
  it('prints the caps of each platform', () => {
    expect(keyCaps('CommandOrControl+Shift+L', 'linux', english.t)).toEqual(['Ctrl', 'Shift', 'L']);
    expect(keyCaps('CommandOrControl+Shift+L', 'mac', english.t)).toEqual(['⇧', '⌘', 'L']);
    expect(keyCaps('Super+Return', 'windows', english.t)).toEqual(['Win', 'Enter']);
  });

  it.each([
    ['CommandOrControl+Alt+Shift+K', '⌥⇧⌘K', 'Ctrl+Alt+Shift+K'],
    ['cmdorctrl+option+pageup', '⌥⌘Page Up', 'Ctrl+Alt+Page Up'],
    ['Control+Command+Escape', '⌃⌘Esc', 'Ctrl+Super+Esc'],
    ['Meta+num7', '⌘Num 7', 'Super+Num 7'],
    ['Alt+Plus', '⌥+', 'Alt++'],
    ['Super+VolumeUp', '⌘Volume Up', 'Super+Volume Up'],
  ])('never shows the spelling of %s in settings.json', (accelerator, mac, linux) => {
    expect(spokenAccelerator(accelerator, 'mac', english.t)).toBe(mac);
    expect(spokenAccelerator(accelerator, 'linux', english.t)).toBe(linux);
  });

  it.each([
    ['de', 'Strg+Umschalt+Entf', 'Strg+Alt+Bild auf'],
    ['es', 'Ctrl+Mayús+Supr', 'Ctrl+Alt+Re Pág'],
    ['ja', 'Ctrl+Shift+Del', 'Ctrl+Alt+Page Up'],
  ] as const)('prints keys as keyboards of %s do', async (language, del, pageUp) => {
    const { t } = await loadMessages(language);
    expect(spokenAccelerator('CommandOrControl+Shift+Delete', 'windows', t)).toBe(del);
    expect(spokenAccelerator('CommandOrControl+Alt+PageUp', 'linux', t)).toBe(pageUp);
    // Apple's keyboards print symbols everywhere.
    expect(spokenAccelerator('CommandOrControl+Shift+K', 'mac', t)).toBe('⇧⌘K');
  });

  it('joins them as the platform writes them', () => {
    expect(spokenAccelerator('CommandOrControl+Alt+K', 'mac', english.t)).toBe('⌥⌘K');
    expect(spokenAccelerator('CommandOrControl+Alt+K', 'windows', english.t)).toBe('Ctrl+Alt+K');
  });
});
