import type { ShareTerms } from '../../preload/contract.ts';
import { type Fault, faultOf, SharingError } from '../failures/faults.ts';
import { helpsElsewhere, retryPolicyOf } from '../failures/retry-policy.ts';
import type { OpenFile } from '../items/prepare-items.ts';
import { type DefaultOptions, optionsFault, wishesFor } from '../items/share-options.ts';
import { LinkifyError } from '../linkify/errors.ts';
import { recentLinkOf } from '../links/new-recent-link.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import { createKnownLimits } from '../targets/known-limits.ts';
import type { Target } from '../targets/target.ts';
import { type TargetRef, targetId } from '../targets/target-ref.ts';
import type { Targets } from '../targets/targets.ts';
import { assetIdsOf, type Entry, isShare } from './entry.ts';
import type { Outbox } from './outbox.ts';
import { type RemoveLocation, restore } from './pending-share.ts';
import { type Cleanup, cleanupHead, cleanupOf } from './remote-cleanup.ts';
import { createKeepShares } from './save-share.ts';
import type { CleanupHead, ShareHead } from './schema.ts';
import { createSendJournal } from './send-journal.ts';
import type { Sent, ToSend } from './send-result.ts';

export interface OutgoingNeeds {
  readonly targets: Pick<Targets, 'current' | 'selected' | 'of' | 'capabilitiesOf' | 'fallbackFor'>;
  readonly outbox: Outbox;
  readonly links: RecentLinks;
  readonly openFile: OpenFile;
  readonly removeLocation?: RemoveLocation;
  readonly defaultOptions: () => DefaultOptions;
  /** Whether a link of this computer is made at once where another service cannot. */
  readonly fallback: () => 'ask' | 'always' | 'never';
  /** Told of each link made: its service works. */
  readonly onMade: (service: TargetRef) => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  /** How long nobody asks again for a link whose answer never came; `DOUBT_MS` unless told, in ms. */
  readonly doubtMs?: number;
}

/** A link takes ten seconds where a cloud makes it, also when nobody listens any more. */
const DOUBT_MS = 15_000;

/**
 * The way out of everything that is shared: into the outbox before the first byte is sent, to the
 * service that it is meant for, and out of the outbox once its link is on the list.
 */
export interface Outgoing {
  first(share: ToSend): Promise<Sent>;
  /** Sends what is kept; never rejects. */
  again(id: string, how?: HowAgain): Promise<Sent>;
  /** Takes something out unsent; what was made for it on its service is taken back. */
  discard(id: string): Promise<void>;
  /** Revokes a share and deletes its assets, now or later; false when that can't be stored. */
  cleanUp(cleanup: Cleanup): Promise<boolean>;
}

export interface HowAgain {
  /** Files may have changed since: the person said so. */
  readonly asItIs?: boolean;
  /** By this computer in place of its service. */
  readonly here?: boolean;
}

export function createOutgoing(needs: OutgoingNeeds): Outgoing {
  const { targets, outbox, links } = needs;
  const results = new Map<string, Promise<Sent>>();
  const { keep, keepFor, keepsBefore } = createKeepShares({ ...needs, results });
  const limits = createKnownLimits(needs.now);

  const cleanUp = (cleanup: Cleanup): Promise<boolean> =>
    outbox.add(cleanupHead(cleanup, needs.newId(), needs.now()), new Map());

  const cleanupFor = (entry: Entry): CleanupHead | undefined => {
    const cleanup = cleanupOf(entry);
    return cleanup && cleanupHead(cleanup, needs.newId(), needs.now());
  };

  const sendTo = async (
    target: Target,
    { prepared, terms, options }: Omit<ToSend, 'clip'>,
    id: string | undefined,
  ): Promise<Sent> => {
    // A server by URL tells only now what it can do.
    await target.connect(options);
    const refused = optionsFault(terms, prepared, target.capabilities);
    if (refused !== undefined) throw new SharingError(refused);
    const service = target.ref;
    const share = await target
      .share(prepared.items, wishesFor(terms, needs.defaultOptions()), {
        ...options,
        name: prepared.name,
        journal: id === undefined ? undefined : createSendJournal(needs, id),
      })
      .catch((error: unknown) => {
        limits.refused(service, faultOf(error));
        throw error;
      });
    limits.took(service, prepared.items);
    if (options.signal?.aborted) {
      const { id: shareId, assetIds } = share;
      await cleanUp({
        service,
        what: prepared.description.slice(0, 500),
        shareId,
        assetIds,
      });
      throw new LinkifyError({ kind: 'cancelled' });
    }
    const known = links.get(share.id);
    // The list is kept by id: an answer must not put another service's link out of reach.
    if (known !== undefined && targetId(known.service) !== targetId(service)) {
      throw new LinkifyError({ kind: 'bad-response', reason: 'wrong-shape', outcomeUnknown: true });
    }
    const link = recentLinkOf(share, prepared, service, needs.now());
    return {
      ok: true,
      link,
      settle() {
        if (id === undefined) links.add(link);
        else outbox.removeDelivered(id, link);
        needs.onMade(service);
      },
    };
  };

  /** What becomes of an entry whose try failed. */
  const failed = (id: string | undefined, fault: Fault): Sent => {
    if (id === undefined) return { ok: false, fault };
    const policy = retryPolicyOf(fault);
    if (policy === 'never') {
      takeOut(id);
      return { ok: false, fault };
    }
    outbox.record(id, {
      event: 'failed',
      fault: { ...fault },
      needsDecision: policy === 'decision',
    });
    return { ok: false, fault, keptId: id };
  };

  const takeOut = (id: string): void => {
    const entry = outbox.get(id);
    if (entry !== undefined) outbox.remove(id, cleanupFor(entry));
  };

  /** Makes it here, in place of the service that could not. */
  const here = async (
    share: Omit<ToSend, 'clip'>,
    id: string | undefined,
    { ref, name: insteadOf }: Target,
  ): Promise<Sent> => {
    const instead = targets.fallbackFor(ref) ?? targets.of(ref);
    const entry = id === undefined ? undefined : outbox.get(id);
    if (entry !== undefined && targetId(entry.service) !== instead.id) {
      const { id: entryId } = entry.head;
      outbox.record(entryId, { event: 'retargeted', service: instead.ref }, cleanupFor(entry));
    }
    try {
      const sent = await sendTo(instead, share, id);
      return sent.ok ? { ...sent, insteadOf } : sent;
    } catch (error) {
      return failed(id, faultOf(error));
    }
  };

  /** Ends the attempt of what was not created; what was created stays ours until it is settled. */
  const letGo = (id: string | undefined, sent: Sent): Sent => {
    if (id !== undefined && !sent.ok) outbox.record(id, { event: 'attempt-ended' });
    return sent;
  };

  /** What comes of a try that was under way; whoever began it puts its link on the list. */
  const joined = async (under: Promise<Sent>): Promise<Sent> => {
    const sent = await under;
    return sent.ok ? { ...sent, settle: () => {} } : sent;
  };

  /** Ends when the person cancels, and when the entry is taken out of the outbox. */
  const together = (
    signal: AbortSignal | undefined,
    id: string | undefined,
  ): { readonly signal?: AbortSignal } => {
    const own = id === undefined ? undefined : outbox.attempt(id)?.signal;
    const both = [signal, own].filter((one) => one !== undefined);
    return both.length === 0 ? {} : { signal: AbortSignal.any(both) };
  };

  /** How long a link that was asked for may still be made, before it is asked for again, in ms. */
  const stillComingMs = ({ linkRequestedAtMs }: Entry): number => {
    const sinceMs = linkRequestedAtMs === undefined ? Number.NaN : needs.now() - linkRequestedAtMs;
    return sinceMs >= 0 ? Math.max(0, (needs.doubtMs ?? DOUBT_MS) - sinceMs) : 0;
  };

  const sendAgain = async (
    entry: Entry<ShareHead>,
    signal: AbortSignal,
    { asItIs = false, here: isHere = false }: HowAgain,
  ): Promise<Sent> => {
    const { head, service } = entry;
    const { id } = head;
    try {
      const restored = await restore(entry, outbox, needs.openFile, asItIs, needs.removeLocation);
      if (!restored.ok) {
        const { name, why } = restored;
        const fault: Fault =
          why === 'gone' ? { kind: 'unreadable-file', name } : { kind: 'file-changed', name };
        outbox.record(id, { event: 'failed', fault, needsDecision: true });
        return letGo(id, { ok: false, fault, keptId: id });
      }
      // Ours when it was written; what the schema of the terms does not know, the service ignores.
      const terms = head.terms as ShareTerms;
      const toSend = { prepared: restored.prepared, terms, options: { signal } };
      const target = targets.of(service);
      if (isHere) return letGo(id, await here(toSend, id, target));
      await target.preflight(entry.fault);
      const laterMs = asItIs ? 0 : stillComingMs(entry);
      if (laterMs > 0 && (await isMissing(target, assetIdsOf(entry)))) {
        const fault: Fault = { kind: 'connection-lost', outcomeUnknown: true };
        return letGo(id, { ok: false, fault, keptId: id, laterMs });
      }
      return await sendTo(target, toSend, id);
    } catch (error) {
      return letGo(id, failed(id, faultOf(error)));
    }
  };

  return {
    async first(share) {
      // Both at once: finding the service may take longer than the disk.
      const found = targets.current().then(
        (target) => ({ target }),
        (error: unknown) => ({ fault: faultOf(error) }),
      );
      const { target: meant, isCertain } = targets.selected();
      const early =
        isCertain && keepsBefore(meant.ref, share.prepared)
          ? await keepFor(share, meant.ref)
          : undefined;
      const now = await found;
      const target = 'target' in now && !isCertain ? now.target : meant;
      const service = target.ref;
      const kept =
        early ??
        (keepsBefore(service, share.prepared)
          ? await keepFor(share, service)
          : {
              refused: optionsFault(share.terms, share.prepared, target.capabilities),
              as: undefined,
            });
      if ('refused' in kept && kept.refused !== undefined) {
        return { ok: false, fault: kept.refused };
      }
      const as = 'as' in kept ? kept.as : undefined;
      if (as?.sent !== undefined) return joined(as.sent);
      let id = as?.id;
      if (id !== undefined) share.onPending?.();
      const signal = together(share.options.signal, id);
      const toSend = { ...share, options: { ...share.options, ...signal } };
      let fault: Fault | undefined = 'fault' in now ? now.fault : undefined;
      if (share.options.signal?.aborted) fault = { kind: 'cancelled' };
      if ('target' in now) fault ??= limits.faultFor(now.target.ref, share.prepared.items);
      if ('target' in now && fault === undefined) {
        try {
          return await sendTo(now.target, toSend, id);
        } catch (error) {
          fault = faultOf(error);
        }
      }
      fault ??= { kind: 'internal' };
      // Not kept before, or not possible then.
      if (id === undefined && retryPolicyOf(fault) !== 'never')
        id = (await keep(share, service))?.id;
      const instead =
        targets.fallbackFor(service) !== undefined &&
        needs.fallback() === 'always' &&
        helpsElsewhere(fault);
      return letGo(id, instead ? await here(toSend, id, target) : failed(id, fault));
    },

    async again(id, how = {}) {
      const entry = outbox.get(id);
      if (entry === undefined || !isShare(entry)) {
        return { ok: false, fault: { kind: 'not-waiting' } };
      }
      if (outbox.attempt(id) !== undefined) {
        return { ok: false, fault: { kind: 'already-sharing' } };
      }
      const { signal } = outbox.startAttempt(id);
      const result = sendAgain(entry, signal, how);
      results.set(id, result);
      return result.finally(() => results.delete(id));
    },

    async discard(id) {
      const attempt = outbox.attempt(id);
      attempt?.abort();
      await attempt?.ended;
      takeOut(id);
    },
    cleanUp,
  };
}

/** Whether its list says that it has no such link; one that doesn't answer says nothing. */
async function isMissing(target: Target, assetIds: readonly string[]): Promise<boolean> {
  try {
    return (await target.find(assetIds)) === undefined;
  } catch {
    return false;
  }
}
