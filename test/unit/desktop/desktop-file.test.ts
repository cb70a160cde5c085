import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataDirsOf, installDesktopFile } from '../../../main/desktop/desktop-file.ts';

function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'linkify-data-'));
  const fileIn = (dir: string): string =>
    join(folder, dir, 'applications/app.linkify.tray.desktop');
  const put = (dir: string, text: string): void => {
    mkdirSync(join(folder, dir, 'applications'), { recursive: true });
    writeFileSync(fileIn(dir), text);
  };
  const install = (command = ['/opt/linkify-tray']): void =>
    installDesktopFile({
      command,
      dataHome: join(folder, 'home'),
      dataDirs: [join(folder, 'local'), join(folder, 'usr')],
    });
  return { own: fileIn('home'), put, install };
}

const exec = (file: string): string | undefined =>
  /^Exec=.*$/m.exec(readFileSync(file, 'utf8'))?.[0];

test('is installed where no package has done so, and follows the place of the app', () => {
  const { own, install } = setUp();
  install(['/home/me/My Apps/Linkify.AppImage', '--ozone-platform=x11']);
  expect(exec(own)).toBe('Exec="/home/me/My Apps/Linkify.AppImage" "--ozone-platform=x11"');
  install(['/opt/linkify-tray']);
  expect(exec(own)).toBe('Exec="/opt/linkify-tray"');
});

test('a package’s file is enough, and ours makes room for it', () => {
  const { own, put, install } = setUp();
  install();
  put('usr', '[Desktop Entry]');
  install();
  expect(existsSync(own)).toBe(false);
});

test('a file that somebody else wrote stays', () => {
  const { own, put, install } = setUp();
  put('home', '[Desktop Entry]\nExec=mine');
  install();
  expect(exec(own)).toBe('Exec=mine');
});

test('data folders are those of the specification', () => {
  expect(dataDirsOf({})).toEqual(['/usr/local/share', '/usr/share']);
  expect(dataDirsOf({ XDG_DATA_DIRS: '/a:relative::/b' })).toEqual(['/a', '/b']);
});
