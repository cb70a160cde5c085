/** So long after it was shown, a window may lose the focus for a moment; in ms. */
export const SETTLE_MS = 400;

export interface BlurGuardDeps {
  /** Monotonic clock, in ms. */
  readonly now: () => number;
  /** Calls back once, after so many ms; returns how to cancel it. */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly isFocused: () => boolean;
  /** The focus is elsewhere now. */
  readonly onLeft: () => void;
}

/**
 * Tells a window that the user left from one that is only being shown: compositors such as sway give
 * a new window the focus and take it away again within 4 to 17 ms. A blur in the first 400 ms does
 * not count by itself; at their end the focus is checked once.
 */
export class BlurGuard {
  readonly #deps: BlurGuardDeps;
  #settledAtMs = Number.NEGATIVE_INFINITY;
  #cancelCheck: (() => void) | undefined;

  constructor(deps: BlurGuardDeps) {
    this.#deps = deps;
  }

  /** The window is about to be shown, or brought to the front. */
  shown(): void {
    this.hidden();
    this.#settledAtMs = this.#deps.now() + SETTLE_MS;
  }

  /** The window lost the focus. */
  blurred(): void {
    const { now, after, isFocused, onLeft } = this.#deps;
    const restMs = this.#settledAtMs - now();
    if (restMs <= 0) {
      onLeft();
      return;
    }
    this.#cancelCheck ??= after(restMs, () => {
      this.#cancelCheck = undefined;
      if (!isFocused()) onLeft();
    });
  }

  hidden(): void {
    this.#cancelCheck?.();
    this.#cancelCheck = undefined;
  }
}
