import * as v from 'valibot';
import type { SharingFault } from '../failures/faults.ts';

/** A share that takes longer than this is noted on disk, in ms: fast ones cost no write. */
const NOTED_AFTER_MS = 250;
/** How long a quit waits for a share that is in memory only, in ms. */
const QUIT_WAITS_MS = 250;

const recordSchema = v.object({
  version: v.literal(1),
  what: v.pipe(v.string(), v.maxLength(1_000)),
  /** Asked: a question about it was open. Done: its link came while the app quit. */
  why: v.picklist(['quit', 'asked', 'done']),
  linkId: v.optional(v.string()),
  /** In ms since 1970. */
  startedAtMs: v.number(),
});

export interface UnfinishedSharesDeps {
  /** One small file: written at once, so that it is there after any kind of end. */
  readonly store: {
    load(): unknown;
    save(record: unknown): void;
    remove(): void;
  };
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly notedAfterMs?: number;
  readonly quitWaitsMs?: number;
}

/** The share under way, as far as nothing else on disk knows of it. */
export interface UnfinishedShare {
  /** What it is, in words that may be stored: a file's name or a description, never content. */
  describe(what: string): void;
  /** It is in the outbox: it goes on after the next start. */
  pending(): void;
  /** A question about it waits for an answer. */
  asked(): void;
  /** Its link is on the list. While the app quits, no notification can say so. */
  done(linkId: string): void;
  /** Nothing of it is left to do: a quit waits no longer. */
  end(): void;
}

/** What a run left to be told by the next one. */
export type LastShare =
  | { readonly kind: 'interrupted'; readonly fault: SharingFault }
  | { readonly kind: 'done'; readonly linkId: string; readonly what: string };

/**
 * Remembers the share under way, so that the user is told at the next start if the app ended before
 * it was done, whatever ended it: a quit, a logout, a crash or a power cut.
 */
export interface UnfinishedShares {
  /** A new share; it takes the place of one that is still asked about. */
  begin(): UnfinishedShare;
  /**
   * What the last run left undone, once; `undefined` where there is nothing to say.
   * @param pendingSinceMs when the newest share in the outbox began, in ms since 1970: it is the same
   *   one if it began later
   */
  takeLast(pendingSinceMs: number): LastShare | undefined;
  /** The app is about to quit: notes what is under way, and waits up to 250 ms for its end. */
  quitting(): Promise<void>;
}

export function createUnfinishedShares(deps: UnfinishedSharesDeps): UnfinishedShares {
  const { store, now, notedAfterMs = NOTED_AFTER_MS, quitWaitsMs = QUIT_WAITS_MS } = deps;
  let stored = false;
  let isQuitting = false;
  let current: { readonly note: () => void; readonly over: Promise<void> } | undefined;

  const remove = (): void => {
    if (!stored) return;
    stored = false;
    store.remove();
  };

  return {
    begin() {
      remove();
      const startedAtMs = now();
      let what: string | undefined;
      let why: 'quit' | 'asked' | 'done' = 'quit';
      let linkId: string | undefined;
      let finish = (): void => {};
      const over = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const save = (): void => {
        if (what === undefined) return;
        stored = true;
        store.save({ version: 1, what: what.slice(0, 1_000), why, linkId, startedAtMs });
      };
      const note = (): void => {
        if (current === mine) save();
      };
      const timer = setTimeout(note, notedAfterMs);
      timer.unref?.();
      const mine = { note, over };
      current = mine;
      const end = (): void => {
        clearTimeout(timer);
        finish();
        if (current !== mine) return;
        current = undefined;
        // The next start tells of a link that came while the app quit.
        if (why !== 'done' || !isQuitting) remove();
      };
      return {
        describe(given) {
          what = given;
          if (stored && current === mine) note();
        },
        pending: end,
        asked() {
          clearTimeout(timer);
          why = 'asked';
          note();
          finish();
        },
        done(id) {
          clearTimeout(timer);
          why = 'done';
          linkId = id;
          if (isQuitting) save();
          else if (current === mine) remove();
        },
        end,
      };
    },
    takeLast(pendingSinceMs) {
      const parsed = v.safeParse(recordSchema, store.load());
      store.remove();
      if (!parsed.success) return undefined;
      const { what, why, startedAtMs, linkId } = parsed.output;
      if (why === 'done') return linkId === undefined ? undefined : { kind: 'done', linkId, what };
      if (pendingSinceMs >= startedAtMs) return undefined;
      return { kind: 'interrupted', fault: { kind: 'share-interrupted', what, why } };
    },
    async quitting() {
      isQuitting = true;
      if (current === undefined) return;
      current.note();
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, quitWaitsMs);
      });
      await Promise.race([current.over, limit]);
      clearTimeout(timer);
    },
  };
}
