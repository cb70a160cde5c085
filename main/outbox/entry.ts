import type { Fault } from '../failures/faults.ts';
import type { TargetRef } from '../targets/target-ref.ts';
import type { CleanupHead, EntryHead, ShareHead } from './schema.ts';

/** After this time the user is asked, in ms: nothing is sent weeks later by surprise. */
export const PENDING_MS = 7 * 24 * 3_600_000;

/** An asset that exists on the service for an entry. */
export interface CreatedAsset {
  readonly id: string;
  readonly raw?: Readonly<Record<string, unknown>>;
}

/** `sending`: an attempt is running. `pending`: sent automatically. `needs-decision`: only the user can go on. */
export type EntryState = 'sending' | 'pending' | 'needs-decision';

/** A share, or a remote cleanup, with all that happened to it (transition.ts). */
export interface Entry<Head extends EntryHead = EntryHead> {
  readonly head: Head;
  readonly service: TargetRef;
  readonly assets: ReadonlyMap<number, CreatedAsset>;
  /** When the service was asked for the link, in ms since 1970; absent: the link does not exist. */
  readonly linkRequestedAtMs?: number;
  readonly state: EntryState;
  /** Of the last failed attempt. */
  readonly fault?: Fault;
  /** In ms since 1970. */
  readonly pendingUntilMs: number;
}

export function newEntry<Head extends EntryHead>(
  head: Head,
  state: EntryState = 'pending',
): Entry<Head> {
  return {
    head,
    service: head.service,
    assets: new Map(),
    state,
    pendingUntilMs: head.createdAtMs + PENDING_MS,
  };
}

export const isShare = (entry: Entry): entry is Entry<ShareHead> => entry.head.type === 'share';

export const isCleanup = (entry: Entry): entry is Entry<CleanupHead> =>
  entry.head.type === 'cleanup';

/** Ids of its assets, in the order of its items. */
export const assetIdsOf = ({ assets }: Entry): readonly string[] =>
  [...assets].sort(([a], [b]) => a - b).map(([, { id }]) => id);
