import { runScript } from '../../support/setup-problem.ts';
import { wantedParts } from '../parts.ts';
import { measureCatalogSize } from './catalog-size.ts';
import { measureCreates } from './create.ts';
import { measureFirstPaint } from './first-paint.ts';
import type { Measured } from './interleave.ts';
import { measureQuit, measureStart } from './lifecycle.ts';
import { measureMemory } from './memory.ts';
import { measureOpens } from './open.ts';
import { measurePostgres, measureProcesses } from './postgres.ts';
import { report } from './report.ts';
import { measureTransfers } from './transfers.ts';

// `npm run bench:server`: the server as a process of its own beside references, in turns. Prints
// JSON, then the ratios as a Markdown table; both are saved in test-results/ too. `-- --quick` is
// for a first look, `-- --only=transfers` (or another part, or several with commas) measures a part.

const MB = 1_000_000;

const FULL = {
  transfers: { sizeBytes: 200 * MB, rounds: 5 },
  create: { rounds: 5, forMs: 4_000, connections: [1, 16] },
  open: { rounds: 5, forMs: 3_000, connections: [1, 16], shares: 10_000 },
  memory: { count: 10_000, settleMs: 6_000, restMs: 60_000 },
  firstPaint: 10,
  lifecycle: { rounds: 5, stored: 10_000, expired: 4_000, revoked: 6_000 },
  postgres: { rounds: 5, forMs: 4_000, connections: [1, 16], shares: 10_000 },
  catalogSize: { rounds: 5, forMs: 3_000, few: 1_000, many: 1_000_000 },
};

const QUICK: typeof FULL = {
  transfers: { sizeBytes: 50 * MB, rounds: 2 },
  create: { rounds: 2, forMs: 1_000, connections: [1, 16] },
  open: { rounds: 2, forMs: 1_000, connections: [1, 16], shares: 1_000 },
  memory: { count: 1_000, settleMs: 2_000, restMs: 5_000 },
  firstPaint: 3,
  lifecycle: { rounds: 2, stored: 1_000, expired: 400, revoked: 600 },
  postgres: { rounds: 2, forMs: 1_000, connections: [1, 16], shares: 1_000 },
  catalogSize: { rounds: 2, forMs: 1_000, few: 1_000, many: 10_000 },
};

const plan = process.argv.includes('--quick') ? QUICK : FULL;

const PARTS: Readonly<Record<string, () => Promise<Measured>>> = {
  transfers: () => measureTransfers(plan.transfers),
  create: () => measureCreates(plan.create),
  open: () => measureOpens(plan.open),
  memory: () => measureMemory(plan.memory),
  'first-paint': () => measureFirstPaint(plan.firstPaint),
  start: () => measureStart(plan.lifecycle),
  quit: () => measureQuit(plan.lifecycle),
  postgres: () => measurePostgres(plan.postgres),
  processes: () => measureProcesses(plan.postgres),
  'catalog-size': () => measureCatalogSize(plan.catalogSize),
};

runScript(async () => {
  const parts: Record<string, Measured> = {};
  for (const name of wantedParts(Object.keys(PARTS))) {
    // Progress goes to stderr: stdout is for the figures.
    console.error(`Measuring: ${name} ...`);
    const measured = await PARTS[name]?.();
    if (measured !== undefined) parts[name] = measured;
    for (const reason of measured?.skipped ?? []) console.error(`Skipped: ${reason}`);
  }
  await report('bench-server', { plan: plan === QUICK ? 'quick' : 'full' }, parts);
  return 0;
});
