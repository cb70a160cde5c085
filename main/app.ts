import { listenForCommands } from './cli/command-channel.ts';
import type { Options } from './cli/options.ts';
import { readShareUrl } from './cli/share-url.ts';
import { previewOf } from './clipboard/clip-preview.ts';
import type { Adapters, Views } from './desktop/adapters.ts';
import { type AppFoundation, createFoundation } from './foundation.ts';
import { createHandlers } from './ipc/handlers.ts';
import { serveLinks } from './links/needs-server.ts';
import {
  type Core,
  connectModules,
  createCore,
  createUserInterface,
  type UserInterface,
} from './modules.ts';
import { announceLastShare } from './shell/announce.ts';
import { applySettings } from './shell/apply-settings.ts';
import { SHORTCUT_COMMANDS } from './shell/commands.ts';
import { openWindowForShares } from './shell/focused-share.ts';
import { stopApp } from './shell/quit.ts';
import { createShell, type Shell } from './shell/shell.ts';

/** All modules of the app, the lower ones first. */
interface App {
  readonly foundation: AppFoundation;
  readonly core: Core;
  readonly ui: UserInterface;
  /** Tray and window. */
  readonly views: Views;
  readonly shell: Shell;
}

/**
 * Creates the modules, the lower ones first, connects them and starts them.
 * @param desktop all that they use of Electron and the operating system
 * @returns what a later start of the app does: it shows the running one
 */
export async function startApp(desktop: Adapters, options: Options): Promise<() => void> {
  const foundation = await createFoundation(desktop, options);
  const core = createCore(desktop, foundation);
  const ui = createUserInterface(foundation, core);
  const views = createViews(desktop, foundation, core, ui);
  const shell = createAppShell(desktop, foundation, core, ui, views);
  const app = { foundation, core, ui, views, shell };
  connectModules(foundation, core, ui);
  connectUser(desktop, app);
  connectWindow(desktop, app);
  start(desktop, options, app);
  connectBus(desktop, app);
  return () => foundation.run({ kind: 'show', asWindow: true });
}

function createViews(
  desktop: Adapters,
  foundation: AppFoundation,
  core: Core,
  ui: UserInterface,
): Views {
  const { messages, run, settings, stops, thumbnails, windowState } = foundation;
  const { clips, sharing } = core;
  const { model } = ui;
  const views = desktop.createViews({
    model,
    windowState,
    messages,
    settings,
    clips,
    thumbnails,
    sharing,
    run,
  });
  stops.push(() => {
    views.window.destroy();
    views.settingsWindow.destroy();
  });
  return views;
}

function createAppShell(
  desktop: Adapters,
  foundation: AppFoundation,
  core: Core,
  ui: UserInterface,
  views: Views,
): Shell {
  return createShell({
    actions: ui.actions,
    links: foundation.links,
    findOwnLink: core.findOwnLink,
    sharing: core.sharing,
    outbox: core.outbox,
    questions: foundation.questions,
    failures: foundation.failures,
    settings: foundation.settings,
    shortcuts: foundation.shortcuts,
    targets: foundation.targets,
    recovery: ui.recovery,
    clips: core.clips,
    model: ui.model,
    updates: core.updates,
    windowState: foundation.windowState,
    window: views.window,
    showSettings: (tab) => views.settingsWindow.show(tab),
    confirm: views.confirm,
    askForSettingsFile: views.askForSettingsFile,
    settingsFiles: desktop.settingsFiles,
    fileProofs: desktop.fileProofs,
    askOwner: ui.askOwner,
    dismissMissed: foundation.notifications.dismissMissed,
    openWebPage: desktop.openWebPage,
    openAsInherited: desktop.openAsInherited,
    quit: desktop.quit,
    appVersion: desktop.appVersion,
    messages: foundation.messages,
  });
}

/** What the user does outside the window: each becomes a command. */
function connectUser(desktop: Adapters, { foundation, shell }: App): void {
  const { commands, run, shortcuts, stops } = foundation;
  commands.on('command', shell.runner.run);
  shortcuts.on('pressed', (name) => run(SHORTCUT_COMMANDS[name]));
  desktop.onActivate(() => run({ kind: 'show', asWindow: true }));
  desktop.onOpenUrl((url) => {
    const shared = readShareUrl(url);
    if (shared.ok) void shell.clientCommands.shareText(shared.text);
  });
  const stopListening = listenForCommands(desktop.userData, desktop.appVersion, (received) => {
    // Keys of the desktop may run this command: it proves the shortcut as a press of it does.
    const isTest = received.command.kind === 'share-clipboard' && shortcuts.endTest();
    return isTest ? Promise.resolve({ code: 0 }) : shell.clientCommands.run(received);
  });
  stops.push(stopListening);
}

/** What desktops and bound commands ask for over D-Bus. It comes last: no start waits for the bus. */
function connectBus(desktop: Adapters, { foundation, ui }: App): void {
  const { onShortcutCommand, run } = foundation;
  desktop.serveApplication({
    activate: () => run({ kind: 'show', asWindow: true }),
    open: (paths) => void ui.actions.share({ from: 'files', paths }),
    action(name) {
      switch (name) {
        case 'share-clipboard':
          return onShortcutCommand();
        case 'open':
          return run({ kind: 'show', asWindow: true });
        case 'settings':
          return run({ kind: 'show-settings' });
      }
    },
  });
}

/** What the window asks for, and what follows when it is shown and hidden. */
function connectWindow(desktop: Adapters, { foundation, core, ui, views, shell }: App): void {
  const { failures, notifications, questions, shortcuts, windowState } = foundation;
  const { clips, outbox, sharing, thisComputerLinks } = core;
  const { confirmed, recover, settingsActions, settingsFile, updateActions } = shell;
  const { settingsWindow, window } = views;
  const { reach } = thisComputerLinks;
  const handlers = createHandlers({
    actions: ui.actions,
    clips,
    previewOf: (content) => previewOf(content, desktop.previewImage),
    reach,
    recover,
    confirmed,
    settingsActions,
    shortcuts,
    copyText: core.copyText,
    copyPassword: core.copyPassword,
    settingsFile,
    updateActions,
    window,
    showSettings: (tab) => settingsWindow.show(tab),
    about: { version: desktop.appVersion, electron: desktop.electronVersion },
    openOwnFile: desktop.openOwnFile,
  });
  desktop.registerCalls(handlers, views.callerOf);
  /** The page that recorded or tested a shortcut is gone. */
  const endShortcutSetUp = (): void => {
    shortcuts.hold(false);
    shortcuts.stopTest();
  };
  openWindowForShares({ questions, sharing, failures, window });
  views.events.on('shown', () => {
    outbox.wake('maybe');
    thisComputerLinks.refresh();
  });
  views.events.on('hidden', () => {
    windowState.focus(null);
    notifications.dismissMissed();
    endShortcutSetUp();
  });
  views.events.on('settings-closed', endShortcutSetUp);
  views.events.on('closed', desktop.releaseMemory);
}

/** Starts what runs without being asked, and prepares the end. */
function start(desktop: Adapters, { action }: Options, { foundation, core, ui, views }: App): void {
  const { failures, links, messages, notifications, settings, shortcuts, targets } = foundation;
  const { clips, thisComputerLinks, updates } = core;
  const { systemLocales } = desktop;
  const { model } = ui;
  desktop.syncLaunchAtLogin(settings, () => failures.report({ kind: 'login-not-changed' }));
  core.outbox.start();
  desktop.clipboardAccess().then(
    (access) => access === 'focus-only' && clips.needFocus(),
    // The clipboard's first use fails in the same way, and says so.
    () => undefined,
  );
  applySettings({
    settings,
    targets,
    thisComputerLinks,
    shortcuts,
    clips,
    messages,
    systemLocales,
    model,
    failures,
  });
  desktop.releaseMemory();
  views.showTray();
  desktop.onQuit(() =>
    stopApp({
      stops: foundation.stops,
      notifications,
      handOverClipboard: desktop.handOverClipboard,
      database: foundation.database,
      messages,
    }).finally(() => updates.installPrepared()),
  );
  announceLastShare(core.lastShare, { links, failures, notifications, messages });
  const isInBackground = action.kind === 'start' && action.background === true;
  if (foundation.isFirstStart && !isInBackground && links.list().length === 0) {
    views.window.show('first-run', true);
    // On disk from now on: it is shown once.
    settings.change({});
  }
  updates.start();
  serveLinks({ links, targets, reach: thisComputerLinks.reach, failures });
}
