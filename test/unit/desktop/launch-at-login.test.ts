import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { autostartEntry, isAutostartOn } from '../../../main/desktop/autostart-entry.ts';
import { createLaunchAtLogin, loginCommand } from '../../../main/desktop/launch-at-login.ts';

const noLoginItems = {
  getLoginItemSettings: () => {
    throw new Error('not on Linux');
  },
  setLoginItemSettings: () => {
    throw new Error('not on Linux');
  },
};

describe('on Linux', () => {
  const setUp = (command: readonly [string, ...string[]] = ['/opt/Linkify Tray/linkify-tray']) => {
    const configFolder = mkdtempSync(join(tmpdir(), 'linkify-autostart-'));
    return {
      file: join(configFolder, 'autostart', 'linkify-tray.desktop'),
      login: createLaunchAtLogin({
        app: noLoginItems as never,
        platform: 'linux',
        command,
        configFolder,
      }),
    };
  };

  test('is off until it is chosen, and off again when it is not wanted any more', () => {
    const { login } = setUp();
    expect(login.isOn()).toBe(false);
    login.set(true);
    expect(login.isOn()).toBe(true);
    login.set(false);
    login.set(false);
    expect(login.isOn()).toBe(false);
  });

  test('the entry starts this very program', () => {
    const { login, file } = setUp();
    login.set(true);
    expect(readFileSync(file, 'utf8')).toContain('\nExec="/opt/Linkify Tray/linkify-tray"\n');
  });

  test.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'is off where the desktop switched it off by %s',
    (line) => {
      const { login, file } = setUp();
      login.set(true);
      writeFileSync(file, `${readFileSync(file, 'utf8')}${line}\n`);
      expect(login.isOn()).toBe(false);
    },
  );
});

describe('what starts the app', () => {
  const GNOME = {
    WAYLAND_DISPLAY: 'wayland-0',
    DISPLAY: ':0',
    XDG_CURRENT_DESKTOP: 'ubuntu:GNOME',
  };
  const commandOf = (env: NodeJS.ProcessEnv, isPackaged = true) =>
    loginCommand(
      { isPackaged, getAppPath: () => '/src/app' },
      { env, execPath: '/opt/electron', platform: 'linux' },
    );

  test('is the program, or the AppImage that it comes from', () => {
    expect(commandOf({})).toEqual(['/opt/electron']);
    expect(commandOf({ APPIMAGE: '/home/a.AppImage' })).toEqual(['/home/a.AppImage']);
    expect(commandOf({}, false)).toEqual(['/opt/electron', '/src/app']);
  });

  test('has it run as an X11 program on GNOME', () => {
    expect(commandOf(GNOME)).toEqual(['/opt/electron', '--ozone-platform=x11']);
    expect(commandOf(GNOME, false)).toEqual(['/opt/electron', '--ozone-platform=x11', '/src/app']);
  });
});

test('a path with signs that mean something to a shell is still that path', () => {
  const entry = autostartEntry(['/home/a$b/100%/"x"\\y', '--flag']);
  expect(entry).toContain('Exec="/home/a\\\\$b/100%%/\\\\"x\\\\"\\\\\\\\y" "--flag"');
  expect(isAutostartOn(entry)).toBe(true);
});

test.each(['darwin', 'win32'] as const)('on %s the system keeps it', (platform) => {
  const calls: unknown[] = [];
  let openAtLogin = false;
  const login = createLaunchAtLogin({
    app: {
      getLoginItemSettings: () => ({ openAtLogin }) as never,
      setLoginItemSettings: (wanted) => {
        calls.push(wanted);
        openAtLogin = wanted.openAtLogin === true;
      },
    },
    platform,
    command: ['C:\\app.exe', '--x'],
    configFolder: '/nowhere',
  });
  login.set(true);
  expect(login.isOn()).toBe(true);
  expect(calls).toEqual([
    platform === 'win32'
      ? { openAtLogin: true, path: 'C:\\app.exe', args: ['--x'] }
      : { openAtLogin: true },
  ]);
});
