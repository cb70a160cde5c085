import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { listenForCommands } from './cli/command-channel.ts';
import { type Options, parseCommandLine } from './cli/command-line.ts';
import { Clips } from './clipboard/clips.ts';
import { rememberOwnWrites } from './clipboard/own-writes.ts';
import type { Adapters } from './desktop/adapters.ts';
import { Failures } from './failures/failures.ts';
import { localesFor } from './i18n/i18n.ts';
import { LiveMessages } from './i18n/locale.ts';
import { createHandlers } from './ipc/handlers.ts';
import { wait } from './linkify/wait.ts';
import { createWriteLink } from './links/copy-link.ts';
import { createFindOwnLink } from './links/find-own-link.ts';
import { LinkUseCases } from './links/link-use-cases.ts';
import { serveLinks } from './links/needs-server.ts';
import { openLinks } from './links/open-links.ts';
import { ThisComputerLinks } from './links/this-computer-links.ts';
import { createVerifyLinks } from './links/verify-links.ts';
import { createOutboxEncryption } from './outbox/encryption.ts';
import { EntryStore } from './outbox/entry-store.ts';
import { Outbox } from './outbox/outbox.ts';
import { Questions } from './questions/questions.ts';
import { createScanAhead } from './secrets/scan-ahead.ts';
import { createSecretFinder } from './secrets/scanner.ts';
import { networkAddresses } from './server/network/address.ts';
import { removeLocation } from './sharing/check-geotags.ts';
import { openSharing } from './sharing/open-sharing.ts';
import { announce, announceLastShare } from './shell/announce.ts';
import { announceAttempts } from './shell/announce-attempts.ts';
import { applySettings } from './shell/apply-settings.ts';
import { type Command, SHORTCUT_COMMANDS } from './shell/commands.ts';
import { createCopyModes } from './shell/offer-after-copy.ts';
import { stopApp } from './shell/quit.ts';
import { createShell } from './shell/shell.ts';
import { FailureViews } from './state/failure-view.ts';
import { linkView } from './state/link-views.ts';
import { projectState } from './state/project-state.ts';
import { WindowState } from './state/window-state.ts';
import { OUTBOX_FOLDER } from './storage/app-database.ts';
import { createAskOwner } from './targets/ask-owner.ts';
import { openTargets } from './targets/open-targets.ts';
import { Recovery } from './targets/recovery-progress.ts';
import { reportThisComputerFaults } from './targets/this-computer-faults.ts';

/**
 * Creates each module, the lower ones first, connects them and starts them.
 * @param desktop all that they use of Electron and the operating system
 * @returns what a later start of the app does: it shows the running one
 */
export async function startApp(desktop: Adapters, options: Options): Promise<() => void> {
  const stores = await openStores(desktop);
  const core = { ...stores, ...createCore(desktop, options, stores) };
  const app = { ...core, ...createUseCases(desktop, core) };
  const views = createAppViews(desktop, app);
  const parts = { ...app, ...views };
  const shell = createShell({ ...desktop, ...parts });
  connect(desktop, { ...parts, shell });
  start(desktop, options, { ...parts, shell });
  return () => parts.run({ kind: 'show', asWindow: true });
}

/** Opens settings and links, and creates what depends on nothing else. */
async function openStores(desktop: Adapters) {
  // Menu, window, shortcuts and notifications emit commands; they are run once everything exists.
  const commands = new EventEmitter<{ command: [command: Command] }>();
  const run = (command: Command): void => void commands.emit('command', command);
  const failures = new Failures(Date.now);
  desktop.onUncaughtError(() => failures.report({ kind: 'internal' }));
  const { settings, isFirstStart } = await desktop.openSettings(failures);
  const { database, links } = openLinks(desktop.userData, failures);
  const messages = new LiveMessages();
  await messages.use(localesFor(settings.values().language, desktop.systemLocales()));
  const questions = new Questions(messages);
  const windowState = new WindowState();
  return {
    commands,
    run,
    failures,
    settings,
    isFirstStart,
    database,
    links,
    messages,
    questions,
    windowState,
  };
}
type Stores = Awaited<ReturnType<typeof openStores>>;

/** Clipboard, targets and outbox. */
function createCore(desktop: Adapters, override: Options, stores: Stores) {
  const { settings, links, failures, questions } = stores;
  const { network } = desktop;
  const clipboard = rememberOwnWrites(desktop.systemClipboard);
  const writeLink = createWriteLink({ clipboard, settings });
  const targets = openTargets({
    ...desktop,
    settings,
    override,
    hasProtocolHandler: desktop.hasPiecesHandler,
  });
  reportThisComputerFaults(targets.thisComputer, failures);
  const askOwner = createAskOwner({ questions, targets });
  targets.events.on('status', askOwner);
  const findOwnLink = createFindOwnLink({
    links,
    targets,
    template: () => settings.values().linkTemplate,
    lastWritten: writeLink.lastText,
    now: Date.now,
  });
  const thisComputerLinks = new ThisComputerLinks({
    links,
    targets,
    settings,
    network,
    networkAddresses,
  });
  const folder = join(desktop.userData, OUTBOX_FOLDER);
  const encryption = createOutboxEncryption(folder, desktop.secrets);
  const store = new EntryStore({ database: stores.database, folder, encryption });
  const outbox = new Outbox({
    ...desktop,
    ...stores,
    store,
    targets,
    clipboard,
    writeLink,
    removeLocation: (item) => removeLocation(item, desktop.readRange),
    onNetworkChange: network.subscribe,
    now: Date.now,
    random: Math.random,
  });
  return { clipboard, writeLink, targets, askOwner, findOwnLink, thisComputerLinks, outbox };
}
type Core = Stores & ReturnType<typeof createCore>;

/** Sharing, links, and what follows a copy. */
function createUseCases(desktop: Adapters, core: Core) {
  const { clipboard, failures, outbox, settings, targets, thisComputerLinks, messages } = core;
  const scan = createScanAhead(
    createSecretFinder({ workerUrl: new URL('./scan-secrets-worker.js', import.meta.url) }),
  );
  const { address } = thisComputerLinks;
  const verification = createVerifyLinks({
    ...core,
    current: address.current,
    wait,
    now: Date.now,
  });
  const linkUseCases = new LinkUseCases({
    ...core,
    pending: outbox,
    address,
    verification,
    openExternal: desktop.openWebPage,
    now: Date.now,
  });
  const { undo } = linkUseCases;
  const { sharing, ...sharingParts } = openSharing({
    ...desktop,
    ...core,
    findSecrets: scan.find,
    unfinishedStore: desktop.smallFile('unfinished-share.json'),
    now: Date.now,
  });
  sharing.on('shared', ({ link, place, before }) =>
    undo.shared(link.id, place === 'clipboard', before),
  );
  const notifications = desktop.createNotifications(core);
  const clips = new Clips({
    clipboard,
    messages,
    settings,
    scan,
    mayRead: desktop.mayReadClipboard,
    now: Date.now,
  });
  const afterCopy = createCopyModes({
    ...core,
    findSecrets: scan.find,
    notify: notifications.notify,
    shareUnasked: (source) => sharing.shareAutomatically(source),
    now: () => performance.now(),
  });
  clips.on('copied', (clip, entry) => {
    // What was copied may be shared next: the shortcut finds client and server ready.
    targets.warmUp().catch(() => undefined);
    afterCopy(clip, entry).catch(() => failures.report({ kind: 'internal' }));
  });
  return { ...sharingParts, sharing, verification, linkUseCases, notifications, clips };
}
type App = Core & ReturnType<typeof createUseCases>;

/** The state, and tray and window that show it. */
function createAppViews(desktop: Adapters, app: App) {
  const { linkUseCases, notifications, outbox, thisComputerLinks, windowState } = app;
  const { shortcuts, stop: stopShortcuts } = desktop.createShortcuts(app);
  shortcuts.on('pressed', (name) => app.run(SHORTCUT_COMMANDS[name]));
  const failureViews = new FailureViews({ ...app, shortcuts });
  const recovery = new Recovery(() => performance.now());
  const owners = {
    ...app,
    ...linkUseCases,
    ...thisComputerLinks,
    entries: outbox.entries,
    failureViews,
    shortcuts,
    recovery,
    now: Date.now,
  };
  const model = projectState(owners);
  const views = desktop.createViews({ ...app, model });
  views.events.on('shown', () => {
    outbox.wake('maybe');
    thisComputerLinks.refresh();
  });
  views.events.on('hidden', () => {
    windowState.focus(null);
    notifications.dismissMissed();
    // The page that recorded a shortcut is hidden.
    shortcuts.hold(false);
  });
  views.events.on('closed', desktop.releaseMemory);
  return {
    ...views,
    shortcuts,
    stopShortcuts,
    failureViews,
    recovery,
    model,
    linkView: (link: Parameters<typeof linkView>[0]) => linkView(link, owners),
    dismissMissed: notifications.dismissMissed,
  };
}
type Parts = App &
  ReturnType<typeof createAppViews> & { readonly shell: ReturnType<typeof createShell> };

/** Commands, calls of the window, and notifications. */
function connect(desktop: Adapters, parts: Parts): void {
  const { notifications, outbox, shell } = parts;
  parts.commands.on('command', shell.runner);
  const handlers = createHandlers({
    ...parts,
    ...shell,
    reach: parts.thisComputerLinks.reach,
  });
  desktop.registerCalls(handlers, parts.window);
  const { undo } = parts.linkUseCases;
  announce({ ...parts, ...notifications, undo, verification: parts.verification });
  announceAttempts({
    ...parts,
    ...notifications,
    attempts: outbox.attempts,
    now: () => performance.now(),
  });
}

/** Starts what runs without being asked, and prepares the end. */
function start(desktop: Adapters, { action }: Options, parts: Parts): void {
  const { failures, links, notifications, settings, shell, thisComputerLinks } = parts;
  desktop.followLaunchAtLogin(settings, () => failures.report({ kind: 'login-not-changed' }));
  parts.outbox.start();
  applySettings({ ...parts, ...thisComputerLinks, systemLocales: desktop.systemLocales });
  desktop.releaseMemory();
  parts.showTray();
  const stopListening = listenForCommands(desktop.userData, async (input) => {
    const parsed = parseCommandLine(input);
    if (!parsed.ok) return { code: 2, error: parsed.sentence };
    const answer = shell.runner.action(parsed.options.action);
    return parsed.options.noWait === true ? { code: 0 } : answer;
  });
  desktop.onActivate(() => parts.run({ kind: 'show', asWindow: true }));
  desktop.onQuit(() => stopApp({ ...desktop, ...parts, stopListening }));
  announceLastShare(parts.lastShare, { ...parts, ...notifications });
  const isInBackground = action.kind === 'start' && action.background === true;
  if (parts.isFirstStart && !isInBackground && links.list().length === 0) {
    parts.window.show('first-run', true);
    // On disk from now on: it is shown once.
    settings.change({});
  }
  serveLinks({ links, targets: parts.targets, reach: thisComputerLinks.reach, failures });
}
