import { join } from 'node:path';
import { app, BrowserWindow, type Rectangle, screen, type WebContents } from 'electron';
import {
  type ActivityView,
  CHANGED_CHANNEL,
  type SettingsView,
  type StateChange,
} from '../../../preload/contract.ts';
import { POPOVER_ORIGIN, servePopoverPage } from './page.ts';
import { centredPlace, popoverPlace } from './placement.ts';

export type PopoverRoute = 'links' | 'preferences' | 'first-run';

export interface Popover {
  /**
   * @param asWindow as a window of its own: in the taskbar, and there until it is closed; for
   * those who have no tray icon to open it by
   */
  show(route: PopoverRoute, asWindow?: boolean): void;
  /** Shows it, or hides it when it is there: what a click on the tray icon does. */
  toggle(): void;
  hide(): void;
  /** Keeps it there when another window gets the focus, until it is hidden. */
  keepOpen(on: boolean): void;
  /** Keeps it there while a dialog of the system asks for something above it. */
  whileAsking<T>(ask: (above: BrowserWindow | undefined) => Promise<T>): Promise<T>;
  /** Tells the page what changed, if it is there. */
  send(): void;
  /** Shows in the taskbar how far a share is, while its window is there. */
  showProgress(activity: ActivityView | null): void;
  /** The page's own contents: the only one that may call us. */
  contents(): WebContents | undefined;
  destroy(): void;
}

export interface WindowDeps {
  /** Where the pointer is, in device-independent pixels. */
  readonly pointer: () => Promise<{ readonly x: number; readonly y: number }>;
  readonly trayBounds: () => Rectangle;
  /** What changed since it was last asked for; a hidden page is told when it is shown again. */
  readonly change: () => StateChange;
  /** A small picture of something that was copied, as a PNG, for the page that shows it. */
  readonly thumbnail: (clipId: number) => Uint8Array | undefined;
  /** The colours that its page begins with. */
  readonly theme: () => NonNullable<SettingsView['theme']>;
  /** Whether it stays when another window gets the focus has changed. */
  readonly onKeptOpen: (on: boolean) => void;
  /** Called when it has been hidden. */
  readonly onShown: () => void;
  readonly onHidden: () => void;
  /** Called when its window is gone, and its memory free. */
  readonly onGivenUp: () => void;
}

/** As Electron takes it: -1 for none, more than 1 for one of unknown length. */
function progressFraction(activity: ActivityView | null): number {
  if (activity === null) return -1;
  const { sentBytes = 0, totalBytes = 0 } = activity.progress ?? {};
  return totalBytes === 0 ? 2 : Math.floor((sentBytes / totalBytes) * 100) / 100;
}

/** In device-independent pixels. */
const SIZE = { width: 400, height: 600 };

/** A hidden popover gives its memory back after this long, in ms. */
const GIVE_UP_AFTER_MS = 60_000;

/** A click on the tray icon takes the focus first: hidden by that click, it must not come back. */
const JUST_HIDDEN_MS = 250;

/** The popover's window: made when it is first needed, given up when it was hidden for a while. */
export function createPopover({
  pointer,
  trayBounds,
  change,
  thumbnail,
  theme,
  onKeptOpen,
  onShown,
  onHidden,
  onGivenUp,
}: WindowDeps): Popover {
  let window: BrowserWindow | undefined;
  let progress = -1;
  let giveUp: NodeJS.Timeout | undefined;
  let lostFocusAtMs = Number.NEGATIVE_INFINITY;
  let shows = 0;
  let address = '';
  let kept = false;
  let asking = 0;
  let ownWindow = false;

  const hide = (): void => {
    if (window === undefined || !window.isVisible()) return;
    window.hide();
  };

  const keepOpen = (on: boolean): void => {
    if (on === kept) return;
    kept = on;
    onKeptOpen(on);
  };

  /** In the taskbar and not above everything else, or the other way round. */
  const beWindow = (shown: BrowserWindow, asWindow: boolean): void => {
    ownWindow = asWindow;
    shown.setSkipTaskbar(!asWindow);
    shown.setAlwaysOnTop(!asWindow);
  };

  const make = (route: PopoverRoute, asWindow: boolean): BrowserWindow => {
    ownWindow = asWindow;
    const made = new BrowserWindow({
      ...SIZE,
      show: false,
      frame: false,
      resizable: false,
      maximizable: false,
      minimizable: false,
      fullscreenable: false,
      skipTaskbar: !asWindow,
      alwaysOnTop: !asWindow,
      roundedCorners: true,
      title: 'Linkify Tray',
      icon: join(app.getAppPath(), 'assets', 'icon.png'),
      webPreferences: {
        preload: join(app.getAppPath(), 'dist', 'preload', 'index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    });
    lockDown(made.webContents);
    servePopoverPage(
      made.webContents.session,
      join(app.getAppPath(), 'dist', 'renderer'),
      thumbnail,
    );
    made.on('blur', () => {
      // A window that is hidden loses the focus too.
      if (kept || asking > 0 || !made.isVisible()) return;
      lostFocusAtMs = performance.now();
      hide();
    });
    made.on('show', onShown);
    made.on('hide', () => {
      keepOpen(false);
      clearTimeout(giveUp);
      giveUp = setTimeout(() => window?.destroy(), GIVE_UP_AFTER_MS);
      onHidden();
    });
    made.on('closed', () => {
      clearTimeout(giveUp);
      window = undefined;
      onGivenUp();
    });
    // A page that died is made anew the next time; nothing of it was only there.
    made.webContents.on('render-process-gone', () => made.destroy());
    // `will-navigate` does not come for about:blank, which nothing can prevent.
    made.webContents.on('did-navigate', (_event, url) => {
      if (!url.startsWith(`${POPOVER_ORIGIN}/`)) made.destroy();
    });
    // Shown when it has painted: no white flash.
    if (progress !== -1) made.setProgressBar(progress);
    made.once('ready-to-show', () => void place(made, false));
    address = `${POPOVER_ORIGIN}/index.html?theme=${theme()}`;
    void made.loadURL(`${address}#${route}`).catch(() => made.destroy());
    return made;
  };

  /** @param again the page was there before, and starts anew with what is told now */
  const place = async (shown: BrowserWindow, again: boolean): Promise<void> => {
    const tray = trayBounds();
    const cursor = await pointer();
    if (shown.isDestroyed()) return;
    const display = screen.getDisplayNearestPoint(tray.width > 0 ? tray : cursor);
    const { x, y } = ownWindow
      ? centredPlace(SIZE, display.workArea)
      : popoverPlace({ size: SIZE, tray, cursor, display });
    shown.webContents.send(CHANGED_CHANNEL, { ...change(), shown: again });
    shown.setPosition(x, y);
    shown.show();
    shown.focus();
  };

  const show = (route: PopoverRoute, asWindow = false): void => {
    clearTimeout(giveUp);
    if (window === undefined) {
      window = make(route, asWindow);
      if (asWindow) keepOpen(true);
      return;
    }
    if (!window.isVisible()) beWindow(window, asWindow);
    if (asWindow) keepOpen(true);
    // Within the page: only its part after the # changes, each time, for the same address would
    // load the page anew.
    shows += 1;
    void window.loadURL(`${address}#${route}/${shows}`).catch(() => undefined);
    void place(window, true);
  };

  return {
    show,
    toggle() {
      const justHidden = performance.now() - lostFocusAtMs < JUST_HIDDEN_MS;
      if (window?.isVisible()) hide();
      else if (!justHidden) show('links');
    },
    hide,
    keepOpen,
    async whileAsking(ask) {
      asking += 1;
      try {
        // A dialog above a window that is hidden would be hidden with it.
        return await ask(window?.isVisible() ? window : undefined);
      } finally {
        asking -= 1;
        if (window?.isVisible()) window.focus();
      }
    },
    send() {
      if (window?.isVisible()) window.webContents.send(CHANGED_CHANNEL, change());
    },
    showProgress(activity) {
      const fraction = progressFraction(activity);
      if (fraction === progress) return;
      progress = fraction;
      window?.setProgressBar(fraction);
    },
    contents: () => window?.webContents,
    destroy() {
      window?.destroy();
    },
  };
}

/** No navigation, no window, no permission, no embedded page: the popover shows one page, ours. */
function lockDown(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  contents.session.setPermissionCheckHandler(() => false);
  contents.session.setDevicePermissionHandler(() => false);
}
