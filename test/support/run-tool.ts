import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { ROOT } from './app.ts';

const BIN = join(ROOT, 'node_modules', '.bin');

/**
 * Runs one of the project's own tools with its output shown, and answers its exit code.
 * @param output file descriptor that its standard output goes to: 2 keeps ours clean
 */
export function runTool(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  output: 1 | 2 = 1,
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(join(BIN, name), args, {
      stdio: ['ignore', output, 'inherit'],
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
