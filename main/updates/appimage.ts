import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  copyFileSync,
  createReadStream,
  linkSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { chmod, copyFile, open } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { syncFolder } from '../files/write-atomically.ts';
import { UpdateError, type UpdateFile } from './updater.ts';

/**
 * How long the new version may take to print its version, in ms: without FUSE it unpacks itself
 * first, on a busy computer.
 */
const TRIAL_LIMIT_MS = 120_000;

/** The new version, before it replaces the installed one. In the same folder, to be renamed. */
const stagedPath = (appImage: string): string => beside(appImage, 'update');

/** The installed version, until the one that replaced it has started. */
export const previousPath = (appImage: string): string => beside(appImage, 'previous');

const beside = (appImage: string, what: string): string =>
  join(dirname(appImage), `.${basename(appImage)}.${what}`);

/**
 * The file of the AppImage that this program runs from; undefined if it runs from none. The
 * variables alone don't say so: what a terminal in an AppImage starts inherits them.
 */
export function ownAppImage(env: NodeJS.ProcessEnv, executable: string): string | undefined {
  const { APPIMAGE: appImage, APPDIR: mountedAt } = env;
  if (appImage === undefined || mountedAt === undefined || !isAbsolute(appImage)) return undefined;
  return executable.startsWith(join(mountedAt, sep)) ? appImage : undefined;
}

export interface StageOptions {
  /** The file of the installed version. */
  readonly appImage: string;
  /** The downloaded file. */
  readonly downloaded: string;
  readonly version: string;
  readonly file: Pick<UpdateFile, 'sha512'>;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Throws if files can't be replaced in the folder of an AppImage, so that nothing is downloaded in
 * vain.
 * @throws UpdateError `not-installed`
 */
export function checkFolder(appImage: string, version: string): void {
  try {
    accessSync(dirname(appImage), constants.W_OK);
  } catch (error) {
    throw new UpdateError({ kind: 'not-installed', version, reason: 'folder' }, { cause: error });
  }
}

/**
 * Copies a downloaded version beside the installed one, verifies the copy, and runs it once: it has
 * to print its version. That proves runtime, Electron and bundle on this computer, before anything
 * is replaced.
 * @throws UpdateError `not-downloaded` if the file is not the one of the manifest, `not-installed`
 *   if it can't be copied or doesn't run
 */
export async function stage(options: StageOptions): Promise<void> {
  const { appImage, downloaded, version, file } = options;
  const staged = stagedPath(appImage);
  try {
    await copyDurably(downloaded, staged);
    if ((await sha512Of(staged)) !== file.sha512) {
      throw new UpdateError({ kind: 'not-downloaded', version, reason: 'different' });
    }
    await tryOut(staged, version, options.env);
  } catch (error) {
    rmSync(staged, { force: true });
    if (error instanceof UpdateError) throw error;
    const reason = isDiskFull(error) ? 'disk-full' : undefined;
    throw new UpdateError(
      reason === undefined
        ? { kind: 'not-installed', version, reason: 'folder' }
        : { kind: 'not-downloaded', version, reason },
      { cause: error },
    );
  }
}

export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await chmod(to, 0o755);
  const file = await open(to, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('base64');
}

/** @throws UpdateError `not-installed` unless the file prints this version */
function tryOut(path: string, version: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(
      path,
      ['--version'],
      { env: withoutAppImage(env), timeout: TRIAL_LIMIT_MS },
      (error, stdout) => {
        if (error === null && stdout.trim() === version) return resolve();
        const cause = error ?? undefined;
        reject(
          new UpdateError({ kind: 'not-installed', version, reason: 'does-not-start' }, { cause }),
        );
      },
    );
  });
}

/** What an AppImage's runtime tells the program in it about itself. */
const OF_RUNTIME = ['APPIMAGE', 'APPDIR', 'ARGV0', 'OWD'];

/** The environment for another AppImage: without what describes this one. */
export function withoutAppImage(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OF_RUNTIME.includes(name)));
}

/**
 * Replaces the installed version by the staged one, and keeps the installed one beside it. At each
 * moment there is a whole AppImage at the path: whoever is interrupted has the old or the new one.
 * @throws the system's error; the installed version is then as it was
 */
export function replace(appImage: string): void {
  const previous = previousPath(appImage);
  rmSync(previous, { force: true });
  try {
    linkSync(appImage, previous);
  } catch {
    // File systems without hard links.
    copyFileSync(appImage, previous, constants.COPYFILE_FICLONE);
  }
  renameSync(stagedPath(appImage), appImage);
  syncFolder(dirname(appImage));
}

/**
 * Puts the previous version back.
 * @throws the system's error, also if there is none
 */
export function restorePrevious(appImage: string): void {
  renameSync(previousPath(appImage), appImage);
  syncFolder(dirname(appImage));
}

/** Deletes what an update has left beside the installed version. */
export function removeStaged(appImage: string): void {
  rmSync(stagedPath(appImage), { force: true });
}

export function removePrevious(appImage: string): void {
  rmSync(previousPath(appImage), { force: true });
}
