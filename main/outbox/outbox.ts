import { randomUUID } from 'node:crypto';
import type { SystemClipboard } from '../clipboard/content.ts';
import type { Failures } from '../failures/failures.ts';
import type { SharingFault } from '../failures/faults.ts';
import type { OpenFile } from '../items/prepare-items.ts';
import { defaultOptions } from '../items/share-options.ts';
import type { WriteLink } from '../links/copy-link.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Questions } from '../questions/questions.ts';
import type { Settings } from '../settings/settings.ts';
import { targetId } from '../targets/target-ref.ts';
import type { Reachable, Targets } from '../targets/targets.ts';
import { Attempts } from './attempts.ts';
import { Delivery } from './delivery.ts';
import { Entries, type OutboxProblem } from './entries.ts';
import type { EntryStore } from './entry-store.ts';
import { PendingShares } from './pending-shares.ts';
import { Scheduler, type WakeReason } from './scheduler.ts';
import type { RemoveLocation } from './share-content.ts';

export interface OutboxDeps {
  readonly store: EntryStore;
  readonly targets: Targets;
  readonly links: RecentLinks;
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly writeLink: WriteLink;
  readonly settings: Settings;
  readonly failures: Failures;
  readonly questions: Questions;
  readonly openFile: OpenFile;
  readonly removeLocation: RemoveLocation;
  /** Calls back when this computer's network changes. @returns how to stop */
  readonly onNetworkChange: (listener: () => void) => () => void;
  /** Calls back when the computer wakes up or is unlocked. @returns how to stop */
  readonly onWake: (listener: () => void) => () => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  /** Spreads the pauses between attempts; 0 to 1. */
  readonly random: () => number;
  /** How long a link whose response was lost is not requested again, in ms. */
  readonly unansweredMs?: number;
}

/**
 * Pending shares and revokes: stores them, sends them, and emits what came of them. What is pending
 * is sent by itself only between `start` and `stop`.
 */
export class Outbox {
  readonly entries: Entries;
  readonly delivery: Delivery;
  readonly pendingShares: PendingShares;
  readonly attempts: Attempts;
  readonly #deps: OutboxDeps;
  #scheduler: Scheduler | undefined;
  #stopNetwork: (() => void) | undefined;
  #stopWake: (() => void) | undefined;

  constructor(deps: OutboxDeps) {
    const { clipboard, failures, links, questions, settings, store, targets, writeLink } = deps;
    const { now } = deps;
    this.#deps = deps;
    const entries = new Entries({
      store,
      links,
      onProblem: (problem) => failures.report(faultOfProblem(problem)),
    });
    const delivery = new Delivery({
      targets,
      entries,
      links,
      openFile: deps.openFile,
      removeLocation: deps.removeLocation,
      defaultOptions: () => defaultOptions(settings.values()),
      fallback: () => settings.values().fallback,
      now,
      newId: randomUUID,
      unansweredMs: deps.unansweredMs,
    });
    const attempts = new Attempts({
      entries,
      delivery,
      targets,
      clipboard,
      writeLink,
      now,
    });
    this.entries = entries;
    this.delivery = delivery;
    this.attempts = attempts;
    this.pendingShares = new PendingShares({
      entries,
      delivery,
      attempts,
      targets,
      failures,
      questions,
      fallback: {
        get: () => settings.values().fallback,
        set: (fallback) => void settings.change({ fallback }),
      },
    });
  }

  /** Begins to send what is pending, also what an earlier run left. */
  start(): void {
    const { onWake, random, targets } = this.#deps;
    const { attempts, delivery, entries } = this;
    this.#scheduler = new Scheduler({
      entries,
      attempt: (entry) => attempts.attempt(entry),
      watch: ({ service }, onAvailable) => targets.of(service).onReachable(onAvailable),
      now: () => performance.now(),
      random,
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
    delivery.on('created', ({ service }) => this.#scheduler?.wake('available', targetId(service)));
    targets.events.on('reachable', this.#onReachable);
    entries.on('changed', this.#follow);
    this.#follow();
    this.#stopWake = onWake(this.#wake);
    this.#scheduler.wake('available');
  }

  wake(reason: WakeReason): void {
    this.#scheduler?.wake(reason);
  }

  /** Revokes a link later. @returns false when that can't be stored */
  revokeLater({ id, title, service, assetIds }: RecentLink): Promise<boolean> {
    return this.delivery.cleanUp({ service, what: title, shareId: id, assetIds });
  }

  /** Deletes assets of a link that is revoked already. */
  deleteAssets({ title: what, service }: RecentLink, assetIds: readonly string[]): void {
    void this.delivery.cleanUp({ service, what, assetIds, isRevoked: true });
  }

  /** Whether the revoke of a link is pending. */
  isRevoking(shareId: string): boolean {
    return this.attempts.isRevoking(shareId);
  }

  stop(): void {
    this.#scheduler?.stop();
    this.#stopNetwork?.();
    this.#stopWake?.();
    this.#deps.targets.events.off('reachable', this.#onReachable);
  }

  readonly #onReachable = ({ id, certain }: Reachable): void =>
    this.#scheduler?.wake(certain ? 'available' : 'maybe', id);

  readonly #wake = (): void => this.#scheduler?.wake('maybe');

  /** Watches the targets of pending entries, and the network while there are any. */
  readonly #follow = (): void => {
    const entries = this.entries.list();
    const pending = entries.filter(({ state }) => state !== 'needs-decision');
    this.#deps.targets.setPending(pending.map(({ service }) => service));
    if (entries.length > 0) this.#stopNetwork ??= this.#deps.onNetworkChange(this.#wake);
    else {
      this.#stopNetwork?.();
      this.#stopNetwork = undefined;
    }
  };
}

function faultOfProblem(problem: OutboxProblem): SharingFault {
  switch (problem.kind) {
    case 'unreadable':
      return { kind: 'outbox-unreadable', entries: problem.entries };
    case 'not-saved':
      return { kind: 'store-not-saved', what: 'outbox' };
  }
}
