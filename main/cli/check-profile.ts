import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
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
 * Makes the profile folder (mode 0700) and writes a byte into it, as the app will have to.
 * @returns why the app cannot use the folder, in a sentence; `undefined` when it can
 */
export function whatIsWrongWithProfile(folder: string): string | undefined {
  const probe = join(folder, `.write-test-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
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

/** `mkdir` says ENOENT where a folder further up is read-only (Node 20): what that one says. */
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
