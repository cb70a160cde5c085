import type { PressedKeys } from './x11/pressed-keys.ts';

/** How often keys that are held down are checked for their release, in ms. */
const CHECK_EVERY_MS = 25;

/**
 * An auto-repeat follows the press, or the repeat before it, within this time, in ms. Where releases
 * are seen it only limits what a key that got stuck can do: keyboards start to repeat after 1 s at
 * most. Elsewhere it is all that is known, and the usual start of 0.5 s has to do.
 */
const LONGEST_PAUSE_MS = { released: 1_200, blind: 600 } as const;

export interface AutoRepeatDeps {
  /** Opens the source of the key state at the first press; absent where the platform has none. */
  readonly open?: () => Promise<PressedKeys>;
  /** Any clock, in ms. */
  readonly now: () => number;
  readonly after: (ms: number, run: () => void) => void;
}

export interface AutoRepeat {
  /** Whether this call comes from keys that are still held down since an earlier one. */
  isRepeat(name: string): boolean;
  /** The system reports that these keys were released. */
  released(name: string): void;
  close(): void;
}

/** Tells presses of a shortcut from its auto-repeats, which reach the app as the same call. */
export function createAutoRepeat({ open, now, after }: AutoRepeatDeps): AutoRepeat {
  let held: { readonly name: string; readonly isSeen: boolean } | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  let opened: Promise<PressedKeys> | undefined;

  const follow = async (mine: NonNullable<typeof held>): Promise<void> => {
    let atFirst: Uint8Array | undefined;
    const check = async (): Promise<void> => {
      opened ??= open?.();
      const down = await (await opened)?.read();
      if (held !== mine || down === undefined) return;
      atFirst ??= down;
      if (allDown(atFirst, down)) after(CHECK_EVERY_MS, () => void guarded());
      else held = undefined;
    };
    const guarded = (): Promise<void> =>
      check().catch(() => {
        opened = undefined;
        // Not seen any more: the time has to do.
        if (held === mine) held = { ...mine, isSeen: false };
      });
    await guarded();
  };

  return {
    isRepeat(name) {
      const nowMs = now();
      const pauseMs = nowMs - lastMs;
      lastMs = nowMs;
      const longestMs = held?.isSeen ? LONGEST_PAUSE_MS.released : LONGEST_PAUSE_MS.blind;
      if (held?.name === name && pauseMs < longestMs) return true;
      held = { name, isSeen: open !== undefined };
      if (open !== undefined) void follow(held);
      return false;
    },
    released(name) {
      if (held?.name === name) held = undefined;
    },
    close() {
      held = undefined;
      opened?.then(
        (keys) => keys.close(),
        () => undefined,
      );
      opened = undefined;
    },
  };
}

/** Whether every key that was down still is; none at first means that they were released already. */
function allDown(atFirst: Uint8Array, now: Uint8Array): boolean {
  return (
    atFirst.some((bits) => bits !== 0) &&
    atFirst.every((bits, at) => (bits & ~(now[at] ?? 0)) === 0)
  );
}
