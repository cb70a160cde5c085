import { runTool } from '../support/run-tool.ts';
import { runScript } from '../support/setup-problem.ts';
import { prepareWayland } from '../support/wayland/prepare.ts';
import { summary } from './counts.ts';
import { runVitest } from './run-vitest.ts';

// `npm run test:e2e`: the end-to-end tests alone, on a fresh build; `-- --packaged` runs them on
// the packaged application instead. Other arguments are vitest's, such as a file's name.

runScript(async () => {
  const args = process.argv.slice(2);
  const packaged = args.includes('--packaged');
  const rest = args.filter((argument) => argument !== '--packaged');
  const prepared = packaged
    ? await runTool('node', ['test/scripts/package.ts', '--for-tests'])
    : await runTool('vite', ['build']);
  if (prepared !== 0) return prepared;
  const files = rest.filter((argument) => !argument.startsWith('-'));
  const withWayland = files.length === 0 || files.some((name) => /wayland|sway|gnome/.test(name));
  if (withWayland) await prepareWayland(console.error);
  const env: Record<string, string> = packaged ? { LINKIFY_E2E_APP: 'packaged' } : {};
  const counts = await runVitest('e2e', 'test/e2e/vitest.config.ts', rest, env);
  console.log(`\n${summary(counts)}`);
  return counts.failed === 0 ? 0 : 1;
});
