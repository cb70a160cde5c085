import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a small file that survives a power cut: as it was or as it is now, never empty or cut
 * short. It is written beside, with mode 0600 whatever the mode of the file it replaces, and
 * renamed into place.
 * @throws the system's error; the file is then as it was
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.new-${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** A new name is durable with its folder; Windows cannot open one, and needs it not. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } catch (error) {
    // Some file systems (FAT, shares) cannot; the file itself is on disk.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error;
  } finally {
    closeSync(opened);
  }
}
