import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type AppCommand, launchApp } from '../support/app.ts';
import { endChild } from '../support/desktop/processes.ts';
import type { Desktop } from '../support/desktop.ts';
import type { Packages } from './packages.ts';
import { round, type Summary, summarise } from './statistics.ts';
import { openXProbe, type XProbe } from './x-probe.ts';

const SIZES = [1_000, 100_000, 1_000_000] as const;
const LIMIT_MS = 10_000;

export interface PressPlan {
  /** How often each app is started anew and measured, in turns. */
  readonly rounds: number;
  /** Presses a round and size, by the ms between two of them. */
  readonly presses: readonly { readonly gapMs: number; readonly count: number }[];
}

interface Sample {
  readonly bytes: number;
  readonly gapMs: number;
  readonly ms: number;
}

export interface PressResult {
  readonly bytes: number;
  readonly gapMs: number;
  readonly app: Summary;
  readonly reference: Summary;
  /** The app's median over the reference's. */
  readonly medianRatio: number;
  /** The app's p95 over its own median. */
  readonly p95OverMedian: number;
  /** The app's slowest press less the reference's median, in ms. */
  readonly worstOverReferenceMs: number;
}

/**
 * Key press to link on the clipboard, in ms: an idle app without a window, the built-in service,
 * and beside it a minimal handler with a server that answers at once.
 */
export async function measureShares(
  desktop: Desktop,
  packages: Packages,
  plan: PressPlan,
): Promise<readonly PressResult[]> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'instant-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve) => {
    server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  const probe = await openXProbe(desktop.env.DISPLAY ?? '');
  const app: Sample[] = [];
  const reference: Sample[] = [];
  try {
    for (let round = 0; round < plan.rounds; round += 1) {
      const runs = [
        () => pressApp(desktop, probe, packages.app, [], plan, app),
        () => pressApp(desktop, probe, packages.handler, [`--post-to=${url}`], plan, reference),
      ];
      // In turns, and each first in every second round.
      for (const run of round % 2 === 0 ? runs : runs.reverse()) await run();
    }
  } finally {
    probe.close();
    await endChild(server);
  }
  return SIZES.flatMap((bytes) =>
    plan.presses.map(({ gapMs }) => compare(bytes, gapMs, app, reference)),
  );
}

async function pressApp(
  desktop: Desktop,
  probe: XProbe,
  command: AppCommand,
  args: readonly string[],
  plan: PressPlan,
  into: Sample[],
): Promise<void> {
  const running = await launchApp({ desktop, command, args });
  try {
    // The very first press pays for what is loaded when needed; it is not what a day is made of.
    await desktop.clipboard.writeText('first press');
    await probe.pressUntilClipboardChanges(LIMIT_MS);
    for (const bytes of SIZES) {
      for (const { gapMs, count } of plan.presses) {
        for (let press = 0; press < count; press += 1) {
          await desktop.clipboard.writeText(textOf(bytes, press));
          await pause(gapMs);
          const ms = await probe.pressUntilClipboardChanges(LIMIT_MS);
          const link = await desktop.clipboard.readText();
          if (!link.startsWith('http')) throw new Error('the clipboard holds no link');
          into.push({ bytes, gapMs, ms });
        }
      }
    }
    await desktop.notifications.clear();
  } finally {
    await running.close();
  }
}

/** A text of that many bytes, unlike any before. */
function textOf(bytes: number, press: number): string {
  const line = `${press} ${Math.random()} the quick brown fox jumps over the lazy dog\n`;
  return line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes);
}

function compare(
  bytes: number,
  gapMs: number,
  app: readonly Sample[],
  reference: readonly Sample[],
): PressResult {
  const pick = (samples: readonly Sample[]): Summary =>
    summarise(samples.filter((s) => s.bytes === bytes && s.gapMs === gapMs).map(({ ms }) => ms));
  const ours = pick(app);
  const theirs = pick(reference);
  return {
    bytes,
    gapMs,
    app: ours,
    reference: theirs,
    medianRatio: round(ours.median / theirs.median),
    p95OverMedian: round(ours.p95 / ours.median),
    worstOverReferenceMs: round(ours.max - theirs.median),
  };
}

/** The time between two presses is what is being varied. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
