/** Desktops that need something of their own on Wayland. */
export type WaylandDesktop = 'gnome' | 'kde' | 'sway' | 'other';

/**
 * What the app runs in: an X server, a Wayland compositor (with or without an X server beside it), or
 * a system with one kind of desktop, `native` (Windows, macOS).
 */
export type Session =
  | { readonly kind: 'native' }
  | { readonly kind: 'x11' }
  | { readonly kind: 'wayland'; readonly desktop: WaylandDesktop };

/**
 * The session that these variables describe, whatever Electron draws with (its ozone platform). A
 * session without a display counts as X11: what asks the X server then fails.
 * @see Desktop Entry specification, `OnlyShowIn`, for XDG_CURRENT_DESKTOP: names separated by colons
 */
export function sessionOf(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Session {
  if (platform === 'win32' || platform === 'darwin') return { kind: 'native' };
  if (!env.WAYLAND_DISPLAY && env.XDG_SESSION_TYPE !== 'wayland') return { kind: 'x11' };
  const names = (env.XDG_CURRENT_DESKTOP ?? '').toLowerCase().split(':');
  if (names.includes('gnome')) return { kind: 'wayland', desktop: 'gnome' };
  if (names.includes('kde')) return { kind: 'wayland', desktop: 'kde' };
  // Started from a terminal, sway may set no name.
  const isSway = names.includes('sway') || Boolean(env.SWAYSOCK);
  return { kind: 'wayland', desktop: isSway ? 'sway' : 'other' };
}
