import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Why a service does not start. The message is a sentence for people. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/** Owners and modes exist on POSIX systems only; elsewhere the user's profile folder protects. */
const posix = process.platform !== 'win32';

/**
 * Makes the data folder with mode 0700, or checks the one that is there.
 * @throws StartRefused when it is a link, not a folder, not ours, or open to others
 */
export async function prepareDataDir(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 });
  if (made !== undefined && posix) await chmod(path, 0o700);
  const stat = await lstat(path);
  if (!stat.isDirectory()) throw new StartRefused(`${path} is not a folder. Choose another one.`);
  if (!posix) return;
  if (stat.uid !== process.getuid?.()) {
    throw new StartRefused(`${path} belongs to another user. Choose a folder of your own.`);
  }
  if ((stat.mode & 0o077) !== 0) {
    throw new StartRefused(`${path} is open to other users. Close it with: chmod 700 "${path}"`);
  }
}

/** Where the token is kept that was made for a data folder. */
export const tokenFileIn = (dataDir: string): string => join(dataDir, 'api-token');

/**
 * The API's token: 256 random bits, made at the first start and kept in a file that only
 * its owner can read.
 * @throws StartRefused when the file is a link, not ours, or readable by others
 */
export async function keepToken(dataDir: string): Promise<string> {
  const path = tokenFileIn(dataDir);
  const token = randomBytes(32).toString('base64url');
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(token);
      await file.sync();
    } finally {
      await file.close();
    }
    return token;
  } catch (error) {
    if (!isExists(error)) throw error;
  }
  return await readToken(path);
}

async function readToken(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((cause) => {
    throw new StartRefused(`${path} cannot be read. Remove it to get a new token.`, { cause });
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile() || (posix && stat.uid !== process.getuid?.())) {
      throw new StartRefused(`${path} is not a file of this user. Remove it to get a new token.`);
    }
    if (posix && (stat.mode & 0o077) !== 0) {
      throw new StartRefused(
        `${path} can be read by other users, so its token is no secret. Remove it to get a new one.`,
      );
    }
    const token = (await file.readFile('utf8')).trim();
    if (!/^[A-Za-z0-9_-]{32,256}$/.test(token)) {
      throw new StartRefused(`${path} holds no token. Remove it to get a new one.`);
    }
    return token;
  } finally {
    await file.close();
  }
}

function isExists(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'EEXIST';
}
