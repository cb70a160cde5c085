import type {
  FailureView,
  LinkFormat,
  LinkView,
  OptionsChange,
  Outcome,
  ShareOptions,
} from '../../preload/contract.ts';
import type { Failure, Failures, Result } from '../failures/failures.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import type { LinkCheckResult } from '../linkify/check-link.ts';
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

/** What the page, the command line and notifications call: the use cases, with results as views. */
export class Actions {
  readonly #deps: ActionsDeps;

  constructor(deps: ActionsDeps) {
    this.#deps = deps;
  }

  /** @param signal cancels the share */
  share(
    source: ShareSource,
    options?: ShareOptions,
    signal?: AbortSignal,
  ): Promise<Outcome<LinkView>> {
    return this.#linkOutcome(this.#deps.sharing.share(source, options, signal));
  }

  cancelShare(): void {
    this.#deps.sharing.cancel();
  }

  /** Answers the open question; what comes of it is shown like any other share. */
  async answer(id: string, choice: string, remember: boolean): Promise<Outcome<null>> {
    const { failures, questions } = this.#deps;
    if (questions.answer(id, choice, remember)) return { ok: true, value: null };
    return this.#failed(failures.of({ kind: 'unknown-question' }));
  }

  /** @param here from this computer, in place of its service */
  sendPending(id: string, here?: boolean): Promise<Outcome<LinkView>> {
    return this.#linkOutcome(this.#deps.pendingShares.send(id, here));
  }

  discardPending(id: string): Promise<Outcome<null>> {
    this.#undo.invalidate();
    return this.#emptyOutcome(this.#deps.pendingShares.discard(id));
  }

  /** @param isFinal without the undo that links of our own server have */
  revoke(id: string, isFinal?: boolean): Promise<Outcome<LinkView>> {
    return this.#linkOutcome(this.#undo.revoke(id, isFinal));
  }

  revokeLast(): Promise<Outcome<LinkView>> {
    return this.#linkOutcome(this.#undo.revokeLast());
  }

  restore(id: string): Promise<Outcome<LinkView>> {
    return this.#linkOutcome(this.#undo.restore(id));
  }

  /** Restores what the last link replaced on the clipboard. */
  restoreClipboard(): Promise<Outcome<null>> {
    return this.#emptyOutcome(this.#undo.restoreClipboard());
  }

  /** Something was changed that has no undo. */
  acted(): void {
    this.#undo.invalidate();
  }

  undo(id: string): Promise<Outcome<LinkView>> {
    return this.#linkOutcome(this.#undo.undoShare(id));
  }

  /** @param format absent: the format in the settings */
  copy(id: string, format?: LinkFormat): Promise<Outcome<null>> {
    return this.#outcome(this.#linkActions.copy(id, format));
  }

  open(id: string): Promise<Outcome<null>> {
    return this.#outcome(this.#linkActions.open(id));
  }

  test(id: string): Promise<Outcome<LinkCheckResult>> {
    return this.#outcome(this.#linkActions.test(id));
  }

  /** Removes a link from the list; only a dead one. */
  remove(ids: readonly string[]): Promise<Outcome<null>> {
    return this.#outcome(this.#linkActions.remove(ids));
  }

  rename(id: string, name: string): Promise<Outcome<LinkView>> {
    return this.#linkOutcome(this.#deps.linkUseCases.rename(id, name));
  }

  changeOptions(id: string, change: OptionsChange): Promise<Outcome<LinkView>> {
    return this.#linkOutcome(this.#deps.linkUseCases.changeOptions(id, change));
  }

  /** Reports a failure that came up outside these actions. */
  fail(fault: Fault): FailureView {
    return this.#deps.failureViews.of(this.#deps.failures.report(fault));
  }

  /** A fault in words, without reporting it. */
  describe(fault: Fault): FailureView {
    return this.#deps.failureViews.of(this.#deps.failures.of(fault));
  }

  get #undo(): LinkUseCases['undo'] {
    return this.#deps.linkUseCases.undo;
  }

  get #linkActions(): LinkUseCases['linkActions'] {
    return this.#deps.linkUseCases.linkActions;
  }

  /** The only place where an error that a use case throws becomes a failure. */
  async #outcome<T>(result: Promise<Result<T>>): Promise<Outcome<T>> {
    try {
      const done = await result;
      return done.ok ? done : this.#failed(done.failure);
    } catch (error) {
      return this.#failed(this.#deps.failures.report(faultOf(error)));
    }
  }

  async #linkOutcome(result: Promise<Result<RecentLink>>): Promise<Outcome<LinkView>> {
    const done = await this.#outcome(result);
    return done.ok ? { ok: true, value: this.#deps.linkViews.of(done.value) } : done;
  }

  #emptyOutcome(action: Promise<void>): Promise<Outcome<null>> {
    return this.#outcome(action.then(() => ({ ok: true, value: null })));
  }

  #failed(failure: Failure): { readonly ok: false; readonly failure: FailureView } {
    return { ok: false, failure: this.#deps.failureViews.of(failure) };
  }
}
