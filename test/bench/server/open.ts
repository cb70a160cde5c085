import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BROWSER_ACCEPTS } from '../../support/as-browser.ts';
import { textSeed } from '../../support/service/run.ts';
import { type LoadsPlan, loadRows, withCpu } from './create.ts';
import { fill } from './fill.ts';
import { interleave, type Measured, type Row } from './interleave.ts';
import { type LoadRequest, load } from './load.ts';
import { type Bare, type Ours, pagesOf, startBare, startOurs, withFolder } from './subjects.ts';

export interface OpenPlan extends LoadsPlan {
  /** Shares among which one is opened at random. */
  readonly shares: number;
}

/** As a browser opens a page. */
export const browserRequest = (paths: readonly string[]): LoadRequest => ({
  method: 'GET',
  paths,
  headers: { accept: BROWSER_ACCEPTS, 'user-agent': 'Mozilla/5.0' },
});

/** Opens pages and `/raw`: one share again and again, and one of many at random. */
export function measureOpens(plan: OpenPlan): Promise<Measured> {
  return withFolder(async (folder) => {
    const dataDir = join(folder, 'data');
    const ids = await fill(dataDir, { count: plan.shares });
    const ours = await startOurs({ dataDir });
    const bare = await startBare(folder);
    try {
      const rows: Row[] = [];
      for (const connections of plan.connections) {
        rows.push(...(await measureHot({ ours, bare, folder, plan, connections })));
        rows.push(...(await measureRandom({ ours, ids, plan, connections })));
      }
      return { rows };
    } finally {
      await bare.end();
      await ours.end();
    }
  });
}

interface Setup {
  readonly ours: Ours;
  readonly plan: OpenPlan;
  readonly connections: number;
}

async function measureHot(
  setup: Setup & { readonly bare: Bare; readonly folder: string },
): Promise<readonly Row[]> {
  const { ours, bare, folder, plan, connections } = setup;
  const { forMs, rounds } = plan;
  const share = await ours.api.share(textSeed('A line of text.\n'.repeat(63), 'bench', 'txt'));
  const { href, pathname, port } = new URL(share.link);
  const { headers } = browserRequest([]);
  const rows: Row[] = [];
  for (const [what, path, file] of [
    ['page of one share', '', 'page.html'],
    ['/raw of 1 KB', '/raw', 'raw.txt'],
  ] as const) {
    await writeFile(join(folder, file), await (await fetch(href + path, { headers })).bytes());
    const ourRequest = browserRequest([pathname + path]);
    const bareRequest = browserRequest([`/answer/${file}`]);
    const samples = await interleave(rounds, {
      bare: () =>
        withCpu(bare.pid, () =>
          load({ port: bare.port, connections, forMs, request: bareRequest }),
        ),
      ours: () =>
        withCpu(ours.pid, () =>
          load({ port: Number(port), connections, forMs, request: ourRequest }),
        ),
    });
    const against = 'bare handler: the same bytes from memory';
    const title = `open ${what}, ${connections} at once`;
    rows.push(...loadRows(title, against, samples.ours, samples.bare));
  }
  return rows;
}

async function measureRandom(
  setup: Setup & { readonly ids: readonly string[] },
): Promise<readonly Row[]> {
  const { ours, ids, plan, connections } = setup;
  const { forMs, rounds } = plan;
  const port = Number((await pagesOf(ours)).port);
  const paths = ids.map((id) => `/s/${id}`);
  const open = (some: readonly string[]) =>
    withCpu(ours.pid, () => load({ port, connections, forMs, request: browserRequest(some) }));
  const samples = await interleave(rounds, {
    hot: () => open(paths.slice(0, 1)),
    random: () => open(paths),
  });
  const title = `open one of ${ids.length} at random, ${connections} at once`;
  return loadRows(title, 'ours: the same share again and again', samples.random, samples.hot);
}
