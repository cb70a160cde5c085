import { runTool } from './run-tool.ts';
import { findRuntime } from './runtime.ts';
import { runScript } from './setup-problem.ts';

// `npm run dev`: vite with the app restarting on each change.
runScript(async () => {
  const { dir } = await findRuntime();
  return runTool('vite', [], { ELECTRON_OVERRIDE_DIST_PATH: dir });
});
