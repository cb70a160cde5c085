import { performance } from 'node:perf_hooks';
import { PostgresDatabase } from '../../../main/server/store/sql/postgres-database.ts';
import { openTestStore } from '../../support/service/open-test-store.ts';
import { round } from '../statistics.ts';
import { createRequest } from './create.ts';
import { fillPostgres } from './fill-postgres.ts';
import { compare, interleave, type Measured, type Row } from './interleave.ts';
import { load, requestEach } from './load.ts';
import { browserRequest } from './open.ts';
import { withPostgres } from './postgres.ts';
import { type Ours, pagesOf, startOurs } from './subjects.ts';

export interface CatalogSizePlan {
  readonly rounds: number;
  readonly forMs: number;
  /** Shares in the smaller and in the larger catalog. */
  readonly few: number;
  readonly many: number;
}

const CONNECTIONS = 16;
/** So many shares are opened, each once, at a process that has just started. */
const OPENED = 1_000;
/** So many shares expire, and are swept. */
const SWEPT = 1_000;

interface Subject {
  readonly url: string;
  readonly ours: Ours;
  readonly ids: readonly string[];
}

/** The same requests at servers whose catalogs in PostgreSQL differ in size only: p50, in ms. */
export function measureCatalogSize(plan: CatalogSizePlan): Promise<Measured> {
  return withPostgres(async (newDatabase) => {
    const { few, many, rounds } = plan;
    const subjects: Subject[] = [];
    try {
      for (const count of [few, many]) {
        const url = await newDatabase();
        const ours = await startOurs({ args: ['--database', url] });
        const ids = await fillPostgres(url, { count });
        subjects.push({ url, ours, ids: ids.slice(0, OPENED) });
      }
      const [small, large] = subjects as [Subject, Subject];
      const rows: Row[] = [];
      for (const [what, measure] of Object.entries(TASKS)) {
        const samples = await interleave(rounds, {
          small: () => measure(small, plan),
          large: () => measure(large, plan),
        });
        const head = {
          what: `PostgreSQL: ${what}, ${many} shares stored, ms`,
          against: `ours: ${few} stored`,
          better: 'lower',
        } as const;
        rows.push(compare(head, samples.large, samples.small));
      }
      return rows;
    } finally {
      for (const { ours } of subjects) await ours.end();
    }
  });
}

const TASKS: Readonly<
  Record<string, (subject: Subject, plan: CatalogSizePlan) => Promise<number>>
> = {
  async 'open, nothing cached'({ url, ids }) {
    const fresh = await startOurs({ args: ['--database', url] });
    const port = Number((await pagesOf(fresh)).port);
    const requests = ids.map((id) => browserRequest([`/s/${id}/raw`]));
    const { p50Ms } = await requestEach(port, CONNECTIONS, requests);
    await fresh.end();
    return p50Ms;
  },
  async 'list of 100'({ ours }, { forMs }) {
    const request = {
      method: 'GET' as const,
      paths: ['/shares?limit=100'],
      headers: ours.headers,
    };
    return (await load({ port: ours.apiPort, connections: 1, forMs, request })).p50Ms;
  },
  async [`sweep of ${SWEPT}`]({ url }) {
    const prefix = `swept${String(Math.floor(performance.now())).replaceAll('0', 'z')}`;
    await fillPostgres(url, { count: SWEPT, prefix, expiresAtMs: Date.now() - 1_000 });
    const { store, end } = await openTestStore({ database: await PostgresDatabase.open({ url }) });
    const begin = performance.now();
    await store.sweep();
    const ms = performance.now() - begin;
    await end();
    return round(ms);
  },
  // The last one: it makes both larger.
  async create({ ours }, { forMs }) {
    const request = createRequest(ours.headers);
    return (await load({ port: ours.apiPort, connections: CONNECTIONS, forMs, request })).p50Ms;
  },
};
