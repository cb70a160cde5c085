import { runScript } from '../../support/setup-problem.ts';
import { wantedParts } from '../parts.ts';
import { NO_LIBRARY } from '../server/create.ts';
import { compare, flushDisk, interleave, type Measured, type Row } from '../server/interleave.ts';
import { type Load, load } from '../server/load.ts';
import { report } from '../server/report.ts';
import { NO_SYNC_LIBRARY } from '../server/subjects.ts';
import { setUpHaste } from './haste.ts';
import { setUpNginx } from './nginx.ts';
import { setUpOurs } from './ours.ts';
import { type RunningPeer, type Setup, TARGETS, type TargetName } from './peer.ts';

// `npm run bench:peers`: creates and opens 1 KB of text here and at self-hosted peers, in turns.
// Prints JSON, then the ratios as a Markdown table. `-- --quick` is for a first look, `-- --only=create`
// (or page, or raw) measures a part.

const FULL = { rounds: 5, forMs: 2_000, connections: [1, 16] };
const QUICK = { rounds: 2, forMs: 1_000, connections: [1, 16] };

const plan = process.argv.includes('--quick') ? QUICK : FULL;

const PRIVATEBIN: Setup = {
  skipped:
    'PrivateBin: neither Debian nor npm has a package of it, and its code is not copied into this repository',
};

const TITLES: Readonly<Record<TargetName, string>> = {
  create: 'create 1 KB',
  page: 'open a page of 1 KB (haste-server: the JSON that its page requests)',
  raw: 'open 1 KB as plain text',
};

runScript(async () => {
  const wanted = wantedParts(TARGETS);
  const setups = [await setUpHaste(), await setUpNginx(), PRIVATEBIN];
  const skipped = setups.flatMap((setup) => ('skipped' in setup ? [setup.skipped] : []));
  const peers = setups.flatMap((setup) => ('peer' in setup ? [setup.peer] : []));
  const own = [await setUpOurs(true)];
  if (NO_SYNC_LIBRARY === undefined) skipped.push(NO_LIBRARY);
  else own.push(await setUpOurs(false));
  for (const reason of skipped) console.error(`Skipped: ${reason}`);
  try {
    const parts: Record<string, Measured> = { skipped: { rows: [], skipped } };
    for (const name of wanted) {
      console.error(`Measuring: ${name} ...`);
      // Sync makes no difference to those who only read.
      const compared = name === 'create' ? own : own.slice(0, 1);
      parts[name] = { rows: await measure(name, compared, peers) };
    }
    await report('bench-peers', { plan: plan === QUICK ? 'quick' : 'full' }, parts);
  } finally {
    for (const server of [...own, ...peers]) await server.end();
  }
  return 0;
});

/** All at once in turns, then each of ours beside each of the peers. */
async function measure(
  target: TargetName,
  own: readonly RunningPeer[],
  peers: readonly RunningPeer[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const connections of plan.connections) {
    const subjects: Record<string, () => Promise<Load>> = {};
    for (const { name, targets } of [...own, ...peers]) {
      subjects[name] = () => load({ ...targets[target], connections, forMs: plan.forMs });
    }
    const samples = await interleave(plan.rounds, subjects, flushDisk);
    const of = (name: string, value: keyof Load): readonly number[] =>
      (samples[name] ?? []).map((sample) => sample[value]);
    for (const [value, unit, better] of [
      ['perSecond', 'requests/s', 'higher'],
      ['p50Ms', 'p50 ms', 'lower'],
      ['p99Ms', 'p99 ms', 'lower'],
    ] as const) {
      for (const peer of peers) {
        for (const { name } of own) {
          const what = `${TITLES[target]}, ${connections} at once, ${name}, ${unit}`;
          const head = { what, against: peer.name, better };
          rows.push(compare(head, of(name, value), of(peer.name, value)));
        }
      }
    }
  }
  return rows;
}
