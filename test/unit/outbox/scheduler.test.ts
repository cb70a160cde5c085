import { describe, expect, test } from 'vitest';
import { backoffMs, MAX_BACKOFF_MS, MIN_BACKOFF_MS } from '../../../main/outbox/backoff.ts';
import { Entries } from '../../../main/outbox/entries.ts';
import { type AttemptResult, Scheduler } from '../../../main/outbox/scheduler.ts';
import type { CleanupHead } from '../../../main/outbox/schema.ts';
import { linksInMemory } from '../../support/links-in-memory.ts';
import { outboxDisk } from '../../support/outbox-in-memory.ts';

const HOUR_MS = 3_600_000;
const SERVICE = { kind: 'custom', name: 'service', baseUrl: 'http://127.0.0.1:9' } as const;

const head = (id: string, baseUrl: string = SERVICE.baseUrl): CleanupHead => ({
  type: 'cleanup',
  version: 1,
  id,
  createdAtMs: 0,
  service: { ...SERVICE, baseUrl },
  what: id,
  assetIds: [],
});

/** A clock that is moved by hand, with what was planned on it. */
function handClock() {
  let nowMs = 0;
  let planned: { readonly atMs: number; readonly run: () => void }[] = [];
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return {
    now: () => nowMs,
    after(ms: number, run: () => void) {
      const plan = { atMs: nowMs + ms, run };
      planned.push(plan);
      return () => {
        planned = planned.filter((other) => other !== plan);
      };
    },
    async advance(ms: number) {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = planned.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        planned = planned.filter((other) => other !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
        await settle();
      }
      nowMs = endMs;
    },
  };
}

async function setUp(
  attempt: (id: string) => AttemptResult,
  more: { readonly random?: () => number; readonly watch?: boolean } = {},
) {
  const clock = handClock();
  const tries: { readonly id: string; readonly atMs: number }[] = [];
  const outbox = new Entries({
    store: outboxDisk().store,
    links: linksInMemory(),
    onProblem: () => {},
  });
  const watched: (() => void)[] = [];
  let stopped = 0;
  const scheduler = new Scheduler({
    entries: outbox,
    async attempt(entry) {
      const { id } = entry.head;
      tries.push({ id, atMs: clock.now() });
      const tried = attempt(id);
      if (tried.kind === 'done') outbox.remove(id);
      else
        outbox.record(id, {
          event: 'failed',
          fault: { kind: 'unreachable', baseUrl: 'http://127.0.0.1:9' },
          needsDecision: false,
        });
      return tried;
    },
    ...(more.watch
      ? {
          watch(_entry, onListening) {
            watched.push(onListening);
            return () => {
              stopped++;
            };
          },
        }
      : {}),
    random: more.random ?? Math.random,
    now: clock.now,
    after: clock.after,
  });
  return { clock, outbox, scheduler, tries, watched, stopped: () => stopped };
}

const notNow: AttemptResult = { kind: 'unavailable' };
const done: AttemptResult = { kind: 'done' };

describe('the pause between tries', () => {
  test.each([0, 0.5, 0.999])('is between 5 seconds and 5 minutes (random %f)', (random) => {
    for (let failures = 0; failures < 2_000; failures++) {
      const ms = backoffMs(failures, random);
      expect(ms).toBeGreaterThanOrEqual(MIN_BACKOFF_MS);
      expect(ms).toBeLessThanOrEqual(MAX_BACKOFF_MS);
    }
  });

  test('a service that stays absent is asked less than 120 times an hour', async () => {
    const counts: number[] = [];
    for (let run = 0; run < 20; run++) {
      const { clock, outbox, tries } = await setUp(() => notNow);
      await outbox.add(head('a'), new Map());
      await outbox.add(head('b'), new Map());
      await clock.advance(HOUR_MS);
      const atMs = tries.map((tried) => tried.atMs);
      for (let index = 1; index < atMs.length; index++) {
        expect((atMs[index] ?? 0) - (atMs[index - 1] ?? 0)).toBeGreaterThanOrEqual(MIN_BACKOFF_MS);
      }
      counts.push(tries.length);
    }
    expect(Math.max(...counts)).toBeLessThan(120);
    console.log(`tries in an hour of absence: ${Math.min(...counts)} to ${Math.max(...counts)}`);
  });

  test('the pause that a service asks for is kept, whatever perhaps happened', async () => {
    const { clock, outbox, scheduler, tries } = await setUp(() => ({
      kind: 'unavailable',
      atLeastMs: 60_000,
    }));
    await outbox.add(head('a'), new Map());
    await clock.advance(1_000);
    scheduler.wake('maybe');
    await clock.advance(58_000);
    expect(tries).toHaveLength(1);
  });
});

describe('waking', () => {
  test('a service that is there again gets everything that waits for it at once, oldest first', async () => {
    let there = false;
    const { clock, outbox, tries, watched, stopped } = await setUp(() => (there ? done : notNow), {
      watch: true,
      random: () => 0.9,
    });
    await outbox.add(head('a'), new Map());
    await outbox.add(head('b'), new Map());
    await clock.advance(60_000);
    const before = tries.length;
    there = true;
    watched[0]?.();
    await clock.advance(0);
    expect(tries.slice(before).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(outbox.list()).toEqual([]);
    expect(stopped()).toBe(watched.length);
    await clock.advance(HOUR_MS);
    expect(tries).toHaveLength(before + 2);
  });

  test('what perhaps matters does not make it ask more than once in five seconds', async () => {
    const { clock, outbox, scheduler, tries } = await setUp(() => notNow, { random: () => 1 });
    await outbox.add(head('a'), new Map());
    for (let second = 0; second < 60; second++) {
      await clock.advance(1_000);
      scheduler.wake('maybe');
    }
    expect(tries.length).toBeLessThanOrEqual(13);
  });

  test('one service that is down does not keep others waiting', async () => {
    const { clock, outbox, tries } = await setUp((id) => (id === 'a' ? notNow : done));
    await outbox.add(head('a'), new Map());
    await outbox.add(head('b', 'http://127.0.0.1:10'), new Map());
    await clock.advance(0);
    expect(tries.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(outbox.list().map((entry) => entry.head.id)).toEqual(['a']);
  });

  test('what an earlier run left is tried at once, not after a pause', async () => {
    const { clock } = await setUp(() => done);
    const disk = outboxDisk();
    await disk.store.add('left', head('left'), new Map());
    disk.store.append(
      'left',
      { event: 'failed', fault: { kind: 'unreachable' }, needsDecision: false },
      false,
    );
    const outbox = new Entries({ store: disk.store, links: linksInMemory(), onProblem: () => {} });
    const tried: number[] = [];
    const scheduler = new Scheduler({
      entries: outbox,
      async attempt({ head: { id } }) {
        tried.push(clock.now());
        outbox.remove(id);
        return done;
      },
      random: () => 1,
      now: clock.now,
      after: clock.after,
    });
    scheduler.wake('available');
    await clock.advance(0);
    expect(tried).toEqual([0]);
    scheduler.stop();
  });

  test('entries that need a decision are left alone', async () => {
    const { clock, tries } = await setUp(() => done);
    const disk = outboxDisk();
    await disk.store.add('h', head('h'), new Map());
    disk.store.append(
      'h',
      { event: 'failed', fault: { kind: 'too-large' }, needsDecision: true },
      false,
    );
    const opened = new Entries({ store: disk.store, links: linksInMemory(), onProblem: () => {} });
    const scheduler = new Scheduler({
      entries: opened,
      attempt: async () => {
        throw new Error('attempted what needs a decision');
      },
      random: () => 0,
      now: clock.now,
      after: clock.after,
    });
    scheduler.wake('available');
    await clock.advance(HOUR_MS);
    expect(opened.list()).toHaveLength(1);
    expect(tries).toEqual([]);
    scheduler.stop();
  });
});
