import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where an installed app has its program, from the folder of `linkify` in its resources. */
const INSTALLED: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: '../../MacOS/Linkify Tray',
  win32: '../../Linkify Tray.exe',
};

/**
 * What starts the app that `linkify` belongs to: the installed one, or, from a checkout, what
 * `npm start` runs.
 * @param folder where `linkify` is
 */
export function appToStart(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): readonly [string, ...string[]] {
  const program = join(folder, INSTALLED[platform] ?? '../../linkify-tray');
  if (existsSync(program)) return [program];
  const checkout = join(folder, '../..');
  if (existsSync(join(checkout, 'test/scripts/start.ts'))) {
    return ['npm', '--prefix', checkout, '--silent', 'start', '--'];
  }
  return ['linkify-tray'];
}
