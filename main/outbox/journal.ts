import type { SendJournal } from '../targets/send.ts';
import type { Entries } from './entries.ts';
import type { Entry } from './entry.ts';

/** Records what an attempt does with the entry of its share. `now` in ms since 1970. */
export function createJournal(entries: Entries, id: string, now: () => number): SendJournal {
  const entry = (): Entry | undefined => entries.get(id);
  return {
    asset: (index) => entry()?.assets.get(index),
    get linkRequestedAtMs() {
      return entry()?.linkRequestedAtMs;
    },
    recordAssetCreated(index, { id: assetId, raw }) {
      const head = entry()?.head;
      const isSingle = head?.type === 'share' && head.items.length === 1;
      const asset = { index, id: assetId, ...(isSingle ? { raw } : {}) };
      entries.record(id, { event: 'asset-created', ...asset });
    },
    recordLinkRequested: () => void entries.record(id, { event: 'link-requested', atMs: now() }),
    recordLinkRefused: () => void entries.record(id, { event: 'link-refused' }),
    recordAssetsLost: () => void entries.record(id, { event: 'assets-lost' }),
  };
}
