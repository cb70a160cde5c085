import type {
  FailureView,
  LinkFormat,
  LinkView,
  Outcome,
  ShareOptions,
} from '../../preload/contract.ts';
import type { Failures, Result } from '../failures/failures.ts';
import type { Fault } from '../failures/faults.ts';
import type { LinkUseCases } from '../links/link-use-cases.ts';
import type { RecentLink } from '../links/schema.ts';
import type { PendingShares } from '../outbox/pending-shares.ts';
import type { Questions } from '../questions/questions.ts';
import type { ShareSource } from '../sharing/read-source.ts';
import type { Sharing } from '../sharing/share.ts';
import type { FailureViews } from '../state/failure-view.ts';
import type { LinkViews } from '../state/link-views.ts';

export interface ActionsDeps {
  readonly sharing: Sharing;
  readonly pendingShares: Pick<PendingShares, 'send' | 'discard'>;
  readonly linkUseCases: LinkUseCases;
  readonly questions: Questions;
  readonly failures: Failures;
  readonly failureViews: FailureViews;
  readonly linkViews: LinkViews;
}

export type Actions = ReturnType<typeof createActions>;

/** What the page, the command line and notifications call: the use cases, with results as views. */
export function createActions(deps: ActionsDeps) {
  const { failures, pendingShares, questions, sharing } = deps;
  const { changeExpiration, linkActions, rename, undo } = deps.linkUseCases;

  const outcome = <T>(result: Result<T>): Outcome<T> =>
    result.ok ? result : { ok: false, failure: deps.failureViews.of(result.failure) };
  const linkOutcome = async (result: Promise<Result<RecentLink>>): Promise<Outcome<LinkView>> => {
    const done = outcome(await result);
    return done.ok ? { ok: true, value: deps.linkViews.of(done.value) } : done;
  };

  return {
    share: (source: ShareSource, options?: ShareOptions) =>
      linkOutcome(sharing.share(source, options)),
    cancelShare: () => sharing.cancel(),
    /** Answers the open question; what comes of it is shown like any other share. */
    async answer(id: string, choice: string, remember: boolean): Promise<Outcome<null>> {
      if (questions.answer(id, choice, remember)) return { ok: true, value: null };
      return outcome({ ok: false, failure: failures.of({ kind: 'unknown-question' }) });
    },
    sendPending: (id: string, here?: boolean) => linkOutcome(pendingShares.send(id, here)),
    async discardPending(id: string): Promise<Outcome<null>> {
      undo.acted();
      await pendingShares.discard(id);
      return { ok: true, value: null };
    },
    /** @param isFinal without the undo that links of this computer have */
    revoke: (id: string, isFinal?: boolean) => linkOutcome(undo.revoke(id, isFinal)),
    revokeLast: () => linkOutcome(undo.revokeLast()),
    restore: (id: string) => linkOutcome(undo.restore(id)),
    /** Restores what the last link replaced on the clipboard. */
    restoreClipboard: () => undo.restoreClipboard(),
    /** Something was changed that has no undo. */
    acted: () => undo.acted(),
    undo: (id: string) => linkOutcome(undo.undoShare(id)),
    copy: async (id: string, format?: LinkFormat) => outcome(await linkActions.copy(id, format)),
    open: async (id: string) => outcome(await linkActions.open(id)),
    test: (id: string) => linkOutcome(linkActions.test(id)),
    remove: async (id: string) => outcome(linkActions.remove(id)),
    rename: (id: string, name: string) => linkOutcome(rename(id, name)),
    changeExpiration: (id: string, expiresInSeconds: number | null) =>
      linkOutcome(changeExpiration(id, expiresInSeconds)),
    /** Reports a failure that came up outside these actions. */
    fail: (fault: Fault): FailureView => deps.failureViews.of(failures.report(fault)),
    /** A fault in words, without reporting it. */
    describe: (fault: Fault): FailureView => deps.failureViews.of(failures.of(fault)),
  };
}
