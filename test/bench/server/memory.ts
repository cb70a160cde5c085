import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { memoryOf } from '../../support/process-use.ts';
import { round } from '../statistics.ts';
import { createRequest } from './create.ts';
import { fill } from './fill.ts';
import type { Measured, Row } from './interleave.ts';
import { type LoadRequest, requestEach, UNIQUE } from './load.ts';
import { browserRequest } from './open.ts';
import { type Ours, pagesOf, startOurs, withFolder } from './subjects.ts';

export interface MemoryPlan {
  /** Different pages that are viewed once each, and shares that are created. */
  readonly count: number;
  /** From the start to the first measurement, in ms. */
  readonly settleMs: number;
  /** From the last response to the second measurement, in ms. */
  readonly restMs: number;
}

const MB = 1_000_000;
const CONNECTIONS = 16;

/** What the server holds some time after a burst, over what it held after its start. */
export function measureMemory(plan: MemoryPlan): Promise<Measured> {
  return withFolder(async (folder) => {
    const dataDir = join(folder, 'data');
    const ids = await fill(dataDir, { count: plan.count });
    const views = await measureBurst(plan, dataDir, 'different page views', async (ours) => ({
      port: Number((await pagesOf(ours)).port),
      requests: ids.map((id) => browserRequest([`/s/${id}`])),
    }));
    const creates = await measureBurst(plan, dataDir, 'creates of 1 KB', async (ours) => ({
      port: ours.apiPort,
      requests: Array.from({ length: plan.count }, (_, index) => {
        const { body = '', ...request } = createRequest(ours.headers);
        return { ...request, body: body.replace(UNIQUE, String(index).padStart(UNIQUE.length)) };
      }),
    }));
    return { rows: [...views, ...creates] };
  });
}

/** The server is a fresh process each time. */
async function measureBurst(
  { count, settleMs, restMs }: MemoryPlan,
  dataDir: string,
  burst: string,
  prepare: (
    ours: Ours,
  ) => Promise<{ readonly port: number; readonly requests: readonly LoadRequest[] }>,
): Promise<readonly Row[]> {
  const ours = await startOurs({ dataDir });
  try {
    const { port, requests } = await prepare(ours);
    await wait(settleMs);
    const before = memoryOf(ours.pid);
    await requestEach(port, CONNECTIONS, requests);
    await wait(restMs);
    const after = memoryOf(ours.pid);
    const row = (what: string, ours: number, reference: number): Row => ({
      what: `${what} ${restMs / 1_000} s after ${count} ${burst}, MB`,
      against: 'the same process before',
      ours: round(ours / MB),
      reference: round(reference / MB),
      ratio: round(ours / reference),
      better: 'lower',
    });
    return [
      row('PSS', after.pssBytes, before.pssBytes),
      row('USS', after.ussBytes, before.ussBytes),
    ];
  } finally {
    await ours.kill('SIGTERM');
  }
}
