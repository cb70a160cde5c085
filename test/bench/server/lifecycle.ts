import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { AS_BROWSER } from '../../support/as-browser.ts';
import { runProgram } from '../../support/desktop/processes.ts';
import { freePort } from '../../support/service/real-proxies.ts';
import { round } from '../statistics.ts';
import { fill } from './fill.ts';
import { compare, interleave, type Measured } from './interleave.ts';
import { requestEach } from './load.ts';
import { pagesOf, startBare, startOurs, withFolder } from './subjects.ts';

export interface LifecyclePlan {
  readonly rounds: number;
  readonly stored: number;
  /** Shares that expire while the server is stopped. */
  readonly expired: number;
  /** Shares that are revoked just before it is stopped. */
  readonly revoked: number;
}

const CONNECTIONS = 16;
const START_LIMIT_MS = 60_000;

/** From the start of the process to the first 200 of a share page, in ms. */
export function measureStart(plan: LifecyclePlan): Promise<Measured> {
  return withFolder(async (folder) => {
    const stored = join(folder, 'stored');
    const [live = ''] = await fill(stored, { count: plan.stored });
    // The pages are open from the start if a link was created in an earlier run.
    const first = await startOurs({ dataDir: stored });
    await pagesOf(first);
    await first.kill('SIGTERM');
    await writeFile(join(folder, 'page.html'), '<!doctype html><title>bench</title>');
    const expired = join(folder, 'expired');
    await copyFolder(stored, expired);
    await fill(expired, { count: plan.expired, expiresAtMs: Date.now() - 1_000 });
    const start = (template: string) => startOnce(template, join(folder, 'copy'), live);
    const samples = await interleave(plan.rounds, {
      bare: () => startBareOnce(folder),
      stored: () => start(stored),
      expired: () => start(expired),
    });
    const what = `start to the first 200, ${plan.stored} shares stored`;
    return {
      rows: [
        compare(
          { what: `${what}, ms`, against: 'bare handler', better: 'lower' },
          samples.stored,
          samples.bare,
        ),
        compare(
          {
            what: `${what}, ${plan.expired} more expired meanwhile, ms`,
            against: 'ours: none expired',
            better: 'lower',
          },
          samples.expired,
          samples.stored,
        ),
      ],
    };
  });
}

/** What a start ends would not be there for the next one: each has a copy. */
async function startOnce(template: string, dataDir: string, live: string): Promise<number> {
  await copyFolder(template, dataDir);
  const port = await freePort();
  const begin = performance.now();
  const ours = await startOurs({ dataDir, args: ['--pages-port', String(port)] });
  await untilOk(`http://127.0.0.1:${port}/s/${live}`);
  const ms = performance.now() - begin;
  await ours.end();
  return round(ms);
}

async function startBareOnce(folder: string): Promise<number> {
  const begin = performance.now();
  const bare = await startBare(folder);
  await untilOk(`http://127.0.0.1:${bare.port}/answer/page.html`);
  const ms = performance.now() - begin;
  await bare.end();
  return round(ms);
}

async function untilOk(url: string): Promise<void> {
  const limitMs = performance.now() + START_LIMIT_MS;
  while (performance.now() < limitMs) {
    const response = await fetch(url, AS_BROWSER).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.status === 200) return;
    await wait(1);
  }
  throw new Error(`${url} did not open`);
}

/** From SIGTERM to the end of the process, in ms. */
export function measureQuit(plan: LifecyclePlan): Promise<Measured> {
  return withFolder(async (folder) => {
    const template = join(folder, 'stored');
    const ids = await fill(template, { count: plan.revoked });
    const quit = (revoked: readonly string[]) => quitOnce(template, join(folder, 'copy'), revoked);
    const samples = await interleave(plan.rounds, {
      idle: () => quit([]),
      revoked: () => quit(ids),
    });
    const row = compare(
      {
        what: `quit after ${plan.revoked} shares were revoked, ms`,
        against: 'ours: none revoked',
        better: 'lower',
      },
      samples.revoked,
      samples.idle,
    );
    return { rows: [row] };
  });
}

async function quitOnce(
  template: string,
  dataDir: string,
  revoked: readonly string[],
): Promise<number> {
  await copyFolder(template, dataDir);
  const ours = await startOurs({ dataDir });
  const revokes = revoked.map((id) => ({
    method: 'POST' as const,
    paths: [`/linkify/${id}/revoke`],
    headers: ours.headers,
  }));
  await requestEach(ours.apiPort, CONNECTIONS, revokes);
  const begin = performance.now();
  await ours.kill('SIGTERM');
  const ms = performance.now() - begin;
  await ours.end();
  return round(ms);
}

/** With its modes: the server rejects a folder that others can read. */
async function copyFolder(from: string, to: string): Promise<void> {
  await runProgram('cp', ['-a', from, to], { limitMs: 60_000 });
}
