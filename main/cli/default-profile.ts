import { join } from 'node:path';

/** The app's name in package.json, which names its folder. */
const NAME = 'Linkify Tray';

/** The profile folder where none is chosen: Electron's `userData`. */
export function defaultProfile(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', NAME);
    case 'win32':
      return join(env.APPDATA || join(home, 'AppData', 'Roaming'), NAME);
    default:
      return join(env.XDG_CONFIG_HOME || join(home, '.config'), NAME);
  }
}
