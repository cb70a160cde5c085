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
import { rememberOwnWrites } from './clipboard/own-writes.ts';
import { createGiveBack } from './clipboard/restore-clipboard.ts';
import { composeClips } from './compose-clips.ts';
import { composeLinks } from './compose-links.ts';
import { composeNotifications } from './compose-notifications.ts';
import { composeOutbox } from './compose-outbox.ts';
import { composeStores } from './compose-stores.ts';
import { composeViews } from './compose-views.ts';
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
import { followLaunchAtLogin } from './desktop/follow-launch-at-login.ts';
import { isForeignProfile } from './desktop/known-profiles.ts';
import { createLaunchAtLogin, loginCommand } from './desktop/launch-at-login.ts';
import { openAsInherited, openWebPage } from './desktop/open-external.ts';
import { idleSeconds, onResume } from './desktop/power.ts';
import { createMemoryKeeper } from './desktop/release-memory.ts';
import type { TrayState } from './desktop/tray-icon.ts';
import { catchTheRest } from './desktop/uncaught-errors.ts';
import { askToConfirm } from './desktop/window/confirm.ts';
import { POPOVER_ORIGIN } from './desktop/window/page.ts';
import { handOverX11Clipboard } from './desktop/x11/clipboard-handover.ts';
import { openX11Selection, readsByX11 } from './desktop/x11/selection.ts';
import { ownX11Clipboard } from './desktop/x11/selection-owner.ts';
import { advise } from './failures/describe-failure.ts';
import { type SharingFault, serviceStartFault } from './failures/faults.ts';
import { createLiveWords, localesFor } from './i18n/locale.ts';
import { createCallLimit, createHandle } from './ipc/handle.ts';
import { registerHandlers } from './ipc/handlers.ts';
import { isTrustedSender } from './ipc/trusted-sender.ts';
import { createChangeExpiry } from './links/change-expiration.ts';
import { createWriteLink } from './links/copy-link.ts';
import { createFindOwnLink } from './links/find-own-link.ts';
import { forgetClosed, needsServer } from './links/needs-server.ts';
import { createRenameLink } from './links/rename-link.ts';
import { createScanAhead } from './secrets/scan-ahead.ts';
import { createSecretFinder } from './secrets/scanner.ts';
import { createCheckLocation } from './sharing/check-geotags.ts';
import { createCheckSecrets } from './sharing/check-secrets.ts';
import { createSharer } from './sharing/share.ts';
import { createLateActivity } from './sharing/share-progress.ts';
import { createActions } from './shell/actions.ts';
import { createPreferences } from './shell/apply-settings.ts';
import { createCommandRunner } from './shell/command-runner.ts';
import { oneAtATime } from './shell/confirmation.ts';
import { createConfirmed } from './shell/confirmed-calls.ts';
import { clipboardLostNotice } from './shell/notices.ts';
import { createRecover } from './shell/recovery-actions.ts';
import { createRunRecovery } from './shell/recovery-progress.ts';
import { createSettingsFile } from './shell/settings-file.ts';
import { createStillWorking } from './shell/slow-share-notice.ts';
import { createAppModel, initialState } from './state/app-state.ts';
import { createShowService } from './state/show-service.ts';
import { openTargets } from './targets/open-targets.ts';

export interface StartNeeds {
  readonly tray: Tray;
  readonly icons: (state: TrayState) => NativeImage;
  readonly options: Options;
}

/** In the default folder, whichever one is in use. */
const knownProfiles = (): string => join(app.getPath('appData'), app.getName(), 'known-profiles');

/**
 * Builds each part and connects them.
 * @returns what a later start of the app does: it shows the running one
 */
export async function start({ tray, icons, options }: StartNeeds): Promise<() => void> {
  const model = createAppModel(initialState());
  const userData = app.getPath('userData');

  // What goes wrong before the parts are connected is told once they are.
  const early: SharingFault[] = [];
  let tell = (fault: SharingFault | undefined): void => {
    if (fault !== undefined) early.push(fault);
  };

  catchTheRest(() => tell({ kind: 'internal' }));
  const giveBackMemory = createMemoryKeeper();

  const { settings, links, secrets, neverStarted } = await composeStores({
    userData,
    isForeign: options.userDataDir !== undefined && isForeignProfile(userData, knownProfiles()),
    safeStorage,
    tell: (fault) => tell(fault),
  });

  const notifications = composeNotifications({
    settings,
    model,
    run: (command) => run(command),
  });
  const { notify, notifyAlways, withdraw, dismissMissed } = notifications;
  const words = createLiveWords();
  const systemLocales = (): readonly string[] => [
    ...app.getPreferredSystemLanguages(),
    app.getLocale(),
  ];
  await words.use(localesFor(settings.values().language, systemLocales()));

  const systemClipboard = createSystemClipboard({
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
  const clipboard = rememberOwnWrites(systemClipboard);
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
  const linkCare = composeLinks({
    model,
    settings,
    links,
    targets,
    words,
    writeText: (text) => clipboard.write({ kind: 'text', text }),
    notify: notifyAlways,
  });
  const { address, reach } = linkCare;
  const showService = createShowService({ model, targets, words });
  const scan = createScanAhead(
    createSecretFinder({ workerUrl: new URL('./scan-secrets-worker.js', import.meta.url) }),
  );
  const outbox = composeOutbox({
    userData,
    secrets,
    targets,
    links,
    clipboard,
    writeLink,
    settings,
    model,
    words,
    notify,
    withdraw,
    actions: () => actions,
    network: linkCare.network,
    tell: (fault) => tell(fault),
  });
  const sharer = createSharer({
    clipboard,
    writeLink,
    openFile,
    findOwnLink,
    words,
    checkSecrets: createCheckSecrets({
      find: scan.find,
      allowedKinds: () => settings.values().allowedSecretKinds,
    }),
    checkLocation: createCheckLocation({
      readRange,
      choice: () => settings.values().locationData,
    }),
    outgoing: outbox.outgoing,
    unfinished: outbox.unfinished,
    onActivity: createLateActivity(
      createStillWorking({
        show: (activity) => model.update({ activity }),
        notify,
        withdraw,
        words,
      }),
      () => performance.now(),
    ),
    now: Date.now,
  });
  const giveBack = createGiveBack(clipboard);
  const actions = createActions({
    model,
    sharer,
    links,
    targets,
    clipboard,
    writeLink,
    giveBack,
    notify,
    withdraw,
    allowSecretKinds: (kinds) => {
      for (const kind of kinds) settings.allowSecretKind(kind, true);
      preferences.apply();
    },
    rememberLocation(locationData) {
      settings.change({ locationData });
      preferences.apply();
    },
    seen: linkCare.opens.seen,
    now: Date.now,
    openExternal: async (link) => openWebPage(await thisComputer.localLink(link)),
    current: address.current,
    proofs: linkCare.proofs,
    isPiecesInstalled: () => targets.pieces.isInstalled,
    advise,
    words,
    waits: { onFailed: outbox.waiting.onFailed, ...outbox.revokes },
  });
  linkCare.events.on('changed', actions.refreshLinks);
  // What can be done with a link follows from what its server has said by now.
  targets.events.on('status', actions.refreshLinks);
  thisComputer.events.on('port', (news) => {
    if (news.kind === 'taken') actions.fail({ kind: 'links-port-taken', port: news.usual });
    else actions.solved('links-port-taken');
  });
  const { clips, shortcuts, stop } = composeClips({
    clipboard,
    model,
    words,
    settings,
    scan,
    actions,
    notify,
    findOwnLink,
    run: (command) => run(command),
    warmUp: () => targets.warmUp(),
  });
  const preferences = createPreferences({
    model,
    settings,
    shortcuts,
    clips,
    targets,
    words,
    systemLocales,
    onLanguage: () => actions.sayAnew(),
    fail: actions.fail,
    describe: actions.describe,
    showService: () => showService.refresh(),
    applyReach: () => thisComputer.applyReach().then(reach.lookNow),
    applyQuota: () => void linkCare.storage.apply(),
    applyAddress: () => {
      void linkCare.addresses.apply().then(reach.look);
      void thisComputer.applyHostNames();
    },
  });
  const { popover, feed, showTray } = composeViews({
    tray,
    icons,
    model,
    words,
    settings,
    clips,
    actions,
    run: (command) => run(command),
    onShown() {
      outbox.wake('perhaps');
      linkCare.catchUp();
    },
    onHidden() {
      model.update({ focusLinkId: null });
      dismissMissed();
      // Whoever was recording keys is gone.
      shortcuts.hold(false);
    },
    onGivenUp: giveBackMemory,
  });
  const recover = createRecover({
    actions,
    failure: () => model.get().failure,
    dismissMissed,
    targets,
    waiting: createRunRecovery({
      onProgress: (progress) => showService.waitsFor(progress),
      now: () => performance.now(),
    }),
    kept: outbox.waiting,
    useBuiltIn: () => preferences.useBuiltIn(),
    showPreferences: () => popover.show('preferences'),
    showQuestion: () => {
      // A share in between may have taken the question away.
      showService.refresh();
      popover.show('links');
    },
    async startPieces(signal) {
      await openAsInherited('pieces://launch');
      await targets.pieces.awaitStart(signal);
    },
    getPieces: () => openWebPage('https://pieces.app/'),
  });
  const run = createCommandRunner({
    actions,
    recover,
    model,
    popover,
    preferences,
    clips,
    findOwnLink,
    waiting: outbox.waiting,
    now: Date.now,
    quit: () => app.quit(),
  });

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
    apply() {
      preferences.apply();
      return settings.view();
    },
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
    () => tell({ kind: 'login-not-changed' }),
  );

  registerHandlers(
    createHandle({
      ipcMain,
      isTrusted: (event) => isTrustedSender(event, popover.contents(), POPOVER_ORIGIN),
      mayCall: createCallLimit(50, () => performance.now()),
    }),
    {
      actions,
      confirmed: createConfirmed({
        model,
        actions,
        answer: async (id, choice, remember) =>
          showService.answer(id, choice) ?? actions.answer(id, choice, remember),
        change: preferences.change,
        settings: settings.values,
        files: createFileProofs(),
        confirm,
        words,
      }),
      waiting: outbox.waiting,
      clips,
      state: () => feed.whole(model.get()),
      reach: reach.act,
      rename: createRenameLink({ links, targets, actions }),
      changeExpiry: createChangeExpiry({ links, targets, actions, now: Date.now }),
      recover,
      async testShortcut() {
        const fault = await shortcuts.test();
        return fault === undefined
          ? { ok: true, value: null }
          : { ok: false, failure: actions.describe(fault) };
      },
      holdShortcuts: shortcuts.hold,
      settingsFile,
      popover,
    },
  );

  actions.refreshLinks();
  outbox.start();
  preferences.apply();
  giveBackMemory();
  showTray();
  const stopListening = listenForCommands(userData, async (input) => {
    const parsed = parseCommandLine(input);
    if (!parsed.ok) return { code: 2, error: parsed.sentence };
    const answer = run.action(parsed.options.action);
    return parsed.options.noWait === true ? { code: 0 } : answer;
  });
  app.on('activate', () => run({ kind: 'show', asWindow: true }));
  app.once('before-quit', (event) => {
    event.preventDefault();
    stopListening();
    stop();
    outbox.stop();
    popover.destroy();
    const { sayLast } = notifications.stop();
    const clipboardLeft = leaveClipboard().then((left) => {
      if (left === 'lost') sayLast(clipboardLostNotice(words));
    });
    linkCare.stop();
    const served = outbox.unfinished.quitting().then(() => targets.stop());
    void Promise.allSettled([served, clipboardLeft])
      .then(notifications.settled)
      .finally(() => app.quit());
  });

  /** Elsewhere the system keeps what was copied; on Wayland nobody can be asked. */
  const leaveClipboard = async () =>
    readsByX11(process.platform, process.env) ? handOverX11Clipboard() : 'not-ours';

  tell = (fault) => {
    if (fault !== undefined) actions.fail(fault);
  };
  for (const fault of early) tell(fault);
  outbox.tellLast();

  const { action } = options;
  const isInBackground = action.kind === 'start' && action.background === true;
  if (neverStarted && !isInBackground && links.list().length === 0) {
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
      .then(reach.lookOnce)
      .catch((error) => actions.fail(serviceStartFault(error).fault));
  }
  return () => run({ kind: 'show', asWindow: true });
}
