import * as v from 'valibot';
import { removePrevious, restorePrevious } from './appimage.ts';

/** Where the record is: a small JSON file in the profile's folder. */
export interface RecordFile {
  load(): unknown;
  save(value: unknown): void;
  remove(): void;
}

export const UPDATE_RECORD = 'update.json';

/** What is known of updates across starts. */
const recordSchema = v.object({
  /** An AppImage that was replaced, until the new version has started. */
  installing: v.exactOptional(
    v.object({
      /** The new version. */
      version: v.string(),
      appImage: v.string(),
      /** The new version was started, and hasn't said yet that it works. */
      wasStarted: v.boolean(),
    }),
  ),
  /**
   * An installation that was begun when the app quit; the next start removes it, and reports one that
   * failed.
   */
  begun: v.exactOptional(
    v.object({
      version: v.string(),
      /** The version that quit: if it starts again, the installation failed. */
      from: v.string(),
      reason: v.picklist(['folder', 'does-not-start', 'other']),
    }),
  ),
  /** A version that didn't start here: it isn't installed again without being asked for. */
  rolledBack: v.exactOptional(v.string()),
  /** The rollback hasn't been reported yet. */
  isUnreported: v.exactOptional(v.boolean()),
  /** The last version that a notification told of, where the app doesn't install it. */
  announced: v.exactOptional(v.string()),
  /** Of the last check that was not asked for, in ms since 1970. */
  checkedAtMs: v.exactOptional(v.number()),
});

export type UpdateRecord = v.InferOutput<typeof recordSchema>;

export function loadRecord(file: RecordFile): UpdateRecord {
  const parsed = v.safeParse(recordSchema, file.load());
  return parsed.success ? parsed.output : {};
}

export function changeRecord(file: RecordFile, change: Partial<UpdateRecord>): void {
  file.save({ ...loadRecord(file), ...change });
}

/**
 * Ends what is recorded of an installation at quit.
 * @param version the one that starts
 * @returns the version that was to be installed and why it wasn't; undefined if nothing failed
 */
export function takeFailedInstallation(
  file: RecordFile,
  version: string,
): Pick<NonNullable<UpdateRecord['begun']>, 'version' | 'reason'> | undefined {
  const { begun, ...others } = loadRecord(file);
  if (begun === undefined) return undefined;
  file.save(others);
  return begun.from === version ? { version: begun.version, reason: begun.reason } : undefined;
}

/** Noted right before the new version replaces the installed one. */
export function noteInstalling(file: RecordFile, version: string, appImage: string): void {
  changeRecord(file, { installing: { version, appImage, wasStarted: false } });
}

/**
 * Decides at each start of the app, before anything else is loaded: a version that was installed by
 * an update and was started before without having worked gives way to the previous one.
 * @param version the one that starts
 * @param appImage its file; absent: it is no AppImage
 * @returns whether the previous version is in place again: the caller starts it and ends
 */
export function rollBackIfFailed(
  file: RecordFile,
  version: string,
  appImage: string | undefined,
): boolean {
  const { installing } = loadRecord(file);
  if (installing === undefined || appImage === undefined) return false;
  // Another copy, or somebody installed another version since.
  if (installing.appImage !== appImage || installing.version !== version) return false;
  if (installing.wasStarted) return rollBack(file);
  changeRecord(file, { installing: { ...installing, wasStarted: true } });
  return false;
}

/**
 * Puts the previous version back if the one that runs came by an update and hasn't worked yet.
 * @returns whether it is in place
 */
export function rollBack(file: RecordFile): boolean {
  // It was installed: `begun` must not be reported as well.
  const { installing, begun, ...others } = loadRecord(file);
  if (installing?.wasStarted !== true) return false;
  try {
    restorePrevious(installing.appImage);
  } catch {
    // There is nothing to go back to, and asking again at each start doesn't help.
    file.save(others);
    return false;
  }
  file.save({ ...others, rolledBack: installing.version, isUnreported: true });
  return true;
}

/** The new version works: the previous one isn't needed any more. */
export function confirmStart(file: RecordFile): void {
  const { installing, ...others } = loadRecord(file);
  if (installing === undefined) return;
  file.save(others);
  removePrevious(installing.appImage);
}
