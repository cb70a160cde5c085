import { runTool } from '../support/run-tool.ts';
import { findRuntime } from '../support/runtime.ts';
import { runScript } from '../support/setup-problem.ts';

// `npm run dev`: vite with the app restarting on each change.
runScript(async () => {
  const { dir } = await findRuntime();
  return runTool('vite', [], { ELECTRON_OVERRIDE_DIST_PATH: dir });
});
