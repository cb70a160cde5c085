import { EventEmitter } from 'node:events';
import type { FailureView, WaitingView } from '../../preload/contract.ts';
import type { SystemClipboard } from '../clipboard/content.ts';
import type { AdviceContext } from '../failures/failure-table.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import { retryAfterOf, retryPolicyOf } from '../failures/retry-policy.ts';
import type { Words } from '../i18n/messages.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type { WriteLink } from '../links/copy-link.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Targets } from '../targets/targets.ts';
import type { Outgoing } from './delivery.ts';
import { type Entry, isCleanup, isShare } from './entry.ts';
import type { Outbox } from './outbox.ts';
import { clipDigest } from './pending-share.ts';
import type { CleanupHead, ShareHead } from './schema.ts';
import type { Sent } from './send-result.ts';
import type { Tried } from './worker.ts';

export interface WaitingNeeds {
  readonly outbox: Outbox;
  readonly outgoing: Outgoing;
  readonly targets: Pick<Targets, 'of'>;
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly writeLink: WriteLink;
  readonly advise: (fault: Fault, context: AdviceContext) => FailureView;
  readonly words: Words;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** A pending share that was sent. */
export interface LateLink {
  readonly link: RecentLink;
  readonly what: string;
  readonly onClipboard: boolean;
  /** This computer shared it in place of this service. */
  readonly insteadOf?: string;
}

/** A pending revoke that ended; `fault`: without success. */
export interface EndedRevoke {
  /** Absent where the share had no link yet. */
  readonly shareId: string | undefined;
  readonly what: string;
  readonly fault?: Fault;
}

export interface AttemptEvents {
  sent: [late: LateLink];
  /** A share that is not sent again until the user decides. */
  'needs-decision': [fault: Fault, entry: Entry<ShareHead>];
  'revoke-ended': [revoke: EndedRevoke];
}

/** A link that comes later than this after its press is not put on the clipboard at all, in ms. */
const STILL_AWAITED_MS = 60_000;

/**
 * How long after it was asked for a link may still be made whose answer never came, in ms: longer
 * than any answer is waited for.
 */
const STILL_COMING_MS = 5 * 60_000;

/** What waits in the outbox, for people; and what a try of it is. */
export interface Waiting {
  readonly events: EventEmitter<AttemptEvents>;
  views(): readonly WaitingView[];
  /** One try by the worker; never rejects. */
  attempt(entry: Entry): Promise<Tried>;
  /** The person says: now, and as it is. */
  sendNow(id: string, here?: boolean): Promise<Sent>;
  /** Whether a link waits to be revoked. */
  isRevoking(shareId: string): boolean;
}

export function createWaiting(needs: WaitingNeeds): Waiting {
  const { outbox, outgoing, words } = needs;
  const events = new EventEmitter<AttemptEvents>();
  const openedAtMs = needs.now();

  const reason = ({ fault, service }: Entry): string => {
    // Written by us, from the closed lists.
    const title =
      fault === undefined
        ? words.say('waitsSending')
        : needs.advise(fault as Fault, {
            serviceName: service.name,
            serviceKind: service.kind,
            accelerator: '',
            words,
            nowMs: needs.now(),
          }).title;
    return outbox.isEncrypted() ? title : words.say('waitsPlain', { reason: title });
  };

  /** Puts a late link on the clipboard only where its press is still fresh and nothing changed. */
  const deliver = async (head: ShareHead, link: RecentLink, asked: boolean): Promise<boolean> => {
    // Nobody sits waiting for what was pressed before the app's last start.
    if (head.createdAtMs < openedAtMs) return false;
    if (!asked && needs.now() - head.createdAtMs > STILL_AWAITED_MS) return false;
    try {
      const { content } = await needs.clipboard.read();
      if (clipDigest(content) !== head.clipDigest) return false;
      await needs.writeLink(link);
      return true;
    } catch {
      return false;
    }
  };

  const late = async (head: ShareHead, sent: Sent & { readonly ok: true }, asked: boolean) => {
    // On the list and out of the outbox first: what follows may take its time, or fail.
    sent.settle();
    const onClipboard = await deliver(head, sent.link, asked);
    const { link, insteadOf } = sent;
    events.emit('sent', {
      link,
      what: head.what,
      onClipboard,
      ...(insteadOf === undefined ? {} : { insteadOf }),
    });
  };

  const attemptShare = async (entry: Entry<ShareHead>): Promise<Tried> => {
    if (needs.now() > entry.pendingUntilMs) {
      const fault: Fault = { kind: 'waited-long', what: entry.head.what };
      outbox.record(entry.head.id, { event: 'failed', fault, needsDecision: true });
      events.emit('needs-decision', fault, entry);
      return { kind: 'over' };
    }
    const sent = await outgoing.again(entry.head.id);
    if (sent.ok) {
      await late(entry.head, sent, false);
      return { kind: 'over' };
    }
    // Taken out meanwhile, by whoever wanted it so.
    if (sent.fault.kind === 'cancelled' || sent.fault.kind === 'not-waiting') {
      return { kind: 'over' };
    }
    if (sent.laterMs !== undefined) return { kind: 'later', inMs: sent.laterMs };
    return triedWith(sent.fault, () => events.emit('needs-decision', sent.fault, entry));
  };

  const attemptCleanup = async (entry: Entry<CleanupHead>): Promise<Tried> => {
    const { id, shareId, assetIds, linkRequestedAtMs, what } = entry.head;
    try {
      const target = needs.targets.of(entry.service);
      let made = shareId;
      if (made === undefined) {
        const found = await target.find(assetIds).catch((cause: unknown) => {
          throw new LinkifyError({ kind: 'connection-lost', outcomeUnknown: false }, { cause });
        });
        made = found?.id;
        const comingMs = (linkRequestedAtMs ?? 0) + STILL_COMING_MS - needs.now();
        if (made === undefined && linkRequestedAtMs !== undefined && comingMs > 0) {
          return { kind: 'later', inMs: comingMs };
        }
      }
      if (made !== undefined) await target.revoke(made, true);
      for (const assetId of assetIds) await target.deleteAsset(assetId);
    } catch (error) {
      const fault = faultOf(error);
      const held = retryPolicyOf(fault) !== 'automatic';
      outbox.record(id, { event: 'failed', fault: { ...fault }, needsDecision: held });
      if (held) {
        // Nobody can decide anything about it: the list says that the link may still open.
        outbox.removeCleanup(entry, 'failed');
        events.emit('revoke-ended', { shareId, what, fault });
      }
      return triedWith(fault, () => {});
    }
    outbox.removeCleanup(entry, 'revoked');
    events.emit('revoke-ended', { shareId, what });
    return { kind: 'over' };
  };

  return {
    events,
    views: () =>
      outbox
        .list()
        .filter(isShare)
        .filter(({ state, fault }) => state !== 'sending' || fault !== undefined)
        .map((entry) => ({
          id: entry.head.id,
          what: entry.head.what,
          reason: reason(entry),
          sinceMs: entry.head.createdAtMs,
        })),
    attempt: (entry) => {
      if (isCleanup(entry)) return attemptCleanup(entry);
      return isShare(entry) ? attemptShare(entry) : Promise.resolve({ kind: 'over' });
    },
    async sendNow(id, here = false) {
      const entry = outbox.get(id);
      if (entry === undefined || !isShare(entry)) {
        return { ok: false, fault: { kind: 'not-waiting' } };
      }
      outbox.record(id, { event: 'extended', atMs: needs.now() });
      const sent = await outgoing.again(id, { asItIs: true, here });
      if (sent.ok) await late(entry.head, sent, true);
      return sent;
    },
    isRevoking: (shareId) =>
      outbox.list().some((entry) => isCleanup(entry) && entry.head.shareId === shareId),
  };
}

function triedWith(fault: Fault, onHeld: () => void): Tried {
  switch (retryPolicyOf(fault)) {
    case 'automatic': {
      const atLeastMs = retryAfterOf(fault);
      return { kind: 'not-now', ...(atLeastMs === undefined ? {} : { atLeastMs }) };
    }
    case 'decision':
    case 'never':
      onHeld();
      return { kind: 'over' };
  }
}
