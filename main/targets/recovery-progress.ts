import { EventEmitter } from 'node:events';
import type { TextKey } from '../i18n/messages.ts';

/** The recovery under way, and how far it is where that is known. */
export interface RecoveryProgress {
  readonly what: TextKey;
  readonly sinceMs: number;
  /** 0 to 100. */
  readonly percentage?: number;
}

export interface RecoveryStep {
  readonly signal: AbortSignal;
  report(progress: { readonly percentage?: number }): void;
}

const EVERY_MS = 1_000;

/** Runs one recovery of a target at a time: a newer one stops the one before. */
export class Recovery extends EventEmitter<{ changed: [] }> {
  readonly #now: () => number;
  #running: AbortController | undefined;
  #progress: RecoveryProgress | undefined;

  /** @param now a monotonic clock, in ms */
  constructor(now: () => number) {
    super();
    this.#now = now;
  }

  /** Changes each second while a recovery runs; `undefined`: none does. */
  progress(): RecoveryProgress | undefined {
    return this.#progress;
  }

  /** Rejects with what the step rejects with. */
  async run<T>(what: TextKey, step: (step: RecoveryStep) => Promise<T>): Promise<T> {
    this.cancel();
    const own = new AbortController();
    this.#running = own;
    const startedMs = this.#now();
    let known: { readonly percentage?: number } = {};
    const report = (): void => {
      if (this.#running === own) this.#set({ what, sinceMs: this.#now() - startedMs, ...known });
    };
    const timer = setInterval(report, EVERY_MS);
    report();
    try {
      return await step({
        signal: own.signal,
        report(progress) {
          known = progress;
          report();
        },
      });
    } finally {
      clearInterval(timer);
      if (this.#running === own) {
        this.#running = undefined;
        this.#set(undefined);
      }
    }
  }

  cancel(): void {
    this.#running?.abort();
  }

  #set(progress: RecoveryProgress | undefined): void {
    this.#progress = progress;
    this.emit('changed');
  }
}
