import type { FailureView, LinkView, Outcome } from '../../preload/contract.ts';
import type { Fault } from '../failures/faults.ts';
import { fateOf, helpsElsewhere } from '../failures/retry-policy.ts';
import type { Words } from '../i18n/messages.ts';
import { nextFreeName } from '../items/next-free-name.ts';
import type { RecentLink } from '../links/schema.ts';
import { fallbackQuestion, isFallbackAnswer } from '../questions/fallback-question.ts';
import type { About } from '../shell/actions.ts';
import {
  failureNotice,
  insteadNotice,
  lateManyNotice,
  lateNotice,
  type Notice,
  revokedNotice,
} from '../shell/notices.ts';
import type { AppModel } from '../state/app-state.ts';
import type { Targets } from '../targets/targets.ts';
import type { Waiting } from './attempt.ts';
import type { Outgoing } from './delivery.ts';
import type { Entry } from './entry.ts';
import type { Outbox } from './outbox.ts';
import type { ShareHead } from './schema.ts';

export interface WaitingActionsNeeds {
  readonly model: AppModel;
  readonly outbox: Pick<Outbox, 'get' | 'record'>;
  readonly outgoing: Pick<Outgoing, 'discard' | 'cleanUp'>;
  readonly targets: Pick<Targets, 'fallbackFor' | 'capabilitiesOf'>;
  readonly waiting: () => Pick<Waiting, 'sendNow' | 'views'>;
  readonly links: {
    update(id: string, change: { readonly state: 'revoked' | 'failed' }): unknown;
  };
  readonly refreshLinks: () => void;
  readonly describe: (fault: Fault, about?: About) => FailureView;
  readonly dismiss: () => void;
  readonly fallback: {
    get(): 'ask' | 'always' | 'never';
    set(to: 'always' | 'never'): void;
  };
  readonly notify: (notice: Notice) => void;
  readonly withdraw: (cause: string) => void;
  /** Ms that only grow. */
  readonly now: () => number;
  readonly words: Words;
}

/** What a person can do about what waits, and what they are told of it. */
export interface WaitingActions {
  /** Tries it now; with `here` this computer makes the link. */
  send(id: string, here?: boolean): Promise<Outcome<LinkView>>;
  discard(id: string): Promise<Outcome<null>>;
  /** The entry of the share that failed last, while it waits. */
  lastFailed(): string | undefined;
  /** Gives a kept collection whose name is taken the next one. */
  takeNextName(id: string): void;
  /** A key press's share failed: words and questions for that. */
  onFailed(
    failure: FailureView,
    fault: Fault,
    keptId: string,
  ): { readonly failure: FailureView; readonly buttons: Notice['buttons'] };
  onLate(link: RecentLink, what: string, onClipboard: boolean, insteadOf?: string): void;
  onHeld(fault: Fault, entry: Entry<ShareHead>): void;
  onUndone(shareId: string | undefined, what: string, fault?: Fault): void;
  /** Revokes the unusable link that the last failed share got. */
  revokeStray(): Promise<void>;
  /** `undefined` when the question is someone else's. */
  answer(questionId: string, choice: string): Promise<Outcome<null>> | undefined;
  /** Draws what waits anew. */
  refresh(): void;
}

const DONE: Outcome<null> = { ok: true, value: null };
const QUESTION = 'fallback ';
/** Whoever asked knows, or did it. */
const NO_NEWS: ReadonlySet<string> = new Set(['already-sharing', 'not-waiting', 'cancelled']);
/** Late links within this time of each other, in ms, are told together once there are many. */
const TOGETHER_MS = 10_000;
const MOST_APART = 3;

export function createWaitingActions(needs: WaitingActionsNeeds): WaitingActions {
  const { model, outbox, outgoing, words } = needs;
  let lastFailed: string | undefined;
  let late: readonly { readonly id: string; readonly atMs: number }[] = [];

  const refresh = (): void => {
    model.update({ waiting: needs.waiting().views() });
    const { question } = model.get();
    // Sent, or discarded meanwhile: nobody needs to decide about it any more.
    if (
      question?.id.startsWith(QUESTION) &&
      outbox.get(question.id.slice(QUESTION.length)) === undefined
    ) {
      model.update({ question: null });
    }
    if (lastFailed !== undefined && outbox.get(lastFailed) === undefined) {
      lastFailed = undefined;
      needs.dismiss();
    }
  };

  const tell = (failure: FailureView): void => {
    model.update({ failure });
    needs.notify(failureNotice(failure));
  };

  const send = async (id: string, here = false): Promise<Outcome<LinkView>> => {
    const sent = await needs.waiting().sendNow(id, here);
    if (!sent.ok) {
      const { fault, keptId } = sent;
      const failure = needs.describe(fault, keptId === undefined ? {} : { keptId });
      if (!NO_NEWS.has(fault.kind)) tell(failure);
      return { ok: false, failure };
    }
    const link = model.get().links.find((shown) => shown.id === sent.link.id);
    return link === undefined
      ? { ok: false, failure: needs.describe({ kind: 'unknown-link' }) }
      : { ok: true, value: link };
  };

  return {
    send,
    refresh,
    async discard(id) {
      await outgoing.discard(id);
      return DONE;
    },
    lastFailed: () =>
      lastFailed !== undefined && outbox.get(lastFailed) !== undefined ? lastFailed : undefined,
    takeNextName(id) {
      const head = outbox.get(id)?.head;
      if (head?.type !== 'share' || head.name === undefined) return;
      outbox.record(id, { event: 'renamed', name: nextFreeName(head.name) }, true);
    },
    onFailed(failure, fault, keptId) {
      lastFailed = keptId;
      const entry = outbox.get(keptId);
      const ask =
        entry !== undefined &&
        needs.targets.fallbackFor(entry.service) !== undefined &&
        needs.fallback.get() === 'ask' &&
        helpsElsewhere(fault);
      if (ask) {
        model.update({
          question: fallbackQuestion(`${QUESTION}${keptId}`, entry.service.name, words),
        });
      }
      const kept = words.say(fateOf(fault) === 'waits' ? 'waitsKept' : 'waitsHeld');
      return {
        failure: { ...failure, sentence: words.join(failure.sentence, kept) },
        buttons: ask
          ? [{ label: words.say('fallbackNow'), command: { kind: 'make-here', id: keptId } }]
          : [],
      };
    },
    onLate(link, what, onClipboard, insteadOf) {
      needs.refreshLinks();
      refresh();
      if (insteadOf !== undefined) {
        const { restore: canRestore } = needs.targets.capabilitiesOf(link.service);
        needs.notify(insteadNotice({ ...link, canRestore }, what, insteadOf, onClipboard, words));
        return;
      }
      const nowMs = needs.now();
      late = [
        ...late.filter(({ atMs }) => nowMs - atMs < TOGETHER_MS),
        { id: link.id, atMs: nowMs },
      ];
      if (late.length <= MOST_APART) {
        needs.notify(lateNotice(link, what, onClipboard, words));
        return;
      }
      for (const { id } of late) needs.withdraw(`late ${id}`);
      needs.notify(lateManyNotice(late.length, words));
    },
    onHeld(fault, entry) {
      lastFailed = entry.head.id;
      tell(needs.describe(fault, { keptId: entry.head.id }));
    },
    onUndone(shareId, what, fault) {
      if (shareId === undefined) return;
      needs.links.update(shareId, { state: fault === undefined ? 'revoked' : 'failed' });
      needs.refreshLinks();
      if (fault === undefined && model.get().failure?.linkId === shareId) needs.dismiss();
      if (fault === undefined) needs.notify(revokedNotice(what, words));
      else tell(needs.describe(fault, { revoking: shareId }));
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
    answer(questionId, choice) {
      if (!questionId.startsWith(QUESTION) || !isFallbackAnswer(choice)) return undefined;
      if (model.get().question?.id === questionId) model.update({ question: null });
      if (choice === 'always' || choice === 'never') needs.fallback.set(choice);
      if (choice === 'never' || choice === 'wait') return Promise.resolve(DONE);
      return send(questionId.slice(QUESTION.length), true).then((sent) => (sent.ok ? DONE : sent));
    },
  };
}
