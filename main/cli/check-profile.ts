import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const REASONS: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'there is a file with that name',
  ENAMETOOLONG: 'the path is too long',
  EIO: 'the disk reported an error',
};

/**
 * Makes the profile folder (mode 0700) and writes a byte into it, as the app will have to. It must
 * be this user's own. Where others can write to it, the default folder is closed to them (a umask of
 * 002 leaves it open), and one that was chosen is refused: they may have put settings there.
 * @param isChosen whether the command line names the folder
 * @returns why the app cannot use the folder, in a sentence; `undefined` when it can
 */
export function checkProfile(folder: string, isChosen = false): string | undefined {
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    if (process.getuid !== undefined && uid !== process.getuid()) {
      return `${folder} belongs to another user. Choose a folder of your own.`;
    }
    if (process.platform !== 'win32' && (mode & 0o022) !== 0) {
      if (isChosen) {
        return `Other users can write to ${folder}. Close it with: chmod go-w "${folder}"`;
      }
      chmodSync(folder, 0o700);
    }
    writeFileSync(probe, '\n', { mode: 0o600 });
    rmSync(probe);
    return undefined;
  } catch (error) {
    // A full disk may still have made the file.
    try {
      rmSync(probe, { force: true });
    } catch {}
    const { code = '', message } = whyNotMade(folder) ?? (error as NodeJS.ErrnoException);
    return `Linkify Tray can't save to ${folder}: ${REASONS[code] ?? message}.`;
  }
}

/**
 * `mkdir` fails with ENOENT if a parent folder is read-only (Node 20): returns the error of that
 * parent folder.
 */
function whyNotMade(folder: string): NodeJS.ErrnoException | undefined {
  let above = folder;
  while (!existsSync(above) && dirname(above) !== above) above = dirname(above);
  try {
    accessSync(above, constants.W_OK);
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}
