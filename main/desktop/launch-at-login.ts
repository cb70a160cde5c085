import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'electron';
import { writeWhole } from '../files/write-atomically.ts';
import { autostartEntry, isAutostartOn } from './autostart-entry.ts';
import { ozoneSwitches } from './ozone.ts';
import { sessionOf } from './session.ts';

export interface LaunchAtLogin {
  /** What the system says: people also change it in the system's own settings. */
  isOn(): boolean;
  /** @throws where the system or the disk refuses */
  set(on: boolean): void;
}

export interface LaunchAtLoginOptions {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  /** Program and arguments that start this app. */
  readonly command: readonly [string, ...string[]];
  /** `$XDG_CONFIG_HOME`, or `~/.config`. */
  readonly configFolder: string;
}

/**
 * What starts this app, with the switches that it needs on this desktop. An AppImage is mounted anew
 * at each start, and its own file is the one that lasts (docs.appimage.org: `APPIMAGE`).
 */
export function loginCommand(
  app: Pick<App, 'isPackaged' | 'getAppPath'>,
  { env, execPath, platform }: Pick<NodeJS.Process, 'env' | 'execPath' | 'platform'> = process,
): readonly [string, ...string[]] {
  const switches = ozoneSwitches(sessionOf(platform, env), env);
  return app.isPackaged
    ? [env.APPIMAGE ?? execPath, ...switches]
    : [execPath, ...switches, app.getAppPath()];
}

/**
 * Starts the app at login: a login item on macOS and Windows, an entry in the autostart folder
 * on Linux (Desktop Application Autostart Specification 0.5), which Electron does not write.
 */
export function createLaunchAtLogin(deps: LaunchAtLoginOptions): LaunchAtLogin {
  const { app, platform, command, configFolder } = deps;
  if (platform !== 'linux') {
    const [path, ...args] = command;
    // Windows compares program and arguments; macOS takes neither.
    const which = platform === 'win32' ? { path, args } : {};
    return {
      isOn: () => app.getLoginItemSettings(which).openAtLogin,
      set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, ...which }),
    };
  }
  const file = join(configFolder, 'autostart', 'linkify-tray.desktop');
  return {
    isOn() {
      try {
        return isAutostartOn(readFileSync(file, 'utf8'));
      } catch {
        return false;
      }
    },
    set(on) {
      if (!on) return rmSync(file, { force: true });
      mkdirSync(dirname(file), { recursive: true });
      writeWhole(file, autostartEntry(command));
    },
  };
}
