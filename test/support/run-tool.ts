import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const STDOUT = { shown: 1, 'to-stderr': 2, 'only-errors': 'ignore' } as const;
const BIN = join(ROOT, 'node_modules', '.bin');

/**
 * Runs one of the project's own tools with its output shown, and answers its exit code.
 * @param output where its standard output goes: our own, our standard error, or nowhere
 */
export function runTool(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  output: 'shown' | 'to-stderr' | 'only-errors' = 'shown',
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(join(BIN, name), args, {
      stdio: ['ignore', STDOUT[output], 'inherit'],
      cwd: ROOT,
      // The tools want the project's own Node, also when this was not started by npm.
      env: { ...process.env, ...env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` },
    });
    child.on('error', (error) => {
      console.error(`${name}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}
