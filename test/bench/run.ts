import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/app.ts';
import { startDesktop } from '../support/desktop.ts';
import { findRuntime } from '../support/runtime.ts';
import { runScript } from '../support/setup-problem.ts';
import { measureCommandLine } from './cli.ts';
import { measureCollection } from './collection.ts';
import { measureDiscovery } from './discovery.ts';
import { measureIdle } from './idle.ts';
import { makePackages, shippedBytes } from './packages.ts';
import { wantedParts } from './parts.ts';
import { measureTransfers } from './server/transfers.ts';
import { measureService } from './service.ts';
import { measureScale } from './service-scale.ts';
import { measureSessions } from './sessions.ts';
import { measureShares } from './share-latency.ts';
import { measureStarts } from './start-to-tray.ts';
import { measureVisits } from './visits.ts';
import { measureWatching } from './watch.ts';
import { measureWindow } from './window.ts';

// `npm run bench`: the packaged app beside its references, in the same run. Prints JSON, which is
// kept in test-results/bench.json too. `-- --quick` is good for a first look; `-- --only=press` (or
// another part, or several with commas) measures a part.

const PARTS = [
  'start',
  'press',
  'sessions',
  'idle',
  'visits',
  'window',
  'watch',
  'cli',
  'discovery',
  'collection',
  'service',
  'service-scale',
  'large-file',
] as const;
type Part = (typeof PARTS)[number];

const FULL = {
  press: {
    rounds: 4,
    presses: [
      { gapMs: 800, count: 6 },
      { gapMs: 5_000, count: 2 },
    ],
  },
  sessions: { presses: 30, gapMs: 1_500 },
  discovery: 10,
  collection: 10,
  commandLine: 60,
  starts: 15,
  appWindow: { starts: 5, openings: 8 },
  idle: { rounds: 5, settleMs: 10_000, measureMs: 20_000 },
  // A visitor may open 120 pages a minute.
  visits: { lists: [0, 700, 6_000], rounds: 3, settleMs: 10_000, idleMs: 20_000, visits: 100 },
  watch: { rounds: 4, settleMs: 8_000, measureMs: 20_000, copies: 40 },
  service: { rounds: 5, forMs: 4_000, connections: [32], shares: 10_000 },
  manyShares: 100_000,
  largeFile: { sizeBytes: 2_000_000_000, rounds: 1 },
};

const QUICK = {
  press: {
    rounds: 2,
    presses: [
      { gapMs: 800, count: 3 },
      { gapMs: 5_000, count: 1 },
    ],
  },
  sessions: { presses: 10, gapMs: 1_500 },
  discovery: 5,
  collection: 3,
  commandLine: 16,
  starts: 5,
  appWindow: { starts: 2, openings: 5 },
  idle: { rounds: 1, settleMs: 8_000, measureMs: 10_000 },
  visits: { lists: [0, 700, 6_000], rounds: 1, settleMs: 6_000, idleMs: 10_000, visits: 40 },
  watch: { rounds: 2, settleMs: 6_000, measureMs: 10_000, copies: 20 },
  service: { rounds: 3, forMs: 1_000, connections: [32], shares: 1_000 },
  manyShares: 10_000,
  largeFile: { sizeBytes: 200_000_000, rounds: 1 },
};

runScript(async () => {
  const plan = process.argv.includes('--quick') ? QUICK : FULL;
  const wanted = wantedParts(PARTS);

  // Progress goes to stderr: stdout is for the figures.
  const say = console.error;
  const runtime = await findRuntime(say);
  const packages = await makePackages();
  const desktop = await startDesktop(say);
  try {
    const part = async <T>(name: Part, measure: () => Promise<T>): Promise<T | undefined> => {
      if (!wanted.includes(name)) return undefined;
      say(`Measuring: ${name} ...`);
      return measure();
    };
    const result = {
      machine: {
        cpu: cpus()[0]?.model ?? 'unknown',
        cores: cpus().length,
        kernel: release(),
        electron: runtime.version,
      },
      shippedBytes: await shippedBytes(),
      startToTrayMs: await part('start', () => measureStarts(desktop, packages, plan.starts)),
      pressToLinkMs: await part('press', () => measureShares(desktop, packages, plan.press)),
      sessions: await part('sessions', () => measureSessions(desktop, plan.sessions)),
      idle: await part('idle', () => measureIdle(desktop, packages, plan.idle)),
      visits: await part('visits', () => measureVisits(desktop, packages.app, plan.visits)),
      appWindow: await part('window', () => measureWindow(desktop, plan.appWindow)),
      watch: await part('watch', () => measureWatching(desktop, packages.app, plan.watch)),
      commandLine: await part('cli', () => measureCommandLine(desktop, packages, plan.commandLine)),
      discovery: await part('discovery', () => measureDiscovery(plan.discovery)),
      collection: await part('collection', () => measureCollection(plan.collection)),
      service: await part('service', () => measureService(plan.service)),
      serviceScale: await part('service-scale', () => measureScale(plan.manyShares)),
      largeFile: await part('large-file', () => measureTransfers(plan.largeFile)),
    };
    const text = JSON.stringify(result, null, 2);
    await mkdir(join(ROOT, 'test-results'), { recursive: true });
    await writeFile(join(ROOT, 'test-results/bench.json'), `${text}\n`);
    console.log(text);
    return 0;
  } finally {
    await desktop.close();
  }
});
