import { isGone, type ShareRecord } from './model.ts';
import type { ReadKept } from './read-kept.ts';
import type { Records } from './records.ts';
import { replaceShare } from './share-changes.ts';
import { endDue } from './share-life.ts';
import type { ShareStore, ShareStoreNeeds } from './share-store.ts';

interface CloseSharesNeeds extends Pick<ShareStoreNeeds, 'now' | 'onChange' | 'onEnd'> {
  readonly records: Records;
  readonly kept: ReadKept;
  /** How long a closed share can be opened again, in ms. */
  readonly undoMs: number;
}

/** Both within a turn. */
export type CloseShares = Pick<ShareStore, 'close' | 'reopen'>;

/** Revokes with a way back: on disk like every change, so that a crash in between forgets nothing. */
export function createCloseShares(needs: CloseSharesNeeds): CloseShares {
  const { records, kept, undoMs, now, onChange, onEnd } = needs;

  const change = async (before: ShareRecord, after: ShareRecord): Promise<void> => {
    await records.write(replaceShare(before, after));
    onChange(after.id);
  };

  return {
    async close(shareId) {
      const share = await kept.share(shareId);
      if (share === undefined) return 'unknown';
      if (isGone(share) || endDue(share, now()) !== undefined) return 'was-gone';
      // Asked twice, the time does not begin anew.
      if (share.closed !== undefined) return { untilMs: share.closed.untilMs };
      const fromMs = now();
      const untilMs = fromMs + undoMs;
      await change(share, { ...share, closed: { fromMs, untilMs } });
      onEnd(untilMs);
      return { untilMs };
    },

    async reopen(shareId) {
      const share = await kept.share(shareId);
      if (share === undefined) return 'unknown';
      if (isGone(share) || endDue(share, now()) !== undefined) return 'was-gone';
      const { closed, ...open } = share;
      if (closed !== undefined) await change(share, open);
      return open;
    },
  };
}
