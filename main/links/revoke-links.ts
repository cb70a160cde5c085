import { EventEmitter } from 'node:events';
import type { FailureAbout, Failures, Result } from '../failures/failures.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import { retryPolicyOf } from '../failures/retry-policy.ts';
import type { Target } from '../targets/target.ts';
import type { Targets } from '../targets/targets.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

export interface RevokesDeps {
  readonly links: Pick<RecentLinks, 'get' | 'update'>;
  readonly targets: Pick<Targets, 'of'>;
  /** Revokes that are pending in the outbox. */
  readonly pending: {
    /** Queues a revoke; false when it can't be stored. */
    revokeLater(link: RecentLink): Promise<boolean>;
    isRevoking(id: string): boolean;
  };
  readonly failures: Failures;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** Undo leaves the screen a little before the server ends the share, in ms. */
const MARGIN_MS = 300;

/**
 * Revokes links. Our own server closes a share first: dead at once, and restorable for seconds if
 * that was a mistake. Other services revoke for good.
 */
export class Revokes extends EventEmitter<{ changed: [id: string] }> {
  readonly #deps: RevokesDeps;
  readonly #revoking = new Set<string>();
  readonly #closed = new Map<
    string,
    { readonly untilMs: number; readonly timer: NodeJS.Timeout }
  >();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(deps: RevokesDeps) {
    super();
    this.#deps = deps;
  }

  isRevoking(id: string): boolean {
    return this.#revoking.has(id);
  }

  /** Whether the outbox will revoke it. */
  isPending(id: string): boolean {
    return this.#deps.pending.isRevoking(id);
  }

  /** Until when a revoked link can be restored, in ms since 1970; absent when it can't. */
  restorableUntilMs(id: string): number | undefined {
    return this.#closed.get(id)?.untilMs;
  }

  /** Forgets that a link can be restored: it left the list, or its end is final. */
  remove(id: string): void {
    clearTimeout(this.#closed.get(id)?.timer);
    this.#closed.delete(id);
  }

  /** @param isFinal can't be restored, also where that would be possible */
  revoke(id: string, isFinal: boolean): Promise<Result<RecentLink>> {
    return this.#inTurn(id, async () => {
      const { failures, links, pending, targets } = this.#deps;
      const link = links.get(id);
      if (link === undefined) return this.#unknown();
      if (link.state === 'revoked' && !(isFinal && this.#closed.has(id))) return this.#done(link);
      this.#revoking.add(id);
      this.emit('changed', id);
      let untilMs: number | undefined;
      try {
        const revoked = await targets.of(link.service).revoke(id, isFinal);
        untilMs = revoked.restorableUntilMs;
      } catch (error) {
        const fault = faultOf(error);
        const revokesLater =
          retryPolicyOf(fault) === 'automatic' &&
          (pending.isRevoking(id) || (await pending.revokeLater(link)));
        this.#revoking.delete(id);
        links.update(id, { state: 'failed' });
        this.emit('changed', id);
        const about: FailureAbout = { service: link.service, revoking: id, revokesLater };
        return { ok: false, failure: failures.report(fault, about) };
      }
      if (untilMs === undefined) this.remove(id);
      else this.#offerRestore(id, untilMs);
      this.#revoking.delete(id);
      links.update(id, { state: 'revoked', closedUntilMs: untilMs });
      this.emit('changed', id);
      return this.#done(link);
    });
  }

  restore(id: string): Promise<Result<RecentLink>> {
    return this.#inTurn(id, async () => {
      const { links, targets } = this.#deps;
      const link = links.get(id);
      if (link === undefined) return this.#unknown();
      // Still closed, but listed as active: an earlier restore had no response.
      if (link.state !== 'revoked' && !this.#closed.has(id)) return this.#done(link);
      const { service, confirmedRevokedAtMs, closedUntilMs } = link;
      if (!this.#closed.has(id)) return this.#failed(service, { kind: 'restore-expired' });
      // Update the list first: if we crash here, we may show a dead link as live, but never a live
      // link as dead.
      const live = {
        state: 'active',
        confirmedRevokedAtMs: undefined,
        closedUntilMs: undefined,
      } as const;
      const state = links.update(id, live)
        ? await restoreOn(targets.of(service), id)
        : ('closed' as const);
      // Listed as active until its server has said that it is not.
      if (state !== 'active' && state !== 'unknown') {
        links.update(id, { state: 'revoked', confirmedRevokedAtMs, closedUntilMs });
      }
      if (state === 'active' || state === 'ended') this.remove(id);
      this.emit('changed', id);
      // A fault's own "Try again" would share: this one is tried again by its Undo.
      switch (state) {
        case 'active':
          return this.#done(link);
        case 'ended':
          return this.#failed(service, { kind: 'restore-expired' });
        case 'closed':
          return this.#failed(service, { kind: 'not-restored' });
        case 'unknown':
          return this.#failed(service, { kind: 'not-restored', outcomeUnknown: true });
      }
    });
  }

  /** One thing at a time for a link: a restore waits for the revoke that it undoes. */
  #inTurn<T>(id: string, act: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(id);
    const mine = before === undefined ? act() : before.then(act, act);
    this.#turns.set(id, mine);
    const over = (): void => {
      if (this.#turns.get(id) === mine) this.#turns.delete(id);
    };
    mine.then(over, over);
    return mine;
  }

  #offerRestore(id: string, untilMs: number): void {
    this.remove(id);
    const timer = setTimeout(
      () => {
        this.#closed.delete(id);
        this.emit('changed', id);
      },
      untilMs - MARGIN_MS - this.#deps.now(),
    ).unref();
    this.#closed.set(id, { untilMs, timer });
  }

  #done(link: RecentLink): Result<RecentLink> {
    this.#deps.failures.revoked(link.id);
    return { ok: true, value: this.#deps.links.get(link.id) ?? link };
  }

  #failed(service: RecentLink['service'], fault: Fault): Result<RecentLink> {
    return { ok: false, failure: this.#deps.failures.report(fault, { service }) };
  }

  #unknown(): Result<RecentLink> {
    return { ok: false, failure: this.#deps.failures.of({ kind: 'unknown-link' }) };
  }
}

/**
 * Restores a link on its server.
 * @returns how it is then; `unknown`: the server may have restored it, and does not tell
 */
async function restoreOn(
  target: Target,
  id: string,
): Promise<'active' | 'closed' | 'ended' | 'unknown'> {
  try {
    await target.restore(id);
    return 'active';
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'not-found') return 'ended';
    if (!('outcomeUnknown' in fault) || !fault.outcomeUnknown) return 'closed';
  }
  try {
    const state = await target.stateOf(id);
    return state === 'active' || state === 'closed' ? state : 'ended';
  } catch {
    return 'unknown';
  }
}
