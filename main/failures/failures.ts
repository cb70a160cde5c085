import { EventEmitter } from 'node:events';
import type { TargetKind } from '../settings/table.ts';
import type { Fault } from './faults.ts';

/** What a fault happened to. */
export interface FailureAbout {
  /** The service concerned; absent: the one for new shares. */
  readonly service?: { readonly kind: TargetKind; readonly name: string };
  /** The share's entry in the outbox. */
  readonly pendingId?: string;
  /** Set where the share became pending with this failure, and whether this computer could share it. */
  readonly newlyPending?: { readonly offersFallback: boolean };
  /** The link that could not be revoked, and whether the outbox tries that again. */
  readonly revoking?: string;
  readonly revokesLater?: boolean;
}

/** A fault, what it happened to, and when, in ms since 1970. Its text is made in `state/`. */
export interface Failure {
  readonly fault: Fault;
  readonly about: FailureAbout;
  readonly atMs: number;
}

/** What an action returns: its value, or why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** Not failures: the user cancelled, or pressed the shortcut twice. */
const NO_FAILURE: ReadonlySet<Fault['kind']> = new Set(['cancelled', 'already-sharing']);

interface FailureEvents {
  /** The current failure is another one, or none. */
  changed: [];
  reported: [failure: Failure];
  dismissed: [failure: Failure];
}

/**
 * Owns the current failure: the newest that was reported, and neither dismissed nor solved.
 * @param now wall clock, in ms since 1970
 */
export class Failures extends EventEmitter<FailureEvents> {
  readonly #now: () => number;
  #current: Failure | undefined;
  /** Reported before `onEachReport`. */
  #unheard: Failure[] | undefined = [];

  constructor(now: () => number) {
    super();
    this.#now = now;
  }

  /** Calls back for each failure that is reported, first for those reported so far. Call it once. */
  onEachReport(listener: (failure: Failure) => void): void {
    const unheard = this.#unheard ?? [];
    this.#unheard = undefined;
    this.on('reported', listener);
    for (const failure of unheard) listener(failure);
  }

  current(): Failure | undefined {
    return this.#current;
  }

  /** A failure that only the caller is told of. */
  of(fault: Fault, about: FailureAbout = {}): Failure {
    return { fault, about, atMs: this.#now() };
  }

  /** Makes it the current failure, unless nothing failed. */
  report(fault: Fault, about: FailureAbout = {}): Failure {
    const failure = this.of(fault, about);
    if (NO_FAILURE.has(fault.kind)) return failure;
    this.#current = failure;
    this.#unheard?.push(failure);
    this.emit('changed');
    this.emit('reported', failure);
    return failure;
  }

  dismiss(): void {
    const failure = this.#current;
    if (failure === undefined) return;
    this.#current = undefined;
    this.emit('changed');
    this.emit('dismissed', failure);
  }

  /** Dismisses the current failure if it is of this kind. */
  solved(kind: Fault['kind']): void {
    if (this.#current?.fault.kind === kind) this.dismiss();
  }

  /** Dismisses the current failure if it is about revoking or copying this link. */
  revoked(linkId: string): void {
    if (this.#current?.about.revoking === linkId) this.dismiss();
    this.copied(linkId);
  }

  /** Dismisses the current failure if it is about copying this link. */
  copied(linkId: string): void {
    const fault = this.#current?.fault;
    if (fault?.kind === 'link-not-copied' && fault.linkId === linkId) this.dismiss();
  }
}
