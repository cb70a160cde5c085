import { join } from 'node:path';
import { app, Menu, type NativeImage, nativeImage, nativeTheme, Tray } from 'electron';
import { type TrayState, trayIconFile } from './tray-icon-file.ts';

function iconPath(state: TrayState): string {
  const file = trayIconFile(state, {
    platform: process.platform,
    desktop: process.env.XDG_CURRENT_DESKTOP,
    isDark: nativeTheme.shouldUseDarkColors,
  });
  return join(app.getAppPath(), 'assets', 'tray', file);
}

/** Reads an icon from disk once per state and theme. */
export function createIconSource(): (state: TrayState) => NativeImage {
  const cache = new Map<string, NativeImage>();
  return (state) => {
    const path = iconPath(state);
    let image = cache.get(path);
    if (image === undefined) {
      image = nativeImage.createFromPath(path);
      cache.set(path, image);
    }
    return image;
  };
}

/** Puts the icon into the tray: the first thing the app does, before anything else is loaded. */
export function createTrayIcon(icons: (state: TrayState) => NativeImage): Tray {
  const tray = new Tray(icons('idle'));
  tray.setToolTip('Linkify Tray');
  // A panel asks an icon for its menu once, when it appears: there must be one from the start.
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Starting…', enabled: false },
      { label: 'Quit Linkify Tray', click: () => app.quit() },
    ]),
  );
  return tray;
}
