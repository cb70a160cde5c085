import type {
  UpdateDownloadProblem,
  UpdateInstallProblem,
  UpdateRejection,
} from '../failures/faults.ts';

/**
 * What the app needs of an updater. electron-builder 27 signs its manifests itself: its updater would
 * be a second implementation, and `find-update.ts` with `manifest.ts` would go.
 */
export interface Updater {
  /**
   * Finds the newest version by its signed manifest. Downloads nothing else.
   * @returns undefined if the installed version is the newest
   * @throws UpdateError
   */
  find(): Promise<Update | undefined>;
  /**
   * Downloads a version and prepares its installation; the installed version stays as it is.
   * Absent: the system's package manager installs new versions.
   * @param onPercent called with 0 to 100
   * @throws UpdateError
   */
  readonly prepare?: (
    update: Update,
    onPercent: (percent: number) => void,
  ) => Promise<PreparedUpdate>;
}

/** A version that a verified manifest names, with the file for this installation. */
export interface Update {
  readonly version: string;
  /** Absent where the app installs nothing itself. */
  readonly file?: UpdateFile;
}

export interface UpdateFile {
  /** A plain name: the file is beside the manifest. */
  readonly name: string;
  /** Base64. */
  readonly sha512: string;
  /** In bytes. */
  readonly size: number;
  /** Bytes of the block map at the end of an AppImage. */
  readonly blockMapSize?: number;
}

export interface PreparedUpdate {
  readonly version: string;
  /**
   * Installs it. Called when all modules have stopped, right before the app ends.
   * @param restart whether the new version is started
   * @throws UpdateError
   */
  install(restart: boolean): void;
  /** Deletes what was downloaded: the version must not be installed. */
  discard(): void;
}

export type UpdateProblem =
  /** The server can't be reached, or has no manifest. */
  | { readonly kind: 'not-checked' }
  | { readonly kind: 'rejected'; readonly reason: UpdateRejection }
  | {
      readonly kind: 'not-downloaded';
      readonly version: string;
      readonly reason: UpdateDownloadProblem;
    }
  | {
      readonly kind: 'not-installed';
      readonly version: string;
      readonly reason: UpdateInstallProblem;
    };

export class UpdateError extends Error {
  override readonly name = 'UpdateError';
  readonly problem: UpdateProblem;
  constructor(problem: UpdateProblem, options?: ErrorOptions) {
    super(`update ${problem.kind}${'reason' in problem ? `: ${problem.reason}` : ''}`, options);
    this.problem = problem;
  }
}
