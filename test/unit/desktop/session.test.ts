import { expect, test } from 'vitest';
import { sessionOf } from '../../../main/desktop/session.ts';

const WAYLAND = { WAYLAND_DISPLAY: 'wayland-0' };

test.each([
  [{ DISPLAY: ':0' }, 'darwin', { kind: 'native' }],
  [WAYLAND, 'win32', { kind: 'native' }],
  [{ DISPLAY: ':0' }, 'linux', { kind: 'x11' }],
  [{ DISPLAY: ':0', XDG_CURRENT_DESKTOP: 'GNOME', WAYLAND_DISPLAY: '' }, 'linux', { kind: 'x11' }],
  [{}, 'linux', { kind: 'x11' }],
  [WAYLAND, 'linux', { kind: 'wayland', desktop: 'other' }],
  [{ DISPLAY: ':0', ...WAYLAND }, 'linux', { kind: 'wayland', desktop: 'other' }],
  [{ XDG_SESSION_TYPE: 'wayland' }, 'linux', { kind: 'wayland', desktop: 'other' }],
  [
    { ...WAYLAND, XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' },
    'linux',
    { kind: 'wayland', desktop: 'gnome' },
  ],
  [{ ...WAYLAND, XDG_CURRENT_DESKTOP: 'KDE' }, 'freebsd', { kind: 'wayland', desktop: 'kde' }],
  [{ ...WAYLAND, XDG_CURRENT_DESKTOP: 'sway' }, 'linux', { kind: 'wayland', desktop: 'sway' }],
  [{ ...WAYLAND, SWAYSOCK: '/run/sway.sock' }, 'linux', { kind: 'wayland', desktop: 'sway' }],
  [{ ...WAYLAND, XDG_CURRENT_DESKTOP: 'Hyprland' }, 'linux', { kind: 'wayland', desktop: 'other' }],
] as const)('%o on %s is the session %o', (env, platform, session) => {
  expect(sessionOf(platform, env)).toEqual(session);
});
