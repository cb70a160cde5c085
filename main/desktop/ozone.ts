import type { CommandLine } from 'electron';
import type { Session } from './session.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const X11_SWITCH = '--ozone-platform=x11';

/**
 * Set for the second start of `relaunchArguments`, so that there is no third one where a wrapper
 * script drops its arguments.
 */
export const RELAUNCHED = 'LINKIFY_TRAY_RELAUNCHED';

/**
 * What Electron draws with on Linux. It adds its choice to its own command line; before 38 it draws
 * with X11 without adding that.
 */
export function ozoneInUse(commandLine: Pick<CommandLine, 'getSwitchValue'>): 'x11' | 'wayland' {
  return commandLine.getSwitchValue('ozone-platform') === 'wayland' ? 'wayland' : 'x11';
}

/**
 * The switches that the app is started with, for `Exec` of a desktop entry. Chromium chooses what it
 * draws with (its ozone platform) before our first line runs, so a switch that is set later has no
 * effect.
 *
 * GNOME's compositor gives a program without focus nothing of the clipboard, but its X server does,
 * and there the window can be placed. Everywhere else Electron's own choice is best.
 */
export function ozoneSwitches(session: Session, env: Environment): readonly string[] {
  const isGnome = session.kind === 'wayland' && session.desktop === 'gnome';
  return isGnome && env.DISPLAY ? [X11_SWITCH] : [];
}

export interface RelaunchOptions {
  readonly session: Session;
  readonly env: Environment;
  /** As the process got it: the program first. */
  readonly argv: readonly string[];
  /** Those of its arguments that are for Chromium and Electron. */
  readonly switches: readonly string[];
  readonly ozone: ReturnType<typeof ozoneInUse>;
}

/**
 * The arguments of a second start, when this one lacks the switches of `ozoneSwitches`: someone
 * started the program by hand, and Electron (since 38) draws with Wayland by itself. `undefined`:
 * it can go on.
 */
export function relaunchArguments(options: RelaunchOptions): readonly string[] | undefined {
  const { session, env, argv, switches, ozone } = options;
  const wanted = ozoneSwitches(session, env);
  if (wanted.length === 0 || ozone !== 'wayland') return undefined;
  const isChosen =
    Boolean(env.ELECTRON_OZONE_PLATFORM_HINT) ||
    switches.some((given) => /^--ozone-platform(?:-hint)?(?:=|$)/.test(given));
  if (isChosen || env[RELAUNCHED] !== undefined) return undefined;
  // First: after `--` they would be file names.
  return [...wanted, ...argv.slice(1)];
}
