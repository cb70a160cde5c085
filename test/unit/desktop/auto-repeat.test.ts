import { expect, test } from 'vitest';
import { createAutoRepeat } from '../../../main/desktop/auto-repeat.ts';

/** Keys and time in the hand of the test. */
function setUp(seesReleases: boolean) {
  let nowMs = 0;
  let down = new Uint8Array(32);
  let failing = false;
  let checks: (() => void)[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const repeats = createAutoRepeat({
    ...(seesReleases
      ? {
          open: async () => ({
            async read() {
              if (failing) throw new Error('gone');
              return down;
            },
            close: () => {},
          }),
        }
      : {}),
    now: () => nowMs,
    after: (_ms, run) => void checks.push(run),
  });
  return {
    repeats,
    hold: (...keycodes: readonly number[]) => {
      down = new Uint8Array(32);
      for (const code of keycodes) down[code >> 3] = (down[code >> 3] ?? 0) | (1 << (code & 7));
    },
    fail: () => {
      failing = true;
    },
    /** Time passes, and the keys are checked meanwhile. */
    async pass(ms: number): Promise<void> {
      await settle();
      const due = checks;
      checks = [];
      for (const run of due) run();
      await settle();
      nowMs += ms;
    },
  };
}

const CTRL = 37;
const ALT = 64;
const K = 45;

test('keys that are held down count once, however long', async () => {
  const { repeats, hold, pass } = setUp(true);
  hold(CTRL, ALT, K);
  expect(repeats.isRepeat('share')).toBe(false);
  await pass(660);
  for (let repeat = 0; repeat < 50; repeat += 1) {
    expect(repeats.isRepeat('share')).toBe(true);
    await pass(33);
  }
});

test('keys whose release is reported count again, however quickly', () => {
  const { repeats } = setUp(false);
  expect(repeats.isRepeat('share')).toBe(false);
  expect(repeats.isRepeat('share')).toBe(true);
  repeats.released('openWindow');
  expect(repeats.isRepeat('share')).toBe(true);
  repeats.released('share');
  expect(repeats.isRepeat('share')).toBe(false);
});

test('a key pressed again while the others stay down counts again, however quickly', async () => {
  const { repeats, hold, pass } = setUp(true);
  hold(CTRL, ALT, K);
  expect(repeats.isRepeat('share')).toBe(false);
  await pass(40);
  hold(CTRL, ALT);
  await pass(40);
  hold(CTRL, ALT, K);
  expect(repeats.isRepeat('share')).toBe(false);
});

test('keys that were released before they could be looked at count again', async () => {
  const { repeats, pass } = setUp(true);
  expect(repeats.isRepeat('share')).toBe(false);
  await pass(5);
  expect(repeats.isRepeat('share')).toBe(false);
});

test('another shortcut is no repeat of the one before', async () => {
  const { repeats, hold, pass } = setUp(true);
  hold(CTRL, K);
  expect(repeats.isRepeat('share')).toBe(false);
  await pass(30);
  expect(repeats.isRepeat('revokeLast')).toBe(false);
  await pass(30);
  expect(repeats.isRepeat('revokeLast')).toBe(true);
});

test('a key that got stuck silences the shortcut for a moment only', async () => {
  const { repeats, hold, pass } = setUp(true);
  hold(99);
  expect(repeats.isRepeat('share')).toBe(false);
  await pass(1_300);
  expect(repeats.isRepeat('share')).toBe(false);
});

test.each([false, true])('where releases are not seen, time decides (lost: %s)', async (lost) => {
  const { repeats, fail, pass } = setUp(lost);
  fail();
  expect(repeats.isRepeat('share')).toBe(false);
  await pass(500);
  expect(repeats.isRepeat('share')).toBe(true);
  await pass(33);
  expect(repeats.isRepeat('share')).toBe(true);
  await pass(700);
  expect(repeats.isRepeat('share')).toBe(false);
});
