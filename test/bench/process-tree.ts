import { readdirSync, readFileSync } from 'node:fs';

/** What a program and all its children hold and have used so far. */
export interface TreeUse {
  readonly processes: number;
  /** Memory that no other process shares, in bytes. */
  readonly ussBytes: number;
  readonly cpuMs: number;
  readonly contextSwitches: number;
}

/** Linux counts CPU time in 1/100 s. */
const MS_PER_TICK = 10;

export function treeUse(root: number): TreeUse {
  const pids = treeOf(root);
  const sum = (of: (pid: number) => number): number =>
    pids.reduce((total, pid) => total + of(pid), 0);
  return {
    processes: pids.length,
    ussBytes: sum(ussBytes),
    cpuMs: sum(cpuMs),
    contextSwitches: sum(contextSwitches),
  };
}

function treeOf(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const parent = Number(statFields(pid)[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  const walk = (pid: number): void => {
    found.push(pid);
    for (const child of children.get(pid) ?? []) walk(child);
  };
  walk(root);
  return found;
}

/** The fields of /proc/PID/stat after the program's name, which may hold anything. */
function statFields(pid: number): readonly string[] {
  const text = readOr(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function cpuMs(pid: number): number {
  const fields = statFields(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * MS_PER_TICK;
}

function ussBytes(pid: number): number {
  const text = readOr(`/proc/${pid}/smaps_rollup`);
  const kilobytes = [...text.matchAll(/^Private_\w+:\s+(\d+) kB$/gm)];
  return kilobytes.reduce((total, [, value]) => total + Number(value) * 1024, 0);
}

function contextSwitches(pid: number): number {
  let total = 0;
  for (const thread of readThreads(pid)) {
    const text = readOr(`/proc/${pid}/task/${thread}/status`);
    for (const [, value] of text.matchAll(/ctxt_switches:\s+(\d+)/g)) total += Number(value);
  }
  return total;
}

function readThreads(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** A process that ended meanwhile counts as nothing. */
function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
