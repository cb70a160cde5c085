import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execOf } from './autostart-entry.ts';

/** Portals know the app by the name of its desktop file (package.json, `desktopName`). */
export const APP_ID = 'app.linkify.tray';
const FILE = `${APP_ID}.desktop`;

/** Says that we may change and remove the file. */
const OURS = '# Written by Linkify Tray where no package has installed this file.';

export interface DesktopFileOptions {
  /** Program and arguments that start the app. */
  readonly command: readonly string[];
  /** Where the user's own files are: `$XDG_DATA_HOME`, or `~/.local/share`. */
  readonly dataHome: string;
  /** Where packages install files: `$XDG_DATA_DIRS`. */
  readonly dataDirs: readonly string[];
}

/**
 * Installs the app's desktop file for the user, and keeps it current, unless a package has installed
 * one: portals know no app without it, and deny it everything (AppImage, unpacked builds).
 * @throws where the folder can't be written
 * @see Desktop Entry Specification 1.5
 */
export function installDesktopFile({ command, dataHome, dataDirs }: DesktopFileOptions): void {
  const folder = join(dataHome, 'applications');
  const own = join(folder, FILE);
  const before = readIfThere(own);
  if (before !== undefined && !before.startsWith(OURS)) return;
  const isPackaged = dataDirs.some(
    (dir) => dir !== dataHome && readIfThere(join(dir, 'applications', FILE)) !== undefined,
  );
  if (isPackaged) {
    // Ours would take the place of the package's.
    if (before !== undefined) rmSync(own, { force: true });
    return;
  }
  const wanted = desktopFile(command);
  if (before === wanted) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(own, wanted);
}

/** The data folders of packages, in order (XDG Base Directory Specification 0.8). */
export function dataDirsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return (env.XDG_DATA_DIRS || '/usr/local/share:/usr/share')
    .split(':')
    .filter((dir) => dir.startsWith('/'));
}

function desktopFile(command: readonly string[]): string {
  return [
    OURS,
    '[Desktop Entry]',
    'Type=Application',
    'Name=Linkify Tray',
    'Comment=Copy anything. Press the shortcut. Paste a link.',
    `Exec=${execOf(command)}`,
    'Icon=linkify-tray',
    'Terminal=false',
    'Categories=Utility;',
    '',
  ].join('\n');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
