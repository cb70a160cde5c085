import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, link, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../files/write-atomically.ts';
import { unsafeParent } from './safe-parents.ts';

/** Why a service does not start. The message is a sentence for people. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** Owners and modes exist on POSIX systems only; elsewhere the user's profile folder protects. */
const posix = process.platform !== 'win32';

/**
 * Makes the data folder with mode 0700, or checks the one that is there.
 * @throws StartupError when it is a link, not a folder, not ours, or open to others, also where
 *   another user could replace it by way of a folder above it
 */
export async function prepareDataDir(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 });
  if (made !== undefined && posix) await chmod(path, 0o700);
  const stat = await lstat(path);
  if (!stat.isDirectory()) throw new StartupError(`${path} is not a folder. Choose another one.`);
  if (!posix) return;
  if (stat.uid !== process.getuid?.()) {
    throw new StartupError(`${path} belongs to another user. Choose a folder of your own.`);
  }
  if ((stat.mode & 0o077) !== 0) {
    throw new StartupError(`${path} is open to other users. Close it with: chmod 700 "${path}"`);
  }
  const unsafe = await unsafeParent(path);
  if (unsafe === undefined) return;
  throw new StartupError(
    `Other users can change ${unsafe}, and so replace ${path}. Choose another folder, or, if it is yours, close it with: chmod go-w "${unsafe}"`,
  );
}

/** Where the token is kept that was made for a data folder. */
export const tokenFileIn = (dataDir: string): string => join(dataDir, 'api-token');

/**
 * The API's token: 256 random bits, made at the first start and kept in a file that only
 * its owner can read. It is written beside and put into place whole; a file that a power cut left
 * empty, from before that, is made anew.
 * @throws StartupError when the file is a link, not ours, readable by others, or holds something else
 */
export async function loadOrCreateToken(dataDir: string): Promise<string> {
  const path = tokenFileIn(dataDir);
  const kept = await readToken(path);
  if (kept.is === 'token') return kept.token;
  const token = randomBytes(32).toString('base64url');
  const temporary = `${path}.new-${randomBytes(6).toString('hex')}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(token);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // A link takes no other's place, where two start at once; not every file system has them.
    if (kept.is === 'empty') await rename(temporary, path);
    else await link(temporary, path).catch((error) => putInPlace(error, temporary, path));
  } finally {
    await rm(temporary, { force: true });
  }
  syncFolder(dataDir);
  const now = await readToken(path);
  if (now.is !== 'token') throw new StartupError(`${path} was removed or emptied.`);
  return now.token;
}

async function putInPlace(error: unknown, from: string, to: string): Promise<void> {
  // Another process created the token first: use that one.
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rename(from, to);
}

type StoredToken = { readonly is: 'missing' | 'empty' } | { readonly is: 'token'; token: string };

async function readToken(path: string): Promise<StoredToken> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  const file = await open(path, flags).catch((cause) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new StartupError(`Can't read ${path}. Remove it to get a new token.`, { cause });
  });
  if (file === undefined) return { is: 'missing' };
  try {
    const stat = await file.stat();
    if (!stat.isFile() || (posix && stat.uid !== process.getuid?.())) {
      throw new StartupError(
        `${path} isn't a file of the current user. Remove it to get a new token.`,
      );
    }
    if (posix && (stat.mode & 0o077) !== 0) {
      throw new StartupError(`Other users can read ${path}. Remove it to get a new token.`);
    }
    const text = await file.readFile('utf8');
    // Some file systems leave zeros where a write was lost.
    if (/^[\0\s]*$/.test(text)) return { is: 'empty' };
    const token = text.trim();
    if (!/^[A-Za-z0-9_-]{32,256}$/.test(token)) {
      throw new StartupError(`${path} doesn't contain a token. Remove it to get a new one.`);
    }
    return { is: 'token', token };
  } finally {
    await file.close();
  }
}
