import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecentLink } from '../../main/links/schema.ts';
import { AppDatabase, DATABASE_FILE } from '../../main/storage/app-database.ts';
import { pressForLink } from '../e2e/screens/clipboard-link.ts';
import { type AppCommand, launchApp, newProfile } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import type { Desktop } from '../support/desktop.ts';
import { cpuMs, wakeUps } from '../support/process-use.ts';
import { openTestStore } from '../support/service/open-test-store.ts';
import { round, type Summary, summarise } from './statistics.ts';

export interface VisitsPlan {
  /** How many links are on the list. */
  readonly lists: readonly number[];
  readonly rounds: number;
  readonly settleMs: number;
  readonly idleMs: number;
  readonly visits: number;
}

/** Of the main process. */
interface ListCost {
  readonly cpuMsPerVisit: number;
  /** Context switches of threads that wait; those for which others took the processor don't count. */
  readonly idleWakeUpsPerSecond: number;
  readonly idleCpuPercent: number;
}

export type VisitsResult = readonly {
  readonly links: number;
  readonly cost: { readonly [K in keyof ListCost]: Summary };
  /** The medians over those of the first list. */
  readonly ratio: { readonly [K in keyof ListCost]: number };
}[];

/** Visits come one by one, so that the app can't treat some of them together. In ms. */
const VISIT_EVERY_MS = 250;

/** What an open of a link costs the app, and what idling costs it, by the length of its list. */
export async function measureVisits(
  desktop: Desktop,
  app: AppCommand,
  plan: VisitsPlan,
): Promise<VisitsResult> {
  const measured = await Promise.all(
    plan.lists.map(async (links) => ({
      links,
      profile: await profileWith(desktop, links),
      costs: [] as ListCost[],
    })),
  );
  for (let turn = 0; turn < plan.rounds; turn += 1) {
    for (const { profile, costs } of turn % 2 === 0 ? measured : measured.toReversed()) {
      costs.push(await costOf(desktop, app, profile, plan));
    }
  }
  const summaries = measured.map(({ links, costs }) => ({ links, cost: summaryOf(costs) }));
  const ratioOf = (cost: (typeof summaries)[number]['cost'], name: keyof ListCost): number =>
    round(cost[name].median / (summaries[0]?.cost[name].median ?? Number.NaN));
  return summaries.map(({ links, cost }) => ({
    links,
    cost,
    ratio: {
      cpuMsPerVisit: ratioOf(cost, 'cpuMsPerVisit'),
      idleWakeUpsPerSecond: ratioOf(cost, 'idleWakeUpsPerSecond'),
      idleCpuPercent: ratioOf(cost, 'idleCpuPercent'),
    },
  }));
}

async function costOf(
  desktop: Desktop,
  app: AppCommand,
  profile: string,
  plan: VisitsPlan,
): Promise<ListCost> {
  await desktop.clipboard.writeText(`visited ${randomBytes(9).toString('hex')}`);
  const running = await launchApp({ desktop, command: app, profile });
  try {
    // A process that was started has its id.
    const pid = running.child.pid as number;
    await pause(plan.settleMs);
    const idle = await during(pid, () => pause(plan.idleMs));
    const link = await pressForLink(desktop);
    await visit(link);
    await pause(plan.settleMs);
    const visited = await during(pid, async () => {
      for (let at = 0; at < plan.visits; at += 1) {
        await visit(link);
        await pause(VISIT_EVERY_MS);
      }
    });
    const idleMsPerMs = idle.cpuMs / (idle.seconds * 1_000);
    return {
      // What the app would have used anyway is not a cost of the visits.
      cpuMsPerVisit: (visited.cpuMs - idleMsPerMs * visited.seconds * 1_000) / plan.visits,
      idleWakeUpsPerSecond: idle.wakeUps / idle.seconds,
      idleCpuPercent: idle.cpuMs / (idle.seconds * 10),
    };
  } finally {
    await running.close();
  }
}

async function during(pid: number, work: () => Promise<void>) {
  const before = { cpuMs: cpuMs(pid), wakeUps: wakeUps(pid) };
  const startedMs = performance.now();
  await work();
  return {
    cpuMs: cpuMs(pid) - before.cpuMs,
    wakeUps: wakeUps(pid) - before.wakeUps,
    seconds: (performance.now() - startedMs) / 1_000,
  };
}

/** On a connection of its own, as each recipient has one. */
async function visit(link: string): Promise<void> {
  const { accept } = AS_BROWSER.headers;
  const response = await fetch(link, { headers: { accept, connection: 'close' } });
  if (response.status !== 200) throw new Error(`${link} answered ${response.status}`);
  await response.arrayBuffer();
}

/** A profile whose list and server have so many links. */
async function profileWith(desktop: Desktop, count: number): Promise<string> {
  const profile = await newProfile(desktop);
  if (count === 0) return profile;
  const dataDir = join(profile, 'service');
  await mkdir(dataDir, { mode: 0o700 });
  const { store, close } = await openTestStore({ dataDir });
  const shares = await Promise.all(
    Array.from({ length: count }, (_, at) =>
      store.shareNew({ name: `Share ${at}`, form: 'text', content: randomBytes(400) }, {}),
    ),
  );
  await close();
  const database = new AppDatabase({ path: join(profile, DATABASE_FILE) });
  database.transaction(() => {
    for (const [at, { share, asset }] of shares.entries()) {
      const link = linkOf(share.id, asset.id, at);
      database.run('insert into links (id, link) values (?, ?)', link.id, JSON.stringify(link));
    }
  });
  database.close();
  return profile;
}

function linkOf(id: string, assetId: string, at: number): RecentLink {
  return {
    id,
    kind: 'text',
    title: `Share ${at}`,
    sizeBytes: 400,
    count: 1,
    link: `http://127.0.0.1:1/s/${id}`,
    service: { kind: 'built-in', name: 'This computer', baseUrl: '' },
    createdAtMs: Date.now(),
    state: 'active',
    assetIds: [assetId],
  };
}

function summaryOf(costs: readonly ListCost[]): { readonly [K in keyof ListCost]: Summary } {
  const of = (name: keyof ListCost): Summary => summarise(costs.map((cost) => cost[name]));
  return {
    cpuMsPerVisit: of('cpuMsPerVisit'),
    idleWakeUpsPerSecond: of('idleWakeUpsPerSecond'),
    idleCpuPercent: of('idleCpuPercent'),
  };
}

/** Idling is what is being measured. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
