import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cpuMs } from '../../support/process-use.ts';
import { textSeed } from '../../support/service/run.ts';
import { round } from '../statistics.ts';
import { compare, flushDisk, interleave, type Measured, type Row } from './interleave.ts';
import { type Load, type LoadRequest, load, UNIQUE } from './load.ts';
import {
  type Bare,
  NO_SYNC_LIBRARY,
  type Ours,
  startBare,
  startOurs,
  withFolder,
} from './subjects.ts';

export interface LoadsPlan {
  readonly rounds: number;
  readonly forMs: number;
  readonly connections: readonly number[];
}

/** A text of 1 KB that no other one begins with. */
export const TEXT = `${UNIQUE}${' and what else a kilobyte of text has'.repeat(27)}`.slice(
  0,
  1_000,
);

/** A share of `TEXT`. */
export function createRequest(headers: Readonly<Record<string, string>>): LoadRequest {
  return {
    method: 'POST',
    paths: ['/linkify'],
    headers,
    body: JSON.stringify({ access: 'PUBLIC', seed: textSeed(TEXT, 'bench') }),
  };
}

export interface CpuLoad extends Load {
  /** CPU time of the server's process for each request. */
  readonly cpuMsEach: number;
}

export async function withCpu(pid: number, task: () => Promise<Load>): Promise<CpuLoad> {
  const before = cpuMs(pid);
  const result = await task();
  return { ...result, cpuMsEach: (cpuMs(pid) - before) / result.requests };
}

export const NO_LIBRARY =
  'without sync: libeatmydata is not installed (Debian package libeatmydata1; or LIBEATMYDATA=PATH)';

/** Creates shares of 1 KB: durable, and without sync where there is a library for that. */
export async function measureCreates(plan: LoadsPlan): Promise<Measured> {
  const rows = await measureSync(plan, true);
  if (NO_SYNC_LIBRARY === undefined) return { rows, skipped: [NO_LIBRARY] };
  return { rows: [...rows, ...(await measureSync(plan, false))] };
}

function measureSync(plan: LoadsPlan, sync: boolean): Promise<readonly Row[]> {
  return withFolder(async (folder) => {
    const ours = await startOurs({ sync });
    const created = JSON.stringify({ iterable: [await ours.api.share(textSeed('x'))] });
    await writeFile(join(folder, 'created.json'), created);
    const bare = await startBare(folder, { sync });
    try {
      const rows: Row[] = [];
      for (const connections of plan.connections) {
        rows.push(...(await measureConnections({ ours, bare, plan, connections, sync })));
      }
      return rows;
    } finally {
      await bare.end();
      await ours.end();
    }
  });
}

async function measureConnections(setup: {
  readonly ours: Ours;
  readonly bare: Bare;
  readonly plan: LoadsPlan;
  readonly connections: number;
  readonly sync: boolean;
}): Promise<readonly Row[]> {
  const { ours, bare, connections, sync } = setup;
  const { rounds, forMs } = setup.plan;
  const request = createRequest(ours.headers);
  const bareRequest = { ...request, paths: ['/append'] };
  const samples = await interleave(
    rounds,
    {
      bare: () =>
        withCpu(bare.pid, () =>
          load({ port: bare.port, connections, forMs, request: bareRequest }),
        ),
      ours: () =>
        withCpu(ours.pid, () => load({ port: ours.apiPort, connections, forMs, request })),
    },
    flushDisk,
  );
  const against = `bare handler: append${sync ? ', fdatasync' : ''}`;
  const what = `create 1 KB, ${connections} at once, ${sync ? 'durable' : 'without sync'}`;
  return loadRows(what, against, samples.ours, samples.bare);
}

/** Rates, times and CPU of two loads. */
export function loadRows(
  what: string,
  against: string,
  ours: readonly CpuLoad[],
  reference: readonly CpuLoad[],
): readonly Row[] {
  const row = (unit: string, better: Row['better'], of: (sample: CpuLoad) => number): Row =>
    compare({ what: `${what}, ${unit}`, against, better }, ours.map(of), reference.map(of));
  return [
    row('requests/s', 'higher', ({ perSecond }) => perSecond),
    row('p50 ms', 'lower', ({ p50Ms }) => p50Ms),
    row('p99 ms', 'lower', ({ p99Ms }) => p99Ms),
    row('CPU ms each', 'lower', ({ cpuMsEach }) => round(cpuMsEach * 1_000) / 1_000),
  ];
}
