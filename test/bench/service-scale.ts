import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { AS_BROWSER } from '../support/as-browser.ts';
import { startTestService, type TestService, textSeed } from '../support/service/run.ts';
import { fill } from './server/fill.ts';
import { median } from './server/interleave.ts';
import { round } from './statistics.ts';

async function timed(task: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await task();
  return performance.now() - begin;
}

interface Sizes {
  readonly startMs: number;
  readonly createMs: number;
  readonly openMs: number;
  readonly listMs: number;
}

/** Starts, creates, opens and lists in two stores, in turns: what disturbs one disturbs both. */
async function measure(folders: readonly string[], rounds: number): Promise<readonly Sizes[]> {
  const start = (dataDir: string) =>
    startTestService({ dataDir, quotaBytes: Number.MAX_SAFE_INTEGER });
  const starts = folders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [which, dataDir] of folders.entries()) {
      const begin = performance.now();
      const running = await start(dataDir);
      starts[which]?.push(performance.now() - begin);
      await running.stop();
    }
  }
  const services = await Promise.all(folders.map(start));
  const samples = services.map(() => ({
    creates: [] as number[],
    opens: [] as number[],
    lists: [] as number[],
  }));
  const each = async (run: (running: TestService, of: (typeof samples)[number]) => unknown) => {
    for (const [which, running] of services.entries()) {
      const of = samples[which];
      if (of !== undefined) await run(running, of);
    }
  };
  try {
    for (let i = 0; i < 100; i++) {
      await each(async ({ api }, { creates, opens }) => {
        let link = '';
        creates.push(
          await timed(async () => {
            link = (await api.share(textSeed(`text ${i}`))).link;
          }),
        );
        opens.push(await timed(async () => (await fetch(link, AS_BROWSER)).text()));
      });
    }
    for (let i = 0; i < 20; i++) {
      await each(async ({ api }, { lists }) =>
        lists.push(await timed(() => api.call('GET', '/shares?limit=100'))),
      );
    }
  } finally {
    for (const running of services) await running.stop();
  }
  return samples.map(({ creates, opens, lists }, which) => ({
    startMs: round(median(starts[which] ?? [])),
    createMs: round(median(creates)),
    openMs: round(median(opens)),
    listMs: round(median(lists)),
  }));
}

/** The same service with few and with many shares. */
export async function measureScale(many: number) {
  const few = await mkdtemp(join(tmpdir(), 'linkify-few-'));
  const full = await mkdtemp(join(tmpdir(), 'linkify-full-'));
  const compared = async () => {
    const [a, b] = await measure([few, full], 11);
    if (a === undefined || b === undefined) throw new Error('two stores were measured');
    const ratioOf = (key: keyof Sizes) => round(b[key] / a[key]);
    return {
      few: a,
      many: b,
      ratio: {
        start: ratioOf('startMs'),
        create: ratioOf('createMs'),
        open: ratioOf('openMs'),
        list: ratioOf('listMs'),
      },
    };
  };
  try {
    // 1 of 100 has its content in a file of its own.
    const sizeOf = (index: number): number => (index % 100 === 0 ? 200_000 : 400);
    await fill(few, { count: 100, sizeOf });
    await fill(full, { count: many, sizeOf });
    return { shares: { few: 100, many }, ...(await compared()) };
  } finally {
    await rm(few, { recursive: true, force: true });
    await rm(full, { recursive: true, force: true });
  }
}
