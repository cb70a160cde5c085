import { EventEmitter } from 'node:events';
import type { ActivityView, ShareOptions } from '../../preload/contract.ts';
import type { Content } from '../clipboard/content.ts';
import type { Failures, Result } from '../failures/failures.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import { isOneFile, type Prepared } from '../items/prepare-items.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { PendingShares } from '../outbox/pending-shares.ts';
import { focusQuestion } from '../questions/focus-question.ts';
import type { Answer, Question, Questions } from '../questions/questions.ts';
import type { LinkPlace, PlaceLink } from './place-link.ts';
import type { ReadShareSource, ReadSource, ShareSource } from './read-source.ts';
import type { ShareChecks } from './share-checks.ts';
import type { UnfinishedShare, UnfinishedShares } from './unfinished-shares.ts';

/** A share that has its link. */
export interface Shared {
  readonly link: RecentLink;
  readonly description: string;
  /** Whether one file was shared, whose name says all. */
  readonly isOneFile: boolean;
  readonly place: LinkPlace;
  readonly source: ShareSource['from'];
  /** By itself, as the settings say. */
  readonly isAutomatic: boolean;
  /** What the link replaced on the clipboard; absent where it replaced nothing that may be read. */
  readonly before?: Content;
  /** This computer shared it in place of this service, which could not. */
  readonly insteadOf?: string;
}

/** The share that was asked for last, for "Try again". */
export interface LastShare {
  readonly source: ShareSource;
  readonly options: ShareOptions;
}

export interface SharingDeps {
  readonly read: ReadShareSource;
  readonly checks: ShareChecks;
  readonly questions: Questions;
  readonly outbox: {
    readonly delivery: Delivery;
    readonly pendingShares: Pick<PendingShares, 'shareFailed'>;
  };
  readonly unfinished: Pick<UnfinishedShares, 'begin'>;
  readonly placeLink: PlaceLink;
  readonly failures: Failures;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

interface SharingEvents {
  shared: [shared: Shared];
  'already-a-link': [fault: Extract<Fault, { readonly kind: 'already-a-link' }>];
  /** What is being shared and how far it is; null at the end, and while a question is open. */
  activity: [activity: ActivityView | null];
}

/** One share, from the key press to its end. */
interface Run {
  readonly source: ShareSource;
  readonly options: ShareOptions;
  /**
   * Started by a setting, not by the user: content with a possible secret, or incomplete content, is
   * not shared.
   */
  readonly isAutomatic: boolean;
  readonly cancelling: AbortController;
  startedMs: number;
  unfinished: UnfinishedShare;
  /** Ends the wait of whoever started it. */
  readonly settle: (result: Result<RecentLink>) => void;
}

/** The share can't succeed, or the user didn't want it: nothing to retry. */
const NOTHING_TO_RETRY: ReadonlySet<Fault['kind']> = new Set([
  'cancelled',
  'already-sharing',
  'already-a-link',
]);

/** The share use case, and the owner of what was shared last. */
export class Sharing extends EventEmitter<SharingEvents> {
  readonly #deps: SharingDeps;
  #running: Run | undefined;
  #last: LastShare = { source: { from: 'clipboard' }, options: {} };
  #canRetry = false;

  constructor(deps: SharingDeps) {
    super();
    this.#deps = deps;
  }

  /**
   * Shares. One share runs at a time: meanwhile a second one fails with `already-sharing`. A share
   * with an open question gives way to a new one.
   * @returns the link, or the failure. When a question opens, its fault is returned at once; the
   *   share goes on with the answer, and its end is emitted and reported
   * @param signal cancels the share until its link, a failure or a question is returned
   */
  share(
    source: ShareSource,
    options: ShareOptions = {},
    signal?: AbortSignal,
  ): Promise<Result<RecentLink>> {
    const { promise, cancel } = this.#start(source, options, false);
    if (cancel === undefined || signal === undefined) return promise;
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    return promise.finally(() => signal.removeEventListener('abort', cancel));
  }

  /** Shares what the settings say is shared by itself: what looks like a secret is left out. */
  async shareAutomatically(source: ShareSource): Promise<void> {
    await this.#start(source, {}, true).promise;
  }

  /** Stops the share under way, if any. */
  cancel(): void {
    this.#running?.cancelling.abort();
  }

  /** Whether a share is under way; one whose question is open is not. */
  isRunning(): boolean {
    return this.#running !== undefined;
  }

  last(): LastShare {
    return this.#last;
  }

  /** Whether the last share has no link yet, and is still wanted. */
  canRetryLast(): boolean {
    return this.#canRetry;
  }

  #start(
    source: ShareSource,
    options: ShareOptions,
    isAutomatic: boolean,
  ): { readonly promise: Promise<Result<RecentLink>>; readonly cancel?: () => void } {
    const { failures, questions, unfinished: shares, now } = this.#deps;
    if (this.#running !== undefined) {
      const failure = failures.of({ kind: 'already-sharing' });
      return { promise: Promise.resolve({ ok: false, failure }) };
    }
    questions.cancel();
    const cancelling = new AbortController();
    const promise = new Promise<Result<RecentLink>>((settle) => {
      const unfinished = shares.begin();
      const startedMs = now();
      const run = { source, options, isAutomatic, cancelling, startedMs, unfinished, settle };
      this.#running = run;
      void this.#run(run).then(settle);
    });
    return { promise, cancel: () => cancelling.abort() };
  }

  /** Never rejects. */
  async #run(run: Run): Promise<Result<RecentLink>> {
    try {
      return await this.#share(run);
    } catch (error) {
      return this.#failed(run, faultOf(error));
    } finally {
      run.unfinished.end();
      if (this.#running === run) {
        this.#running = undefined;
        this.emit('activity', null);
      }
    }
  }

  async #share(run: Run): Promise<Result<RecentLink>> {
    const { checks, failures, now, outbox, placeLink } = this.#deps;
    const ask = <Choice extends string>(question: Question<Choice>) => this.#ask(run, question);

    const { clip, preparation } = await this.#read(run);
    if (!preparation.ok) return this.#failed(run, preparation.fault);
    const complete = await checks.readable(preparation.prepared, ask);
    this.#progress(run, complete);
    const { prepared: unsecret, options } = await checks.secrets(complete, run.options, ask);
    const prepared = await checks.geotags(unsecret, ask);

    const what = prepared.description;
    this.#progress(run, prepared);
    const sent = await outbox.delivery.deliver({
      prepared,
      shareOptions: options,
      clip: clip.content,
      onPending: run.unfinished.pending,
      call: {
        signal: run.cancelling.signal,
        onProgress: (sentBytes, totalBytes) =>
          this.emit('activity', { what, progress: { sentBytes, totalBytes } }),
        onUploading: () => this.emit('activity', { what, slow: 'uploading' }),
      },
    });
    if (!sent.ok) return this.#failed(run, sent.fault, sent.pendingId);

    const { link, insteadOf } = sent;
    this.#canRetry = false;
    // Before the commit: a disk that refuses the link is reported by it.
    failures.dismiss();
    // On the list first: what is on the clipboard can be revoked, also after a crash in between.
    sent.commit();
    run.unfinished.done(link.id);
    const place = await placeLink(link, clip, now() - run.startedMs);
    return this.#succeeded({
      link,
      description: what,
      isOneFile: isOneFile(prepared),
      place,
      source: run.source.from,
      isAutomatic: run.isAutomatic,
      ...(place === 'clipboard' && !clip.concealed ? { before: clip.content } : {}),
      ...(insteadOf === undefined ? {} : { insteadOf }),
    });
  }

  /** Reads what to share; where that takes the focus, once the user has come to the window. */
  async #read(run: Run): Promise<ReadSource> {
    for (;;) {
      try {
        return await this.#deps.read(run.source, (title) => run.unfinished.describe(title));
      } catch (error) {
        if (faultOf(error).kind !== 'clipboard-needs-focus') throw error;
      }
      await this.#ask(run, focusQuestion());
    }
  }

  #progress(run: Run, prepared: Prepared): void {
    this.emit('activity', { what: prepared.description });
    run.unfinished.describe(nameOnDisk(prepared));
  }

  /** @throws LinkifyError `cancelled` when the answer, or a newer share, ends this one */
  async #ask<Choice extends string>(run: Run, question: Question<Choice>): Promise<Answer<Choice>> {
    const { failures, questions, unfinished } = this.#deps;
    const { fault } = question;
    // A photo may be shared once its location is decided about; nothing else is even asked.
    if (run.isAutomatic && fault?.kind !== 'has-location') {
      throw new LinkifyError({ kind: 'cancelled' });
    }
    this.#running = undefined;
    this.emit('activity', null);
    run.unfinished.asked();
    this.#remember(run, true);
    failures.dismiss();
    const answered = questions.ask(question);
    if (fault !== undefined) run.settle({ ok: false, failure: failures.of(fault) });
    const answer = await answered;
    if (answer.choice === question.unanswered || this.#running !== undefined) {
      throw new LinkifyError({ kind: 'cancelled' });
    }
    this.#running = run;
    run.unfinished = unfinished.begin();
    // What is on the clipboard may be another thing by now.
    run.startedMs = Number.NEGATIVE_INFINITY;
    return answer;
  }

  #succeeded(shared: Shared): Result<RecentLink> {
    const { link, place } = shared;
    this.emit('shared', shared);
    if (place === 'not-copied' || place === 'needs-focus') {
      const why = place === 'needs-focus' ? ({ needsFocus: true } as const) : {};
      this.#deps.failures.report({ kind: 'link-not-copied', linkId: link.id, ...why });
    }
    return { ok: true, value: link };
  }

  #failed(run: Run, fault: Fault, pendingId?: string): Result<RecentLink> {
    const { failures, outbox } = this.#deps;
    this.#remember(run, !NOTHING_TO_RETRY.has(fault.kind));
    if (fault.kind === 'already-a-link') {
      if (!run.isAutomatic) this.emit('already-a-link', fault);
      return { ok: false, failure: failures.of(fault) };
    }
    const about = pendingId === undefined ? {} : outbox.pendingShares.shareFailed(fault, pendingId);
    return { ok: false, failure: failures.report(fault, about) };
  }

  #remember(run: Run, canRetry: boolean): void {
    this.#canRetry = canRetry;
    if (canRetry) this.#last = { source: run.source, options: run.options };
  }
}

/** What a share may be called on disk: names of files, but nothing of a text. */
function nameOnDisk({ kind, title, description, items }: Prepared): string {
  return kind !== 'image' && items.every((item) => item.kind === 'file') ? title : description;
}
