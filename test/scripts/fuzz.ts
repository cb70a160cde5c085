import { parseArgs } from 'node:util';
import { fuzzRequests } from '../support/service/fuzz-requests.ts';

/** `npm run test:fuzz -- --requests 50000 [--seed N]`: prints requests and 5xx. */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '50000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const total = Number(values.requests);
let requests = 0;
let serverErrors = 0;
let undocumented = 0;
let failed = false;
// In rounds, so that the requests of one are not all held in memory.
for (let round = 0; requests < total; round++) {
  const result = await fuzzRequests(Math.min(5_000, total - requests), Number(values.seed) + round);
  requests += result.requests;
  serverErrors += result.serverErrors;
  undocumented += result.undocumented;
  failed ||= !result.stillAnswers;
  console.error(JSON.stringify(result));
}
console.log(JSON.stringify({ requests, serverErrors, undocumented, seed: Number(values.seed) }));
process.exitCode = failed || serverErrors + undocumented > 0 ? 1 : 0;
