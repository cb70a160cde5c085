import { parseArgs } from 'node:util';
import { killRounds } from '../support/outbox/kill-rounds.ts';
import { SEED } from '../support/random.ts';

/** `npm run test:outbox -- --rounds 100`: prints what was wanted, made, lost and made twice. */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number.');
console.error(`LINKIFY_TEST_SEED=${SEED}`);
const result = await killRounds(rounds, (round) => {
  if (round % 20 === 0) console.error(`${round} of ${rounds}`);
});
console.log(
  `wanted ${result.wanted}, made ${result.made}, lost ${result.lost}, duplicated ${result.duplicated}`,
);
console.log(JSON.stringify(result));
const { lost, duplicated, notListed } = result;
process.exitCode = lost + duplicated + notListed === 0 ? 0 : 1;
