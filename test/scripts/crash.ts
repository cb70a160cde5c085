import { parseArgs } from 'node:util';
import { SEED } from '../support/random.ts';
import { crashRounds } from '../support/service/crash-rounds.ts';

/** `npm run test:crash -- --rounds 500`: prints what was acknowledged, lost, half and left over. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '500' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number.');
console.error(`LINKIFY_TEST_SEED=${SEED}`);
const result = await crashRounds(rounds, (round) => {
  if (round % 25 === 0) console.error(`${round} of ${rounds}`);
});
console.log(JSON.stringify(result));
const { lost, half, reopened, orphans, failedStarts } = result;
process.exitCode = lost + half + reopened + orphans + failedStarts === 0 ? 0 : 1;
