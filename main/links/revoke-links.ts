import type { FailureView } from '../../preload/contract.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import { fateOf } from '../failures/retry-policy.ts';
import type { Targets } from '../targets/targets.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

export interface RevokeLinksNeeds {
  readonly links: Pick<RecentLinks, 'get' | 'update'>;
  readonly targets: Pick<Targets, 'of'>;
  /** Revokes that wait in the outbox. */
  readonly waits: {
    /** Queues a revoke; false when it cannot be kept. */
    revokeLater(link: RecentLink): Promise<boolean>;
    isRevoking(id: string): boolean;
  };
  readonly fail: (
    fault: Fault,
    more: {
      readonly about: RecentLink['service'];
      /** The link that could not be revoked. */
      readonly revoking?: string;
      readonly revokesLater?: boolean;
    },
  ) => FailureView;
  /** What is to be shown of a link has changed. */
  readonly onChange: () => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** Revokes links, and takes it back where the service can. Both answer what went wrong, if anything. */
export interface RevokeLinks {
  /** @param isFinal without a way back, also where there would be one */
  revoke(id: string, isFinal: boolean): Promise<FailureView | undefined>;
  restore(id: string): Promise<FailureView | undefined>;
  isRevoking(id: string): boolean;
  /** Until when a revoked link can be restored, in ms since 1970; absent when it cannot. */
  restorableUntilMs(id: string): number | undefined;
  /** The link left the list. */
  forget(id: string): void;
}

/** Undo goes from the screen a little before the service ends the share, in ms. */
const MARGIN_MS = 300;

/**
 * Our own service closes a share first: dead at once, and there again within seconds if it was a
 * mistake. Other services revoke for good.
 */
export function createRevokeLinks(needs: RevokeLinksNeeds): RevokeLinks {
  const { links, targets, now, onChange } = needs;
  const revoking = new Set<string>();
  const closed = new Map<string, { readonly untilMs: number; readonly timer: NodeJS.Timeout }>();
  const turns = new Map<string, Promise<unknown>>();

  /** One thing at a time for a link: an undo waits for the revoke that it takes back. */
  const inTurn = <T>(id: string, act: () => Promise<T>): Promise<T> => {
    const before = turns.get(id);
    const mine = before === undefined ? act() : before.then(act, act);
    turns.set(id, mine);
    const over = (): void => {
      if (turns.get(id) === mine) turns.delete(id);
    };
    mine.then(over, over);
    return mine;
  };

  const forget = (id: string): void => {
    clearTimeout(closed.get(id)?.timer);
    closed.delete(id);
  };

  const offerUndo = (id: string, untilMs: number): void => {
    forget(id);
    const timer = setTimeout(
      () => {
        closed.delete(id);
        onChange();
      },
      untilMs - MARGIN_MS - now(),
    ).unref();
    closed.set(id, { untilMs, timer });
  };

  return {
    revoke: (id, isFinal) =>
      inTurn(id, async () => {
        const link = links.get(id);
        if (link === undefined) return undefined;
        if (link.state === 'revoked' && !(isFinal && closed.has(id))) return undefined;
        revoking.add(id);
        onChange();
        let untilMs: number | undefined;
        try {
          const revoked = await targets.of(link.service).revoke(id, isFinal);
          untilMs = revoked.restorableUntilMs;
          if (untilMs === undefined) forget(id);
          else offerUndo(id, untilMs);
        } catch (error) {
          const fault = faultOf(error);
          const { waits } = needs;
          const revokesLater =
            fateOf(fault) === 'waits' && (waits.isRevoking(id) || (await waits.revokeLater(link)));
          revoking.delete(id);
          links.update(id, { state: 'failed' });
          onChange();
          return needs.fail(fault, { about: link.service, revoking: id, revokesLater });
        }
        revoking.delete(id);
        links.update(id, { state: 'revoked', closedUntilMs: untilMs });
        onChange();
        return undefined;
      }),
    restore: (id) =>
      inTurn(id, async () => {
        const link = links.get(id);
        if (link === undefined || link.state !== 'revoked') return undefined;
        const { service: about, checkedDeadAtMs, closedUntilMs } = link;
        if (!closed.has(id)) return needs.fail({ kind: 'revoked-for-good' }, { about });
        // In the list first: killed in between, a link that is said to open may be dead, but none
        // that is said to be dead opens.
        links.update(id, { state: 'live', checkedDeadAtMs: undefined, closedUntilMs: undefined });
        try {
          await targets.of(about).restore(id);
        } catch (error) {
          links.update(id, { state: 'revoked', checkedDeadAtMs, closedUntilMs });
          const isOver = faultOf(error).kind === 'not-found';
          if (isOver) forget(id);
          onChange();
          // A fault's own "Try again" would share: this one is tried again by its Undo.
          return needs.fail({ kind: isOver ? 'revoked-for-good' : 'not-restored' }, { about });
        }
        forget(id);
        onChange();
        return undefined;
      }),
    isRevoking: (id) => revoking.has(id),
    restorableUntilMs: (id) => closed.get(id)?.untilMs,
    forget,
  };
}
