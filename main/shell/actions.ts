import type {
  FailureView,
  LinkFormat,
  LinkView,
  Outcome,
  ShareOptions,
} from '../../preload/contract.ts';
import type { Failures, Result } from '../failures/failures.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import type { ChangeExpiration } from '../links/change-expiration.ts';
import type { LinkActions } from '../links/link-actions.ts';
import type { RenameLink } from '../links/rename-link.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Undo } from '../links/undo.ts';
import type { PendingShares } from '../outbox/pending-shares.ts';
import type { Questions } from '../questions/questions.ts';
import type { ShareSource } from '../sharing/read-source.ts';
import type { Sharing } from '../sharing/share.ts';
import type { FailureViews } from '../state/failure-view.ts';

export interface ActionsDeps {
  readonly sharing: Sharing;
  readonly outbox: Pick<PendingShares, 'send' | 'discard'>;
  readonly undo: Undo;
  readonly linkActions: LinkActions;
  readonly rename: RenameLink;
  readonly changeExpiration: ChangeExpiration;
  readonly questions: Questions;
  readonly failures: Failures;
  readonly failureViews: FailureViews;
  readonly linkView: (link: RecentLink) => LinkView;
}

export type Actions = ReturnType<typeof createActions>;

/** What the page, the command line and notifications call: the use cases, with results as views. */
export function createActions(deps: ActionsDeps) {
  const { failures, linkActions, outbox, questions, sharing, undo } = deps;

  /** The only place where an error that a use case throws becomes a failure. */
  const outcome = async <T>(result: Promise<Result<T>>): Promise<Outcome<T>> => {
    const done = await result.catch((error: unknown): Result<T> => {
      return { ok: false, failure: failures.report(faultOf(error)) };
    });
    return done.ok ? done : { ok: false, failure: deps.failureViews.of(done.failure) };
  };
  const linkOutcome = async (result: Promise<Result<RecentLink>>): Promise<Outcome<LinkView>> => {
    const done = await outcome(result);
    return done.ok ? { ok: true, value: deps.linkView(done.value) } : done;
  };
  const nothing = (action: Promise<void>): Promise<Outcome<null>> =>
    outcome(action.then(() => ({ ok: true, value: null })));

  return {
    share: (source: ShareSource, options?: ShareOptions) =>
      linkOutcome(sharing.share(source, options)),
    cancelShare: () => sharing.cancel(),
    /** Answers the open question; what comes of it is shown like any other share. */
    async answer(id: string, choice: string, remember: boolean): Promise<Outcome<null>> {
      if (questions.answer(id, choice, remember)) return { ok: true, value: null };
      const failure = failures.of({ kind: 'unknown-question' });
      return { ok: false, failure: deps.failureViews.of(failure) };
    },
    sendPending: (id: string, here?: boolean) => linkOutcome(outbox.send(id, here)),
    discardPending(id: string) {
      undo.acted();
      return nothing(outbox.discard(id));
    },
    /** @param isFinal without the undo that links of this computer have */
    revoke: (id: string, isFinal?: boolean) => linkOutcome(undo.revoke(id, isFinal)),
    revokeLast: () => linkOutcome(undo.revokeLast()),
    restore: (id: string) => linkOutcome(undo.restore(id)),
    /** Restores what the last link replaced on the clipboard. */
    restoreClipboard: () => nothing(undo.restoreClipboard()),
    /** Something was changed that has no undo. */
    acted: () => undo.acted(),
    undo: (id: string) => linkOutcome(undo.undoShare(id)),
    copy: (id: string, format?: LinkFormat) => outcome(linkActions.copy(id, format)),
    open: (id: string) => outcome(linkActions.open(id)),
    test: (id: string) => linkOutcome(linkActions.test(id)),
    remove: (id: string) => outcome(linkActions.remove(id)),
    rename: (id: string, name: string) => linkOutcome(deps.rename(id, name)),
    changeExpiration: (id: string, expiresInSeconds: number | null) =>
      linkOutcome(deps.changeExpiration(id, expiresInSeconds)),
    /** Reports a failure that came up outside these actions. */
    fail: (fault: Fault): FailureView => deps.failureViews.of(failures.report(fault)),
    /** A fault in words, without reporting it. */
    describe: (fault: Fault): FailureView => deps.failureViews.of(failures.of(fault)),
  };
}
