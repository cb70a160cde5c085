import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceProcess, spawnService } from '../service/process.ts';

/** A service in a process of its own, so that its memory and files are those of nothing else. */
export async function withService<T>(
  args: readonly string[],
  work: (service: ServiceProcess) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-attack-'));
  const service = await spawnService(folder, args);
  try {
    return await work(service);
  } finally {
    await service.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Usage {
  /** Resident memory, in bytes. */
  readonly rssBytes: number;
  readonly openFiles: number;
}

/** What a process takes now, from procfs (proc(5)). Linux only. */
export async function usageOf(pid: number): Promise<Usage> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return {
    rssBytes: Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024,
    openFiles: (await readdir(`/proc/${pid}/fd`)).length,
  };
}

/** The most that a process took while `work` ran. */
export async function peakOf(pid: number, work: () => Promise<void>): Promise<Usage> {
  let peak = await usageOf(pid);
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const { rssBytes, openFiles } = await usageOf(pid);
      peak = {
        rssBytes: Math.max(peak.rssBytes, rssBytes),
        openFiles: Math.max(peak.openFiles, openFiles),
      };
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  try {
    await work();
  } finally {
    isOver = true;
    await watching;
  }
  return peak;
}
