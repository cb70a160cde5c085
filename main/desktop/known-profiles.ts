import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Whether the settings in a folder were made by somebody else: they are there, and this app never
 * ran with that folder. The folder is then recorded as known, in a file outside of all profiles,
 * one path per line: a marker inside a profile could be copied along with it.
 * @param list the file that is kept
 */
export function isForeignProfile(folder: string, list: string): boolean {
  if (knownIn(list).includes(folder)) return false;
  const isForeign = existsSync(join(folder, 'settings.json'));
  try {
    mkdirSync(dirname(list), { recursive: true, mode: 0o700 });
    appendFileSync(list, `${folder}\n`, { mode: 0o600 });
  } catch {
    // Then its settings count as somebody else's at the next start, too.
  }
  return isForeign;
}

function knownIn(list: string): readonly string[] {
  try {
    return readFileSync(list, 'utf8').split('\n');
  } catch {
    return [];
  }
}
