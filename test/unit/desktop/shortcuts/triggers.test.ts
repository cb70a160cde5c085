import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  describesKeys,
  gtkAccelerator,
  portalTrigger,
  readableKeys,
  swayKeys,
} from '../../../../main/desktop/shortcuts/triggers.ts';
import { isUsableAccelerator } from '../../../../main/settings/accelerators.ts';

test.each([
  [
    'CommandOrControl+Alt+Shift+K',
    'CTRL+ALT+SHIFT+k',
    '<Control><Alt><Shift>k',
    'Ctrl+Alt+Shift+k',
  ],
  ['Super+Space', 'LOGO+space', '<Super>space', 'Mod4+space'],
  ['Shift+Control+Return', 'CTRL+SHIFT+Return', '<Control><Shift>Return', 'Ctrl+Shift+Return'],
  ['Alt+PageUp', 'ALT+Page_Up', '<Alt>Page_Up', 'Alt+Page_Up'],
  ['Alt+num7', 'ALT+KP_7', '<Alt>KP_7', 'Alt+KP_7'],
  ['Alt+Plus', 'ALT+plus', '<Alt>plus', 'Alt+plus'],
  ['Alt+.', 'ALT+period', '<Alt>period', 'Alt+period'],
  ['F9', 'F9', 'F9', 'F9'],
])('%s in the syntax of each desktop', (accelerator, portal, gtk, sway) => {
  expect(portalTrigger(accelerator)).toBe(portal);
  expect(gtkAccelerator(accelerator)).toBe(gtk);
  expect(swayKeys(accelerator)).toBe(sway);
});

test('every shortcut that can be recorded on Linux has a trigger', () => {
  const modifiers = fc.subarray(['CommandOrControl', 'Alt', 'Shift', 'Super'], { minLength: 1 });
  const ascii = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at));
  const named = ['Plus', 'Space', 'Tab', 'Backspace', 'Delete', 'Insert', 'Return', 'Up', 'Home'];
  const more = ['PageDown', 'Escape', 'VolumeUp', 'MediaPlayPause', 'num0', 'numdec', 'F12'];
  const key = fc.constantFrom(...ascii.filter((each) => each !== '+'), ...named, ...more);
  fc.assert(
    fc.property(modifiers, key, (held, last) => {
      const accelerator = [...held, last].join('+');
      fc.pre(isUsableAccelerator(accelerator, 'linux'));
      const trigger = portalTrigger(accelerator) ?? '';
      expect(trigger).toMatch(/^([A-Z]+\+)*\w+$/);
      expect(describesKeys(gtkAccelerator(accelerator) ?? '', accelerator)).toBe(true);
    }),
  );
});

test.each([
  ['Ctrl+Alt+Shift+K', true],
  ['Press <Control><Alt><Shift>k', true],
  ['<Shift><Primary><Alt>K drücken', false],
  ['Drücke <Shift><Primary><Alt>K', true],
  ['Meta+K', false],
  ['Ctrl+Alt+K', false],
  ['', false],
  ['whatever you like', false],
])('the desktop says "%s": as wished is %s', (description, same) => {
  expect(describesKeys(description, 'CommandOrControl+Alt+Shift+K')).toBe(same);
});

test.each([
  ['Press <Shift><Control><Alt>k', 'Ctrl+Alt+Shift+K'],
  ['Meta+Page_Up', 'Super+Page Up'],
  ['the red button', 'the red button'],
  ['k', 'k'],
])('"%s" reads %s', (description, words) => {
  expect(readableKeys(description)).toBe(words);
});
