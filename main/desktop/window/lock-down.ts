import type { BrowserWindow, WebContents } from 'electron';
import { WINDOW_ORIGIN } from './page.ts';

/** No navigation, no window, no permission, no embedded page: the window shows one page, ours. */
export function lockDown(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  contents.session.setPermissionCheckHandler(() => false);
  contents.session.setDevicePermissionHandler(() => false);
}

/** Destroys a window whose page crashed or left our origin: the next `show` creates another. */
export function destroyWhenBroken(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', () => window.destroy());
  // There is no `will-navigate` for about:blank, which nothing can prevent.
  window.webContents.on('did-navigate', (_event, url) => {
    if (!url.startsWith(`${WINDOW_ORIGIN}/`)) window.destroy();
  });
}
