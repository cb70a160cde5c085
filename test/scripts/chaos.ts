import { parseArgs } from 'node:util';
import { SEED } from '../support/random.ts';
import { startCeph } from '../support/service/ceph.ts';
import { chaosRounds } from '../support/service/chaos-rounds.ts';

/** `npm run test:chaos -- --rounds 200`: prints what was acknowledged, and what did not hold. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number.');
console.error(`LINKIFY_TEST_SEED=${SEED}`);
const ceph = await startCeph();
const result = await chaosRounds(rounds, ceph, (round) => {
  if (round % 10 === 0) console.error(`${round} of ${rounds}`);
}).finally(() => ceph.close());
console.log(JSON.stringify(result));
const { rounds: _, acknowledged: __, opened: ___, ...violations } = result;
process.exitCode = Object.values(violations).every((count) => count === 0) ? 0 : 1;
