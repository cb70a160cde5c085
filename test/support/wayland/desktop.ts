import * as v from 'valibot';
import type { AppCommand } from '../app.ts';
import type { Programs } from '../desktop/programs.ts';
import { waitFor } from '../desktop/wait-for.ts';
import type { Desktop } from '../desktop.ts';

/** A Wayland session without a screen, for tests: what a `Desktop` can do, and more. */
export interface WaylandDesktop extends Desktop {
  /** Such as `sway` or `GNOME 43`. */
  readonly name: string;
  /** Starts the app; the same as `linkify-tray` in the session's PATH. */
  readonly command: AppCommand;
  /** The profile folder that this command uses. */
  readonly profile: string;
  /** All windows that are on screen. */
  windows(): Promise<readonly DesktopWindow[]>;
  /** Clicks the only icon in the tray with the mouse. */
  clickTrayIcon(): Promise<void>;
  /** Opens a window of another program, and waits until it has the focus. */
  focusOther(): Promise<void>;
  /**
   * Waits until the desktop has bound the shortcuts that the app asked the portal for. Where a command
   * is bound to the key instead, that is there from the beginning.
   */
  untilShortcutsBound(): Promise<void>;
}

/** Windows as a compositor describes them; places and sizes in pixels. */
export const Windows = v.array(
  v.object({
    title: v.string(),
    isFocused: v.boolean(),
    isXWayland: v.boolean(),
    x: v.number(),
    y: v.number(),
    width: v.number(),
    height: v.number(),
  }),
);

export type DesktopWindow = v.InferOutput<typeof Windows>[number];

/** The size of a session's only screen, in pixels. */
export const SCREEN = { width: 1280, height: 800 } as const;

/** The `--ozone-platform` that the app is started with; `default`: without that switch. */
export type Ozone = 'x11' | 'wayland' | 'default';

/** Opens a window of another program, and waits until it has the focus. */
export async function focusOther(
  programs: Pick<Programs, 'start'>,
  env: Readonly<Record<string, string>>,
  windows: () => Promise<readonly DesktopWindow[]>,
  limitMs?: number,
): Promise<void> {
  programs.start('foot', ['--title=Other', 'sleep', '3600'], env);
  await waitFor(
    'the other window',
    async () => (await windows()).some(({ title, isFocused }) => title === 'Other' && isFocused),
    limitMs,
  );
}
