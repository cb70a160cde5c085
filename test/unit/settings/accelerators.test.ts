import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUsableAccelerator } from '../../../main/settings/accelerators.ts';
import { DEFAULT_ACCELERATOR } from '../../../main/settings/default-accelerator.ts';

const everywhere = (keys: string) =>
  (['linux', 'win32', 'darwin'] as const).map((platform) => isUsableAccelerator(keys, platform));

test.each([
  DEFAULT_ACCELERATOR,
  'F9',
  'Shift+F1',
  'Ctrl+Shift+L',
  'Alt+1',
  'Super+K',
  'cmdorctrl+option+k',
  'Control+,',
  'Alt+Plus',
  'CommandOrControl+Shift+Up',
  'Control+MediaPlayPause',
])('%s can be a shortcut', (keys) => expect(everywhere(keys)).toEqual([true, true, true]));

// As pressed on a real X server: each was accepted by Electron, and nothing arrived.
test.each([
  'PrintScreen',
  'Control+Alt+PrintScreen',
  'F13',
  'Control+Alt+Shift+F24',
  'Control+Alt+F1',
  'Alt+Ctrl+numadd',
  'Control+Shift+num5',
  'Alt+Shift+numdec',
])('%s never arrives on X11, and is refused there', (keys) => {
  expect(isUsableAccelerator(keys, 'linux')).toBe(false);
});

test('no key that people type with is taken alone, whatever the file says', () => {
  const word = fc.oneof(
    fc.constantFrom('Shift', 'Nonsense', 'AltGr', '', 'Hyper', 'Fn', 'Mod4', '__proto__'),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 3 }), fc.string({ maxLength: 6 }), (before, key) => {
      const keys = [...before, key].join('+');
      const isStrong =
        /(?:^|\+)(?:ctrl|control|cmd|command|cmdorctrl|commandorcontrol|alt|option|super|meta)\+/i;
      fc.pre(!isStrong.test(keys) && !/(?:^|\+)f\d+$/i.test(keys));
      expect(everywhere(keys)).toEqual([false, false, false]);
    }),
    { numRuns: 1_000 },
  );
});
