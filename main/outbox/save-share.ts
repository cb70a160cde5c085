import type { Fault } from '../failures/faults.ts';
import type { Prepared } from '../items/prepare-items.ts';
import { optionsFault } from '../items/share-options.ts';
import { type TargetRef, targetId } from '../targets/target-ref.ts';
import type { Targets } from '../targets/targets.ts';
import type { Outbox } from './outbox.ts';
import { toKeep } from './pending-share.ts';
import type { Sent, ToSend } from './send-result.ts';

/** This computer takes about 30 ms to store so much, in bytes. */
const LARGE_BYTES = 8_000_000;

export interface KeepSharesNeeds {
  readonly outbox: Outbox;
  readonly targets: Pick<Targets, 'of' | 'capabilitiesOf'>;
  /** Results of attempts that are running, by entry. */
  readonly results: ReadonlyMap<string, Promise<Sent>>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** Where a share is kept; it is on its way from then on. */
export interface InOutbox {
  readonly id: string;
  /** It is being sent already: what comes of that. */
  readonly sent?: Promise<Sent>;
}

/** Puts shares into the outbox, each content for each service once. */
export function createKeepShares({ outbox, targets, results, now, newId }: KeepSharesNeeds) {
  const keep = async (share: ToSend, service: TargetRef): Promise<InOutbox | undefined> => {
    const { prepared, terms, clip } = share;
    // A password is kept nowhere but as a hash; sealed it may wait, in the open it may not.
    if (terms.password !== undefined && !outbox.isEncrypted()) return undefined;
    const nowMs = now();
    const id = newId();
    const entry = await toKeep({ id, prepared, terms, service, clip, nowMs }).catch(
      () => undefined,
    );
    if (entry === undefined) return undefined;
    const same = outbox
      .list()
      .find(
        ({ head, service: meant }) =>
          head.type === 'share' &&
          head.digest === entry.head.digest &&
          targetId(meant) === targetId(service),
      );
    // Pressed again: it is the same share, and becomes one link.
    if (same !== undefined) {
      const { id: sameId } = same.head;
      const sent = results.get(sameId);
      if (sent !== undefined) return { id: sameId, sent };
      if (outbox.attempt(sameId) === undefined) {
        outbox.startAttempt(sameId);
        return { id: sameId };
      }
    }
    const isStored = await outbox.add(entry.head, entry.contents, 'sending');
    return isStored ? { id } : undefined;
  };

  /**
   * Whether a share is kept before it is sent. A small one to this computer is done within
   * milliseconds: keeping it first would take as long as the share itself. It is kept when it fails;
   * and first where something waits already, which it may be once more. A large one takes seconds, in
   * which the app may be quit or killed.
   */
  const keepsBefore = (service: TargetRef, { sizeBytes }: Pick<Prepared, 'sizeBytes'>): boolean =>
    !targets.capabilitiesOf(service).inProcess ||
    sizeBytes > LARGE_BYTES ||
    outbox.list().length > 0;

  /** Keeps a share for a service, unless that cannot keep the share's terms. */
  const keepFor = async (
    share: ToSend,
    service: TargetRef,
  ): Promise<{ readonly refused: Fault } | { readonly as: InOutbox | undefined }> => {
    const refused = optionsFault(share.terms, share.prepared, targets.of(service).capabilities);
    return refused === undefined ? { as: await keep(share, service) } : { refused };
  };

  return { keep, keepFor, keepsBefore };
}
