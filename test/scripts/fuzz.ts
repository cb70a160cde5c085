import { parseArgs } from 'node:util';
import { fuzzRequests } from '../support/service/fuzz-requests.ts';
import { PostgresServer, postgresProblem } from '../support/service/postgres-server.ts';

/** `npm run test:fuzz -- --requests 50000 [--seed N]`: on PostgreSQL where it is installed. Prints requests, 5xx and leaks. */
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
let leaks = 0;
let failed = false;
const postgres = postgresProblem === undefined ? await PostgresServer.start() : undefined;
// In rounds, so that the requests of one are not all held in memory.
for (let round = 0; requests < total; round++) {
  const result = await fuzzRequests(
    Math.min(5_000, total - requests),
    Number(values.seed) + round,
    postgres && { url: await postgres.createDatabase(), connections: 10 },
  );
  requests += result.requests;
  serverErrors += result.serverErrors;
  undocumented += result.undocumented;
  leaks += result.leaks;
  failed ||= !result.stillAnswers;
  console.error(JSON.stringify(result));
}
await postgres?.end();
const database = postgres === undefined ? 'SQLite' : 'PostgreSQL';
const seed = Number(values.seed);
console.log(JSON.stringify({ database, requests, serverErrors, undocumented, leaks, seed }));
process.exitCode = failed || serverErrors + undocumented + leaks > 0 ? 1 : 0;
