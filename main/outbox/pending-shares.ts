import type { FailureAbout, Failures, Result } from '../failures/failures.ts';
import type { Fault } from '../failures/faults.ts';
import { isFallbackUseful } from '../failures/retry-policy.ts';
import { nextFreeName } from '../linkify/next-free-name.ts';
import type { RecentLink } from '../links/schema.ts';
import { fallbackQuestion } from '../questions/fallback-question.ts';
import type { Questions } from '../questions/questions.ts';
import type { Targets } from '../targets/targets.ts';
import type { Attempts } from './attempts.ts';
import type { Delivery } from './delivery.ts';
import type { Entries } from './entries.ts';
import { assetIdsOf, type Entry } from './entry.ts';

export interface PendingSharesDeps {
  readonly entries: Entries;
  readonly delivery: Delivery;
  readonly attempts: Attempts;
  readonly targets: Pick<Targets, 'fallbackFor'>;
  readonly failures: Failures;
  readonly questions: Questions;
  /** Whether this computer creates a link where another service cannot. */
  readonly fallback: {
    get(): 'ask' | 'always' | 'never';
    set(to: 'always' | 'never'): void;
  };
}

/** The user knows, or did it. */
const NOT_REPORTED: ReadonlySet<Fault['kind']> = new Set([
  'already-sharing',
  'not-pending',
  'cancelled',
]);

/** What users can do about pending shares, and what they are asked and told about them. */
export class PendingShares {
  readonly #deps: PendingSharesDeps;
  #lastFailed: string | undefined;
  /** The share of the open question. */
  #asking: { readonly id: string; readonly withdrawal: AbortController } | undefined;

  constructor(deps: PendingSharesDeps) {
    this.#deps = deps;
    const { attempts, entries, failures } = deps;
    entries.on('changed', () => this.#onChanged());
    attempts.on('decision-needed', (fault, { head }) => {
      this.#lastFailed = head.id;
      failures.report(fault, this.#aboutPending(head.id));
    });
    attempts.on('revoked', ({ shareId }) => failures.revoked(shareId));
    attempts.on('failed', (fault, { revokingId }) =>
      failures.report(fault, revokingId === undefined ? {} : { revoking: revokingId }),
    );
  }

  /** Sends it now. @param onThisComputer in place of its service */
  async send(id: string, onThisComputer = false): Promise<Result<RecentLink>> {
    const { attempts, failures } = this.#deps;
    const result = await attempts.sendNow(id, onThisComputer);
    if (result.ok) return { ok: true, value: result.link };
    const { fault, pendingId } = result;
    const about = pendingId === undefined ? {} : this.#aboutPending(pendingId);
    const failure = NOT_REPORTED.has(fault.kind)
      ? failures.of(fault, about)
      : failures.report(fault, about);
    return { ok: false, failure };
  }

  discard(id: string): Promise<void> {
    return this.#deps.delivery.discard(id);
  }

  /** The entry of the share that failed last, while it is pending. */
  lastFailed(): string | undefined {
    return this.#lastFailedEntry()?.head.id;
  }

  /** Gives a collection whose name is taken the next one. */
  takeNextName(id: string): void {
    const { entries } = this.#deps;
    const head = entries.get(id)?.head;
    if (head?.type !== 'share' || head.name === undefined) return;
    entries.record(id, { event: 'renamed', name: nextFreeName(head.name) });
  }

  /** A share failed and is pending: asks whether this computer shares it, where that may help. */
  shareFailed(fault: Fault, pendingId: string): FailureAbout {
    const { entries, fallback, targets } = this.#deps;
    this.#lastFailed = pendingId;
    const service = entries.get(pendingId)?.service;
    const offersFallback =
      service !== undefined &&
      targets.fallbackFor(service) !== undefined &&
      fallback.get() === 'ask' &&
      isFallbackUseful(fault);
    if (offersFallback) void this.#askForFallback(pendingId, service.name, fault.kind);
    return { ...this.#aboutPending(pendingId), newlyPending: { offersFallback } };
  }

  /** Revokes the unusable link that the last failed share got. */
  async revokeUnusableLink(): Promise<void> {
    const { delivery } = this.#deps;
    const entry = this.#lastFailedEntry();
    const fault = entry?.fault;
    if (entry === undefined || fault === undefined) return;
    if (fault.kind !== 'bad-response' || fault.shareId === undefined) return;
    const { service, head } = entry;
    const { shareId } = fault;
    await delivery.cleanUp({ service, what: head.what, shareId, assetIds: assetIdsOf(entry) });
    await delivery.discard(head.id);
  }

  #lastFailedEntry(): Entry | undefined {
    return this.#lastFailed === undefined ? undefined : this.#deps.entries.get(this.#lastFailed);
  }

  /** Once it was sent or discarded, there is nothing to decide or to tell about it. */
  #onChanged(): void {
    const { entries, failures } = this.#deps;
    if (this.#asking !== undefined && entries.get(this.#asking.id) === undefined) {
      this.#asking.withdrawal.abort();
    }
    if (this.#lastFailed !== undefined && this.#lastFailedEntry() === undefined) {
      this.#lastFailed = undefined;
      failures.dismiss();
    }
  }

  #aboutPending(id: string): FailureAbout {
    const service = this.#deps.entries.get(id)?.service;
    return { pendingId: id, ...(service === undefined ? {} : { service }) };
  }

  async #askForFallback(id: string, service: string, cause: Fault['kind']): Promise<void> {
    const { failures, fallback, questions } = this.#deps;
    const asking = { id, withdrawal: new AbortController() };
    this.#asking = asking;
    const { choice, remember } = await questions.ask(
      fallbackQuestion(service, cause),
      asking.withdrawal.signal,
    );
    if (this.#asking === asking) this.#asking = undefined;
    if (choice !== 'now') {
      // The question was the message of this failure; from now on the pending share's row says why.
      if (failures.current()?.about.pendingId === id) failures.dismiss();
      return;
    }
    if (remember) fallback.set('always');
    await this.send(id, true);
  }
}
