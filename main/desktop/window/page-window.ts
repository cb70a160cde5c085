import { join } from 'node:path';
import { app, BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import type { SettingsView } from '../../../preload/contract.ts';
import { destroyWhenBroken, lockDown } from './lock-down.ts';
import { type FindThumbnail, serveWindowPage, WINDOW_ORIGIN } from './page.ts';
import type { Placing } from './placement.ts';

/** What each of our windows needs for its page. */
export interface PageDeps {
  readonly placing: Placing;
  /** Where the pointer is, in device-independent pixels. */
  readonly pointer: () => Promise<{ readonly x: number; readonly y: number }>;
  readonly thumbnail: FindThumbnail;
  /** The colors that the page begins with. */
  readonly theme: () => NonNullable<SettingsView['theme']>;
}

/** Creates a hidden window for the renderer, sandboxed and locked down. */
export function createPageWindow(
  options: BrowserWindowConstructorOptions,
  { thumbnail }: Pick<PageDeps, 'thumbnail'>,
): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    show: false,
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
  lockDown(window.webContents);
  const pageFolder = join(app.getAppPath(), 'dist', 'renderer');
  serveWindowPage(window.webContents.session, pageFolder, thumbnail);
  destroyWhenBroken(window);
  return window;
}

/** The page's address without its part after the #, which says what it shows. */
export const pageAddress = (theme: NonNullable<SettingsView['theme']>): string =>
  `${WINDOW_ORIGIN}/index.html?theme=${theme}`;

/** Loads a new window's page; a window that can't load it is destroyed. */
export function loadPage(window: BrowserWindow, address: string): void {
  void window.loadURL(address).catch((error: { readonly code?: string }) => {
    // Shown again before it was loaded, it loads with the newer address.
    if (error.code !== 'ERR_ABORTED') window.destroy();
  });
}

/** Calls back once a new window can be shown, without a white flash where that can be avoided. */
export function whenReady(window: BrowserWindow, placing: Placing, show: () => void): void {
  // On Wayland a hidden window paints nothing, and is never ready (electron/electron#48859). There
  // nothing is on screen either before its first picture.
  if (placing === 'compositor') window.webContents.once('did-finish-load', show);
  else window.once('ready-to-show', show);
}

/**
 * Whether a window has to be hidden to come in front when it is shown: on Wayland a window that is
 * there can't ask for the focus, while a new one gets it.
 */
export function isStuckBehind(window: BrowserWindow, placing: Placing): boolean {
  return placing === 'compositor' && window.isVisible() && !window.isFocused();
}
