import { expect, test } from 'vitest';
import { openStableClock } from '../../../../main/server/store/stable-clock.ts';

/** When content is deleted by a clock that somebody sets. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 1);

/** A computer whose clock can be set, and whose settings outlive a start. */
function computer() {
  const saved = new Map<string, string>();
  let nowMs = START;
  let elapsedMs = 0;
  return {
    start: () =>
      openStableClock({
        settings: {
          get: async (name) => saved.get(name),
          set: async (name, value) => void saved.set(name, value),
        },
        now: () => nowMs,
        elapsed: () => elapsedMs,
      }),
    pass(ms: number) {
      nowMs += ms;
      elapsedMs += ms;
    },
    /** Also the time that it is off or asleep. */
    set(ms: number) {
      nowMs = ms;
    },
    now: () => nowMs,
  };
}

test('it follows time as it passes, and a clock that is put right by hours', async () => {
  const pc = computer();
  const clock = await pc.start();
  pc.pass(10 * DAY);
  expect(clock.now()).toBe(START + 10 * DAY);
  pc.set(pc.now() + 3 * HOUR);
  expect(clock.now()).toBe(pc.now());
  pc.set(pc.now() - 5 * HOUR);
  expect(clock.now()).toBe(pc.now());
});

test.each([40 * DAY, -40 * DAY])(
  'a jump by %d ms is believed once it has held for an hour',
  async (jump) => {
    const pc = computer();
    const clock = await pc.start();
    pc.set(START + jump);
    expect(clock.now()).toBe(START);
    pc.pass(59 * MINUTE);
    expect(clock.now()).toBe(START + 59 * MINUTE);
    pc.pass(2 * MINUTE);
    expect(clock.now()).toBe(pc.now());
  },
);

test('a jump that is taken back within the hour changes nothing, and the next has its own hour', async () => {
  const pc = computer();
  const clock = await pc.start();
  pc.set(START + 40 * DAY);
  expect(clock.now()).toBe(START);
  pc.pass(30 * MINUTE);
  pc.set(START + 30 * MINUTE);
  expect(clock.now()).toBe(START + 30 * MINUTE);
  pc.set(START + 80 * DAY);
  pc.pass(50 * MINUTE);
  expect(clock.now()).toBe(START + 80 * MINUTE);
});

test('a start with a clock that is wrong goes on from the last time that was kept', async () => {
  const pc = computer();
  const before = await pc.start();
  pc.pass(5 * DAY);
  await before.save();
  pc.set(START + 100 * DAY);
  const after = await pc.start();
  expect(after.now()).toBe(START + 5 * DAY);
  pc.pass(61 * MINUTE);
  expect(after.now()).toBe(pc.now());
});

test('a computer that runs for minutes at a time is believed at its second start', async () => {
  const pc = computer();
  await (await pc.start()).save();
  pc.set(START + 7 * DAY);
  const second = await pc.start();
  expect(second.now()).toBe(START);
  await second.save();
  pc.set(START + 8 * DAY);
  expect((await pc.start()).now()).toBe(START + 8 * DAY);
});
