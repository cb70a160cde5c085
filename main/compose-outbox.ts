import { join } from 'node:path';
import { powerMonitor } from 'electron';
import { openFile, readRange } from './desktop/files/open-file.ts';
import { createSmallFile } from './desktop/files/small-file.ts';
import type { NetworkWatch } from './desktop/network-watch.ts';
import type { Words } from './i18n/messages.ts';
import { Outbox, type OutboxDeps } from './outbox/outbox.ts';
import { removeLocation } from './sharing/check-geotags.ts';
import { createUnfinishedShares, type UnfinishedShares } from './sharing/unfinished-shares.ts';
import { lateNotice, type Notice } from './shell/notices.ts';
import { OUTBOX_FOLDER } from './storage/app-database.ts';

export interface ComposeOutboxDeps
  extends Omit<OutboxDeps, 'folder' | 'openFile' | 'removeLocation'> {
  readonly userData: string;
  readonly words: Words;
  readonly notify: (notice: Notice) => void;
  readonly network: NetworkWatch;
}

export interface ComposedOutbox {
  readonly outbox: Outbox;
  readonly unfinished: UnfinishedShares;
  /** Tells what an earlier run could not. */
  tellLast(): void;
  stop(): void;
}

/** Creates the outbox, and wakes it when the computer or its network may have come back. */
export function composeOutbox(deps: ComposeOutboxDeps): ComposedOutbox {
  const { failures, links, network, notify, userData, words } = deps;
  const outbox = new Outbox({
    ...deps,
    folder: join(userData, OUTBOX_FOLDER),
    openFile,
    removeLocation: (item) => removeLocation(item, readRange),
  });
  const wake = (): void => outbox.wake('maybe');
  powerMonitor.on('resume', wake);
  powerMonitor.on('unlock-screen', wake);
  let stopWatching: (() => void) | undefined;
  const watchWhilePending = (): void => {
    if (outbox.entries.list().length > 0) stopWatching ??= network.subscribe(wake);
    else {
      stopWatching?.();
      stopWatching = undefined;
    }
  };
  outbox.entries.on('changed', watchWhilePending);
  watchWhilePending();

  const unfinished = createUnfinishedShares({
    store: createSmallFile(join(userData, 'unfinished-share.json')),
    now: Date.now,
  });
  // Read before this run's first share.
  const last = unfinished.takeLast(
    Math.max(0, ...outbox.entries.list().map(({ head }) => head.createdAtMs)),
  );

  return {
    outbox,
    unfinished,
    tellLast() {
      if (last?.kind === 'interrupted') failures.report(last.fault);
      const link = last?.kind === 'done' ? links.get(last.linkId) : undefined;
      if (last?.kind === 'done' && link?.state === 'live') {
        notify(lateNotice(link, last.what, false, words));
      }
    },
    stop() {
      outbox.stop();
      stopWatching?.();
      powerMonitor.off('resume', wake);
      powerMonitor.off('unlock-screen', wake);
    },
  };
}
