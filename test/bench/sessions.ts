import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { boundCommand } from '../../main/desktop/shortcuts/bound-command.ts';
import { appCommand, launchApp } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import type { Desktop } from '../support/desktop.ts';
import { ensureRoot, rootProblem } from '../support/wayland/debian-root.ts';
import type { WaylandDesktop } from '../support/wayland/desktop.ts';
import { GNOME_43, startGnome } from '../support/wayland/gnome.ts';
import { swayProblem } from '../support/wayland/sway.ts';
import { SWAY_PACKAGES, startSwayDesktop } from '../support/wayland/sway-desktop.ts';
import { round, type Summary, summarise } from './statistics.ts';
import { type ClipboardProbe, createClipboardProbe, openXProbe } from './x-probe.ts';

export interface SessionsPlan {
  /** Presses in each session. */
  readonly presses: number;
  /** From a copy to the press, in ms. */
  readonly gapMs: number;
}

export interface SessionsResult {
  readonly session: string;
  /** Press to link, in ms. */
  readonly app: Summary;
  /** The median over the one of X11. */
  readonly overX11: number;
}

const LIMIT_MS = 10_000;

/** What Settings tells users to bind to keys where the desktop has no portal. */
const COMMAND = boundCommand('linkify-tray --share-clipboard', true);

/** A session in which the app is measured. */
interface Measured {
  readonly desktop: Desktop | WaylandDesktop;
  readonly probe: ClipboardProbe;
  /** What a press of the shortcut does; on Wayland it is the compositor that runs the command. */
  press(): void;
  close(): Promise<void>;
}

/**
 * Press to link for a text of 1 KB on X11, GNOME and sway, one after the other. On Wayland the time starts when
 * the compositor would start the bound command.
 */
export async function measureSessions(
  x11: Desktop,
  plan: SessionsPlan,
): Promise<readonly SessionsResult[]> {
  const sessions: (readonly [string, Summary])[] = [];
  for (const [name, open] of await sessionsOf(x11)) {
    console.error(`Session: ${name} ...`);
    sessions.push([name, summarise(await pressIn(await open(), plan))]);
  }
  const [, x11Summary] = sessions[0] ?? [];
  return sessions.map(([session, app]) => ({
    session,
    app,
    overX11: round(app.median / (x11Summary?.median ?? Number.NaN)),
  }));
}

type Opened = readonly [name: string, open: () => Promise<Measured>];

async function sessionsOf(x11: Desktop): Promise<readonly Opened[]> {
  await ensureRoot(GNOME_43, console.error).catch(() => {});
  const wayland = [
    [rootProblem(GNOME_43), ['gnome', onGnome]],
    [await swayProblem(SWAY_PACKAGES), ['sway', onSway]],
  ] as const;
  for (const [problem] of wayland) if (problem !== undefined) console.error(problem);
  const there = wayland.filter(([problem]) => problem === undefined);
  return [['x11', () => onX11(x11)], ...there.map(([, session]) => session)];
}

async function onX11(desktop: Desktop): Promise<Measured> {
  const probe = await openXProbe(desktop.env.DISPLAY ?? '');
  const close = async (): Promise<void> => probe.close();
  return { desktop, probe, press: probe.press, close };
}

async function onSway(): Promise<Measured> {
  const desktop = await startSwayDesktop('wayland');
  // `sway` starts a command in the same way; what is copied from then on is a line each.
  const watcher = spawn('wl-paste', ['--watch', 'echo'], {
    env: desktop.env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { probe, changed } = createClipboardProbe(() => watcher.kill());
  watcher.stdout.on('data', () => changed(performance.now()));
  return onWayland(desktop, probe);
}

async function onGnome(): Promise<Measured> {
  const desktop = await startGnome(GNOME_43, 'x11');
  const { shell } = desktop;
  // The shell notes when the clipboard changes, by the clock that Node has too.
  await shell.evaluate(`{
    const { GLib, Meta } = imports.gi;
    global.copiedAtUs = [];
    global.display.get_selection().connect('owner-changed', (_selection, type) => {
      if (type !== Meta.SelectionType.SELECTION_CLIPBOARD) return;
      global.copiedAtUs.push(GLib.get_monotonic_time());
    });
  }`);
  const nowUs = (): number => Number(process.hrtime.bigint() / 1_000n);
  return onWayland(desktop, {
    async untilClipboardChanges(task, limitMs) {
      const startedUs = nowUs();
      task();
      const changedUs = await waitFor(
        'the link',
        async () => {
          const times = v.parse(v.array(v.number()), await shell.evaluate('global.copiedAtUs'));
          return times.find((us) => us > startedUs);
        },
        limitMs,
      );
      return (changedUs - startedUs) / 1_000;
    },
    close() {},
  });
}

function onWayland(desktop: WaylandDesktop, probe: ClipboardProbe): Measured {
  return {
    desktop,
    probe,
    press: () => void desktop.run('sh', ['-c', COMMAND]),
    async close() {
      probe.close();
      await desktop.close();
    },
  };
}

async function pressIn(session: Measured, plan: SessionsPlan): Promise<readonly number[]> {
  const { desktop, probe } = session;
  const times: number[] = [];
  const command = 'command' in desktop ? desktop.command : await appCommand();
  const running = await launchApp({ desktop, command });
  try {
    // The name comes last at start.
    await desktop.run('gdbus', ['wait', '--session', '--timeout=20', 'app.linkify.tray']);
    // The first press pays for what is loaded when needed.
    for (let press = 0; press <= plan.presses; press += 1) {
      await desktop.clipboard.writeText(`${press} ${Math.random()} `.padEnd(1_000, 'lazy dog '));
      await pause(plan.gapMs);
      const ms = await probe.untilClipboardChanges(session.press, LIMIT_MS);
      // GNOME's compositor passes on to Wayland programs what an X11 one has copied.
      await desktop.clipboard.waitForText((text) => text.startsWith('http'));
      if (press > 0) times.push(ms);
    }
  } finally {
    await running.close();
    await session.close();
  }
  return times;
}
