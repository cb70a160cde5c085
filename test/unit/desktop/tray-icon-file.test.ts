import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trayIconFile } from '../../../main/desktop/tray-icon-file.ts';

const TRAY = join(import.meta.dirname, '../../../assets/tray');
const STATES = ['idle', 'sharing', 'problem'] as const;
const linux = (desktop: string | undefined, isDark: boolean) =>
  trayIconFile('idle', { platform: 'linux', desktop, isDark });

test.each(['GNOME', 'ubuntu:GNOME'])('on the black bar of %s the glyph is light', (desktop) => {
  expect(linux(desktop, false)).toBe('idle-light.png');
  expect(linux(desktop, true)).toBe('idle-light.png');
});

test.each([
  undefined,
  'XFCE',
  'KDE',
  'sway',
  'Budgie:GNOME',
  'GNOME-Flashback:GNOME',
  'GNOME-Classic:GNOME',
])('on the panel of %s the glyph has an outline', (desktop) => {
  expect(linux(desktop, false)).toBe('idle-dark-outlined.png');
  expect(linux(desktop, true)).toBe('idle-light-outlined.png');
});

test('every icon is there', () => {
  const missing = STATES.flatMap((state) =>
    (['linux', 'win32', 'darwin'] as const).flatMap((platform) =>
      ['GNOME', 'XFCE'].flatMap((desktop) =>
        [true, false].map((isDark) => trayIconFile(state, { platform, desktop, isDark })),
      ),
    ),
  ).filter((name) => !existsSync(join(TRAY, name)));
  expect(missing).toEqual([]);
});
