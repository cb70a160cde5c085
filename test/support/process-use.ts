import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Reads what Linux knows of a process (proc(5)). A process that has ended counts as nothing. */

const KIB = 1_024;

/** Linux counts CPU time in 1/100 s. */
const MS_PER_TICK = 10;

/** Memory of a process, in bytes. */
export interface ProcessMemory {
  /** Pages that it shares with others are counted in part. */
  readonly pssBytes: number;
  /** Pages that no other process has. */
  readonly ussBytes: number;
  /** Pages that belong to no file: heap, stacks, buffers. */
  readonly anonymousBytes: number;
}

export function memoryOf(pid: number): ProcessMemory {
  const text = readOr(`/proc/${pid}/smaps_rollup`);
  const sum = (name: RegExp): number =>
    [...text.matchAll(name)].reduce((total, [, value]) => total + Number(value) * KIB, 0);
  return {
    pssBytes: sum(/^Pss:\s+(\d+) kB$/gm),
    ussBytes: sum(/^Private_\w+:\s+(\d+) kB$/gm),
    anonymousBytes: sum(/^Anonymous:\s+(\d+) kB$/gm),
  };
}

/** The most that was resident since the start, or since `resetPeak`, in bytes. */
export function peakBytes(pid: number): number {
  const value = /^VmHWM:\s+(\d+) kB$/m.exec(readOr(`/proc/${pid}/status`))?.[1];
  return Number(value ?? 0) * KIB;
}

export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** CPU time of all its threads so far, in steps of 10 ms. */
export function cpuMs(pid: number): number {
  const fields = statFields(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * MS_PER_TICK;
}

export function parentOf(pid: number): number {
  return Number(statFields(pid)[1]);
}

export function contextSwitches(pid: number): number {
  return sumOfThreads(pid, /ctxt_switches:\s+(\d+)/g);
}

/** How often a thread of it waited, and was woken (proc(5)). */
export function wakeUps(pid: number): number {
  return sumOfThreads(pid, /^voluntary_ctxt_switches:\s+(\d+)/gm);
}

function sumOfThreads(pid: number, counts: RegExp): number {
  let total = 0;
  for (const thread of entriesOf(`/proc/${pid}/task`)) {
    const text = readOr(`/proc/${pid}/task/${thread}/status`);
    for (const [, value] of text.matchAll(counts)) total += Number(value);
  }
  return total;
}

export const threadsOf = (pid: number): number => entriesOf(`/proc/${pid}/task`).length;

export const descriptorsOf = (pid: number): number => entriesOf(`/proc/${pid}/fd`).length;

/** A process and all below it. */
export function treeOf(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const parent = parentOf(pid);
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

function entriesOf(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
