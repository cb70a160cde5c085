import { EventEmitter } from 'node:events';
import type { UpdateView } from '../../preload/contract.ts';
import type { Failures } from '../failures/failures.ts';
import type { SharingFault } from '../failures/faults.ts';
import type { Settings } from '../settings/settings.ts';
import {
  changeRecord,
  confirmStart,
  loadRecord,
  type RecordFile,
  takeFailedInstallation,
} from './first-start.ts';
import { type PreparedUpdate, type Update, UpdateError, type Updater } from './updater.ts';

export interface UpdatesDeps {
  /** Absent: this installation can't be updated. */
  readonly updater: Updater | undefined;
  /** The version that runs. */
  readonly version: string;
  readonly settings: Pick<Settings, 'values' | 'subscribe'>;
  readonly failures: Pick<Failures, 'report' | 'solved'>;
  readonly record: RecordFile;
  /** A share is under way, or a question is open. */
  readonly isBusy: () => boolean;
  readonly quit: () => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

interface UpdatesEvents {
  changed: [];
  /** A version is installed at the next quit. */
  ready: [version: string];
  /** There is a version that the system's package manager installs. */
  available: [version: string];
}

/** After the start, in ms: the start itself needs the computer, and by then it has worked. */
export const FIRST_CHECK_MS = 10_000;

/** Between two checks that nobody asked for, in ms. */
export const CHECK_EVERY_MS = 24 * 60 * 60_000;

/** The longest delay of a timer, in ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Owns what is known of new versions. Without the user's consent nothing is requested, except when
 * they ask for a check. A version is downloaded in the background, and installed when the app quits.
 */
export class Updates extends EventEmitter<UpdatesEvents> {
  readonly #deps: UpdatesDeps;
  #progress: UpdateView['progress'] = { kind: 'idle' };
  #prepared: PreparedUpdate | undefined;
  /** The user asked for the check that led to the prepared version. */
  #wasAskedFor = false;
  #running: Promise<SharingFault | undefined> | undefined;
  #restarts: 'no' | 'when-idle' | 'at-quit' = 'no';
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(deps: UpdatesDeps) {
    super();
    this.#deps = deps;
  }

  /** What the window shows; null: this installation can't be updated. */
  view(): UpdateView | null {
    const { updater } = this.#deps;
    if (updater === undefined) return null;
    return {
      way: updater.prepare === undefined ? 'report' : 'install',
      progress: this.#progress,
      restartsWhenIdle: this.#restarts === 'when-idle',
    };
  }

  /** Reports what became of the last update, and checks regularly if the user has agreed. */
  start(): void {
    const { failures, record, settings, version } = this.#deps;
    const failed = takeFailedInstallation(record, version);
    if (failed !== undefined) failures.report({ kind: 'update-not-installed', ...failed });
    const { rolledBack, isUnreported } = loadRecord(record);
    if (rolledBack !== undefined && isUnreported === true) {
      failures.report({ kind: 'update-rolled-back', version: rolledBack });
      changeRecord(record, { isUnreported: false });
    }
    this.#timer = setTimeout(() => {
      confirmStart(record);
      this.#schedule();
    }, FIRST_CHECK_MS);
    let wasOn = settings.values().checkForUpdates;
    this.#unsubscribe = settings.subscribe(({ checkForUpdates }) => {
      if (checkForUpdates === wasOn) return;
      wasOn = checkForUpdates;
      if (checkForUpdates) void this.#checkQuietly();
      else this.#withdraw();
    });
  }

  /** The app quits in an orderly way: this version works. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe?.();
    confirmStart(this.#deps.record);
  }

  /** Checks because the user asks for it, downloads, and prepares the installation. */
  async check(): Promise<SharingFault | undefined> {
    this.#wasAskedFor = true;
    return this.#run();
  }

  /** Quits and starts the new version, once nothing is shared and no question is open. */
  restart(): void {
    if (this.#prepared === undefined) return;
    this.#restarts = 'when-idle';
    this.emit('changed');
    this.maybeIdle();
  }

  /** A share or a question may have ended. */
  maybeIdle(): void {
    if (this.#restarts !== 'when-idle' || this.#deps.isBusy()) return;
    this.#restarts = 'at-quit';
    this.#deps.quit();
  }

  /**
   * Installs what is prepared. Call it last, when all modules have stopped. The next start reports an
   * installation that failed, also one by an installer that runs after the app has ended.
   */
  installPrepared(): void {
    if (this.#prepared === undefined) return;
    const { record, version: from } = this.#deps;
    const begun = { version: this.#prepared.version, from };
    changeRecord(record, { begun: { ...begun, reason: 'other' } });
    try {
      this.#prepared.install(this.#restarts === 'at-quit');
    } catch (error) {
      // The installed version is as it was; the next check prepares the update again.
      console.error('The update was not installed:', error);
      if (error instanceof UpdateError && error.problem.kind === 'not-installed') {
        changeRecord(record, { begun: { ...begun, reason: error.problem.reason } });
      }
    }
  }

  /** Sets the time of the next check, if there is to be one. */
  #schedule(): void {
    clearTimeout(this.#timer);
    const { now, record, settings, updater } = this.#deps;
    const isWanted = settings.values().checkForUpdates && this.#prepared === undefined;
    if (updater === undefined || !isWanted) return;
    const sinceMs = Math.max(0, now() - (loadRecord(record).checkedAtMs ?? 0));
    const inMs = Math.min(Math.max(0, CHECK_EVERY_MS - sinceMs), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => void this.#checkQuietly(), inMs);
  }

  async #checkQuietly(): Promise<void> {
    const { failures, now, record } = this.#deps;
    // Before the check: one that is cut off isn't repeated at once.
    changeRecord(record, { checkedAtMs: now() });
    const fault = await this.#run();
    // No network, or a server that is down: the next check says so if it matters.
    if (fault !== undefined && fault.kind !== 'update-not-checked') failures.report(fault);
    this.#schedule();
  }

  /** One check at a time; a second one gets the result of the first. */
  #run(): Promise<SharingFault | undefined> {
    this.#running ??= this.#findAndPrepare().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #findAndPrepare(): Promise<SharingFault | undefined> {
    const { updater, failures, now } = this.#deps;
    if (updater === undefined || this.#prepared !== undefined) return undefined;
    const before = this.#progress;
    try {
      this.#show({ kind: 'checking' });
      const update = await updater.find();
      for (const kind of SOLVED_BY_A_CHECK) failures.solved(kind);
      if (update === undefined) this.#show({ kind: 'up-to-date', atMs: now() });
      else await this.#offer(updater, update);
      return undefined;
    } catch (error) {
      this.#show(before.kind === 'available' ? before : { kind: 'idle' });
      return faultOf(error);
    }
  }

  async #offer(updater: Updater, update: Update): Promise<void> {
    const { record } = this.#deps;
    const { version } = update;
    const { announced, rolledBack } = loadRecord(record);
    // It didn't start here: only who asks for it gets it again.
    const isSkipped = rolledBack === version && !this.#wasAskedFor;
    if (updater.prepare === undefined || isSkipped) {
      this.#show({ kind: 'available', version });
      if (announced === version || isSkipped) return;
      changeRecord(record, { announced: version });
      this.emit('available', version);
      return;
    }
    this.#show({ kind: 'downloading', version, percent: 0 });
    this.#prepared = await updater.prepare(update, (percent) => this.#downloaded(version, percent));
    if (!this.#wasAskedFor && !this.#deps.settings.values().checkForUpdates) {
      this.#withdraw();
      return;
    }
    this.#show({ kind: 'ready', version });
    this.emit('ready', version);
  }

  #downloaded(version: string, percent: number): void {
    const whole = Math.floor(percent);
    if (this.#progress.kind === 'downloading' && this.#progress.percent === whole) return;
    this.#show({ kind: 'downloading', version, percent: whole });
  }

  /** The user doesn't want updates any more: what nobody asked for isn't installed. */
  #withdraw(): void {
    clearTimeout(this.#timer);
    if (this.#prepared === undefined || this.#wasAskedFor) return;
    this.#prepared.discard();
    this.#prepared = undefined;
    this.#show({ kind: 'idle' });
  }

  #show(progress: UpdateView['progress']): void {
    this.#progress = progress;
    this.emit('changed');
  }
}

/** What a check that succeeds shows to be over. */
const SOLVED_BY_A_CHECK = [
  'update-not-checked',
  'update-rejected',
] as const satisfies readonly SharingFault['kind'][];

function faultOf(error: unknown): SharingFault {
  if (!(error instanceof UpdateError)) return { kind: 'internal' };
  const { problem } = error;
  switch (problem.kind) {
    case 'not-checked':
      return { kind: 'update-not-checked' };
    case 'rejected':
      return { kind: 'update-rejected', reason: problem.reason };
    case 'not-downloaded':
      return { ...problem, kind: 'update-not-downloaded' };
    case 'not-installed':
      return { ...problem, kind: 'update-not-installed' };
  }
}
