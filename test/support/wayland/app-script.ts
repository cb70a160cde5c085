import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppCommand, appCommand, newProfile } from '../app.ts';
import type { Ozone } from './desktop.ts';

/** The program `linkify-tray` of a session. */
export interface AppScript {
  /** Where the program is, for the PATH of the session. */
  readonly folder: string;
  readonly command: AppCommand;
  readonly profile: string;
}

/**
 * Writes a script that starts the app with a profile and the switches of a session, so that a key
 * can be bound to `linkify-tray --share-clipboard`, as users do.
 * @param dir the folder of the session
 * @param prefix a command that runs the app where the programs of the session are
 */
export async function writeAppScript(
  dir: string,
  ozone: Ozone,
  prefix: readonly string[] = [],
): Promise<AppScript> {
  const { executable, args } = await appCommand();
  const profile = await newProfile({ dir });
  const words = [
    ...prefix,
    executable,
    ...args,
    ...(ozone === 'default' ? [] : [`--ozone-platform=${ozone}`]),
  ];
  const folder = join(dir, 'bin');
  const path = join(folder, 'linkify-tray');
  await mkdir(folder, { recursive: true });
  const program = words.map(quoted).join(' ');
  await writeFile(path, SCRIPT(program, quoted(`--user-data-dir=${profile}`)), { mode: 0o755 });
  return { folder, command: { executable: path, args: [] }, profile };
}

/** A test may give the profile folder itself, and the app takes only one. */
const SCRIPT = (program: string, profile: string): string => `#!/bin/sh
case "$*" in
*--user-data-dir=*) ;;
*) set -- ${profile} "$@" ;;
esac
exec ${program} "$@"
`;

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
