import { EventEmitter } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as electron from 'electron';
import {
  app,
  clipboard as electronClipboard,
  ipcMain,
  type NativeImage,
  nativeImage,
  safeStorage,
  type Tray,
} from 'electron';
import { listenForCommands } from './cli/command-channel.ts';
import { type Options, parseCommandLine } from './cli/command-line.ts';
import { Clips } from './clipboard/clips.ts';
import type { SystemClipboard } from './clipboard/content.ts';
import { mayReadUnasked } from './clipboard/may-read.ts';
import { rememberOwnWrites } from './clipboard/own-writes.ts';
import { createRestoreClipboard } from './clipboard/restore-clipboard.ts';
import { createSystemClipboard } from './desktop/clipboard/system-clipboard.ts';
import { tiffToPng } from './desktop/clipboard/tiff-to-png.ts';
import { loadWatch } from './desktop/clipboard/watch.ts';
import { createFileProofs } from './desktop/files/file-proofs.ts';
import { openFile, readRange } from './desktop/files/open-file.ts';
import {
  askForSettingsFile,
  readSettingsFile,
  writeSettingsFile,
} from './desktop/files/settings-dialog.ts';
import { createSmallFile } from './desktop/files/small-file.ts';
import { followLaunchAtLogin } from './desktop/follow-launch-at-login.ts';
import { isForeignProfile } from './desktop/known-profiles.ts';
import { createLaunchAtLogin, loginCommand } from './desktop/launch-at-login.ts';
import { createNetworkWatch } from './desktop/network-watch.ts';
import { createAppNotifications } from './desktop/notifications/app-notifications.ts';
import { openAsInherited, openWebPage } from './desktop/open-external.ts';
import { idleSeconds, onResume, onWake } from './desktop/power.ts';
import { createMemoryKeeper } from './desktop/release-memory.ts';
import { createSecretBox } from './desktop/secret-box.ts';
import { createShortcutKeys } from './desktop/shortcut-keys.ts';
import type { TrayState } from './desktop/tray-icon.ts';
import { catchTheRest } from './desktop/uncaught-errors.ts';
import { createViews } from './desktop/views.ts';
import { askToConfirm } from './desktop/window/confirm.ts';
import { POPOVER_ORIGIN } from './desktop/window/page.ts';
import { handOverX11Clipboard } from './desktop/x11/clipboard-handover.ts';
import { openX11Selection, readsByX11 } from './desktop/x11/selection.ts';
import { ownX11Clipboard } from './desktop/x11/selection-owner.ts';
import { Failures } from './failures/failures.ts';
import { type SharingFault, serviceStartFault, settingsFault } from './failures/faults.ts';
import { localesFor } from './i18n/i18n.ts';
import { LiveWords } from './i18n/locale.ts';
import { createCallLimit, registerCalls } from './ipc/handle.ts';
import { createHandlers } from './ipc/handlers.ts';
import { isTrustedSender } from './ipc/trusted-sender.ts';
import { wait } from './linkify/wait.ts';
import { createChangeExpiration } from './links/change-expiration.ts';
import { createWriteLink } from './links/copy-link.ts';
import { createFindOwnLink } from './links/find-own-link.ts';
import { followNetwork } from './links/follow-network.ts';
import { LinkActions } from './links/link-actions.ts';
import { linksFault } from './links/links-fault.ts';
import { forgetClosed, needsServer } from './links/needs-server.ts';
import { createLinkWatch } from './links/open-counts.ts';
import { OwnAddresses } from './links/own-addresses.ts';
import { LinkReach } from './links/reach.ts';
import { RecentLinks } from './links/recent-links.ts';
import { createRenameLink } from './links/rename-link.ts';
import { Revokes } from './links/revoke-links.ts';
import { StorageUsage } from './links/storage-usage.ts';
import { Undo } from './links/undo.ts';
import { createFollowAddress } from './links/update-addresses.ts';
import { createVerifyLinks } from './links/verify-links.ts';
import { Outbox } from './outbox/outbox.ts';
import { Questions } from './questions/questions.ts';
import { createScanAhead } from './secrets/scan-ahead.ts';
import { createSecretFinder } from './secrets/scanner.ts';
import { networkAddresses } from './server/network/address.ts';
import { resetForeign } from './settings/reset-foreign.ts';
import { openSettings, type SecretBox, type Settings } from './settings/settings.ts';
import { createCheckLocation, removeLocation } from './sharing/check-geotags.ts';
import { createCheckSecrets } from './sharing/check-secrets.ts';
import { createPlaceLink } from './sharing/place-link.ts';
import { createReadSource } from './sharing/read-source.ts';
import { Sharing } from './sharing/share.ts';
import { ShareChecks } from './sharing/share-checks.ts';
import { ShareProgress } from './sharing/share-progress.ts';
import { createUnfinishedShares } from './sharing/unfinished-shares.ts';
import { createActions } from './shell/actions.ts';
import { announce, announceLastShare } from './shell/announce.ts';
import { announceAttempts } from './shell/announce-attempts.ts';
import { applySettings } from './shell/apply-settings.ts';
import { createCommandRunner } from './shell/command-runner.ts';
import { type Command, SHORTCUT_COMMANDS } from './shell/commands.ts';
import { oneAtATime } from './shell/confirmation.ts';
import { createConfirmed } from './shell/confirmed-calls.ts';
import { clipboardLostNotice } from './shell/notices.ts';
import { createCopyModes } from './shell/offer-after-copy.ts';
import { createRecover } from './shell/recovery-actions.ts';
import { SettingsActions } from './shell/settings-actions.ts';
import { createSettingsFile } from './shell/settings-file.ts';
import { FailureViews } from './state/failure-view.ts';
import { type LinkViewContext, linkView } from './state/link-views.ts';
import { projectState } from './state/project-state.ts';
import { WindowState } from './state/window-state.ts';
import { AppDatabase, DATABASE_FILE, OUTBOX_FOLDER } from './storage/app-database.ts';
import { createAskOwner } from './targets/ask-owner.ts';
import { openTargets } from './targets/open-targets.ts';
import { Recovery } from './targets/recovery-progress.ts';
import { selectedView } from './targets/target-view.ts';

export interface StartOptions {
  readonly tray: Tray;
  readonly icons: (state: TrayState) => NativeImage;
  readonly options: Options;
}

/** In the default folder, whichever one is in use. */
const knownProfiles = (): string => join(app.getPath('appData'), app.getName(), 'known-profiles');

function openSystemClipboard(): SystemClipboard {
  return createSystemClipboard({
    clipboard: electronClipboard,
    // Missing before Electron 44, where importing it by name would not even load.
    ...('ClipboardItem' in electron ? { ClipboardItem: electron.ClipboardItem } : {}),
    nativeImage,
    platform: process.platform,
    ...(readsByX11(process.platform, process.env)
      ? { openX11: openX11Selection, ownX11: ownX11Clipboard }
      : {}),
    toPng: tiffToPng,
    loadWatch: () => loadWatch(process.platform),
  });
}

/** Elsewhere the system keeps what was copied; on Wayland nobody can be asked. */
const leaveClipboard = async () =>
  readsByX11(process.platform, process.env) ? handOverX11Clipboard() : 'not-ours';

const setAside = (file: string, keptAs: string | undefined): SharingFault => ({
  kind: 'store-set-aside',
  file,
  ...(keptAs === undefined ? {} : { keptAs }),
});

/** @returns also whether this is the first start ever: there were no settings */
async function openAppSettings(
  folder: string,
  secrets: SecretBox,
  failures: Failures,
): Promise<{ readonly settings: Settings; readonly isFirstStart: boolean }> {
  // electron-store takes its time to load: imported here, with the icon already there.
  const { openSettingsStore } = await import('./desktop/store.ts');
  const store = await openSettingsStore({
    folder,
    onProblem: ({ file, keptAs }) => failures.report(setAside(file, keptAs)),
  });
  const isFirstStart = store.load() === undefined;
  const settings = openSettings({
    store,
    secrets,
    onProblem: (problem) => failures.report(settingsFault(problem)),
  });
  return { settings, isFirstStart };
}

function openLinks(
  folder: string,
  failures: Failures,
): { readonly database: AppDatabase; readonly links: RecentLinks } {
  const database = new AppDatabase({
    path: join(folder, DATABASE_FILE),
    contentFolder: join(folder, OUTBOX_FOLDER),
    onSetAside: (keptAs) => failures.report(setAside(DATABASE_FILE, keptAs)),
  });
  const links = new RecentLinks({
    database,
    onProblem: (problem) => failures.report(linksFault(problem)),
  });
  return { database, links };
}

/**
 * Builds each part and connects them.
 * @returns what a later start of the app does: it shows the running one
 */
export async function start({ tray, icons, options }: StartOptions): Promise<() => void> {
  const userData = app.getPath('userData');
  // Menu, window, keys and notifications emit commands; they are run once everything exists.
  const commands = new EventEmitter<{ command: [command: Command] }>();
  const run = (command: Command): void => void commands.emit('command', command);

  const failures = new Failures(Date.now);
  catchTheRest(() => failures.report({ kind: 'internal' }));
  const giveBackMemory = createMemoryKeeper();

  const windowState = new WindowState();
  const secrets = createSecretBox(safeStorage);
  const { settings, isFirstStart } = await openAppSettings(userData, secrets, failures);
  const isForeign =
    options.userDataDir !== undefined && isForeignProfile(userData, knownProfiles());
  if (isForeign && resetForeign(settings)) failures.report({ kind: 'settings-foreign' });
  const { database, links } = openLinks(userData, failures);
  const notifications = createAppNotifications({ settings, window: windowState, failures, run });
  const { notify, notifyAlways, withdraw, dismissMissed } = notifications;
  const words = new LiveWords();
  const systemLocales = (): readonly string[] => [
    ...app.getPreferredSystemLanguages(),
    app.getLocale(),
  ];
  await words.use(localesFor(settings.values().language, systemLocales()));
  const questions = new Questions(words);

  const clipboard = rememberOwnWrites(openSystemClipboard());
  const writeLink = createWriteLink({
    clipboard,
    usual() {
      const { linkFormat, linkTemplate } = settings.values();
      return { format: linkFormat, template: linkTemplate };
    },
  });
  const targets = openTargets({
    userData,
    settings,
    override: options,
    appVersion: app.getVersion(),
    places: {
      platform: process.platform,
      home: homedir(),
      documents: app.getPath('documents'),
      ...(process.env.LOCALAPPDATA === undefined ? {} : { localAppData: process.env.LOCALAPPDATA }),
    },
    env: process.env,
    onResume,
    hasProtocolHandler: () => app.getApplicationNameForProtocol('pieces://') !== '',
    idleSeconds,
  });
  const { thisComputer } = targets;
  const findOwnLink = createFindOwnLink({
    links: links.list,
    targets,
    template: () => settings.values().linkTemplate,
    lastWritten: writeLink.lastText,
    now: Date.now,
  });
  const opens = createLinkWatch({ links, targets, thisComputer });
  const address = createFollowAddress({ links, targets, thisComputer });
  const verification = createVerifyLinks({
    links,
    targets,
    current: address.current,
    wait,
    now: Date.now,
  });
  const reach = new LinkReach({ address, thisComputer, now: () => performance.now() });
  const addresses = new OwnAddresses({ thisComputer, settings, networkAddresses, address });
  const network = createNetworkWatch({ onEvents: onResume });
  const stopFollowing = followNetwork({ links, targets, network, addresses, reach });
  const storage = new StorageUsage({ thisComputer, links, opens });
  thisComputer.events.on('store-set-aside', (folder) =>
    failures.report(setAside('catalog.db', folder)),
  );
  thisComputer.events.on('port', (news) => {
    if (news.kind === 'taken') failures.report({ kind: 'links-port-taken', port: news.usual });
    else failures.solved('links-port-taken');
  });
  const askOwner = createAskOwner({ questions, targets });
  targets.events.on('status', askOwner);
  const recovery = new Recovery(() => performance.now());
  const scan = createScanAhead(
    createSecretFinder({ workerUrl: new URL('./scan-secrets-worker.js', import.meta.url) }),
  );
  const outbox = new Outbox({
    database,
    folder: join(userData, OUTBOX_FOLDER),
    secrets,
    targets,
    links,
    clipboard,
    writeLink,
    settings,
    failures,
    questions,
    openFile,
    removeLocation: (item) => removeLocation(item, readRange),
    onNetworkChange: network.subscribe,
    onWake,
  });
  const unfinished = createUnfinishedShares({
    store: createSmallFile(join(userData, 'unfinished-share.json')),
    now: Date.now,
  });
  // Read before this run's first share.
  const lastShare = unfinished.takeLast(
    Math.max(0, ...outbox.entries.list().map(({ head }) => head.createdAtMs)),
  );

  const restoreClipboard = createRestoreClipboard(clipboard);
  const revokes = new Revokes({
    links,
    targets,
    pending: outbox,
    failures,
    now: Date.now,
  });
  const undo = new Undo({
    links,
    revokes,
    targets,
    clipboard,
    writeLink,
    restoreClipboard,
    failures,
    now: Date.now,
  });
  const linkActions = new LinkActions({
    links,
    failures,
    revokes,
    undo,
    writeLink,
    restoreClipboard,
    currentAddress: address.current,
    verification,
    openExternal: openWebPage,
    now: Date.now,
  });

  const checks = new ShareChecks({
    checkSecrets: createCheckSecrets({
      find: scan.find,
      allowedKinds: () => settings.values().allowedSecretKinds,
    }),
    checkLocation: createCheckLocation({
      readRange,
      choice: () => settings.values().locationData,
    }),
    settings,
    canOpenOnce: () => selectedView(targets, words).shareOptions === true,
  });
  const sharing = new Sharing({
    read: createReadSource({ clipboard, openFile, findOwnLink, words }),
    checks,
    questions,
    outbox,
    unfinished,
    placeLink: createPlaceLink({ clipboard, writeLink }),
    failures,
    now: Date.now,
  });
  const progress = new ShareProgress(sharing, () => performance.now());
  sharing.on('shared', ({ link, place, before }) =>
    undo.shared(link.id, place === 'clipboard', before),
  );

  const linkContext = {
    targets,
    revokes,
    undo,
    verification,
    opens,
    words,
    now: Date.now,
  } satisfies LinkViewContext;
  const { shortcuts, stop: stopShortcuts } = createShortcutKeys({ failures });
  shortcuts.on('pressed', (name) => run(SHORTCUT_COMMANDS[name]));
  const failureViews = new FailureViews({ targets, shortcuts, words });
  const actions = createActions({
    sharing,
    outbox: outbox.pendingShares,
    undo,
    linkActions,
    rename: createRenameLink({ links, targets, failures, undo }),
    changeExpiration: createChangeExpiration({ links, targets, failures, undo, now: Date.now }),
    questions,
    failures,
    failureViews,
    linkView: (link) => linkView(link, linkContext),
  });

  const afterCopy = createCopyModes({
    settings: settings.values,
    find: scan.find,
    words,
    notify,
    findOwnLink,
    shareUnasked: (source) => sharing.shareAutomatically(source),
    now: () => performance.now(),
  });
  const clips = new Clips({
    clipboard,
    words,
    settings,
    scan,
    mayRead: mayReadUnasked(process.platform, process.getSystemVersion()),
    now: Date.now,
  });
  clips.on('copied', (clip, kept) => {
    // What was copied may be shared next: the press finds client and service ready.
    targets.warmUp().catch(() => undefined);
    afterCopy(clip, kept).catch(() => failures.report({ kind: 'internal' }));
  });
  const model = projectState({
    ...linkContext,
    links,
    outbox: outbox.entries,
    failures,
    failureViews,
    questions,
    settings,
    recovery,
    clips,
    progress,
    shortcuts,
    reach,
    addresses,
    storage,
    window: windowState,
  });
  const settingsActions = new SettingsActions({ settings, shortcuts, targets, actions });
  const { popover, feed, showTray } = createViews({
    tray,
    icons,
    model,
    windowState,
    words,
    settings,
    clips,
    sharing,
    run,
    onShown() {
      outbox.wake('maybe');
      void targets.refresh().then(opens.catchUp);
      void storage.refresh();
      void reach.check();
      addresses.refresh();
    },
    onHidden() {
      windowState.focus(null);
      dismissMissed();
      // Whoever was recording keys is gone.
      shortcuts.hold(false);
    },
    onGivenUp: giveBackMemory,
  });
  const recover = createRecover({
    actions,
    failures,
    sharing,
    dismissMissed,
    targets,
    recovery,
    pendingShares: outbox.pendingShares,
    settings: settingsActions,
    showSettings: () => popover.show('preferences'),
    showQuestion: () => {
      // A share in between may have taken the question away.
      askOwner();
      popover.show('links');
    },
    async startPieces(signal) {
      await openAsInherited('pieces://launch');
      await targets.pieces.awaitStart(signal);
    },
    getPieces: () => openWebPage('https://pieces.app/'),
  });
  const runner = createCommandRunner({
    actions,
    recover,
    links,
    windowState,
    window: popover,
    settings: settingsActions,
    clips,
    findOwnLink,
    pendingShares: outbox.pendingShares,
    now: Date.now,
    quit: () => app.quit(),
  });
  commands.on('command', runner);

  const confirm = oneAtATime((question) =>
    popover.whileAsking((above) => askToConfirm(question, above)),
  );
  const settingsFile = createSettingsFile({
    settings,
    confirm,
    words,
    askWhere: (why) => popover.whileAsking((above) => askForSettingsFile(why, above)),
    read: readSettingsFile,
    write: writeSettingsFile,
    failed: (fault) => ({ ok: false, failure: actions.describe(fault) }),
  });
  followLaunchAtLogin(
    settings,
    createLaunchAtLogin({
      app,
      platform: process.platform,
      command: loginCommand(app),
      configFolder: process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'),
    }),
    () => failures.report({ kind: 'login-not-changed' }),
  );

  registerCalls(
    ipcMain,
    createHandlers({
      actions,
      confirmed: createConfirmed({
        model,
        actions,
        questions,
        settingsActions,
        settings,
        files: createFileProofs(),
        confirm,
        words,
      }),
      clips,
      state: () => feed.whole(model.get()),
      reach: (step) => reach.act(step),
      recover,
      async testShortcut() {
        const fault = await shortcuts.test();
        return fault === undefined
          ? { ok: true, value: null }
          : { ok: false, failure: actions.describe(fault) };
      },
      holdShortcuts: (on) => shortcuts.hold(on),
      settings: settingsActions,
      settingsFile,
      window: popover,
    }),
    (event) => isTrustedSender(event, popover.contents(), POPOVER_ORIGIN),
    createCallLimit(50, () => performance.now()),
  );

  announce({
    targets,
    sharing,
    undo,
    verification: verification.events,
    failures,
    questions,
    failureViews,
    progress,
    notify,
    notifyAlways,
    withdraw,
    words,
  });
  announceAttempts({
    outbox: outbox.events,
    targets,
    notify,
    withdraw,
    now: () => performance.now(),
    words,
  });
  outbox.start();
  applySettings({
    settings,
    targets,
    reach,
    addresses,
    storage,
    shortcuts,
    clips,
    words,
    systemLocales,
    model,
    failures,
  });
  giveBackMemory();
  showTray();
  const stopListening = listenForCommands(userData, async (input) => {
    const parsed = parseCommandLine(input);
    if (!parsed.ok) return { code: 2, error: parsed.sentence };
    const answer = runner.action(parsed.options.action);
    return parsed.options.noWait === true ? { code: 0 } : answer;
  });
  app.on('activate', () => run({ kind: 'show', asWindow: true }));
  app.once('before-quit', (event) => {
    event.preventDefault();
    stopListening();
    stopShortcuts();
    clips.stop();
    outbox.stop();
    popover.destroy();
    const { sayLast } = notifications.stop();
    const clipboardLeft = leaveClipboard().then((left) => {
      if (left === 'lost') sayLast(clipboardLostNotice(words));
    });
    stopFollowing();
    verification.stop();
    const served = unfinished.quitting().then(() => targets.stop());
    void Promise.allSettled([served, clipboardLeft])
      .then(notifications.settled)
      .finally(() => {
        database.close();
        app.quit();
      });
  });

  announceLastShare(lastShare, { links, failures, notify, words });

  const { action } = options;
  const isInBackground = action.kind === 'start' && action.background === true;
  if (isFirstStart && !isInBackground && links.list().length === 0) {
    popover.show('first-run', true);
    // Kept from now on: it is shown once.
    settings.change({});
  }
  // Links made before must open again; a first start with no links needs no service yet.
  if (needsServer(links.list(), targets)) {
    thisComputer
      .client()
      .then(() => forgetClosed(links, Date.now()))
      // What `--list` prints is read from the file: it has the address of now from here on.
      .then(() => reach.checkOnce())
      .catch((error) => failures.report(serviceStartFault(error).fault));
  }
  return () => void run({ kind: 'show', asWindow: true });
}
