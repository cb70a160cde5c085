import type { SendJournal } from '../targets/send.ts';
import type { Entry } from './entry.ts';
import type { Outbox } from './outbox.ts';

export interface SendJournalNeeds {
  readonly outbox: Pick<Outbox, 'get' | 'record'>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** Notes what comes of a share's tries with its entry in the outbox. */
export function createSendJournal({ outbox, now }: SendJournalNeeds, id: string): SendJournal {
  const entry = (): Entry | undefined => outbox.get(id);
  return {
    asset: (index) => entry()?.assets.get(index),
    get linkingAtMs() {
      return entry()?.linkRequestedAtMs;
    },
    noteAsset(index, { id: assetId, raw }) {
      const head = entry()?.head;
      const alone = head?.type === 'share' && head.items.length === 1;
      outbox.record(id, { event: 'asset-created', index, id: assetId, ...(alone ? { raw } : {}) });
    },
    noteLinking: () => void outbox.record(id, { event: 'link-requested', atMs: now() }),
    noteNotLinked: () => void outbox.record(id, { event: 'link-refused' }),
    noteNoAssets: () => void outbox.record(id, { event: 'assets-lost' }),
  };
}
