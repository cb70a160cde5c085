import { contextSwitches, cpuMs, memoryOf, treeOf } from '../support/process-use.ts';

/** What a program and all its children hold and have used so far. */
export interface TreeUse {
  readonly processes: number;
  /** Memory that no other process shares, in bytes. */
  readonly ussBytes: number;
  readonly cpuMs: number;
  readonly contextSwitches: number;
}

export function treeUse(root: number): TreeUse {
  const pids = treeOf(root);
  const sum = (of: (pid: number) => number): number =>
    pids.reduce((total, pid) => total + of(pid), 0);
  return {
    processes: pids.length,
    ussBytes: sum((pid) => memoryOf(pid).ussBytes),
    cpuMs: sum(cpuMs),
    contextSwitches: sum(contextSwitches),
  };
}
