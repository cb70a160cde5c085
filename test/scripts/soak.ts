import { parseArgs } from 'node:util';
import { startDesktop } from '../support/desktop.ts';
import { SEED } from '../support/random.ts';
import { runTool } from '../support/run-tool.ts';
import { runScript, SetupProblem } from '../support/setup-problem.ts';
import { soak } from '../support/soak/soak.ts';

// `npm run test:soak -- --minutes 20`: a headless server and the packaged app under mixed use.
// Prints what was lost or left, and slopes of memory, descriptors, threads and disk per hour.

runScript(async () => {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' } } });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new SetupProblem('--minutes takes a number above 0.');
  console.error(`LINKIFY_TEST_SEED=${SEED}`);
  const packaged = await runTool(
    'node',
    ['test/scripts/package.ts', '--for-tests'],
    {},
    'to-stderr',
  );
  if (packaged !== 0) return packaged;
  process.env.LINKIFY_E2E_APP = 'packaged';
  const desktop = await startDesktop();
  try {
    const results = await soak(desktop, minutes);
    console.log(JSON.stringify(results, null, 2));
    for (const { name, slopes } of results) {
      console.log(`\n${name}, per hour (standard error):`);
      for (const [value, { first, last, perHour, error }] of Object.entries(slopes)) {
        console.log(`  ${value}: ${perHour} (${error}), from ${first} to ${last}`);
      }
    }
    const problems = results.flatMap((result) => result.problems);
    for (const problem of problems) console.error(problem);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await desktop.close();
  }
});
