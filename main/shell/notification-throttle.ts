import type { Fault } from '../failures/faults.ts';
import { QUESTIONS } from './missed-notices.ts';
import type { Notice } from './notices.ts';

/** Keeps notifications from saying the same thing over and over. */
export interface NotificationThrottle {
  /** Whether a notice may be shown now; one that may counts as shown. */
  mayShow(notice: Pick<Notice, 'cause' | 'title' | 'body'>): boolean;
  /** The cause is gone: the next one is news again. */
  clear(cause: string): void;
  /** Its notification went away, by a person or by itself: what lasts is not said again for that. */
  closed(cause: string): void;
}

/** Results of what the user did, and questions: shown each time. */
const EACH_TIME: ReadonlySet<string> = new Set<string>([
  'shared',
  'revoked',
  'restored',
  'tested',
  'given-back',
  'offer',
  ...QUESTIONS,
]);

/** For faults that may recur without any action of the user, in ms. */
const LASTING_MS = 10 * 60_000;
const LASTING: ReadonlySet<string> = new Set<Fault['kind'] | 'still-opens'>([
  'store-not-saved',
  'store-set-aside',
  'links-full',
  'token-lost',
  'still-opens',
  'internal',
]);

/** All else: a key that is pressed twice in a row is told once, in ms. */
const USUAL_MS = 3_000;

/** How long the same words of one cause are not said again, in ms. */
export function quietMsOf(cause: string): number {
  if (EACH_TIME.has(cause)) return 0;
  return LASTING.has(cause) ? LASTING_MS : USUAL_MS;
}

/** @param now ms that only grow */
export function createNotificationThrottle(now: () => number): NotificationThrottle {
  const shown = new Map<string, { readonly words: string; readonly atMs: number }>();
  /** Some causes contain an id: nothing else would remove them. */
  const removeOld = (): void => {
    for (const [cause, { atMs }] of shown) {
      if (now() - atMs >= quietMsOf(cause)) shown.delete(cause);
    }
  };
  return {
    mayShow({ cause, title, body }) {
      removeOld();
      const words = `${title}\n${body}`;
      const isRepeat = shown.get(cause)?.words === words;
      if (!isRepeat) shown.set(cause, { words, atMs: now() });
      return !isRepeat;
    },
    clear(cause) {
      shown.delete(cause);
    },
    closed(cause) {
      if (!LASTING.has(cause)) shown.delete(cause);
    },
  };
}
