import type { StoreSettings } from './store-settings.ts';

/** A clock that differs by less from the time that has passed counts as right, in ms. */
const TOLERANCE_MS = 24 * 60 * 60 * 1_000;

/** A clock jump is accepted after the clock has run on from the new time for this long, in ms. */
const CONFIRM_MS = 60 * 60 * 1_000;

/** The time is written down this rarely, in ms: each write wakes the disk. */
const WRITE_MS = 60 * 60 * 1_000;

/** The time by which content is deleted: it does not follow a clock that jumps. In ms since 1970. */
export interface StableClock {
  now(): number;
  /** Writes the time down for the next start, if that is due. */
  save(): Promise<void>;
}

interface SettledClockOptions {
  readonly settings: Pick<StoreSettings, 'get' | 'set'>;
  /** The system's clock, which can be set; in ms since 1970. */
  readonly now: () => number;
  /** A clock that only runs, in ms from any moment. */
  readonly elapsed: () => number;
}

/**
 * A clock that is suddenly more than a day ahead or behind (set by mistake, or wrong after a power
 * cut until the network has corrected it) must not delete what cannot be brought back. Such a time
 * is believed once it has held for an hour, or when a later start, an hour or more after, finds the
 * clock still there. The last time is kept with the metadata, so that a start with a wrong clock is
 * noticed too.
 */
export async function openStableClock(options: SettledClockOptions): Promise<StableClock> {
  const { settings, now, elapsed } = options;
  const [savedMs = now(), savedJumpMs] = ((await settings.get('clock')) ?? '')
    .split(' ')
    .filter((part) => part !== '')
    .map(Number);
  /** What the time was, and what `elapsed` said then. */
  let known = { atMs: savedMs, elapsedMs: elapsed() };
  /** A different time that the clock has shown since. */
  let jump: typeof known | undefined;
  if (savedJumpMs !== undefined && now() >= savedJumpMs + CONFIRM_MS) known.atMs = now();
  let writtenMs = Number.NEGATIVE_INFINITY;

  const since = (from: typeof known): number =>
    Math.round(from.atMs + (elapsed() - from.elapsedMs));
  const agrees = (from: typeof known): boolean => Math.abs(now() - since(from)) <= TOLERANCE_MS;

  function settled(): number {
    if (jump !== undefined && !agrees(jump)) jump = undefined;
    if (!agrees(known)) {
      jump ??= { atMs: now(), elapsedMs: elapsed() };
      if (elapsed() - jump.elapsedMs < CONFIRM_MS) return since(known);
    }
    known = { atMs: now(), elapsedMs: elapsed() };
    jump = undefined;
    return known.atMs;
  }

  return {
    now: settled,
    async save() {
      const time = settled();
      if (elapsed() - writtenMs < WRITE_MS) return;
      writtenMs = elapsed();
      const value = jump === undefined ? `${time}` : `${time} ${jump.atMs}`;
      await settings.set('clock', value);
    },
  };
}
