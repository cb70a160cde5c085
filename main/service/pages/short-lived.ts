import { newId } from '../ids.ts';

export interface ShortLived {
  /** A new key of 128 random bits that stands for the share. */
  give(shareId: string): string;
  /** Which share a key stands for. */
  look(key: string): string | undefined;
  /** As `look`, and the key is used up. */
  take(key: string): string | undefined;
}

/**
 * Keys to shares that live in memory for a while: no cookies, and a restart forgets them.
 * @param lifeMs how long each lives
 * @param limit the oldest go first when there are more
 */
export function createShortLived(lifeMs: number, limit: number, now = Date.now): ShortLived {
  const kept = new Map<string, { readonly shareId: string; readonly untilMs: number }>();

  function look(key: string): string | undefined {
    const entry = kept.get(key);
    return entry !== undefined && entry.untilMs > now() ? entry.shareId : undefined;
  }

  return {
    give(shareId) {
      const key = newId();
      kept.set(key, { shareId, untilMs: now() + lifeMs });
      for (const [oldest, { untilMs }] of kept) {
        if (kept.size <= limit && untilMs > now()) break;
        kept.delete(oldest);
      }
      return key;
    },
    look,
    take(key) {
      const shareId = look(key);
      kept.delete(key);
      return shareId;
    },
  };
}
