import type { FailureAbout, Failures, Result } from '../failures/failures.ts';
import type { Fault } from '../failures/faults.ts';
import { helpsElsewhere } from '../failures/retry-policy.ts';
import { nextFreeName } from '../linkify/next-free-name.ts';
import type { RecentLink } from '../links/schema.ts';
import { fallbackQuestion } from '../questions/fallback-question.ts';
import type { Questions } from '../questions/questions.ts';
import type { Targets } from '../targets/targets.ts';
import type { Waiting } from './attempt.ts';
import type { Outgoing } from './delivery.ts';
import type { Outbox } from './outbox.ts';

export interface PendingSharesNeeds {
  readonly outbox: Pick<Outbox, 'get' | 'record' | 'subscribe'>;
  readonly outgoing: Pick<Outgoing, 'discard' | 'cleanUp'>;
  readonly targets: Pick<Targets, 'fallbackFor'>;
  readonly waiting: Pick<Waiting, 'events' | 'sendNow'>;
  readonly failures: Failures;
  readonly questions: Questions;
  readonly fallback: {
    get(): 'ask' | 'always' | 'never';
    set(to: 'always' | 'never'): void;
  };
}

/** What users can do about pending shares. */
export interface PendingShares {
  /** Tries it now; with `here` this computer makes the link. */
  send(id: string, here?: boolean): Promise<Result<RecentLink>>;
  discard(id: string): Promise<void>;
  /** The entry of the share that failed last, while it waits. */
  lastFailed(): string | undefined;
  /** Gives a kept collection whose name is taken the next one. */
  takeNextName(id: string): void;
  /** A share failed and is pending: asks whether this computer shares it, where that may help. */
  shareFailed(fault: Fault, pendingId: string): FailureAbout;
  /** Revokes the unusable link that the last failed share got. */
  revokeStray(): Promise<void>;
}

/** Whoever asked knows, or did it. */
const NO_NEWS: ReadonlySet<string> = new Set(['already-sharing', 'not-waiting', 'cancelled']);
export function createPendingShares(needs: PendingSharesNeeds): PendingShares {
  const { failures, outbox, outgoing, questions, waiting } = needs;
  let lastFailed: string | undefined;
  /** The share that the person is asked about, until the answer. */
  let asking: { readonly id: string; readonly over: AbortController } | undefined;

  outbox.subscribe(() => {
    // Sent, or discarded meanwhile: nobody needs to decide about it any more.
    if (asking !== undefined && outbox.get(asking.id) === undefined) asking.over.abort();
    if (lastFailed !== undefined && outbox.get(lastFailed) === undefined) {
      lastFailed = undefined;
      failures.dismiss();
    }
  });

  const aboutPending = (id: string): FailureAbout => {
    const service = outbox.get(id)?.service;
    return { pendingId: id, ...(service === undefined ? {} : { service }) };
  };

  const send = async (id: string, here = false): Promise<Result<RecentLink>> => {
    const sent = await waiting.sendNow(id, here);
    if (sent.ok) return { ok: true, value: sent.link };
    const { fault, keptId } = sent;
    const about = keptId === undefined ? {} : aboutPending(keptId);
    const failure = NO_NEWS.has(fault.kind)
      ? failures.of(fault, about)
      : failures.report(fault, about);
    return { ok: false, failure };
  };

  const askForFallback = async (id: string, service: string): Promise<void> => {
    const over = new AbortController();
    const mine = { id, over };
    asking = mine;
    const { choice, remember } = await questions.ask(fallbackQuestion(service), over.signal);
    if (asking === mine) asking = undefined;
    if (remember) needs.fallback.set(choice === 'now' ? 'always' : 'never');
    if (choice === 'now') await send(id, true);
  };

  waiting.events.on('needs-decision', (fault, { head }) => {
    lastFailed = head.id;
    failures.report(fault, aboutPending(head.id));
  });
  waiting.events.on('revoke-ended', ({ shareId, fault }) => {
    if (shareId === undefined) return;
    if (fault === undefined) failures.revoked(shareId);
    else failures.report(fault, { revoking: shareId });
  });

  return {
    send,
    discard: (id) => outgoing.discard(id),
    lastFailed: () =>
      lastFailed !== undefined && outbox.get(lastFailed) !== undefined ? lastFailed : undefined,
    takeNextName(id) {
      const head = outbox.get(id)?.head;
      if (head?.type !== 'share' || head.name === undefined) return;
      outbox.record(id, { event: 'renamed', name: nextFreeName(head.name) });
    },
    shareFailed(fault, pendingId) {
      lastFailed = pendingId;
      const service = outbox.get(pendingId)?.service;
      const offersFallback =
        service !== undefined &&
        needs.targets.fallbackFor(service) !== undefined &&
        needs.fallback.get() === 'ask' &&
        helpsElsewhere(fault);
      if (offersFallback) void askForFallback(pendingId, service.name);
      return { ...aboutPending(pendingId), newlyPending: { offersFallback } };
    },
    async revokeStray() {
      const id = lastFailed;
      const entry = id === undefined ? undefined : outbox.get(id);
      const fault = entry?.fault;
      if (id === undefined || entry === undefined || fault === undefined) return;
      if (!('shareId' in fault) || typeof fault.shareId !== 'string') return;
      const { service, head, assets } = entry;
      const assetIds = [...assets.values()].map((asset) => asset.id);
      await outgoing.cleanUp({ service, what: head.what, shareId: fault.shareId, assetIds });
      await outgoing.discard(id);
    },
  };
}
