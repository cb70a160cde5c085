import type { TextKey } from '../i18n/messages.ts';

/** What is being waited for, and how far it is where that is known. */
export interface RecoveryProgress {
  readonly what: TextKey;
  readonly sinceMs: number;
  /** 0 to 100. */
  readonly percentage?: number;
}

export interface RecoveryStep {
  readonly signal: AbortSignal;
  tell(progress: { readonly percentage?: number }): void;
}

export interface RunRecoveryNeeds {
  /** Told each second what is waited for, and `null` at the end. */
  readonly onProgress: (progress: RecoveryProgress | null) => void;
  /** Ms that only grow. */
  readonly now: () => number;
}

/** Runs one way out at a time: a newer one stops the one before. */
export interface RunRecovery {
  run<T>(what: TextKey, step: (step: RecoveryStep) => Promise<T>): Promise<T>;
  cancel(): void;
}

const TELL_EVERY_MS = 1_000;

export function createRunRecovery({ onProgress, now }: RunRecoveryNeeds): RunRecovery {
  let running: AbortController | undefined;
  return {
    async run(what, step) {
      running?.abort();
      const mine = new AbortController();
      running = mine;
      const startedMs = now();
      let known: { readonly percentage?: number } = {};
      const tell = (): void => {
        if (running === mine) onProgress({ what, sinceMs: now() - startedMs, ...known });
      };
      const timer = setInterval(tell, TELL_EVERY_MS);
      tell();
      try {
        return await step({
          signal: mine.signal,
          tell(progress) {
            known = progress;
            tell();
          },
        });
      } finally {
        clearInterval(timer);
        if (running === mine) {
          running = undefined;
          onProgress(null);
        }
      }
    },
    cancel() {
      running?.abort();
    },
  };
}
