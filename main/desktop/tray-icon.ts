import { join } from 'node:path';
import { app, Menu, type NativeImage, nativeImage, nativeTheme, Tray } from 'electron';

export type TrayState = 'idle' | 'sharing' | 'problem';

/**
 * The icon's file for a state. macOS colours a template image itself; elsewhere the panel's
 * brightness decides, and the system theme is the best hint there is of it.
 */
function iconPath(state: TrayState): string {
  const folder = join(app.getAppPath(), 'assets', 'tray');
  if (process.platform === 'darwin') return join(folder, `${state}Template.png`);
  const shade = nativeTheme.shouldUseDarkColors ? 'light' : 'dark';
  return join(folder, `${state}-${shade}${process.platform === 'win32' ? '-16' : ''}.png`);
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
