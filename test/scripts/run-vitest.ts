import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../support/app.ts';
import { runTool } from '../support/run-tool.ts';
import { type Counts, readCounts } from './counts.ts';

/** Runs the tests of one configuration and counts them. */
export async function runVitest(
  name: string,
  config: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Counts> {
  const results = join(ROOT, 'test-results');
  const report = join(results, `${name}.json`);
  await mkdir(results, { recursive: true });
  await rm(report, { force: true });
  const code = await runTool(
    'vitest',
    [
      'run',
      '-c',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${report}`,
      ...args,
    ],
    env,
  );
  return readCounts(report, code);
}
