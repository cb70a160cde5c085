export type TrayState = 'idle' | 'sharing' | 'problem';

export interface TrayIconOptions {
  readonly platform: NodeJS.Platform;
  /** `XDG_CURRENT_DESKTOP`: names of the desktop, separated by colons. */
  readonly desktop: string | undefined;
  /** The theme of windows. */
  readonly isDark: boolean;
}

/** Panels of their own, on desktops that also call themselves GNOME. */
const OTHER_PANEL = /(?:^|:)(?:budgie|gnome-classic|gnome-flashback)(?:$|:)/i;
const GNOME = /(?:^|:)gnome(?:$|:)/i;

/**
 * The icon's file for a state. macOS colors a template image itself, and GNOME's bar is black in
 * every theme. Other panels on Linux don't say how bright they are: there the glyph has an outline
 * of the other brightness. On Windows the theme of apps is the best hint there is of the taskbar.
 */
export function trayIconFile(state: TrayState, options: TrayIconOptions): string {
  const { platform, desktop = '', isDark } = options;
  if (platform === 'darwin') return `${state}Template.png`;
  const shade = isDark ? 'light' : 'dark';
  if (platform === 'win32') return `${state}-${shade}-16.png`;
  const isGnomeBar = GNOME.test(desktop) && !OTHER_PANEL.test(desktop);
  return isGnomeBar ? `${state}-light.png` : `${state}-${shade}-outlined.png`;
}
