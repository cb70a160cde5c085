import { describe, expect, test } from 'vitest';
import { ozoneSwitches, RELAUNCHED, relaunchArguments } from '../../../main/desktop/ozone.ts';
import type { Session } from '../../../main/desktop/session.ts';

const GNOME: Session = { kind: 'wayland', desktop: 'gnome' };
const SWAY: Session = { kind: 'wayland', desktop: 'sway' };
const env = { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' };

describe('the switches in desktop entries', () => {
  test('have GNOME on Wayland run it as an X11 program', () => {
    expect(ozoneSwitches(GNOME, env)).toEqual(['--ozone-platform=x11']);
  });

  test.each<readonly [string, Session, typeof env | { DISPLAY?: string }]>([
    ['GNOME without an X server', GNOME, {}],
    ['sway', SWAY, env],
    ['KDE', { kind: 'wayland', desktop: 'kde' }, env],
    ['X11', { kind: 'x11' }, env],
    ['Windows and macOS', { kind: 'native' }, {}],
  ])('leave the choice to Electron on %s', (_where, session, variables) => {
    expect(ozoneSwitches(session, variables)).toEqual([]);
  });
});

describe('a second start', () => {
  const byHand = {
    session: GNOME,
    env,
    argv: ['/opt/linkify-tray', '--background', '--user-data-dir=/tmp/a b', '--', '-x'],
    switches: [],
    ozone: 'wayland',
  } as const;

  test('has all arguments of the first, after the switch', () => {
    expect(relaunchArguments(byHand)).toEqual([
      '--ozone-platform=x11',
      '--background',
      '--user-data-dir=/tmp/a b',
      '--',
      '-x',
    ]);
  });

  test('is not followed by a third, also where its arguments got lost', () => {
    const switches = relaunchArguments(byHand)?.slice(0, 1) ?? [];
    expect(relaunchArguments({ ...byHand, switches })).toBeUndefined();
    expect(relaunchArguments({ ...byHand, env: { ...env, [RELAUNCHED]: '1' } })).toBeUndefined();
  });

  test.each<readonly [string, Partial<Parameters<typeof relaunchArguments>[0]>]>([
    ['Electron draws with X11 anyway', { ozone: 'x11' }],
    ['the desktop is not GNOME', { session: SWAY }],
    ['there is no X server', { env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['the command line chose', { switches: ['--ozone-platform=wayland'] }],
    ['the command line gave a hint', { switches: ['--lang=de', '--ozone-platform-hint=auto'] }],
    ['the environment chose', { env: { ...env, ELECTRON_OZONE_PLATFORM_HINT: 'wayland' } }],
  ])('is not needed where %s', (_why, differing) => {
    expect(relaunchArguments({ ...byHand, ...differing })).toBeUndefined();
  });
});
