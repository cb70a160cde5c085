import type { SystemClipboard } from '../clipboard/content.ts';
import type { Failures } from '../failures/failures.ts';
import type { Messages } from '../i18n/messages.ts';
import type { OpenFile } from '../items/prepare-items.ts';
import type { WriteLink } from '../links/copy-link.ts';
import type { FindOwnLink } from '../links/find-own-link.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Questions } from '../questions/questions.ts';
import type { FindSecrets } from '../secrets/scanner.ts';
import type { Settings } from '../settings/settings.ts';
import { selectedView } from '../targets/target-view.ts';
import { type CheckGeotagsDeps, createCheckLocation } from './check-geotags.ts';
import { createCheckSecrets } from './check-secrets.ts';
import { createPlaceLink } from './place-link.ts';
import { createReadSource } from './read-source.ts';
import { Sharing } from './share.ts';
import { ShareChecks } from './share-checks.ts';
import { ShareProgress } from './share-progress.ts';
import {
  createUnfinishedShares,
  type LastShare,
  type UnfinishedShares,
  type UnfinishedSharesDeps,
} from './unfinished-shares.ts';

export interface OpenSharingDeps {
  readonly clipboard: SystemClipboard;
  readonly writeLink: WriteLink;
  readonly findOwnLink: FindOwnLink;
  readonly findSecrets: FindSecrets;
  readonly openFile: OpenFile;
  readonly readRange: CheckGeotagsDeps['readRange'];
  readonly settings: Settings;
  readonly targets: Parameters<typeof selectedView>[0];
  readonly questions: Questions;
  readonly outbox: Pick<Outbox, 'delivery' | 'entries' | 'pendingShares'>;
  readonly unfinishedStore: UnfinishedSharesDeps['store'];
  readonly failures: Failures;
  readonly messages: Messages;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

export interface OpenedSharing {
  readonly sharing: Sharing;
  readonly progress: ShareProgress;
  readonly unfinished: UnfinishedShares;
  /** What an earlier run had not finished. */
  readonly lastShare: LastShare | undefined;
}

/** Creates the share use case, its checks and its progress. */
export function openSharing(deps: OpenSharingDeps): OpenedSharing {
  const { clipboard, writeLink, settings, targets, outbox, messages, now } = deps;
  const unfinished = createUnfinishedShares({ store: deps.unfinishedStore, now });
  // Read before this run's first share.
  const lastShare = unfinished.takeLast(
    Math.max(0, ...outbox.entries.list().map(({ head }) => head.createdAtMs)),
  );
  const checks = new ShareChecks({
    checkSecrets: createCheckSecrets({
      find: deps.findSecrets,
      allowedKinds: () => settings.values().allowedSecretKinds,
    }),
    checkLocation: createCheckLocation({
      readRange: deps.readRange,
      choice: () => settings.values().locationData,
    }),
    settings,
    canOpenOnce: () => selectedView(targets, messages).shareOptions === true,
  });
  const sharing = new Sharing({
    read: createReadSource({
      clipboard,
      openFile: deps.openFile,
      findOwnLink: deps.findOwnLink,
      messages,
    }),
    checks,
    questions: deps.questions,
    outbox,
    unfinished,
    placeLink: createPlaceLink({ clipboard, writeLink }),
    failures: deps.failures,
    now,
  });
  const progress = new ShareProgress(sharing, () => performance.now());
  return { sharing, progress, unfinished, lastShare };
}
