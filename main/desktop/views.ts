import { EventEmitter } from 'node:events';
import {
  app,
  type IpcMainInvokeEvent,
  Menu,
  type NativeImage,
  nativeTheme,
  type Tray,
} from 'electron';
import type { Clips } from '../clipboard/clips.ts';
import type { Messages } from '../i18n/messages.ts';
import type { CallingPage } from '../ipc/handlers.ts';
import { isTrustedSender } from '../ipc/trusted-sender.ts';
import type { LinkThumbnails } from '../links/link-thumbnails.ts';
import type { Settings } from '../settings/settings.ts';
import type { Sharing } from '../sharing/share.ts';
import type { Command } from '../shell/commands.ts';
import type { Confirm } from '../shell/confirmation.ts';
import type { SettingsFileDeps } from '../shell/settings-file.ts';
import { trayMenu } from '../shell/tray-menu.ts';
import { trayStatus } from '../shell/tray-status.ts';
import type { AppModel } from '../state/app-state.ts';
import { createStateFeed } from '../state/state-feed.ts';
import type { WindowState } from '../state/window-state.ts';
import { applicationMenu } from './application-menu.ts';
import { askForSettingsFile } from './files/settings-dialog.ts';
import { ozoneInUse } from './ozone.ts';
import { sessionOf } from './session.ts';
import { createTrayView } from './tray.ts';
import type { TrayState } from './tray-icon-file.ts';
import { askToConfirm } from './window/confirm.ts';
import { WINDOW_ORIGIN } from './window/page.ts';
import type { PageDeps } from './window/page-window.ts';
import { placingOf } from './window/placement.ts';
import { pointerPlace } from './window/pointer.ts';
import { SettingsWindow } from './window/settings-window.ts';
import { thumbnailOf } from './window/thumbnail.ts';
import { type AppWindow, createAppWindow } from './window/window.ts';

export interface ViewsEvents {
  /** A window was shown, or closed, which frees its memory. */
  shown: [];
  closed: [];
  /** The app window was hidden. */
  hidden: [];
  'settings-closed': [];
}

export interface Views {
  readonly window: AppWindow;
  readonly settingsWindow: SettingsWindow;
  readonly events: EventEmitter<ViewsEvents>;
  /** The page of ours that a call comes from; `undefined`: none. */
  readonly callerOf: (event: IpcMainInvokeEvent) => CallingPage | undefined;
  /** Asks in a dialog of the system, above the window in front. */
  readonly confirm: Confirm;
  readonly askForSettingsFile: SettingsFileDeps['askWhere'];
  /** Paints icon and menu; from then on they follow the state. */
  showTray(): void;
}

export interface ViewsDeps {
  readonly tray: Tray;
  readonly icons: (state: TrayState) => NativeImage;
  readonly model: AppModel;
  readonly windowState: Pick<WindowState, 'isKeptOpen' | 'setFocused' | 'setKeptOpen'>;
  readonly messages: Messages;
  readonly settings: Settings;
  readonly clips: Pick<Clips, 'get'>;
  readonly thumbnails: Pick<LinkThumbnails, 'get'>;
  readonly sharing: Sharing;
  readonly run: (command: Command) => void;
}

/** Tray and windows: they render the state, and follow its changes. */
export function createViews(deps: ViewsDeps): Views {
  const { tray, model, messages, settings, clips, sharing } = deps;
  const events = new EventEmitter<ViewsEvents>();
  const feed = createStateFeed();
  const settingsFeed = createStateFeed();
  const session = sessionOf(process.platform, process.env);
  const page: PageDeps = {
    placing: placingOf(session, ozoneInUse(app.commandLine)),
    pointer: pointerPlace,
    thumbnail(of, id) {
      if (of === 'links') return deps.thumbnails.get(id);
      const content = clips.get(Number(id))?.content;
      return content?.kind === 'image' ? thumbnailOf(content.bytes) : undefined;
    },
    theme: () => settings.values().theme,
  };
  const window = createAppWindow({
    ...page,
    trayBounds: () => tray.getBounds(),
    change: () => feed.change(model.get()),
    state: deps.windowState,
    onShown: () => events.emit('shown'),
    onHidden: () => events.emit('hidden'),
    onDestroyed: () => events.emit('closed'),
  });
  const settingsWindow = new SettingsWindow({
    ...page,
    change: () => settingsFeed.change(model.get()),
    onShown: () => events.emit('shown'),
    onClosed() {
      events.emit('settings-closed');
      events.emit('closed');
    },
  });
  const trayView = createTrayView({
    tray,
    icons: deps.icons,
    run: deps.run,
    drop(dropped) {
      const { kind } = dropped;
      void sharing.share(
        kind === 'text'
          ? { from: 'text', text: dropped.text }
          : { from: 'files', paths: dropped.paths },
      );
    },
  });
  const showTray = (): void => {
    const state = model.get();
    const options = { platform: process.platform, nowMs: Date.now() };
    const menu = trayMenu(state, messages, options);
    trayView.show({ ...trayStatus(state, messages), menu });
  };
  model.subscribe(showTray);
  model.subscribe((state) => {
    window.send();
    settingsWindow.send();
    window.showProgress(state.activity);
  });
  nativeTheme.on('updated', () => trayView.repaint());
  const inFront = (): AppWindow | SettingsWindow =>
    settingsWindow.isFocused() ? settingsWindow : window;
  if (process.platform === 'darwin') followLanguage(deps, () => inFront().hide());
  const callers = [
    { owner: window, feed },
    { owner: settingsWindow, feed: settingsFeed },
  ].map(({ owner, feed }) => ({
    contents: () => owner.contents(),
    page: { state: () => feed.snapshot(model.get()), hide: () => owner.hide() },
  }));
  return {
    window,
    settingsWindow,
    events,
    callerOf: (event) =>
      callers.find(({ contents }) => isTrustedSender(event, contents(), WINDOW_ORIGIN))?.page,
    confirm: (question) => inFront().whileAsking((above) => askToConfirm(question, above)),
    askForSettingsFile: (why) =>
      settingsWindow.whileAsking((above) => askForSettingsFile(why, above)),
    showTray,
  };
}

/** Shows the application menu, in the current language. */
function followLanguage({ model, messages, run }: ViewsDeps, close: () => void): void {
  let shown: string | undefined;
  const show = (): void => {
    if (messages.locale === shown) return;
    shown = messages.locale;
    Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(messages, run, close)));
  };
  show();
  model.subscribe(show);
}
