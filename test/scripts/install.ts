import { INSTALL_ROOT } from '../support/packaging/install-root.ts';
import { runTool } from '../support/run-tool.ts';
import { runScript, SetupProblem } from '../support/setup-problem.ts';
import { ensureRoot } from '../support/wayland/debian-root.ts';
import { summary } from './counts.ts';
import { testPackages } from './test-packages.ts';

// `npm run test:install`: builds AppImage, deb and rpm, and installs and runs them. `-- --built`
// tests what is in release/ already.

runScript(async () => {
  await ensureRoot(INSTALL_ROOT, console.error).catch((error: unknown) => {
    if (!(error instanceof SetupProblem)) throw error;
    console.error(`Nothing is installed. ${error.message}`);
  });
  const isBuilt = process.argv.includes('--built');
  if (!isBuilt && (await runTool('vite', ['build'], {}, 'only-errors')) !== 0) return 1;
  const counts = await testPackages(isBuilt ? 'built' : 'full');
  console.log(`\n${summary(counts)}`);
  return counts.failed === 0 ? 0 : 1;
});
