import { type AppCommand, launchApp } from '../support/app.ts';
import type { Desktop } from '../support/desktop.ts';
import type { Packages } from './packages.ts';
import { treeUse } from './process-tree.ts';
import { round, type Summary, summarise } from './statistics.ts';

export interface IdlePlan {
  readonly rounds: number;
  /** From the start to the measurement, in ms. */
  readonly settleMs: number;
  readonly measureMs: number;
}

interface Idle {
  readonly ussMb: number;
  readonly processes: number;
  readonly cpuPercent: number;
  readonly contextSwitchesPerSecond: number;
}

type IdleSummary = { readonly [K in keyof Idle]: Summary };

export interface IdleResult {
  readonly app: IdleSummary;
  readonly reference: IdleSummary;
  readonly ussRatio: number;
  readonly cpuOverReferencePoints: number;
  readonly contextSwitchRatio: number;
}

/**
 * What the app holds and does while nobody uses it, watching the clipboard, its window never
 * opened; in turns with a bare tray app, one at a time.
 */
export async function measureIdle(
  desktop: Desktop,
  packages: Packages,
  plan: IdlePlan,
): Promise<IdleResult> {
  await desktop.clipboard.writeText('a text on the clipboard\n'.repeat(4_000));
  const samples: Record<'app' | 'bare', Idle[]> = { app: [], bare: [] };
  for (let turn = 0; turn < plan.rounds; turn += 1) {
    const order = turn % 2 === 0 ? (['app', 'bare'] as const) : (['bare', 'app'] as const);
    for (const which of order) {
      samples[which].push(await idleOnce(desktop, packages[which], plan));
    }
  }
  const app = summaryOf(samples.app);
  const reference = summaryOf(samples.bare);
  return {
    app,
    reference,
    ussRatio: round(app.ussMb.median / reference.ussMb.median),
    cpuOverReferencePoints: round(app.cpuPercent.median - reference.cpuPercent.median),
    contextSwitchRatio: ratio(
      app.contextSwitchesPerSecond.median,
      reference.contextSwitchesPerSecond.median,
    ),
  };
}

async function idleOnce(desktop: Desktop, command: AppCommand, plan: IdlePlan): Promise<Idle> {
  const running = await launchApp({ desktop, command });
  try {
    // A process that was started has its id.
    const pid = running.child.pid as number;
    await pause(plan.settleMs);
    const before = treeUse(pid);
    const startedMs = performance.now();
    await pause(plan.measureMs);
    const after = treeUse(pid);
    const seconds = (performance.now() - startedMs) / 1_000;
    return {
      ussMb: after.ussBytes / 1e6,
      processes: after.processes,
      cpuPercent: (after.cpuMs - before.cpuMs) / (seconds * 10),
      contextSwitchesPerSecond: (after.contextSwitches - before.contextSwitches) / seconds,
    };
  } finally {
    await running.close();
  }
}

function summaryOf(samples: readonly Idle[]): IdleSummary {
  const of = (name: keyof Idle): Summary => summarise(samples.map((sample) => sample[name]));
  return {
    ussMb: of('ussMb'),
    processes: of('processes'),
    cpuPercent: of('cpuPercent'),
    contextSwitchesPerSecond: of('contextSwitchesPerSecond'),
  };
}

/** Idling is what is being measured. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Both may do nothing at all, which is as often. */
function ratio(ours: number, theirs: number): number {
  return ours === theirs ? 1 : round(ours / theirs);
}
