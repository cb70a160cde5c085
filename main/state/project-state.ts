import type { AppState } from '../../preload/contract.ts';
import type { Clips } from '../clipboard/clips.ts';
import type { Failures } from '../failures/failures.ts';
import type { LinkThumbnails } from '../links/link-thumbnails.ts';
import type { LinkUseCases } from '../links/link-use-cases.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { ThisComputerLinks } from '../links/this-computer-links.ts';
import type { Entries } from '../outbox/entries.ts';
import type { Entry } from '../outbox/entry.ts';
import { pendingViews } from '../outbox/pending-views.ts';
import type { Questions } from '../questions/questions.ts';
import type { Settings } from '../settings/settings.ts';
import type { ShareProgress } from '../sharing/share-progress.ts';
import type { Shortcuts } from '../shortcuts/shortcuts.ts';
import type { Targets } from '../targets/targets.ts';
import type { Updates } from '../updates/updates.ts';
import { AppModel, type Projections } from './app-state.ts';
import type { FailureViews } from './failure-view.ts';
import { type LinkViews, ListViews } from './link-views.ts';
import { type ProjectServiceDeps, serviceState } from './project-service.ts';
import { settingsState } from './project-settings.ts';
import type { WindowState } from './window-state.ts';

/** The owners of what is shown. */
export interface StateOwners extends ProjectServiceDeps {
  readonly targets: Pick<Targets, 'events'> & ProjectServiceDeps['targets'];
  readonly links: Pick<RecentLinks, 'list' | 'subscribe'>;
  readonly linkViews: LinkViews;
  readonly thumbnails: Pick<LinkThumbnails, 'events'>;
  readonly linkUseCases: Pick<LinkUseCases, 'revokes' | 'undo' | 'verification'>;
  readonly thisComputerLinks: Pick<ThisComputerLinks, 'addresses' | 'opens' | 'reach' | 'storage'>;
  readonly entries: Entries;
  readonly failures: Failures;
  readonly failureViews: FailureViews;
  readonly questions: Questions;
  readonly settings: Pick<Settings, 'subscribe' | 'values' | 'view'>;
  readonly clips: Clips;
  readonly progress: ShareProgress;
  readonly shortcuts: Shortcuts;
  readonly updates: Pick<Updates, 'on' | 'view'>;
  readonly windowState: WindowState;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** Computes the state from its owners, again after each of their changes. */
export function projectState(owners: StateOwners): AppModel {
  const { clips, entries, failures, failureViews, links, now, progress, questions } = owners;
  const { settings, shortcuts, linkViews, windowState, messages } = owners;
  const { undo } = owners.linkUseCases;
  const views = new ListViews((link) => linkViews.of(link));
  const projections: Projections = {
    links: () => ({ links: views.of(links.list()), undo: undo.current() }),
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
    thisComputer: () => thisComputerState(owners.thisComputerLinks),
    update: () => ({ update: owners.updates.view() }),
    window: () => ({
      focusLinkId: windowState.focusLinkId,
      focusPanel: windowState.focusPanel,
      keptOpen: windowState.isKeptOpen,
      missedNotice: windowState.missedNotice,
    }),
  };
  const model = new AppModel(projections, () => views.invalidateAll());
  followLinks(model, views, owners);
  followOwners(model, owners);
  return model;
}

/** Follows what rows of the list show, each by its id. */
function followLinks(model: AppModel, views: ListViews, owners: StateOwners): void {
  const { entries, links, linkUseCases, targets, thisComputerLinks, thumbnails } = owners;
  const { revokes, undo, verification } = linkUseCases;
  const linksChanged = (ids: readonly string[]): void => {
    views.invalidate(ids);
    model.invalidate('links');
  };
  links.subscribe(linksChanged);
  revokes.on('changed', (id) => linksChanged([id]));
  undo.on('changed', linksChanged);
  verification.events.on('changed', (id) => linksChanged([id]));
  thumbnails.events.on('created', (id) => linksChanged([id]));
  thisComputerLinks.opens.events.on('changed', linksChanged);
  // All that links show of the outbox.
  let shownRevokes = pendingRevokes(entries.list());
  entries.on('changed', () => {
    model.invalidate('pending');
    const before = shownRevokes;
    shownRevokes = pendingRevokes(entries.list());
    const both = [...before, ...shownRevokes];
    const ids = both.filter((id) => before.has(id) !== shownRevokes.has(id));
    if (ids.length > 0) linksChanged(ids);
  });
  // What can be done with a link follows from what its server has said by now.
  targets.events.on('status', () => {
    views.invalidateAll();
    model.invalidate('links', 'service');
  });
}

function followOwners(model: AppModel, owners: StateOwners): void {
  const { addresses, reach, storage } = owners.thisComputerLinks;
  owners.recovery.on('changed', () => model.invalidate('service'));
  owners.failures.on('changed', () => model.invalidate('failure'));
  owners.questions.on('changed', () => model.invalidate('question'));
  owners.settings.subscribe(() => model.invalidate('settings', 'clips'));
  owners.clips.on('changed', () => model.invalidate('clips'));
  owners.progress.on('changed', () => model.invalidate('activity'));
  owners.shortcuts.on('changed', () => model.invalidate('shortcuts'));
  owners.updates.on('changed', () => model.invalidate('update'));
  owners.windowState.on('changed', () => model.invalidate('window'));
  const thisComputerChanged = (): void => model.invalidate('thisComputer');
  reach.on('changed', thisComputerChanged);
  addresses.on('changed', thisComputerChanged);
  storage.on('changed', thisComputerChanged);
}

function thisComputerState({
  addresses,
  reach,
  storage,
}: StateOwners['thisComputerLinks']): Pick<AppState, 'addresses' | 'reachCheck' | 'storage'> {
  const available = addresses.available();
  return {
    reachCheck: reach.view() ?? null,
    storage: storage.usage() ?? null,
    ...(available === undefined ? {} : { addresses: available }),
  };
}

/** Ids of the shares that will be revoked. */
function pendingRevokes(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(
    entries.flatMap(({ head }) => (head.type === 'cleanup' ? (head.shareId ?? []) : [])),
  );
}
