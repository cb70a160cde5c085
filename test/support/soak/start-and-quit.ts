import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

/** How long a start or a quit took, and may take. In ms. */
export interface TimedStep {
  readonly what: string;
  readonly ms: number;
  readonly limitMs: number;
}

const LIMIT_MS = 1_000;
/** While other programs take the processor; more where two and more wait for each core. */
const BUSY_LIMIT_MS = 5_000;
const BUSY_LOAD = 2;
const BUSY_SHARE = 0.3;
const PROBE_MS = 300;

/** Times a start or a quit; busy is what the machine is before or after it. */
export async function timeStep(what: string, step: () => Promise<unknown>): Promise<TimedStep> {
  const before = await busyShare();
  const begin = performance.now();
  await step();
  const ms = Math.round(performance.now() - begin);
  const isBusy = before > BUSY_SHARE || (ms > LIMIT_MS && (await busyShare()) > BUSY_SHARE);
  return { what, ms, limitMs: isBusy ? busyLimitMs() : LIMIT_MS };
}

function busyLimitMs(): number {
  const load = (loadavg()[0] ?? 0) / availableParallelism();
  return Math.round(BUSY_LIMIT_MS * Math.max(1, load / BUSY_LOAD));
}

/** Of all processors, from 0 to 1. */
async function busyShare(): Promise<number> {
  const before = processorTimes();
  await wait(PROBE_MS);
  const after = processorTimes();
  return (after.busy - before.busy) / Math.max(1, after.all - before.all);
}

/** `user nice system idle iowait ...` of proc_stat(5). */
function processorTimes(): { readonly busy: number; readonly all: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, ...others] = line
    .trim()
    .split(/\s+/)
    .slice(1, 9)
    .map(Number);
  const busy = user + nice + system + others.reduce((sum, each) => sum + each, 0);
  return { busy, all: busy + idle + iowait };
}
