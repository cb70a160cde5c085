import { parseArgs } from 'node:util';
import { CODES, faultRounds } from '../support/service/faults/rounds.ts';
import { SCENARIOS } from '../support/service/faults/scenarios.ts';

/** `npm run test:faults [-- --only NAME]`: fails every operation with every error code. */
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const scenarios = SCENARIOS.filter(({ name }) => name.includes(values.only));
const faults = CODES.flatMap((code) => [false, true].map((isLasting) => ({ code, isLasting })));
const result = await faultRounds(
  () => faults,
  scenarios,
  (name) => console.error(`${new Date().toISOString()} ${name}`),
);
console.log(JSON.stringify(result, null, 2));
process.exitCode = result.problems.length === 0 && result.injected > 0 ? 0 : 1;
