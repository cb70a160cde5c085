import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { powerMonitor } from 'electron';
import type { SystemClipboard } from './clipboard/content.ts';
import { openFile, readRange } from './desktop/files/open-file.ts';
import { createSmallFile } from './desktop/files/small-file.ts';
import type { NetworkWatch } from './desktop/network-watch.ts';
import { advise } from './failures/describe-failure.ts';
import type { SharingFault } from './failures/faults.ts';
import type { Words } from './i18n/messages.ts';
import { usualTerms } from './items/share-options.ts';
import { awaitListener } from './linkify/peer/await-listener.ts';
import { readListeners } from './linkify/peer/listeners.ts';
import { isPortOpen } from './linkify/peer/port-open.ts';
import type { WriteLink } from './links/copy-link.ts';
import type { RecentLinks } from './links/recent-links.ts';
import type { RecentLink } from './links/schema.ts';
import { createWaiting } from './outbox/attempt.ts';
import { createOutgoing, type Outgoing } from './outbox/delivery.ts';
import { createOutboxBox } from './outbox/encryption.ts';
import { serviceKey } from './outbox/entry.ts';
import { createOutboxFiles } from './outbox/entry-files.ts';
import { type OutboxProblem, openOutbox } from './outbox/outbox.ts';
import { createWaitingActions, type WaitingActions } from './outbox/pending-actions.ts';
import type { PinnedService } from './outbox/schema.ts';
import { createWorker, type WakeReason } from './outbox/worker.ts';
import type { PiecesSession } from './pieces/session.ts';
import type { PiecesWatch } from './pieces/watch.ts';
import type { SecretBox, Settings } from './settings/settings.ts';
import { removeLocation } from './sharing/check-geotags.ts';
import { createUnfinishedShares, type UnfinishedShares } from './sharing/unfinished-shares.ts';
import type { Actions } from './shell/actions.ts';
import { lateNotice, type Notice } from './shell/notices.ts';
import type { AppModel } from './state/app-state.ts';
import type { Services } from './targets/services.ts';

export interface ComposeOutboxNeeds {
  readonly userData: string;
  readonly secrets: SecretBox;
  readonly services: Pick<Services, 'current' | 'meant' | 'of'>;
  readonly links: RecentLinks;
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly writeLink: WriteLink;
  readonly settings: Settings;
  readonly model: AppModel;
  readonly words: Words;
  readonly notify: (notice: Notice) => void;
  readonly withdraw: (cause: string) => void;
  readonly actions: () => Pick<Actions, 'refreshLinks' | 'describe' | 'dismiss'>;
  readonly pieces: {
    readonly session: Pick<PiecesSession, 'subscribe'>;
    readonly watch: Pick<PiecesWatch, 'setWaiting'>;
  };
  readonly network: NetworkWatch;
  readonly tell: (fault: SharingFault) => void;
}

/** Looks at the kernel's list of listeners while a share waits for a service of this machine, in ms. */
const LOOK_MS = 1_000;
/** The same while nobody is at the computer. */
const LOOK_IDLE_MS = 5_000;
/** Without a key pressed or the mouse moved for so long nobody is, in seconds. */
const IDLE_SECONDS = 60;

export interface ComposedOutbox {
  readonly outgoing: Outgoing;
  readonly waiting: WaitingActions;
  /** For the list of links and its failures: revokes that wait, and what shares are meant for. */
  readonly revokes: {
    serviceOf(keptId: string): PinnedService | undefined;
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
  const { services, links, settings, words, model } = needs;
  const folder = join(needs.userData, 'outbox');
  const outbox = openOutbox({
    store: createOutboxFiles(folder, createOutboxBox(folder, needs.secrets)),
    onProblem: (problem) => needs.tell(faultOfProblem(problem)),
  });
  const outgoing = createOutgoing({
    services,
    outbox,
    links,
    openFile,
    removeLocation: (item) => removeLocation(item, readRange),
    usualTerms: () => usualTerms(settings.values()),
    fallback: () => settings.values().fallback,
    onMade: (service) => worker.wake('there', serviceKey(service)),
    now: Date.now,
    newId: randomUUID,
  });
  const waitingActions = createWaitingActions({
    model,
    outbox,
    outgoing,
    waiting: () => waiting,
    links,
    refreshLinks: () => needs.actions().refreshLinks(),
    describe: (fault, about) => needs.actions().describe(fault, about),
    dismiss: () => needs.actions().dismiss(),
    fallback: {
      get: () => settings.values().fallback,
      set(fallback) {
        model.update({ settings: settings.change({ fallback }) });
      },
    },
    notify: needs.notify,
    withdraw: needs.withdraw,
    now: () => performance.now(),
    words,
  });
  const waiting = createWaiting({
    outbox,
    outgoing,
    services,
    clipboard: needs.clipboard,
    writeLink: needs.writeLink,
    advise,
    words,
    onLate: waitingActions.onLate,
    onHeld: waitingActions.onHeld,
    onUndone: waitingActions.onUndone,
    now: Date.now,
  });
  const worker = createWorker({
    outbox,
    attempt: waiting.attempt,
    watch: ({ service }, onThere) =>
      service.kind === 'custom'
        ? awaitListener({
            baseUrl: service.baseUrl,
            listeners: () => readListeners(),
            isOpen: isPortOpen,
            pauseMs: () =>
              powerMonitor.getSystemIdleTime() > IDLE_SECONDS ? LOOK_IDLE_MS : LOOK_MS,
            onThere,
          })
        : undefined,
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
    needs.pieces.watch.setWaiting(
      outbox
        .list()
        .some(({ state, service }) => state !== 'needs-decision' && service.kind === 'pieces'),
    );
    if (outbox.list().length > 0) stopWatching ??= needs.network.subscribe(perhaps);
    else {
      stopWatching?.();
      stopWatching = undefined;
    }
  };
  const stopPieces = needs.pieces.session.subscribe(({ kind }) =>
    worker.wake(kind === 'ready' ? 'there' : 'perhaps', 'pieces'),
  );
  outbox.subscribe(() => {
    waitingActions.refresh();
    watchWhileWaiting();
  });

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
      if (last?.kind === 'interrupted') needs.tell(last.fault);
      const link = last?.kind === 'done' ? links.get(last.linkId) : undefined;
      if (last?.kind === 'done' && link?.state === 'live') {
        needs.notify(lateNotice(link, last.what, false, words));
      }
    },
    waiting: waitingActions,
    revokes: {
      revokeLater: ({ id, title, service, assetIds }) =>
        outgoing.cleanUp({ service, what: title, shareId: id, assetIds }),
      isRevoking: waiting.isRevoking,
      serviceOf: (keptId) => outbox.get(keptId)?.service,
    },
    start() {
      waitingActions.refresh();
      watchWhileWaiting();
      worker.wake('there');
    },
    wake: worker.wake,
    stop() {
      worker.stop();
      stopWatching?.();
      stopPieces();
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
