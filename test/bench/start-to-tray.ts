import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AppCommand, newProfile } from '../support/app.ts';
import { monitorBus } from '../support/desktop/bus.ts';
import { endChild } from '../support/desktop/processes.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import type { Desktop } from '../support/desktop.ts';
import type { Packages } from './packages.ts';
import { round, type Summary, summarise } from './statistics.ts';

export interface StartResult {
  readonly app: Summary;
  readonly reference: Summary;
  readonly medianRatio: number;
}

/** Start of the program to its icon in the panel, in ms, in turns with a bare tray app. */
export async function measureStarts(
  desktop: Desktop,
  packages: Packages,
  rounds: number,
): Promise<StartResult> {
  const profiles = { app: await newProfile(desktop), bare: await newProfile(desktop) };
  const times: Record<'app' | 'bare', number[]> = { app: [], bare: [] };
  for (let turn = 0; turn <= rounds; turn += 1) {
    const order = turn % 2 === 0 ? (['app', 'bare'] as const) : (['bare', 'app'] as const);
    for (const which of order) {
      const ms = await startOnce(desktop, packages[which], profiles[which]);
      // The first start of a profile writes its files, and reads the program from disk.
      if (turn > 0) times[which].push(ms);
    }
  }
  const app = summarise(times.app);
  const reference = summarise(times.bare);
  return { app, reference, medianRatio: round(app.median / reference.median) };
}

async function startOnce(desktop: Desktop, command: AppCommand, profile: string): Promise<number> {
  const { promise: shown, resolve } = Promise.withResolvers<number>();
  const stop = await monitorBus(
    desktop.env.DBUS_SESSION_BUS_ADDRESS ?? '',
    [
      "type='signal',interface='org.kde.StatusNotifierWatcher',member='StatusNotifierItemRegistered'",
    ],
    ({ member }) => {
      if (member === 'StatusNotifierItemRegistered') resolve(performance.now());
    },
  );
  const startedMs = performance.now();
  const child = spawn(command.executable, [...command.args, `--user-data-dir=${profile}`], {
    env: { ...desktop.env },
    cwd: desktop.dir,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('it ended before its icon was there');
  });
  ended.catch(() => {});
  const shownMs = await Promise.race([shown, ended]);
  stop();
  // Everything that comes after the icon ends too, so that the next start has the machine to itself.
  await waitFor('the menu', () => desktop.tray.hasMenu(), 20_000);
  await endChild(child);
  await waitFor('the icon to leave', async () => (await desktop.tray.iconCount()) === 0);
  return shownMs - startedMs;
}
