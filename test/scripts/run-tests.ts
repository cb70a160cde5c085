import { ensureDebianPackages } from '../support/desktop/debian-packages.ts';
import { sweepLeftovers } from '../support/desktop/processes.ts';
import { runTool } from '../support/run-tool.ts';
import { prepareCeph } from '../support/service/ceph.ts';
import { runScript } from '../support/setup-problem.ts';
import { prepareWayland } from '../support/wayland/prepare.ts';
import { add, type Counts, NONE, oneFailure, summary } from './counts.ts';
import { runVitest } from './run-vitest.ts';
import { testPackages } from './test-packages.ts';

// `npm test`: everything, in the order of what is quickest to fail. Each part runs even when an
// earlier one failed, but the end-to-end tests need a build.

async function check(title: string, tool: string, args: readonly string[]): Promise<Counts> {
  console.log(`\n== ${title}`);
  return (await runTool(tool, args)) === 0 ? NONE : oneFailure(title);
}

runScript(async () => {
  if (process.platform === 'linux') {
    await ensureDebianPackages(console.log, 'with-browser');
    await prepareWayland(console.log);
    await prepareCeph(console.log);
  }
  const parts: Counts[] = [];
  parts.push(await check('types', 'tsc', ['-p', '.']));
  parts.push(await check('format and lint', 'biome', ['check', '.']));
  parts.push(await check('unused code', 'knip', []));
  console.log('\n== unit, contract and browser tests');
  parts.push(await runVitest('unit', 'test/vitest.config.ts'));
  const built = await check('build', 'vite', ['build']);
  parts.push(built);
  console.log('\n== end-to-end tests');
  if (built.failed === 0) parts.push(await runVitest('e2e', 'test/e2e/vitest.config.ts'));
  else console.log('not run: there is no build');
  if (process.platform === 'linux' && built.failed === 0) {
    console.log('\n== packages');
    parts.push(await testPackages('short'));
  }
  if (process.platform === 'linux') sweepLeftovers('orphaned');

  const total = parts.reduce(add);
  console.log(`\n${summary(total)}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});
