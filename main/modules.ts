import { Clips } from './clipboard/clips.ts';
import { trackOwnWrites } from './clipboard/own-writes.ts';
import type { Adapters } from './desktop/adapters.ts';
import type { Failures } from './failures/failures.ts';
import type { Messages } from './i18n/messages.ts';
import { wait } from './linkify/wait.ts';
import { createWriteLink } from './links/copy-link.ts';
import { createFindOwnLink, type FindOwnLink } from './links/find-own-link.ts';
import type { LinkThumbnails } from './links/link-thumbnails.ts';
import { LinkUseCases } from './links/link-use-cases.ts';
import type { RecentLinks } from './links/recent-links.ts';
import { ThisComputerLinks } from './links/this-computer-links.ts';
import type { EntryStore } from './outbox/entry-store.ts';
import { Outbox } from './outbox/outbox.ts';
import type { Questions } from './questions/questions.ts';
import type { ScanAhead } from './secrets/scan-ahead.ts';
import { networkAddresses } from './server/network/address.ts';
import type { Settings } from './settings/settings.ts';
import { removeLocation } from './sharing/check-geotags.ts';
import { openSharing } from './sharing/open-sharing.ts';
import type { Sharing } from './sharing/share.ts';
import type { ShareProgress } from './sharing/share-progress.ts';
import type { LastShare } from './sharing/unfinished-shares.ts';
import { Actions } from './shell/actions.ts';
import { announce, type Notifier } from './shell/announce.ts';
import { announceAttempts } from './shell/announce-attempts.ts';
import { updateAvailableNotice, updateReadyNotice } from './shell/notices.ts';
import { createCopyModes } from './shell/offer-after-copy.ts';
import type { Stop } from './shell/quit.ts';
import type { Shortcuts } from './shortcuts/shortcuts.ts';
import type { AppModel } from './state/app-state.ts';
import { FailureViews } from './state/failure-view.ts';
import { LinkViews } from './state/link-views.ts';
import { projectState } from './state/project-state.ts';
import type { WindowState } from './state/window-state.ts';
import { createAskOwner } from './targets/ask-owner.ts';
import { Recovery } from './targets/recovery-progress.ts';
import type { Targets } from './targets/targets.ts';
import { reportThisComputerFaults } from './targets/this-computer-faults.ts';
import { UPDATE_RECORD } from './updates/first-start.ts';
import { Updates } from './updates/updates.ts';

/** What the modules use of Electron and the operating system. */
export type ModuleAdapters = Pick<
  Adapters,
  | 'mayReadClipboard'
  | 'appVersion'
  | 'createUpdater'
  | 'network'
  | 'onWake'
  | 'openFile'
  | 'openWebPage'
  | 'quit'
  | 'readRange'
  | 'smallFile'
  | 'systemClipboard'
>;

/** What exists before the modules below. Tests have it in memory. */
export interface Foundation {
  readonly settings: Settings;
  readonly messages: Messages;
  readonly failures: Failures;
  readonly questions: Questions;
  readonly links: RecentLinks;
  readonly thumbnails: LinkThumbnails;
  /** The rows and files of the outbox. */
  readonly entryStore: EntryStore;
  readonly targets: Targets;
  /** The search for secrets. */
  readonly scan: ScanAhead;
  readonly shortcuts: Shortcuts;
  readonly notifications: Notifier;
  readonly windowState: WindowState;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  /** A module that must be stopped adds how, where it is created. */
  readonly stops: Stop[];
}

/** Shares, and what is done with links. */
export interface Core {
  readonly findOwnLink: FindOwnLink;
  readonly thisComputerLinks: ThisComputerLinks;
  readonly outbox: Outbox;
  readonly linkUseCases: LinkUseCases;
  readonly sharing: Sharing;
  readonly progress: ShareProgress;
  /** What an earlier run had not finished. */
  readonly lastShare: LastShare | undefined;
  readonly clips: Clips;
  readonly updates: Updates;
  /** Copies a text of the app's own, which is not for the clipboard history. */
  readonly copyText: (text: string) => Promise<void>;
  /** Marked so that no program keeps it. */
  readonly copyPassword: (password: string) => Promise<void>;
}

/** What users see, and what they can do. */
export interface UserInterface {
  readonly failureViews: FailureViews;
  readonly recovery: Recovery;
  readonly model: AppModel;
  readonly actions: Actions;
  /** Asks whether another user's program may be used, if that is open. */
  readonly askOwner: () => void;
}

export function createCore(desktop: ModuleAdapters, foundation: Foundation): Core {
  const { failures, links, messages, now, questions, scan, settings, stops, targets } = foundation;
  const clipboard = trackOwnWrites(desktop.systemClipboard);
  const writeLink = createWriteLink({ clipboard, settings });
  const findOwnLink = createFindOwnLink({ links, targets, settings, writeLink, now });
  const { network } = desktop;
  const thisComputerLinks = new ThisComputerLinks({
    links,
    targets,
    settings,
    network,
    networkAddresses,
  });
  stops.push(() => thisComputerLinks.stop());
  const outbox = new Outbox({
    store: foundation.entryStore,
    targets,
    links,
    clipboard,
    writeLink,
    settings,
    failures,
    questions,
    openFile: desktop.openFile,
    removeLocation: (item) => removeLocation(item, desktop.readRange),
    onNetworkChange: (listener) => network.subscribe(listener),
    onWake: desktop.onWake,
    now,
    random: Math.random,
  });
  stops.push(() => outbox.stop());
  const linkUseCases = new LinkUseCases({
    links,
    targets,
    outbox,
    clipboard,
    writeLink,
    address: thisComputerLinks.address,
    opens: thisComputerLinks.opens,
    failures,
    openExternal: desktop.openWebPage,
    wait,
    now,
  });
  stops.push(() => linkUseCases.verification.stop());
  const { sharing, progress, unfinished, lastShare } = openSharing({
    clipboard,
    writeLink,
    findOwnLink,
    findSecrets: scan.find,
    openFile: desktop.openFile,
    readRange: desktop.readRange,
    settings,
    targets,
    questions,
    outbox,
    unfinishedStore: desktop.smallFile('unfinished-share.json'),
    failures,
    messages,
    now,
  });
  // The share under way ends first: it needs its target. Shares that the server ends as it stops are
  // written to the list at once.
  stops.push(async () => {
    await unfinished.quitting();
    await targets.stop();
    thisComputerLinks.opens.flush();
  });
  const { mayReadClipboard: mayRead } = desktop;
  const clips = new Clips({
    clipboard,
    messages,
    settings,
    scan,
    ownLinkTitle: (content) => findOwnLink(content)?.title,
    mayRead,
    now,
  });
  stops.push(() => clips.stop());
  const updates = new Updates({
    updater: desktop.createUpdater(),
    version: desktop.appVersion,
    settings,
    failures,
    record: desktop.smallFile(UPDATE_RECORD),
    isBusy: () => sharing.isRunning() || questions.isOpen(),
    quit: desktop.quit,
    now,
  });
  stops.push(() => updates.stop());
  return {
    findOwnLink,
    thisComputerLinks,
    outbox,
    linkUseCases,
    sharing,
    progress,
    lastShare,
    clips,
    updates,
    copyText: (text) => clipboard.writeText(text),
    copyPassword: (text) => clipboard.write({ kind: 'text', text, concealed: true }),
  };
}

export function createUserInterface(foundation: Foundation, core: Core): UserInterface {
  const { failures, links, messages, now, questions, settings, shortcuts, targets } = foundation;
  const { thumbnails } = foundation;
  const { linkUseCases, outbox, sharing, thisComputerLinks } = core;
  const failureViews = new FailureViews({ targets, shortcuts, messages });
  const { opens } = thisComputerLinks;
  const linkViews = new LinkViews({ targets, linkUseCases, opens, thumbnails, messages, now });
  const recovery = new Recovery(() => performance.now());
  const model = projectState({
    targets,
    recovery,
    links,
    linkViews,
    linkUseCases,
    thumbnails,
    thisComputerLinks,
    entries: outbox.entries,
    failures,
    failureViews,
    questions,
    settings,
    clips: core.clips,
    progress: core.progress,
    shortcuts,
    updates: core.updates,
    windowState: foundation.windowState,
    messages,
    now,
  });
  const actions = new Actions({
    sharing,
    pendingShares: outbox.pendingShares,
    linkUseCases,
    questions,
    failures,
    failureViews,
    linkViews,
  });
  const askOwner = createAskOwner({ questions, targets });
  return { failureViews, recovery, model, actions, askOwner };
}

/** What happens in one module and concerns another one. The state follows its owners by itself. */
export function connectModules(foundation: Foundation, core: Core, ui: UserInterface): void {
  const { failures, messages, notifications, questions, scan, settings, targets } = foundation;
  const { thumbnails } = foundation;
  const { clips, findOwnLink, linkUseCases, outbox, progress, sharing, updates } = core;
  const copyModes = createCopyModes({
    settings,
    findSecrets: scan.find,
    messages,
    findOwnLink,
    notify: notifications.notify,
    shareUnasked: (source) => sharing.shareAutomatically(source),
    now: () => performance.now(),
  });
  reportThisComputerFaults(targets.thisComputer, failures);
  targets.events.on('status', ui.askOwner);
  sharing.on('shared', ({ link, place, before }) =>
    linkUseCases.undo.shared(link.id, place === 'clipboard', before),
  );
  outbox.delivery.on('created', (link, item) => {
    // A link without a thumbnail has an icon.
    thumbnails.create(link, item).catch(() => undefined);
  });
  clips.on('copied', (clip, entry) => {
    // What was copied may be shared next: the shortcut finds client and server ready.
    targets.warmUp().catch(() => undefined);
    copyModes(clip, entry).catch(() => failures.report({ kind: 'internal' }));
  });
  updates.on('ready', (version) => notifications.notify(updateReadyNotice(version, messages)));
  updates.on('available', (version) =>
    notifications.notify(updateAvailableNotice(version, messages)),
  );
  // From an immediate: an answered question's share goes on in a microtask.
  const maybeIdle = (): void => void setImmediate(() => updates.maybeIdle());
  sharing.on('activity', (activity) => activity === null && maybeIdle());
  questions.on('closed', maybeIdle);
  announce({
    targets,
    sharing,
    linkUseCases,
    failures,
    questions,
    failureViews: ui.failureViews,
    notifications,
    progress,
    windowState: foundation.windowState,
    messages,
    now: foundation.now,
  });
  announceAttempts({
    attempts: outbox.attempts,
    targets,
    notifications,
    now: () => performance.now(),
    wallClock: foundation.now,
    messages,
  });
}
