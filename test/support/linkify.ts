import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { type CommandResult, ROOT } from './app.ts';
import type { Desktop } from './desktop.ts';

/** The program `linkify` that the build makes. */
export const LINKIFY = join(ROOT, 'dist/cli/linkify.cjs');

export interface LinkifyOptions {
  readonly desktop: Pick<Desktop, 'dir' | 'env'>;
  /** Absent: the default folder of the environment. */
  readonly profile?: string;
  readonly args: readonly string[];
  /** What stdin has; absent: nothing. */
  readonly input?: Uint8Array | string;
  readonly env?: Readonly<Record<string, string>>;
}

const folderOf = (profile: string | undefined): readonly string[] =>
  profile === undefined ? [] : [`--user-data-dir=${profile}`];

/** Starts `linkify`; its stdin stays open. */
export function startLinkify({
  args,
  desktop,
  env,
  profile,
}: LinkifyOptions): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [LINKIFY, ...folderOf(profile), ...args], {
    cwd: desktop.dir,
    env: { ...desktop.env, ...env },
  });
}

/** Runs `linkify` and answers its exit code and what it printed. */
export async function runLinkify(options: LinkifyOptions): Promise<CommandResult> {
  const child = startLinkify(options);
  // It may end before it has read all of it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  return resultOf(child);
}

/** What a process came to. */
export function resultOf(child: ChildProcessWithoutNullStreams): Promise<CommandResult> {
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  return new Promise((resolve) => {
    child.once('close', (code) =>
      resolve({
        code,
        out: Buffer.concat(out).toString(),
        errors: Buffer.concat(errors).toString(),
      }),
    );
  });
}

/**
 * Runs `linkify` in a terminal of its own (`script` of util-linux).
 * @param typed what a person types; each part goes out once the terminal shows the text before it
 * @returns what the terminal showed, and the exit code
 */
export function runInTerminal(
  { args, desktop, profile }: LinkifyOptions,
  typed: readonly (readonly [after: string, keys: string])[] = [],
): Promise<{ readonly code: number | null; readonly shown: string }> {
  const command = [process.execPath, LINKIFY, ...folderOf(profile), ...args]
    .map((part) => `'${part.replaceAll("'", "'\\''")}'`)
    .join(' ');
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: desktop.dir,
    env: { ...desktop.env, TERM: 'xterm', SHELL: '/bin/sh' },
  });
  let shown = '';
  const left = [...typed];
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk;
    const [next] = left;
    if (next === undefined || !shown.includes(next[0])) return;
    left.shift();
    child.stdin.write(next[1]);
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, shown })));
}
