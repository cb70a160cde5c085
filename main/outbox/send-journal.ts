import type { SendJournal } from '../targets/send.ts';
import type { Targets } from '../targets/targets.ts';
import type { Entry } from './entry.ts';
import type { Outbox } from './outbox.ts';

export interface SendJournalNeeds {
  readonly outbox: Pick<Outbox, 'get' | 'record'>;
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** Notes what comes of a share's tries with its entry in the outbox. */
export function createSendJournal(
  { outbox, targets, now }: SendJournalNeeds,
  id: string,
): SendJournal {
  const entry = (): Entry | undefined => outbox.get(id);
  // A share to this computer dies with the process that makes it: nothing outlives it anywhere.
  const durable = (): boolean => {
    const service = entry()?.service;
    return service === undefined || !targets.capabilitiesOf(service).inProcess;
  };
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
    noteLinking: () => void outbox.record(id, { event: 'link-requested', atMs: now() }, durable()),
    noteNotLinked: () => void outbox.record(id, { event: 'link-refused' }),
    noteNoAssets: () => void outbox.record(id, { event: 'assets-lost' }),
  };
}
