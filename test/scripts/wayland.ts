import { runTool } from '../support/run-tool.ts';
import { runScript, SetupProblem } from '../support/setup-problem.ts';
import { ensureRoot } from '../support/wayland/debian-root.ts';
import { DEBIAN_13 } from '../support/wayland/gnome.ts';
import { summary } from './counts.ts';
import { runVitest } from './run-vitest.ts';

// `npm run test:wayland`: the app on GNOME 48 and KWin 6.3, in a Debian 13 of their own. Other
// arguments are vitest's, such as a file's name.

runScript(async () => {
  await ensureRoot(DEBIAN_13, console.error).catch((error: unknown) => {
    if (!(error instanceof SetupProblem)) throw error;
    console.error(`All tests are skipped. ${error.message}`);
  });
  if ((await runTool('vite', ['build'], {}, 'only-errors')) !== 0) return 1;
  console.error('No screenshots of KWin are taken: they need OpenGL, and so a graphics card.');
  const args = process.argv.slice(2);
  const counts = await runVitest('wayland', 'test/wayland/vitest.config.ts', args);
  console.log(`\n${summary(counts)}`);
  return counts.failed === 0 ? 0 : 1;
});
