import { targetId } from '../targets/target-ref.ts';
import { backoffMs, SHORTEST_MS } from './backoff.ts';
import type { Entries } from './entries.ts';
import type { Entry } from './entry.ts';

export type AttemptResult =
  /** The entry left the outbox, or needs a decision: the next one may be sent at once. */
  | { readonly kind: 'done' }
  /** The service cannot do it now; its other entries are delayed as well. */
  | { readonly kind: 'unavailable'; readonly atLeastMs?: number }
  /** It is not due before that; other entries for the service are sent meanwhile. */
  | { readonly kind: 'not-due'; readonly inMs: number };

/** Why a service may be available again. */
export type WakeReason =
  /** It answered, it listens again, or the user asked: at once. */
  | 'available'
  /** Something changed that may have to do with it: not more often than every five seconds. */
  | 'maybe';

export interface WorkerDeps {
  readonly entries: Entries;
  /** Attempts one entry; never rejects. */
  readonly attempt: (entry: Entry) => Promise<AttemptResult>;
  /**
   * Calls back when an unavailable service may be available again, without a request to it.
   * @returns how to stop; `undefined` where there is no such sign
   */
  readonly watch?: (entry: Entry, onAvailable: () => void) => (() => void) | undefined;
  /** A clock that runs on while the computer sleeps or not, in ms. */
  readonly now: () => number;
  readonly random: () => number;
  /** @returns how to cancel it */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** Attempts pending entries: one at a time for each service, with a growing pause while it fails. */
export interface Worker {
  /** @param key one service, by `targetId`; all of them if absent */
  wake(reason: WakeReason, key?: string): void;
  stop(): void;
}

interface Lane {
  failures: number;
  nextMs: number;
  lastMs: number;
  /** Of the service's `Retry-After`. */
  earliestMs: number;
  running: boolean;
  stopWatching?: (() => void) | undefined;
}

export function createWorker(deps: WorkerDeps): Worker {
  const { entries, now } = deps;
  const lanes = new Map<string, Lane>();
  /** Entries that are not due yet, by id. */
  const dueMs = new Map<string, number>();
  let cancelTimer: (() => void) | undefined;
  let timerMs = Number.POSITIVE_INFINITY;
  let stopped = false;

  const isDue = (id: string): boolean => (dueMs.get(id) ?? 0) <= now();

  const pendingFor = (key: string): readonly Entry[] =>
    entries
      .list()
      .filter(
        (entry) =>
          entry.state === 'pending' && targetId(entry.service) === key && isDue(entry.head.id),
      );

  /** A share that has just failed is not sent again at once. */
  const addLane = (key: string, first: Entry): void => {
    const failed = first.fault !== undefined;
    const lane: Lane = { failures: 0, nextMs: now(), lastMs: now(), earliestMs: 0, running: false };
    lanes.set(key, lane);
    if (failed) pause(key, lane, first, retryAfterMs(first));
  };

  const pause = (key: string, lane: Lane, entry: Entry, atLeastMs = 0): void => {
    lane.failures++;
    lane.earliestMs = now() + atLeastMs;
    lane.nextMs = Math.max(now() + backoffMs(lane.failures, deps.random()), lane.earliestMs);
    lane.stopWatching ??= deps.watch?.(entry, () => wake('available', key));
  };

  const removeLane = (key: string, lane: Lane): void => {
    lane.stopWatching?.();
    lanes.delete(key);
  };

  const run = async (key: string, lane: Lane): Promise<void> => {
    lane.running = true;
    try {
      for (
        let next = pendingFor(key)[0];
        next !== undefined && !stopped;
        next = pendingFor(key)[0]
      ) {
        lane.lastMs = now();
        // Whatever it was, it is attempted again later, and blocks nothing for ever.
        const result = await deps
          .attempt(next)
          .catch((): AttemptResult => ({ kind: 'unavailable' }));
        if (result.kind === 'not-due')
          dueMs.set(next.head.id, now() + Math.max(1_000, result.inMs));
        else dueMs.delete(next.head.id);
        if (result.kind === 'unavailable') {
          pause(key, lane, next, result.atLeastMs);
          return;
        }
        lane.failures = 0;
        lane.stopWatching?.();
        lane.stopWatching = undefined;
      }
    } finally {
      lane.running = false;
      schedule();
    }
  };

  const addLanes = (): void => {
    for (const entry of entries.list()) {
      const { id } = entry.head;
      if (entry.state !== 'pending' || !isDue(id)) continue;
      const key = targetId(entry.service);
      if (!lanes.has(key)) addLane(key, entry);
    }
  };

  const removeGone = (): void => {
    if (dueMs.size === 0) return;
    const there = new Set(entries.list().map(({ head }) => head.id));
    for (const id of dueMs.keys()) if (!there.has(id)) dueMs.delete(id);
  };

  /** Starts what is due, and sets the timer for what comes next. */
  const schedule = (): void => {
    if (stopped) return;
    addLanes();
    removeGone();
    let earliestMs = Math.min(
      Number.POSITIVE_INFINITY,
      ...[...dueMs.values()].filter((ms) => ms > now()),
    );
    for (const [key, lane] of [...lanes]) {
      if (lane.running) continue;
      if (pendingFor(key).length === 0) removeLane(key, lane);
      else if (lane.nextMs <= now()) void run(key, lane);
      else earliestMs = Math.min(earliestMs, lane.nextMs);
    }
    if (earliestMs === timerMs && cancelTimer !== undefined) return;
    cancelTimer?.();
    cancelTimer = undefined;
    timerMs = earliestMs;
    if (earliestMs === Number.POSITIVE_INFINITY) return;
    cancelTimer = deps.after(earliestMs - now(), () => {
      cancelTimer = undefined;
      schedule();
    });
  };

  const wake = (reason: WakeReason, only?: string): void => {
    if (stopped) return;
    addLanes();
    for (const [key, lane] of lanes) {
      if (only !== undefined && key !== only) continue;
      const soonestMs =
        reason === 'available' ? now() : Math.max(lane.lastMs + SHORTEST_MS, lane.earliestMs);
      lane.nextMs = Math.min(lane.nextMs, soonestMs);
    }
    schedule();
  };

  entries.on('changed', schedule);
  return {
    wake,
    stop() {
      stopped = true;
      entries.off('changed', schedule);
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
