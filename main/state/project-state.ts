import type { AppState } from '../../preload/contract.ts';
import type { Clips } from '../clipboard/clips.ts';
import type { Failures } from '../failures/failures.ts';
import type { LinkWatch } from '../links/open-counts.ts';
import type { OwnAddresses } from '../links/own-addresses.ts';
import type { LinkReach } from '../links/reach.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { StorageUsage } from '../links/storage-usage.ts';
import type { VerifyLinks } from '../links/verify-links.ts';
import type { Entries } from '../outbox/entries.ts';
import type { Entry } from '../outbox/entry.ts';
import { pendingViews } from '../outbox/pending-views.ts';
import type { Questions } from '../questions/questions.ts';
import type { Settings } from '../settings/settings.ts';
import type { ShareProgress } from '../sharing/share-progress.ts';
import type { Shortcuts } from '../shortcuts/shortcuts.ts';
import type { Targets } from '../targets/targets.ts';
import { AppModel } from './app-state.ts';
import type { FailureViews } from './failure-view.ts';
import { createLinkViews, type LinkViewContext, linkView } from './link-views.ts';
import { type ProjectServiceDeps, serviceState } from './project-service.ts';
import { settingsState } from './project-settings.ts';
import type { WindowState } from './window-state.ts';

/** The owners of what is shown. */
export interface StateOwners extends Omit<LinkViewContext, 'targets'>, ProjectServiceDeps {
  readonly targets: Pick<Targets, 'capabilitiesOf' | 'events'> & ProjectServiceDeps['targets'];
  readonly opens: Pick<LinkWatch, 'events' | 'seen'>;
  readonly verification: Pick<VerifyLinks, 'events' | 'of'>;
  readonly links: Pick<RecentLinks, 'list' | 'subscribe'>;
  readonly entries: Entries;
  readonly failures: Failures;
  readonly failureViews: FailureViews;
  readonly questions: Questions;
  readonly settings: Pick<Settings, 'subscribe' | 'values' | 'view'>;
  readonly clips: Clips;
  readonly progress: ShareProgress;
  readonly shortcuts: Shortcuts;
  readonly reach: LinkReach;
  readonly addresses: OwnAddresses;
  readonly storage: StorageUsage;
  readonly windowState: WindowState;
}

/** Computes the state from its owners, again after each of their changes. */
export function projectState(owners: StateOwners): AppModel {
  const { clips, entries, failures, failureViews, links, now, progress, questions } = owners;
  const { settings, shortcuts, undo, windowState, messages } = owners;
  const views = createLinkViews((link) => linkView(link, owners));
  const model = new AppModel({
    links: () => ({ links: views(links.list()), undo: undo.current() }),
    pending: () => ({ pending: pendingViews(entries, messages, now()) }),
    failure() {
      const failure = failures.current();
      return { failure: failure === undefined ? null : failureViews.of(failure) };
    },
    question: () => ({ question: questions.current()?.view ?? null }),
    settings: () => settingsState(settings, messages),
    service: () => serviceState(owners),
    clips: () => clips.view(),
    activity: () => ({ activity: progress.current() }),
    shortcuts: () => shortcuts.view(),
    thisComputer: () => thisComputerState(owners),
    window: () => ({
      focusLinkId: windowState.focusLinkId,
      keptOpen: windowState.isKeptOpen,
      missedNotice: windowState.missedNotice,
    }),
  });
  followOwners(model, owners);
  return model;
}

function followOwners(model: AppModel, owners: StateOwners): void {
  const { entries, links } = owners;
  const linksChanged = (): void => model.invalidate('links');
  links.subscribe(linksChanged);
  owners.revokes.on('changed', linksChanged);
  owners.undo.on('changed', linksChanged);
  owners.verification.events.on('changed', linksChanged);
  owners.opens.events.on('changed', linksChanged);
  // All that links show of the outbox. To compute them again takes 20 to 50 ms for 10,000 links.
  let shownRevokes = pendingRevokes(entries.list());
  entries.on('changed', () => {
    model.invalidate('pending');
    const revokes = pendingRevokes(entries.list());
    if (revokes === shownRevokes) return;
    shownRevokes = revokes;
    linksChanged();
  });
  // What can be done with a link follows from what its server has said by now.
  owners.targets.events.on('status', () => model.invalidate('links', 'service'));
  owners.recovery.on('changed', () => model.invalidate('service'));
  owners.failures.on('changed', () => model.invalidate('failure'));
  owners.questions.on('changed', () => model.invalidate('question'));
  owners.settings.subscribe(() => model.invalidate('settings', 'clips'));
  owners.clips.on('changed', () => model.invalidate('clips'));
  owners.progress.on('changed', () => model.invalidate('activity'));
  owners.shortcuts.on('changed', () => model.invalidate('shortcuts'));
  owners.windowState.on('changed', () => model.invalidate('window'));
  const thisComputerChanged = (): void => model.invalidate('thisComputer');
  owners.reach.on('changed', thisComputerChanged);
  owners.addresses.on('changed', thisComputerChanged);
  owners.storage.on('changed', thisComputerChanged);
}

function thisComputerState({
  addresses,
  reach,
  storage,
}: Pick<StateOwners, 'addresses' | 'reach' | 'storage'>): Pick<
  AppState,
  'addresses' | 'reachCheck' | 'storage'
> {
  const available = addresses.available();
  return {
    reachCheck: reach.view() ?? null,
    storage: storage.usage() ?? null,
    ...(available === undefined ? {} : { addresses: available }),
  };
}

/** Ids of the shares that will be revoked, to be compared. */
function pendingRevokes(entries: readonly Entry[]): string {
  return entries
    .flatMap(({ head }) => (head.type === 'cleanup' ? (head.shareId ?? []) : []))
    .join();
}
