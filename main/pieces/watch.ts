import type { PiecesSession } from './session.ts';
import type { PiecesState } from './state.ts';

export interface PiecesWatchDeps {
  readonly session: Pick<PiecesSession, 'state' | 'refresh' | 'subscribe'>;
  /** Longest pause between two looks for one that does not run, in ms. */
  readonly absentMs: number;
  /** Pause while something waits to be shared there, in ms. */
  readonly waitingMs: number;
  /** Calls back when its port file changes or the computer wakes up; returns how to stop. */
  readonly onEvents: (listener: () => void) => () => void;
  /** 0 to 1, for the jitter. */
  readonly random?: () => number;
}

/** Keeps the state of Pieces OS fresh in the background. */
export interface PiecesWatch {
  start(): void;
  stop(): void;
  /** Whether a share waits for it, so that it is looked for more often. */
  setPending(waiting: boolean): void;
}

const FIRST_ABSENT_MS = 5_000;
const GROWTH = 2;
/** A service that runs: how often its state is read, in ms. */
const PAUSE_MS = {
  unknown: 0,
  'cloud-starting': 2_000,
  'signed-out': 15_000,
  'cloud-not-connected': 15_000,
  'out-of-date': 60_000,
  ready: 60_000,
} as const;
/** The pauses are this much longer or shorter, so that many computers do not ask in step. */
const JITTER = 0.2;

export function createPiecesWatch(deps: PiecesWatchDeps): PiecesWatch {
  const { session, random = Math.random } = deps;
  let timer: NodeJS.Timeout | undefined;
  let stopEvents: (() => void) | undefined;
  let absentMs = FIRST_ABSENT_MS;
  let waiting = false;

  const pauseAfter = (state: PiecesState): number => {
    if (Object.hasOwn(PAUSE_MS, state.kind)) return PAUSE_MS[state.kind as keyof typeof PAUSE_MS];
    if (waiting) return deps.waitingMs;
    const pause = absentMs;
    absentMs = Math.min(absentMs * GROWTH, deps.absentMs);
    return pause * (1 - JITTER * random());
  };

  const plan = (ms: number): void => {
    clearTimeout(timer);
    if (stopEvents === undefined) return;
    timer = setTimeout(turn, ms);
    // The app's end need not wait for a look.
    timer.unref?.();
  };

  const turn = (): void => {
    void session.refresh().then((state) => plan(pauseAfter(state)));
  };

  const refreshSoon = (): void => {
    absentMs = FIRST_ABSENT_MS;
    plan(0);
  };

  return {
    start() {
      if (stopEvents !== undefined) return;
      const stopEvent = deps.onEvents(refreshSoon);
      const stopState = session.subscribe((state) => {
        // It ran a moment ago and may be restarting, so it is searched for in short intervals
        // again.
        absentMs = FIRST_ABSENT_MS;
        if (state.kind === 'not-running') plan(pauseAfter(state));
      });
      stopEvents = () => {
        stopEvent();
        stopState();
      };
      plan(0);
    },
    stop() {
      clearTimeout(timer);
      stopEvents?.();
      stopEvents = undefined;
    },
    setPending(next) {
      if (waiting === next) return;
      waiting = next;
      if (next && stopEvents !== undefined) refreshSoon();
    },
  };
}
