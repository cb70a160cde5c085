import { spawn } from 'node:child_process';

/** What a command came to. */
export interface RunResult {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs a command to its end. `limitMs` ends what hangs. */
export function run(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
  limitMs = 60_000,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, errors }));
  });
}

/** Runs a command that has to succeed, and answers what it printed to stdout. */
export async function runToSuccess(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
  limitMs = 60_000,
): Promise<string> {
  const { code, out, errors } = await run(command, env, limitMs);
  if (code === 0) return out;
  throw new Error(
    `${command.join(' ')} ended with ${code}:\n${out.slice(-2_000)}${errors.slice(-2_000)}`,
  );
}
