import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { powerMonitor } from 'electron';
import type { SystemClipboard } from './clipboard/content.ts';
import { openFile, readRange } from './desktop/files/open-file.ts';
import { createSmallFile } from './desktop/files/small-file.ts';
import type { NetworkWatch } from './desktop/network-watch.ts';
import { advise } from './failures/describe-failure.ts';
import type { Failures } from './failures/failures.ts';
import type { SharingFault } from './failures/faults.ts';
import type { Words } from './i18n/messages.ts';
import { defaultOptions } from './items/share-options.ts';
import type { WriteLink } from './links/copy-link.ts';
import type { RecentLinks } from './links/recent-links.ts';
import type { RecentLink } from './links/schema.ts';
import { createWaiting, type Waiting } from './outbox/attempt.ts';
import { createOutgoing, type Outgoing } from './outbox/delivery.ts';
import { createOutboxEncryption } from './outbox/encryption.ts';
import { EntryStore } from './outbox/entry-store.ts';
import { type Outbox, type OutboxProblem, openOutbox } from './outbox/outbox.ts';
import { createPendingShares, type PendingShares } from './outbox/pending-actions.ts';
import { createWorker, type WakeReason } from './outbox/worker.ts';
import type { Questions } from './questions/questions.ts';
import type { SecretBox, Settings } from './settings/settings.ts';
import { removeLocation } from './sharing/check-geotags.ts';
import { createUnfinishedShares, type UnfinishedShares } from './sharing/unfinished-shares.ts';
import { lateNotice, type Notice } from './shell/notices.ts';
import { type AppDatabase, OUTBOX_FOLDER } from './storage/app-database.ts';
import { targetId } from './targets/target-ref.ts';
import type { Reachable, Targets } from './targets/targets.ts';

export interface ComposeOutboxNeeds {
  readonly userData: string;
  readonly database: AppDatabase;
  readonly secrets: SecretBox;
  readonly targets: Targets;
  readonly links: RecentLinks;
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly writeLink: WriteLink;
  readonly settings: Settings;
  readonly words: Words;
  readonly notify: (notice: Notice) => void;
  readonly failures: Failures;
  readonly questions: Questions;
  readonly network: NetworkWatch;
}

export interface ComposedOutbox {
  readonly outgoing: Outgoing;
  readonly outbox: Outbox;
  readonly attempts: Waiting;
  readonly waiting: PendingShares;
  /** Revokes that are pending. */
  readonly revokes: {
    revokeLater(link: RecentLink): Promise<boolean>;
    isRevoking(id: string): boolean;
  };
  readonly unfinished: UnfinishedShares;
  /** Tells what an earlier run could not. */
  tellLast(): void;
  /** Begins to send what an earlier run left. */
  start(): void;
  wake(reason: WakeReason, key?: string): void;
  stop(): void;
}

/** Connects what keeps shares that wait, sends them, and tells of them. */
export function composeOutbox(needs: ComposeOutboxNeeds): ComposedOutbox {
  const { targets, links, settings, words } = needs;
  const folder = join(needs.userData, OUTBOX_FOLDER);
  const outbox = openOutbox({
    store: new EntryStore({
      database: needs.database,
      folder,
      encryption: createOutboxEncryption(folder, needs.secrets),
    }),
    links,
    onProblem: (problem) => needs.failures.report(faultOfProblem(problem)),
  });
  const outgoing = createOutgoing({
    targets,
    outbox,
    links,
    openFile,
    removeLocation: (item) => removeLocation(item, readRange),
    defaultOptions: () => defaultOptions(settings.values()),
    fallback: () => settings.values().fallback,
    onMade: (service) => worker.wake('there', targetId(service)),
    now: Date.now,
    newId: randomUUID,
  });
  const waiting = createWaiting({
    outbox,
    outgoing,
    targets,
    clipboard: needs.clipboard,
    writeLink: needs.writeLink,
    advise,
    words,
    now: Date.now,
  });
  const pendingShares = createPendingShares({
    outbox,
    outgoing,
    targets,
    waiting,
    failures: needs.failures,
    questions: needs.questions,
    fallback: {
      get: () => settings.values().fallback,
      set(fallback) {
        settings.change({ fallback });
      },
    },
  });
  const worker = createWorker({
    outbox,
    attempt: waiting.attempt,
    watch: ({ service }, onThere) => targets.of(service).onReachable(onThere),
    now: () => performance.now(),
    random: Math.random,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });

  const perhaps = (): void => worker.wake('perhaps');
  powerMonitor.on('resume', perhaps);
  powerMonitor.on('unlock-screen', perhaps);
  let stopWatching: (() => void) | undefined;
  const watchWhileWaiting = (): void => {
    targets.setPending(
      outbox.list().flatMap(({ state, service }) => (state === 'needs-decision' ? [] : [service])),
    );
    if (outbox.list().length > 0) stopWatching ??= needs.network.subscribe(perhaps);
    else {
      stopWatching?.();
      stopWatching = undefined;
    }
  };
  const onReachable = ({ id, certain }: Reachable): void =>
    worker.wake(certain ? 'there' : 'perhaps', id);
  targets.events.on('reachable', onReachable);
  outbox.subscribe(watchWhileWaiting);

  const unfinished = createUnfinishedShares({
    store: createSmallFile(join(needs.userData, 'unfinished-share.json')),
    now: Date.now,
  });
  // Read before this run's first share.
  const last = unfinished.takeLast(
    Math.max(0, ...outbox.list().map(({ head }) => head.createdAtMs)),
  );

  return {
    outgoing,
    unfinished,
    tellLast() {
      if (last?.kind === 'interrupted') needs.failures.report(last.fault);
      const link = last?.kind === 'done' ? links.get(last.linkId) : undefined;
      if (last?.kind === 'done' && link?.state === 'live') {
        needs.notify(lateNotice(link, last.what, false, words));
      }
    },
    outbox,
    attempts: waiting,
    waiting: pendingShares,
    revokes: {
      revokeLater: ({ id, title, service, assetIds }) =>
        outgoing.cleanUp({ service, what: title, shareId: id, assetIds }),
      isRevoking: waiting.isRevoking,
    },
    start() {
      watchWhileWaiting();
      worker.wake('there');
    },
    wake: worker.wake,
    stop() {
      worker.stop();
      stopWatching?.();
      targets.events.off('reachable', onReachable);
      powerMonitor.off('resume', perhaps);
      powerMonitor.off('unlock-screen', perhaps);
    },
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
