import { runTool } from '../support/run-tool.ts';
import { runScript } from '../support/setup-problem.ts';

// `npm run test:linear`: whether every function that reads input from outside takes linear time,
// on all inputs of test/support/adversarial.ts. `npm test` tries a sixth of them.

const FILES = [
  'test/unit/clipboard/adversarial.test.ts',
  'test/unit/server/linear-expressions.test.ts',
  'test/unit/server/linear-time.test.ts',
  'test/unit/support/adversarial.test.ts',
];

runScript(() =>
  runTool('vitest', ['run', '-c', 'test/vitest.config.ts', ...FILES], { LINEAR_INPUTS: 'all' }),
);
