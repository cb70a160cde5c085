import { EventEmitter } from 'node:events';
import type { SystemClipboard } from '../clipboard/content.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import { retryAfterOf, retryPolicyOf } from '../failures/retry-policy.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type { WriteLink } from '../links/copy-link.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Target } from '../targets/target.ts';
import type { Targets } from '../targets/targets.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryResult } from './delivery-result.ts';
import type { Entries } from './entries.ts';
import { type Entry, isCleanup, isShare } from './entry.ts';
import type { AttemptResult } from './scheduler.ts';
import type { CleanupHead, ShareHead } from './schema.ts';
import { clipDigest } from './share-content.ts';

export interface AttemptsDeps {
  readonly entries: Entries;
  readonly delivery: Delivery;
  readonly targets: Pick<Targets, 'of'>;
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly writeLink: WriteLink;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** A pending share that has its link. */
export interface DeliveredShare {
  readonly link: RecentLink;
  readonly what: string;
  readonly onClipboard: boolean;
  /** This computer created it in place of this service. */
  readonly insteadOf?: string;
}

export interface OutboxEvents {
  /** A pending share has its link. */
  delivered: [share: DeliveredShare];
  /** A share is not sent again until the user decides. */
  'decision-needed': [fault: Fault, entry: Entry<ShareHead>];
  /** A pending revoke succeeded. */
  revoked: [revoke: { readonly shareId: string; readonly what: string }];
  /** Assets that a revoked share left on its service were deleted. */
  'assets-deleted': [assets: { readonly what: string; readonly count: number }];
  /** A pending share or revoke cannot be done at all, and is no longer in the outbox. */
  failed: [fault: Fault, about: { readonly revokingId?: string }];
}

/** A link that is created later than this after its share was requested is not copied, in ms. */
const MAX_COPY_DELAY_MS = 60_000;

/**
 * How long after its request a link may still be created whose response was lost, in ms: longer than
 * any response is waited for.
 */
const LATE_LINK_MS = 5 * 60_000;

/** It was discarded, or the user sent it, meanwhile. */
const SUPERSEDED: ReadonlySet<Fault['kind']> = new Set([
  'cancelled',
  'not-pending',
  'already-sharing',
]);

/** Attempts to send pending shares and to do cleanups. */
export class Attempts extends EventEmitter<OutboxEvents> {
  readonly #deps: AttemptsDeps;
  readonly #openedAtMs: number;

  constructor(deps: AttemptsDeps) {
    super();
    this.#deps = deps;
    this.#openedAtMs = deps.now();
  }

  /** One attempt by the scheduler; never rejects. */
  attempt(entry: Entry): Promise<AttemptResult> {
    if (isCleanup(entry)) return this.#attemptCleanup(entry);
    return isShare(entry) ? this.#attemptShare(entry) : Promise.resolve({ kind: 'done' });
  }

  /** The user wants it sent now, as its files are. */
  async sendNow(id: string, onThisComputer = false): Promise<DeliveryResult> {
    const { delivery, entries, now } = this.#deps;
    const entry = entries.get(id);
    if (entry === undefined || !isShare(entry))
      return { ok: false, fault: { kind: 'not-pending' } };
    entries.record(id, { event: 'extended', atMs: now() });
    const result = await delivery.redeliver(id, { useCurrentFiles: true, onThisComputer });
    if (result.ok) await this.#delivered(entry.head, result, true);
    return result;
  }

  /** Whether the revoke of a link is pending. */
  isRevoking(shareId: string): boolean {
    return this.#deps.entries
      .list()
      .some((entry) => isCleanup(entry) && entry.head.shareId === shareId);
  }

  async #attemptShare(entry: Entry<ShareHead>): Promise<AttemptResult> {
    const { delivery, entries, now } = this.#deps;
    const { id, what } = entry.head;
    if (now() > entry.pendingUntilMs) {
      const fault: Fault = { kind: 'pending-expired', what };
      entries.record(id, { event: 'failed', fault, needsDecision: true });
      this.emit('decision-needed', fault, entry);
      return { kind: 'done' };
    }
    const result = await delivery.redeliver(id);
    if (result.ok) {
      await this.#delivered(entry.head, result, false);
      return { kind: 'done' };
    }
    const { fault, retryInMs } = result;
    if (SUPERSEDED.has(fault.kind)) return { kind: 'done' };
    if (retryInMs !== undefined) return { kind: 'not-due', inMs: retryInMs };
    if (result.pendingId === undefined) this.emit('failed', fault, {});
    else if (retryPolicyOf(fault) !== 'automatic') this.emit('decision-needed', fault, entry);
    return resultOf(fault);
  }

  async #attemptCleanup(entry: Entry<CleanupHead>): Promise<AttemptResult> {
    const { entries } = this.#deps;
    const { assetIds, id, isRevoked, shareId, what } = entry.head;
    try {
      const retryInMs = await this.#cleanUp(entry);
      if (retryInMs !== undefined) return { kind: 'not-due', inMs: retryInMs };
    } catch (error) {
      const fault = faultOf(error);
      if (retryPolicyOf(fault) === 'automatic') {
        entries.record(id, { event: 'failed', fault, needsDecision: false });
      } else {
        // The user can decide nothing about it: the list says that the link may still open.
        entries.removeCleanup(entry, 'failed');
        if (shareId !== undefined) this.emit('failed', fault, { revokingId: shareId });
      }
      return resultOf(fault);
    }
    entries.removeCleanup(entry, 'revoked');
    if (shareId !== undefined) this.emit('revoked', { shareId, what });
    if (isRevoked) this.emit('assets-deleted', { what, count: assetIds.length });
    return { kind: 'done' };
  }

  /**
   * Revokes the share over the assets, if there is one, and deletes them.
   * @returns in how many ms the link of an earlier request can no longer come, if it still may
   */
  async #cleanUp({ head, service }: Entry<CleanupHead>): Promise<number | undefined> {
    const { assetIds, isRevoked, linkRequestedAtMs } = head;
    const target = this.#deps.targets.of(service);
    let { shareId } = head;
    if (shareId === undefined && !isRevoked) {
      const found = await target.find(assetIds).catch((cause: unknown) => {
        throw new LinkifyError({ kind: 'connection-lost', outcomeUnknown: false }, { cause });
      });
      shareId = found?.id;
      const mayComeMs = (linkRequestedAtMs ?? 0) + LATE_LINK_MS - this.#deps.now();
      if (shareId === undefined && linkRequestedAtMs !== undefined && mayComeMs > 0) {
        return mayComeMs;
      }
    }
    if (shareId !== undefined) await target.revoke(shareId, true);
    await deleteAll(target, assetIds);
    return undefined;
  }

  async #delivered(
    head: ShareHead,
    { commit, insteadOf, link }: DeliveryResult & { readonly ok: true },
    wasRequested: boolean,
  ): Promise<void> {
    // On the list and out of the outbox first: the clipboard may take its time, or fail.
    commit();
    const onClipboard = await this.#copy(head, link, wasRequested);
    this.emit('delivered', {
      link,
      what: head.what,
      onClipboard,
      ...(insteadOf === undefined ? {} : { insteadOf }),
    });
  }

  /** Copies the link while the user still expects it, and nothing else was copied. */
  async #copy(head: ShareHead, link: RecentLink, wasRequested: boolean): Promise<boolean> {
    const { clipboard, now, writeLink } = this.#deps;
    // Nobody expects what was shared before the app's last start.
    if (head.createdAtMs < this.#openedAtMs) return false;
    if (!wasRequested && now() - head.createdAtMs > MAX_COPY_DELAY_MS) return false;
    try {
      const { content } = await clipboard.read();
      if (clipDigest(content) !== head.clipDigest) return false;
      await writeLink(link);
      return true;
    } catch {
      return false;
    }
  }
}

function resultOf(fault: Fault): AttemptResult {
  if (retryPolicyOf(fault) !== 'automatic') return { kind: 'done' };
  const atLeastMs = retryAfterOf(fault);
  return { kind: 'unavailable', ...(atLeastMs === undefined ? {} : { atLeastMs }) };
}

/** Deletes each asset that can be. @throws what kept the first of the others, if any */
async function deleteAll(target: Target, assetIds: readonly string[]): Promise<void> {
  const errors: unknown[] = [];
  for (const assetId of assetIds) {
    try {
      await target.deleteAsset(assetId);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
