import { once } from 'node:events';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { AS_BROWSER } from '../../as-browser.ts';
import { usedBlobs } from '../crash-rounds.ts';
import { type ServiceProcess, spawnService } from '../process.ts';
import {
  type Fixture,
  fixtureOf,
  hashOf,
  type Outcome,
  SCENARIOS,
  type Scenario,
} from './scenarios.ts';

const INJECT = pathToFileURL(join(import.meta.dirname, 'inject.mjs')).href;

/** Out of space first: these are answered with 507, the others with 500. */
export const NO_SPACE = ['ENOSPC', 'EFBIG'] as const;
export const CODES = [...NO_SPACE, 'EIO', 'EMFILE', 'EACCES'] as const;
export type Code = (typeof CODES)[number];

/** How the n-th operation fails: alone, or with all that follow until the answer is there. */
export interface Fault {
  readonly code: Code;
  readonly isLasting: boolean;
}

/** A request has fewer. */
const MAX_OPERATIONS = 100;

/** How long the service may take to remove and close what a failed request left, in ms. */
const SETTLE_MS = 5_000;

export interface FaultResult {
  /** Operations that were failed. */
  readonly injected: number;
  /** Which operations, and how often. */
  readonly operations: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Everything that was not as promised, in words. */
  readonly problems: readonly string[];
}

/** The ways in which the n-th operation of a scenario is failed, each in a run of its own. */
export type Choose = (scenario: string, at: number) => readonly Fault[];

/**
 * Fails every file and metadata operation of every kind of request, one at a time, in the real
 * service process, and checks after each that the process lives, that the answer was right, that
 * the same request works again, and that nothing is left over.
 */
export async function faultRounds(
  choose: Choose,
  scenarios: readonly Scenario[] = SCENARIOS,
  onScenario: (name: string) => void = () => {},
): Promise<FaultResult> {
  const operations: Record<string, number> = {};
  const byStatus: Record<string, number> = {};
  const problems: string[] = [];
  const shares: NonNullable<Outcome['made']>[] = [];
  let injected = 0;
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-faults-'));
  const service = await spawnService(dataDir, [], [], ['--import', INJECT]);
  const fixture = fixtureOf(service);

  /** @returns whether the scenario has an n-th operation */
  async function failAt(scenario: Scenario, at: number): Promise<boolean> {
    let isThere = true;
    for (const fault of choose(scenario.name, at)) {
      const round = await oneFault(fixture, scenario, { at, ...fault });
      isThere = round.failed !== undefined;
      if (round.failed === undefined) continue;
      injected++;
      operations[round.failed] = (operations[round.failed] ?? 0) + 1;
      byStatus[round.status] = (byStatus[round.status] ?? 0) + 1;
      if (round.made !== undefined) shares.push(round.made);
      const from = fault.isLasting ? 'from' : 'at';
      const where = `${scenario.name}, ${fault.code} ${from} ${at} (${round.failed})`;
      problems.push(...round.problems.map((problem) => `${where}: ${problem}`));
    }
    return isThere;
  }

  try {
    for (const scenario of scenarios) {
      // Opens the listener of the pages, and loads what is loaded once.
      await (await scenario.prepare(fixture))();
      for (let at = 1; at <= MAX_OPERATIONS && (await failAt(scenario, at)); at++);
      problems.push(...(await leftOpen(service, dataDir, scenario.name)));
      onScenario(scenario.name);
    }
    for (const share of shares) {
      if (!(await opens(share))) problems.push(`a share was lost later: ${share.link}`);
    }
    const code = await service.kill('SIGTERM');
    if (code !== 0) problems.push(`exit ${code} when it was stopped`);
    problems.push(...(await blobProblems(dataDir)));
  } catch (cause) {
    problems.push(String(cause));
  } finally {
    await service.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
  if (/unexpected-error|^\s+at /m.test(service.log())) problems.push(service.log().slice(-2_000));
  return { injected, operations, byStatus, problems };
}

interface Round {
  /** The operation that failed; absent: the request has fewer. */
  readonly failed?: string;
  readonly status: number;
  readonly made?: Outcome['made'];
  readonly problems: readonly string[];
}

async function oneFault(
  fixture: Fixture,
  scenario: Scenario,
  fault: Fault & { readonly at: number },
): Promise<Round> {
  const { child } = fixture.service;
  const problems: string[] = [];
  const run = await scenario.prepare(fixture);
  await tell(fixture.service, { arm: fault });
  const { status, made, isRight } = await run();
  if (child.exitCode !== null || child.signalCode !== null) {
    return { failed: 'unknown', status, problems: ['the process ended'] };
  }
  const { failed } = await tell(fixture.service, {});
  if (failed === undefined) return { status, problems };
  const refusal = NO_SPACE.some((code) => code === fault.code) ? 507 : 500;
  if (status >= 400 && status !== refusal && status !== 500) {
    problems.push(`answered ${status} in place of ${refusal}`);
  }
  if (isRight === false) problems.push('answered something else with a status of success');
  if (made !== undefined && !(await opens(made))) problems.push('an acknowledged share is lost');
  const again = await (await scenario.prepare(fixture))();
  if (again.status === 0 || again.status >= 400 || again.isRight === false) {
    problems.push(`the next request was answered ${again.status}`);
  }
  return { failed, status, ...(made === undefined ? {} : { made }), problems };
}

async function tell(
  { child }: ServiceProcess,
  message: object,
): Promise<{ readonly failed?: string }> {
  const answer = once(child, 'message');
  child.send(message);
  return (await answer)[0];
}

async function opens({ link, sha256 }: NonNullable<Outcome['made']>): Promise<boolean> {
  const response = await fetch(`${link}/raw`, AS_BROWSER);
  const isLocked = (response.headers.get('content-type') ?? '').startsWith('text/html');
  const body = Buffer.from(await response.arrayBuffer());
  return response.status === 200 && (isLocked || hashOf(body) === sha256);
}

/** What a scenario has left behind in the running service: open files and temporary files. */
async function leftOpen(
  service: ServiceProcess,
  dataDir: string,
  name: string,
): Promise<readonly string[]> {
  const left = async () => [
    ...(await openFiles(service.pid, dataDir)),
    ...(await readdir(join(dataDir, 'tmp'))),
  ];
  const until = Date.now() + SETTLE_MS;
  while ((await left()).length > 0 && Date.now() < until) await wait(50);
  return (await left()).map((file) => `${name}: left ${file}`);
}

/** Files of contents that the process has open. */
export async function openFiles(pid: number, dataDir: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const folder = `/proc/${pid}/fd`;
  const targets = await Promise.all(
    (await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => '')),
  );
  return targets.filter(
    (path) => /\/(blobs|tmp)(\/|$)/.test(path.replace(dataDir, '')) && path.startsWith(dataDir),
  );
}

/** Blobs that no asset has, and assets without their blob, in the folder of a stopped service. */
async function blobProblems(dataDir: string): Promise<readonly string[]> {
  const used = await usedBlobs(dataDir);
  const blobs = new Set<string>();
  for (const shelf of await readdir(join(dataDir, 'blobs'))) {
    for (const blob of await readdir(join(dataDir, 'blobs', shelf))) blobs.add(blob);
  }
  return [
    ...[...blobs].filter((blob) => !used.has(blob)).map((blob) => `orphan ${blob.slice(0, 8)}`),
    ...[...used].filter((blob) => !blobs.has(blob)).map((blob) => `missing ${blob.slice(0, 8)}`),
  ];
}
