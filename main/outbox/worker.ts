import { targetId } from '../targets/target-ref.ts';
import { backoffMs, SHORTEST_MS } from './backoff.ts';
import type { Entry } from './entry.ts';
import type { Outbox } from './outbox.ts';

/** What came of one try. */
export type Tried =
  /** It left the outbox, or is held for the person: the next one may go at once. */
  | { readonly kind: 'over' }
  /** The service cannot do it now; what else is meant for it waits as well. */
  | { readonly kind: 'not-now'; readonly atLeastMs?: number }
  /** It is not due before that; what else is meant for the service goes on meanwhile. */
  | { readonly kind: 'later'; readonly inMs: number };

/** Who says that a service may be there. */
export type WakeReason =
  /** It answered, it listens again, or the person asked: at once. */
  | 'there'
  /** Something changed that may have to do with it: not more often than every five seconds. */
  | 'perhaps';

export interface WorkerNeeds {
  readonly outbox: Pick<Outbox, 'list' | 'subscribe'>;
  /** Tries one entry; never rejects. */
  readonly attempt: (entry: Entry) => Promise<Tried>;
  /**
   * Calls back when a service that did not answer may be there again, without asking it anything;
   * answers how to stop, or `undefined` where there is no such sign.
   */
  readonly watch?: (entry: Entry, onThere: () => void) => (() => void) | undefined;
  /** Runs on while the app sleeps or not, in ms. */
  readonly now: () => number;
  readonly random: () => number;
  /** Answers how to take it back. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** Sends what waits: one thing at a time to each service, with a growing pause while it fails. */
export interface Worker {
  /** All services, or one, by `targetId`. */
  wake(reason: WakeReason, key?: string): void;
  /** When a service is asked next, in ms by the worker's clock. */
  nextMs(key: string): number | undefined;
  stop(): void;
}

interface Lane {
  failures: number;
  nextMs: number;
  lastMs: number;
  /** The service asked to be left alone until then. */
  earliestMs: number;
  running: boolean;
  stopWatching?: (() => void) | undefined;
}

export function createWorker(needs: WorkerNeeds): Worker {
  const { outbox, now } = needs;
  const lanes = new Map<string, Lane>();
  /** Entries that are not due yet, by id. */
  const dueMs = new Map<string, number>();
  let cancelTimer: (() => void) | undefined;
  let timerMs = Number.POSITIVE_INFINITY;
  let stopped = false;

  const isDue = (id: string): boolean => (dueMs.get(id) ?? 0) <= now();

  const waitingFor = (key: string): readonly Entry[] =>
    outbox
      .list()
      .filter(
        (entry) =>
          entry.state === 'pending' && targetId(entry.service) === key && isDue(entry.head.id),
      );

  /** What a key press has just failed to send is not sent again at once. */
  const open = (key: string, first: Entry): void => {
    const failed = first.fault !== undefined;
    const lane: Lane = { failures: 0, nextMs: now(), lastMs: now(), earliestMs: 0, running: false };
    lanes.set(key, lane);
    if (failed) pause(key, lane, first, retryAfterMs(first));
  };

  const pause = (key: string, lane: Lane, entry: Entry, atLeastMs = 0): void => {
    lane.failures++;
    lane.earliestMs = now() + atLeastMs;
    lane.nextMs = Math.max(now() + backoffMs(lane.failures, needs.random()), lane.earliestMs);
    lane.stopWatching ??= needs.watch?.(entry, () => wake('there', key));
  };

  const close = (key: string, lane: Lane): void => {
    lane.stopWatching?.();
    lanes.delete(key);
  };

  const run = async (key: string, lane: Lane): Promise<void> => {
    lane.running = true;
    try {
      for (
        let next = waitingFor(key)[0];
        next !== undefined && !stopped;
        next = waitingFor(key)[0]
      ) {
        lane.lastMs = now();
        // Whatever it was, it is tried again later, and nothing waits for ever behind it.
        const tried = await needs.attempt(next).catch((): Tried => ({ kind: 'not-now' }));
        if (tried.kind === 'later') dueMs.set(next.head.id, now() + Math.max(1_000, tried.inMs));
        else dueMs.delete(next.head.id);
        if (tried.kind === 'not-now') {
          pause(key, lane, next, tried.atLeastMs);
          return;
        }
        lane.failures = 0;
        lane.stopWatching?.();
        lane.stopWatching = undefined;
      }
    } finally {
      lane.running = false;
      look();
    }
  };

  const openLanes = (): void => {
    for (const entry of outbox.list()) {
      const { id } = entry.head;
      if (entry.state !== 'pending' || !isDue(id)) continue;
      const key = targetId(entry.service);
      if (!lanes.has(key)) open(key, entry);
    }
  };

  const forgetGone = (): void => {
    if (dueMs.size === 0) return;
    const there = new Set(outbox.list().map(({ head }) => head.id));
    for (const id of dueMs.keys()) if (!there.has(id)) dueMs.delete(id);
  };

  /** Starts what is due, and sets the timer for what comes next. */
  const look = (): void => {
    if (stopped) return;
    openLanes();
    forgetGone();
    let earliestMs = Math.min(
      Number.POSITIVE_INFINITY,
      ...[...dueMs.values()].filter((ms) => ms > now()),
    );
    for (const [key, lane] of [...lanes]) {
      if (lane.running) continue;
      if (waitingFor(key).length === 0) close(key, lane);
      else if (lane.nextMs <= now()) void run(key, lane);
      else earliestMs = Math.min(earliestMs, lane.nextMs);
    }
    if (earliestMs === timerMs && cancelTimer !== undefined) return;
    cancelTimer?.();
    cancelTimer = undefined;
    timerMs = earliestMs;
    if (earliestMs === Number.POSITIVE_INFINITY) return;
    cancelTimer = needs.after(earliestMs - now(), () => {
      cancelTimer = undefined;
      look();
    });
  };

  const wake = (reason: WakeReason, only?: string): void => {
    if (stopped) return;
    openLanes();
    for (const [key, lane] of lanes) {
      if (only !== undefined && key !== only) continue;
      const soonestMs =
        reason === 'there' ? now() : Math.max(lane.lastMs + SHORTEST_MS, lane.earliestMs);
      lane.nextMs = Math.min(lane.nextMs, soonestMs);
    }
    look();
  };

  const unsubscribe = outbox.subscribe(() => look());
  return {
    wake,
    nextMs: (key) => lanes.get(key)?.nextMs,
    stop() {
      stopped = true;
      unsubscribe();
      cancelTimer?.();
      for (const lane of lanes.values()) lane.stopWatching?.();
      lanes.clear();
    },
  };
}

function retryAfterMs({ fault }: Entry): number | undefined {
  const asked = fault !== undefined && 'retryAfterMs' in fault ? fault.retryAfterMs : undefined;
  return typeof asked === 'number' ? asked : undefined;
}
