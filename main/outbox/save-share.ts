import type { Fault } from '../failures/faults.ts';
import type { Prepared } from '../items/prepare-items.ts';
import { optionsFault } from '../items/share-options.ts';
import type { Target } from '../targets/target.ts';
import { type TargetRef, targetId } from '../targets/target-ref.ts';
import type { Targets } from '../targets/targets.ts';
import type { DeliveryResult, NewShare } from './delivery-result.ts';
import type { Entries } from './entries.ts';
import { toEntry } from './share-content.ts';

/** This computer takes about 30 ms to store so much, in bytes. */
const LARGE_BYTES = 8_000_000;

export interface SaveShareDeps {
  readonly entries: Entries;
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  /** Results of running attempts, by entry. */
  readonly running: ReadonlyMap<string, Promise<DeliveryResult>>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
}

export type SavedShare =
  /** Its first attempt has begun. */
  | { readonly kind: 'saved'; readonly id: string }
  /** It needs no entry, or cannot have one. */
  | { readonly kind: 'not-saved' }
  /** The same content is being sent already. */
  | { readonly kind: 'running'; readonly result: Promise<DeliveryResult> }
  /** The target does not have its options. */
  | { readonly kind: 'refused'; readonly fault: Fault };

/** Stores a share before it is sent, where that is worth it. */
export async function saveBeforeSending(
  deps: SaveShareDeps,
  share: NewShare,
  target: Target,
): Promise<SavedShare> {
  const fault = optionsFault(share.shareOptions, share.prepared, target.capabilities);
  if (fault !== undefined) return { kind: 'refused', fault };
  if (!isSavedFirst(deps, target.ref, share.prepared)) return { kind: 'not-saved' };
  return saveShare(deps, share, target.ref);
}

/** Stores a share, each content for each service once. */
export async function saveShare(
  { entries, running, now, newId }: SaveShareDeps,
  share: NewShare,
  service: TargetRef,
): Promise<SavedShare> {
  const { prepared, shareOptions, piecesProblem, clip } = share;
  // A password is stored nowhere but as a hash. Encrypted it may be pending, as it is it may not.
  if (shareOptions.password !== undefined && !entries.isEncrypted()) return { kind: 'not-saved' };
  const entry = await toEntry({
    id: newId(),
    prepared,
    shareOptions,
    service,
    piecesProblem,
    clip,
    nowMs: now(),
  }).catch(() => undefined);
  if (entry === undefined) return { kind: 'not-saved' };
  const { head, contents } = entry;
  const same = entries
    .list()
    .find(
      (other) =>
        other.head.type === 'share' &&
        other.head.digest === head.digest &&
        targetId(other.service) === targetId(service),
    );
  // Shared again while it is pending: it becomes one link.
  if (same !== undefined) {
    const { id } = same.head;
    const result = running.get(id);
    if (result !== undefined) return { kind: 'running', result };
    if (entries.attempt(id) === undefined) {
      entries.startAttempt(id);
      return { kind: 'saved', id };
    }
  }
  const isStored = await entries.add(head, contents, 'sending');
  return isStored ? { kind: 'saved', id: head.id } : { kind: 'not-saved' };
}

/**
 * A small share to this computer is done within milliseconds, and storing it would take as long: it
 * is stored when it fails, and before it is sent if others are pending, since it may be one of them.
 * A large one takes seconds, in which the app may quit or be killed.
 */
function isSavedFirst(
  { entries, targets }: SaveShareDeps,
  service: TargetRef,
  { sizeBytes }: Prepared,
): boolean {
  return (
    !targets.capabilitiesOf(service).inProcess ||
    sizeBytes > LARGE_BYTES ||
    entries.list().length > 0
  );
}
