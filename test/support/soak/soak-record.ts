import { setTimeout as wait } from 'node:timers/promises';
import { bytesBelow, type LinkBook } from './link-book.ts';
import { Sampler, type Slopes } from './slopes.ts';
import { type TimedStep, timeStep } from './start-and-quit.ts';

/** What a soak found. Sizes in bytes. */
export interface Soaked {
  readonly name: string;
  readonly acknowledged: number;
  readonly ended: number;
  /** Links that were opened to see whether they open, or don't. */
  readonly checked: number;
  readonly lost: number;
  readonly reopened: number;
  /** Ended links whose content is still in a file. */
  readonly contentLeft: number;
  readonly diskBytes: number;
  readonly liveBytes: number;
  readonly diskLimitBytes: number;
  readonly steps: readonly TimedStep[];
  /** Requests or actions. */
  readonly doneSteps: number;
  /** Those that failed while the program was there. */
  readonly failedSteps: number;
  readonly slopes: Slopes;
  /** What must not be. */
  readonly problems: readonly string[];
}

/** The disk may have live content and a tenth more, ... */
const DISK_SHARE = 1.1;
/** ... 4 MiB in reserve for a full disk, and the log of SQLite, at most 4 MiB between checkpoints, ... */
const DISK_FIXED_BYTES = 8 * 1024 * 1024;
/** ... the rows of a share with its indexes, also of one that has ended: they say "gone", ... */
const DISK_BYTES_A_SHARE = 1_024;
/** ... and what a kill left of an upload or a collection: nothing shares it, so it stays for a day. */
const DISK_BYTES_A_KILL = 2_000_000;

/** Content is deleted in the background, a closed share's after 10 s. In ms. */
const SETTLE_LIMIT_MS = 60_000;
const SETTLE_PAUSE_MS = 1_000;

/** For each step that fails so many have to be done. */
const DONE_STEPS_A_FAILED = 4;

export interface SoakOptions {
  readonly name: string;
  readonly book: LinkBook;
  /** Of the server: its size is compared with the live content. */
  readonly dataDir: string;
  /** Searched for content of ended links. */
  readonly searched: readonly string[];
  readonly kills: number;
}

/** Collects what happens in a soak, and judges it. */
export class SoakRecord {
  doneSteps = 0;
  failedSteps = 0;
  readonly sampler: Sampler;
  readonly #options: SoakOptions;
  readonly #steps: TimedStep[] = [];
  #checked = 0;
  #lost = 0;
  #reopened = 0;
  #contentLeft = Number.NaN;
  #diskBytes = Number.NaN;

  constructor(options: SoakOptions) {
    this.#options = options;
    this.sampler = new Sampler(options.dataDir);
  }

  async time<T>(what: string, step: () => Promise<T>): Promise<T> {
    let value: T | undefined;
    const timed = await timeStep(what, async () => {
      value = await step();
    });
    this.#steps.push(timed);
    // The step has resolved.
    return value as T;
  }

  async verify(pages: string, limit?: number): Promise<void> {
    const { lost, reopened, checked } = await this.#options.book.verify(pages, limit);
    this.#lost += lost;
    this.#reopened += reopened;
    this.#checked += checked;
  }

  /** Waits until the disk has no more than it may have, and opens all links once more. */
  async settle(pages: string): Promise<void> {
    const { book, dataDir, searched } = this.#options;
    const end = Date.now() + SETTLE_LIMIT_MS;
    do {
      await wait(SETTLE_PAUSE_MS);
      this.#contentLeft = await book.contentLeft(searched);
      this.#diskBytes = await bytesBelow(dataDir);
    } while (
      (this.#contentLeft > 0 || this.#diskBytes > this.#diskLimitBytes()) &&
      Date.now() < end
    );
    await this.verify(pages);
  }

  async result(): Promise<Soaked> {
    const { name, book } = this.#options;
    const problems: string[] = [];
    const check = (isWrong: boolean, problem: string): void => {
      if (isWrong) problems.push(`${name}: ${problem}`);
    };
    const diskLimitBytes = this.#diskLimitBytes();
    // Some may: on a busy machine the app takes longer than a step waits.
    check(
      this.failedSteps * DONE_STEPS_A_FAILED > this.doneSteps,
      `${this.failedSteps} steps failed, and only ${this.doneSteps} were done`,
    );
    check(this.#lost > 0, `${this.#lost} acknowledged links are lost`);
    check(this.#reopened > 0, `${this.#reopened} ended links open`);
    check(this.#contentLeft > 0, `content of ${this.#contentLeft} ended links is in files`);
    check(
      this.#diskBytes > diskLimitBytes,
      `${this.#diskBytes} bytes on disk, over the limit of ${diskLimitBytes}`,
    );
    for (const { what, ms, limitMs } of this.#steps) {
      check(ms > limitMs, `${what} took ${ms} ms, over the limit of ${limitMs}`);
    }
    return {
      name,
      acknowledged: book.size,
      ended: book.ended().length,
      checked: this.#checked,
      lost: this.#lost,
      reopened: this.#reopened,
      contentLeft: this.#contentLeft,
      diskBytes: this.#diskBytes,
      liveBytes: this.#liveBytes(),
      diskLimitBytes,
      steps: this.#steps,
      doneSteps: this.doneSteps,
      failedSteps: this.failedSteps,
      slopes: this.sampler.slopes(),
      problems,
    };
  }

  #liveBytes(): number {
    return this.#options.book.active().reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #diskLimitBytes(): number {
    const { book, kills } = this.#options;
    const others = book.size * DISK_BYTES_A_SHARE + kills * DISK_BYTES_A_KILL;
    return Math.round(this.#liveBytes() * DISK_SHARE + DISK_FIXED_BYTES + others);
  }
}
