import { PostgresServer, postgresProblem } from '../../support/service/postgres-server.ts';
import { type CpuLoad, createRequest, type LoadsPlan, loadRows, withCpu } from './create.ts';
import { fillPostgres } from './fill-postgres.ts';
import { interleave, type Measured, type Row } from './interleave.ts';
import { type Load, type LoadRequest, load } from './load.ts';
import { browserRequest, type OpenPlan } from './open.ts';
import { type Bare, type Ours, pagesOf, startBarePostgres, startOurs } from './subjects.ts';

/** Runs a task with an empty database; skipped where there is no PostgreSQL. */
export async function withPostgres(
  task: (newDatabase: () => Promise<string>) => Promise<readonly Row[]>,
): Promise<Measured> {
  if (postgresProblem !== undefined)
    return { rows: [], skipped: [`PostgreSQL: ${postgresProblem}`] };
  const server = await PostgresServer.start();
  try {
    return { rows: await task(() => server.createDatabase()) };
  } finally {
    await server.end();
  }
}

/** One process with its catalog in PostgreSQL, beside bare handlers (bare-postgres.ts). */
export function measurePostgres(plan: OpenPlan): Promise<Measured> {
  return withPostgres(async (newDatabase) => {
    const url = await newDatabase();
    const ours = await startOurs({ args: ['--database', url] });
    const bare = await startBarePostgres(url);
    try {
      const ids = await fillPostgres(url, { count: plan.shares });
      const rows: Row[] = [];
      for (const connections of plan.connections) {
        rows.push(...(await measureCreates({ ours, bare, plan, connections })));
        rows.push(...(await measureOpens({ ours, bare, plan, connections }, ids.slice(0, 1))));
        rows.push(...(await measureOpens({ ours, bare, plan, connections }, ids)));
      }
      return rows;
    } finally {
      await bare.end();
      await ours.end();
    }
  });
}

interface Setup {
  readonly ours: Ours;
  readonly bare: Bare;
  readonly plan: LoadsPlan;
  readonly connections: number;
}

async function measureCreates({ ours, bare, plan, connections }: Setup): Promise<readonly Row[]> {
  const { rounds, forMs } = plan;
  const request = createRequest(ours.headers);
  const bareAt = (path: string) => () =>
    withCpu(bare.pid, () =>
      load({ port: bare.port, connections, forMs, request: { ...request, paths: [path] } }),
    );
  const samples = await interleave(rounds, {
    insert: bareAt('/insert'),
    share: bareAt('/share'),
    ours: () => withCpu(ours.pid, () => load({ port: ours.apiPort, connections, forMs, request })),
  });
  const title = `PostgreSQL: create 1 KB, ${connections} at once, durable`;
  return [
    ...loadRows(title, 'bare handler: the same statements', samples.ours, samples.share),
    ...loadRows(title, 'bare handler: one insert', samples.ours, samples.insert),
  ];
}

/** `/raw` of shares at random. */
async function measureOpens(
  { ours, bare, plan, connections }: Setup,
  ids: readonly string[],
): Promise<readonly Row[]> {
  const { rounds, forMs } = plan;
  const port = Number((await pagesOf(ours)).port);
  const open = (subject: { readonly pid: number }, at: number, paths: readonly string[]) =>
    withCpu(subject.pid, () =>
      load({ port: at, connections, forMs, request: browserRequest(paths) }),
    );
  const samples = await interleave(rounds, {
    bare: () =>
      open(
        bare,
        bare.port,
        ids.map((id) => `/read/${id}`),
      ),
    ours: () =>
      open(
        ours,
        port,
        ids.map((id) => `/s/${id}/raw`),
      ),
  });
  const title = `PostgreSQL: /raw of 1 KB, shares: ${ids.length}, ${connections} at once`;
  return loadRows(title, 'bare handler: one select', samples.ours, samples.bare);
}

/** Creates and opens at two processes on one database, beside the same load at one of them. */
export function measureProcesses(plan: OpenPlan): Promise<Measured> {
  return withPostgres(async (newDatabase) => {
    const url = await newDatabase();
    const both = [
      await startOurs({ args: ['--database', url] }),
      await startOurs({ args: ['--database', url] }),
    ];
    try {
      const ids = await fillPostgres(url, { count: plan.shares });
      const raw = browserRequest(ids.map((id) => `/s/${id}/raw`));
      const rows: Row[] = [];
      for (const [what, at, requestOf] of [
        [
          'create 1 KB',
          async (ours: Ours) => ours.apiPort,
          (ours: Ours) => createRequest(ours.headers),
        ],
        ['/raw of 1 KB', async (ours: Ours) => Number((await pagesOf(ours)).port), () => raw],
      ] as const) {
        const targets = await Promise.all(
          both.map(async (ours) => ({ port: await at(ours), request: requestOf(ours) })),
        );
        const samples = await interleave(plan.rounds, {
          one: () => loadAll(targets.slice(0, 1), plan),
          two: () => loadAll(targets, plan),
        });
        rows.push(
          ...loadRows(
            `PostgreSQL: ${what}, ${CONNECTIONS} at once, two processes`,
            'ours: one process',
            samples.two,
            samples.one,
          ).slice(0, 3),
        );
      }
      return rows;
    } finally {
      for (const ours of both) await ours.end();
    }
  });
}

const CONNECTIONS = 16;

/** The connections are divided among the targets. */
async function loadAll(
  targets: readonly { readonly port: number; readonly request: LoadRequest }[],
  { forMs }: LoadsPlan,
): Promise<CpuLoad> {
  const connections = CONNECTIONS / targets.length;
  const loads = await Promise.all(
    targets.map(({ port, request }) => load({ port, connections, forMs, request })),
  );
  return {
    requests: sum(loads, ({ requests }) => requests),
    perSecond: sum(loads, ({ perSecond }) => perSecond),
    p50Ms: Math.max(...loads.map(({ p50Ms }) => p50Ms)),
    p99Ms: Math.max(...loads.map(({ p99Ms }) => p99Ms)),
    cpuMsEach: Number.NaN,
  };
}

const sum = (loads: readonly Load[], of: (load: Load) => number): number =>
  loads.reduce((total, each) => total + of(each), 0);
