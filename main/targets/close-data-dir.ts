import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tokenFileIn } from '../server/data-dir.ts';

/**
 * Closes the server's folder in our own profile to other users: a copied or restored profile has
 * often lost its modes, and the server starts in no folder that others can read. An API token that
 * others could read is removed, so that the server creates another one. What isn't ours, or is a
 * link, stays as it is: the server refuses it.
 */
export async function closeDataDir(path: string): Promise<void> {
  // Elsewhere the folder of the user protects it.
  if (process.platform === 'win32') return;
  await withOpenToOthers(path, constants.O_DIRECTORY, (folder) => folder.chmod(0o700));
  const token = tokenFileIn(path);
  await withOpenToOthers(token, constants.O_NONBLOCK, () => rm(token));
}

/** Calls `close` if the path is there, is ours, and other users have any access to it. */
async function withOpenToOthers(
  path: string,
  flag: number,
  close: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | flag).catch(
    () => undefined,
  );
  if (file === undefined) return;
  try {
    const { uid, mode } = await file.stat();
    if (uid === process.getuid?.() && (mode & 0o077) !== 0) await close(file);
  } finally {
    await file.close();
  }
}
