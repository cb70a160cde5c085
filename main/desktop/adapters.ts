import { homedir } from 'node:os';
import { join } from 'node:path';
import * as electron from 'electron';
import {
  app,
  BrowserWindow,
  clipboard as electronClipboard,
  ipcMain,
  type NativeImage,
  nativeImage,
  safeStorage,
  type Tray,
} from 'electron';
import { mayReadInBackground } from '../clipboard/background-read.ts';
import type { SystemClipboard } from '../clipboard/content.ts';
import type { Failures } from '../failures/failures.ts';
import { createCallLimit, registerCalls } from '../ipc/handle.ts';
import type { Handlers } from '../ipc/handlers.ts';
import type { OpenFile } from '../items/prepare-items.ts';
import type { PiecesOptions } from '../pieces/open-pieces.ts';
import type { KeyStore, Settings } from '../settings/settings.ts';
import type { StopAppDeps } from '../shell/quit.ts';
import type { SettingsFileDeps } from '../shell/settings-file.ts';
import { createSessionClipboard, type SessionClipboard } from './clipboard/session-clipboard.ts';
import { tiffToPng } from './clipboard/tiff-to-png.ts';
import { loadWatch } from './clipboard/watch.ts';
import { type ApplicationHandlers, serveApplication } from './dbus/application-service.ts';
import { SessionBus, sessionBusAddress } from './dbus/session-bus.ts';
import { createFileProofs, type FileProofs } from './files/file-proofs.ts';
import { createJsonFile, type SmallFile } from './files/json-file.ts';
import { openFile, readRange } from './files/open-file.ts';
import { readSettingsFile, writeSettingsFile } from './files/settings-dialog.ts';
import { createKeyStore } from './key-store.ts';
import { createLaunchAtLogin, loginCommand } from './launch-at-login.ts';
import { createNetworkWatch, type NetworkWatch } from './network-watch.ts';
import {
  type AppNotifications,
  type AppNotificationsDeps,
  createAppNotifications,
} from './notifications/app-notifications.ts';
import { openAsInherited, openOwnFile, openWebPage } from './open-external.ts';
import { openAppSettings } from './open-settings.ts';
import type { OpenedUrls } from './opened-urls.ts';
import { idleSeconds, onResume, onWake } from './power.ts';
import { onQuit } from './quit.ts';
import { createMemoryRelease } from './release-memory.ts';
import { sessionOf } from './session.ts';
import { type AppShortcuts, createShortcutKeys, type ShortcutKeysDeps } from './shortcut-keys.ts';
import { syncLaunchAtLogin } from './sync-launch-at-login.ts';
import type { TrayState } from './tray-icon-file.ts';
import { handleUncaughtErrors } from './uncaught-errors.ts';
import { createUpdater } from './updater.ts';
import { createViews, type Views, type ViewsDeps } from './views.ts';
import { previewImage, squareThumbnailOf } from './window/thumbnail.ts';
import { openX11Selection } from './x11/selection.ts';
import { ownX11Clipboard } from './x11/selection-owner.ts';

export type { AppNotifications, Views };

/** Calls of the windows within a second. */
const MAX_CALLS = 50;

export interface AdaptersOptions {
  readonly tray: Tray;
  readonly icons: (state: TrayState) => NativeImage;
  /** The command line chose the profile's folder. */
  readonly isChosenFolder: boolean;
  readonly openedUrls: OpenedUrls;
}

export interface Adapters {
  /** The profile's folder. */
  readonly userData: string;
  readonly appVersion: string;
  readonly electronVersion: string;
  readonly env: PiecesOptions['env'];
  readonly places: PiecesOptions['places'];
  /** The user's own locales, best first. */
  readonly systemLocales: () => readonly string[];
  /** Whether the system knows an app for `pieces://`. */
  readonly hasPiecesHandler: () => boolean;
  /** The clipboard itself; modules use the one of `trackOwnWrites`, which knows the app's writes. */
  readonly systemClipboard: SystemClipboard;
  /** How this desktop gives access to the clipboard; with `focus-only` sharing needs the window. */
  readonly clipboardAccess: SessionClipboard['access'];
  /** Whether the clipboard may be read when nobody asked for it. */
  readonly mayReadClipboard: boolean;
  /** Has what the app copied outlive it, where possible. */
  readonly handOverClipboard: StopAppDeps['handOverClipboard'];
  readonly secrets: KeyStore;
  readonly network: NetworkWatch;
  readonly onResume: typeof onResume;
  readonly onWake: typeof onWake;
  readonly idleSeconds: typeof idleSeconds;
  readonly openFile: OpenFile;
  readonly readRange: typeof readRange;
  /** A small file in the profile's folder. */
  readonly smallFile: (name: string) => SmallFile;
  readonly fileProofs: FileProofs;
  readonly settingsFiles: Pick<SettingsFileDeps, 'read' | 'write'>;
  readonly openWebPage: typeof openWebPage;
  readonly openAsInherited: typeof openAsInherited;
  readonly openOwnFile: typeof openOwnFile;
  readonly openSettings: (
    failures: Failures,
  ) => Promise<{ readonly settings: Settings; readonly isFirstStart: boolean }>;
  /** @param onProblem the system refused a change */
  readonly syncLaunchAtLogin: (settings: Settings, onProblem: () => void) => void;
  readonly createNotifications: (deps: Omit<AppNotificationsDeps, 'bus'>) => AppNotifications;
  readonly createShortcuts: (deps: Omit<ShortcutKeysDeps, 'bus'>) => AppShortcuts;
  /** Offers the app to the desktop and to bound commands (Linux). */
  readonly serveApplication: (handlers: ApplicationHandlers) => void;
  readonly createViews: (deps: Omit<ViewsDeps, 'tray' | 'icons'>) => Views;
  readonly thumbnailOf: typeof squareThumbnailOf;
  readonly previewImage: typeof previewImage;
  /** Has the pages of the windows make these calls. */
  readonly registerCalls: (handlers: Handlers, callerOf: Views['callerOf']) => void;
  /** Call it after a burst of work. */
  readonly releaseMemory: () => void;
  readonly onUncaughtError: (listener: () => void) => void;
  /** The user activated the app in the system (macOS). */
  readonly onActivate: (listener: () => void) => void;
  /** A URL of our scheme was opened (macOS). */
  readonly onOpenUrl: (listener: (url: string) => void) => void;
  /** Absent: this installation can't be updated. */
  readonly createUpdater: typeof createUpdater;
  readonly quit: () => void;
  readonly onQuit: typeof onQuit;
}

/** All that the app uses of Electron and the operating system. */
export function createAdapters(options: AdaptersOptions): Adapters {
  const { tray, icons, isChosenFolder, openedUrls } = options;
  const userData = app.getPath('userData');
  const secrets = createKeyStore(safeStorage);
  const bus = new SessionBus(sessionBusAddress(process.env));
  const {
    clipboard,
    access: clipboardAccess,
    handOver: handOverClipboard,
  } = openSessionClipboard();
  return {
    userData,
    appVersion: app.getVersion(),
    electronVersion: process.versions.electron,
    env: process.env,
    places: {
      platform: process.platform,
      home: homedir(),
      documents: app.getPath('documents'),
      ...(process.env.LOCALAPPDATA === undefined ? {} : { localAppData: process.env.LOCALAPPDATA }),
    },
    systemLocales: (): readonly string[] => [...app.getPreferredSystemLanguages(), app.getLocale()],
    hasPiecesHandler: () => app.getApplicationNameForProtocol('pieces://') !== '',
    systemClipboard: clipboard,
    clipboardAccess,
    mayReadClipboard: mayReadInBackground(process.platform, process.getSystemVersion()),
    handOverClipboard,
    secrets,
    network: createNetworkWatch({ onEvents: onResume }),
    onResume,
    onWake,
    idleSeconds,
    openFile,
    readRange,
    smallFile: (name: string) => createJsonFile(join(userData, name)),
    fileProofs: createFileProofs(),
    settingsFiles: { read: readSettingsFile, write: writeSettingsFile },
    openWebPage,
    openAsInherited,
    openOwnFile,
    openSettings: (failures: Failures) =>
      openAppSettings({ folder: userData, isChosenFolder, secrets, failures }),
    syncLaunchAtLogin: (settings: Settings, onProblem: () => void) =>
      syncLaunchAtLogin(settings, launchAtLogin(), onProblem),
    createNotifications: (deps: Omit<AppNotificationsDeps, 'bus'>) =>
      createAppNotifications({ ...deps, bus }),
    createShortcuts: (deps: Omit<ShortcutKeysDeps, 'bus'>) => createShortcutKeys({ ...deps, bus }),
    serveApplication(handlers: ApplicationHandlers) {
      if (process.platform === 'linux') void serveApplication(bus, handlers);
    },
    createViews: (deps: Omit<ViewsDeps, 'tray' | 'icons'>) => createViews({ ...deps, tray, icons }),
    thumbnailOf: squareThumbnailOf,
    previewImage,
    registerCalls: (handlers: Handlers, callerOf: Views['callerOf']) =>
      registerCalls(
        ipcMain,
        handlers,
        callerOf,
        createCallLimit(MAX_CALLS, () => performance.now()),
      ),
    releaseMemory: createMemoryRelease(),
    onUncaughtError: handleUncaughtErrors,
    onOpenUrl: openedUrls.listen,
    onActivate: (listener: () => void) => void app.on('activate', listener),
    createUpdater,
    quit: () => app.quit(),
    onQuit,
  };
}

function openSessionClipboard(): SessionClipboard {
  return createSessionClipboard({
    session: sessionOf(process.platform, process.env),
    env: process.env,
    clipboard: electronClipboard,
    // Missing before Electron 44, where importing it by name would not even load.
    ...('ClipboardItem' in electron ? { ClipboardItem: electron.ClipboardItem } : {}),
    nativeImage,
    platform: process.platform,
    openX11: openX11Selection,
    ownX11: ownX11Clipboard,
    hasFocus: () => BrowserWindow.getFocusedWindow() !== null,
    toPng: tiffToPng,
    loadWatch: () => loadWatch(process.platform),
  });
}

function launchAtLogin() {
  return createLaunchAtLogin({
    app,
    platform: process.platform,
    command: loginCommand(app),
    configFolder: process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'),
  });
}
