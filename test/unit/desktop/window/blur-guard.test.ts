import { describe, expect, test } from 'vitest';
import { BlurGuard, SETTLE_MS } from '../../../../main/desktop/window/blur-guard.ts';

/** A window, its guard, and a clock that moves only when it is told to. */
function setUp() {
  let nowMs = 1_000_000;
  let checks: { readonly atMs: number; readonly run: () => void }[] = [];
  const window = { isFocused: false, left: 0, pass };
  const guard = new BlurGuard({
    now: () => nowMs,
    after(ms, run) {
      const check = { atMs: nowMs + ms, run };
      checks.push(check);
      return () => {
        checks = checks.filter((other) => other !== check);
      };
    },
    isFocused: () => window.isFocused,
    onLeft: () => {
      window.left += 1;
    },
  });
  function pass(ms: number): void {
    nowMs += ms;
    const due = checks.filter(({ atMs }) => atMs <= nowMs);
    checks = checks.filter(({ atMs }) => atMs > nowMs);
    for (const { run } of due) run();
  }
  return { guard, window };
}

describe('a window that was just shown', () => {
  test('stays when the compositor takes the focus for a moment', () => {
    const { guard, window } = setUp();
    guard.shown();
    window.pass(4);
    guard.blurred();
    window.isFocused = true;
    window.pass(SETTLE_MS);
    expect(window.left).toBe(0);
  });

  test('was left when the focus is still elsewhere after that', () => {
    const { guard, window } = setUp();
    guard.shown();
    guard.blurred();
    guard.blurred();
    window.pass(SETTLE_MS - 1);
    expect(window.left).toBe(0);
    window.pass(1);
    expect(window.left).toBe(1);
  });

  test('is not checked where it never had the focus', () => {
    const { guard, window } = setUp();
    guard.shown();
    window.pass(SETTLE_MS);
    expect(window.left).toBe(0);
  });

  test('has the same time again when it is shown again', () => {
    const { guard, window } = setUp();
    guard.shown();
    window.pass(SETTLE_MS - 10);
    guard.blurred();
    guard.shown();
    window.pass(10);
    expect(window.left).toBe(0);
    guard.blurred();
    window.pass(SETTLE_MS - 10);
    expect(window.left).toBe(1);
  });
});

test('a window that has been there for a while was left at the first blur', () => {
  const { guard, window } = setUp();
  guard.shown();
  window.pass(SETTLE_MS);
  guard.blurred();
  expect(window.left).toBe(1);
});

test('a window that was hidden in between is not hidden by an old check', () => {
  const { guard, window } = setUp();
  guard.shown();
  guard.blurred();
  guard.hidden();
  window.pass(SETTLE_MS);
  expect(window.left).toBe(0);
});
