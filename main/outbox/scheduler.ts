import { retryAfterOf } from '../failures/retry-policy.ts';
import { type TargetId, targetId } from '../targets/target-ref.ts';
import { backoffMs, MIN_BACKOFF_MS } from './backoff.ts';
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

export interface SchedulerDeps {
  readonly entries: Entries;
  /** Attempts one entry; never rejects. */
  readonly attempt: (entry: Entry) => Promise<AttemptResult>;
  /**
   * Calls back when an unavailable service may be available again, without a request to it.
   * @returns how to stop; `undefined` where there is no such sign
   */
  readonly watch?: (entry: Entry, onAvailable: () => void) => (() => void) | undefined;
  /** Monotonic clock, in ms; may or may not run while the computer sleeps. */
  readonly now: () => number;
  readonly random: () => number;
  /** @returns how to cancel it */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The pending entries of one service: which attempt is next, and how long the pause is. */
interface ServiceQueue {
  /** Attempts that failed in a row. */
  failures: number;
  nextMs: number;
  lastMs: number;
  /** Of the service's `Retry-After`. */
  earliestMs: number;
  running: boolean;
  stopWatching?: (() => void) | undefined;
}

/** Attempts pending entries: one at a time for each service, with a growing pause while it fails. */
export class Scheduler {
  readonly #deps: SchedulerDeps;
  readonly #queues = new Map<TargetId, ServiceQueue>();
  /** Entries that are not due yet, by id. */
  readonly #dueMs = new Map<string, number>();
  #cancelTimer: (() => void) | undefined;
  #timerMs = Number.POSITIVE_INFINITY;
  #isStopped = false;

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
    deps.entries.on('changed', this.#schedule);
  }

  /** @param only one service; all of them if absent */
  wake(reason: WakeReason, only?: TargetId): void {
    if (this.#isStopped) return;
    this.#addQueues();
    for (const [id, queue] of this.#queues) {
      if (only !== undefined && id !== only) continue;
      const soonestMs =
        reason === 'available'
          ? this.#deps.now()
          : Math.max(queue.lastMs + MIN_BACKOFF_MS, queue.earliestMs);
      queue.nextMs = Math.min(queue.nextMs, soonestMs);
    }
    this.#schedule();
  }

  stop(): void {
    this.#isStopped = true;
    this.#deps.entries.off('changed', this.#schedule);
    this.#cancelTimer?.();
    for (const queue of this.#queues.values()) queue.stopWatching?.();
    this.#queues.clear();
  }

  /** Starts what is due, and sets the timer for what comes next. */
  readonly #schedule = (): void => {
    if (this.#isStopped) return;
    this.#addQueues();
    this.#removeGone();
    const nowMs = this.#deps.now();
    let earliestMs = Math.min(
      Number.POSITIVE_INFINITY,
      ...[...this.#dueMs.values()].filter((ms) => ms > nowMs),
    );
    for (const [id, queue] of [...this.#queues]) {
      if (queue.running) continue;
      if (this.#nextOf(id) === undefined) this.#removeQueue(id, queue);
      else if (queue.nextMs <= nowMs) void this.#run(id, queue);
      else earliestMs = Math.min(earliestMs, queue.nextMs);
    }
    this.#setTimer(earliestMs);
  };

  #setTimer(atMs: number): void {
    if (atMs === this.#timerMs && this.#cancelTimer !== undefined) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#timerMs = atMs;
    if (atMs === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#deps.after(atMs - this.#deps.now(), () => {
      this.#cancelTimer = undefined;
      this.#schedule();
    });
  }

  /** Attempts the due entries of one service until one fails or none is left. */
  async #run(id: TargetId, queue: ServiceQueue): Promise<void> {
    queue.running = true;
    try {
      for (
        let next = this.#nextOf(id);
        next !== undefined && !this.#isStopped;
        next = this.#nextOf(id)
      ) {
        if (!(await this.#attempt(id, queue, next))) return;
      }
    } finally {
      queue.running = false;
      this.#schedule();
    }
  }

  /** @returns whether the service's next entry may be attempted */
  async #attempt(id: TargetId, queue: ServiceQueue, entry: Entry): Promise<boolean> {
    const { attempt, now } = this.#deps;
    queue.lastMs = now();
    // Whatever it was, it is attempted again later, and blocks nothing for ever.
    const result = await attempt(entry).catch((): AttemptResult => ({ kind: 'unavailable' }));
    if (result.kind === 'not-due')
      this.#dueMs.set(entry.head.id, now() + Math.max(1_000, result.inMs));
    else this.#dueMs.delete(entry.head.id);
    if (result.kind === 'unavailable') {
      this.#pause(id, queue, entry, result.atLeastMs);
      return false;
    }
    queue.failures = 0;
    queue.stopWatching?.();
    queue.stopWatching = undefined;
    return true;
  }

  #pause(id: TargetId, queue: ServiceQueue, entry: Entry, atLeastMs = 0): void {
    const { now, random, watch } = this.#deps;
    queue.failures++;
    queue.earliestMs = now() + atLeastMs;
    queue.nextMs = Math.max(now() + backoffMs(queue.failures, random()), queue.earliestMs);
    queue.stopWatching ??= watch?.(entry, () => this.wake('available', id));
  }

  #isDue(entry: Entry): boolean {
    return entry.state === 'pending' && (this.#dueMs.get(entry.head.id) ?? 0) <= this.#deps.now();
  }

  #nextOf(id: TargetId): Entry | undefined {
    return this.#deps.entries
      .list()
      .find((entry) => this.#isDue(entry) && targetId(entry.service) === id);
  }

  #addQueues(): void {
    for (const entry of this.#deps.entries.list()) {
      const id = targetId(entry.service);
      if (this.#isDue(entry) && !this.#queues.has(id)) this.#addQueue(id, entry);
    }
  }

  /** A share that has just failed is not sent again at once. */
  #addQueue(id: TargetId, first: Entry): void {
    const nowMs = this.#deps.now();
    const queue = { failures: 0, nextMs: nowMs, lastMs: nowMs, earliestMs: 0, running: false };
    this.#queues.set(id, queue);
    if (first.fault !== undefined) this.#pause(id, queue, first, retryAfterOf(first.fault));
  }

  #removeQueue(id: TargetId, queue: ServiceQueue): void {
    queue.stopWatching?.();
    this.#queues.delete(id);
  }

  #removeGone(): void {
    if (this.#dueMs.size === 0) return;
    const there = new Set(this.#deps.entries.list().map(({ head }) => head.id));
    for (const id of this.#dueMs.keys()) if (!there.has(id)) this.#dueMs.delete(id);
  }
}
