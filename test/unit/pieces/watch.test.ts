import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PiecesState } from '../../../main/pieces/state.ts';
import { createPiecesWatch, type PiecesWatch } from '../../../main/pieces/watch.ts';

let state: PiecesState;
let looks: number;
let watch: PiecesWatch;
let portFile: (() => void) | undefined;
let tell: (state: PiecesState) => void;

beforeEach(() => {
  vi.useFakeTimers();
  state = { kind: 'not-running' };
  looks = 0;
  watch = createPiecesWatch({
    session: {
      state: () => state,
      async refresh() {
        looks += 1;
        return state;
      },
      subscribe(listener) {
        tell = listener;
        return () => undefined;
      },
    },
    absentMs: 60_000,
    waitingMs: 1_000,
    onEvents(listener) {
      portFile = listener;
      return () => {
        portFile = undefined;
      };
    },
    random: () => 0,
  });
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

test('one that is absent is looked for less and less, under 120 times in an hour', async () => {
  watch.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toBe(2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toBe(2);
  await vi.advanceTimersByTimeAsync(3_600_000 - 10_000);
  expect(looks).toBeGreaterThan(50);
  expect(looks).toBeLessThan(80);
});

test('with all the jitter there is it is still under 120', async () => {
  const eager = createPiecesWatch({
    session: {
      state: () => state,
      async refresh() {
        looks += 1;
        return state;
      },
      subscribe: () => () => undefined,
    },
    absentMs: 60_000,
    waitingMs: 1_000,
    onEvents: () => () => undefined,
    random: () => 1,
  });
  eager.start();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(looks).toBeLessThan(120);
  eager.stop();
});

test('a port file that is written is looked at at once', async () => {
  watch.start();
  await vi.advanceTimersByTimeAsync(1_800_000);
  const before = looks;
  portFile?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(looks).toBe(before + 1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toBe(before + 2);
});

test('while a share waits for it, it is looked for each second', async () => {
  watch.start();
  await vi.advanceTimersByTimeAsync(1_800_000);
  const before = looks;
  watch.setPending(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(looks - before).toBe(11);
  watch.setPending(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(looks - before).toBeLessThan(18);
});

test('one that goes away is looked for again soon', async () => {
  state = { kind: 'ready' };
  watch.start();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(looks).toBe(1);
  state = { kind: 'not-running' };
  tell(state);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(looks).toBe(2);
});

test('a cloud on its way is looked at every two seconds', async () => {
  state = { kind: 'cloud-starting' };
  watch.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(looks).toBe(6);
});

test('stopped, it looks no more', async () => {
  watch.start();
  await vi.advanceTimersByTimeAsync(0);
  watch.stop();
  expect(portFile).toBeUndefined();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(looks).toBe(1);
});
