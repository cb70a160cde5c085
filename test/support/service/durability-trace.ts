import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { spawnService } from './process.ts';
import { textSeed } from './run.ts';

export interface DurabilityResult {
  /** Answers that acknowledged a share. */
  readonly traced: number;
  /** Of these, how many came after all that must be on the disk was synced. */
  readonly afterSync: number;
  /** What was missing before an answer, in the order of the system's calls. */
  readonly faults: readonly string[];
}

/** One thing that matters, in the order in which it was done (an answer: begun). */
export type Step = 'sync content' | 'name content' | 'sync folder' | 'sync metadata' | 'answer';

/** Bytes: beside the metadata, and as a blob. */
const SMALL = 1_000;
const LARGE = 200_000;

const NEEDED: Readonly<Record<'small' | 'large', readonly Step[]>> = {
  small: ['sync metadata'],
  large: ['sync content', 'name content', 'sync folder', 'sync metadata'],
};

/**
 * Shares one thing after another under strace, and looks whether each answer was sent after the
 * calls that make a power cut harmless, in their order. A kill cannot show this: what a process
 * has written survives it without any sync.
 * @throws where strace is not there
 */
export async function traceDurability(shares: number): Promise<DurabilityResult> {
  if (spawnSync('strace', ['--version']).error !== undefined) {
    throw new Error('strace is needed for this: apt-get install strace');
  }
  const folder = await mkdtemp(join(tmpdir(), 'linkify-durability-'));
  const trace = join(folder, 'trace');
  const calls = 'fsync,fdatasync,rename,renameat,renameat2,write,writev,sendto,sendmsg';
  try {
    const service = await spawnService(
      join(folder, 'data'),
      [],
      ['strace', '-D', '-f', '-yy', '-s', '32', '-e', `trace=${calls}`, '-o', trace],
    );
    for (let i = 0; i < shares; i++) {
      const size = i % 2 === 0 ? SMALL : LARGE;
      await service.api.share(textSeed(randomBytes(size / 2).toString('hex')));
    }
    // With -D the service is our child and strace is not; it writes until the last thread is gone.
    await service.kill('SIGTERM');
    const ended = new RegExp(`^${service.pid}\\s+\\+\\+\\+ exited`, 'm');
    for (let tries = 0; tries < 100; tries++) {
      const text = await readFile(trace, 'utf8');
      if (ended.test(text)) return judge(stepsOf(text), shares);
      await wait(50);
    }
    throw new Error('strace did not finish its trace');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a trace holds of what matters. A call counts where it came back, an answer where it began. */
export function stepsOf(trace: string): readonly Step[] {
  const steps: Step[] = [];
  const unfinished = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [, pid = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (/^(write|writev|sendto|sendmsg)\(\d+<TCP/.test(rest) && rest.includes('HTTP/1.1 200')) {
      steps.push('answer');
      continue;
    }
    if (rest.endsWith('<unfinished ...>')) {
      unfinished.set(pid, rest);
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const call = resumed === null ? rest : `${unfinished.get(pid) ?? ''}${resumed[1] ?? ''}`;
    const step = stepOf(call);
    if (step !== undefined) steps.push(step);
  }
  return steps;
}

function stepOf(call: string): Step | undefined {
  if (!/= 0$/.test(call)) return undefined;
  if (/^f(data)?sync\(\d+<[^>]*\/tmp\/[0-9a-f]+>/.test(call)) return 'sync content';
  if (/^rename.*\/tmp\/[0-9a-f]+".*\/blobs\/[0-9a-f]{2}\//.test(call)) return 'name content';
  if (/^f(data)?sync\(\d+<[^>]*\/blobs\/[0-9a-f]{2}>/.test(call)) return 'sync folder';
  if (/^f(data)?sync\(\d+<[^>]*\/catalog\.db-wal>/.test(call)) return 'sync metadata';
  return undefined;
}

/** Shares were made one after another: what stands between two answers belongs to the second. */
export function judge(steps: readonly Step[], shares: number): DurabilityResult {
  const faults: string[] = [];
  let traced = 0;
  let since: Step[] = [];
  for (const step of steps) {
    if (step !== 'answer') {
      since.push(step);
      continue;
    }
    if (traced === shares) break;
    const needed = NEEDED[traced % 2 === 0 ? 'small' : 'large'];
    if (!holdsInOrder(since, needed)) faults.push(`share ${traced + 1}: only ${since.join(', ')}`);
    traced++;
    since = [];
  }
  return { traced, afterSync: traced - faults.length, faults };
}

function holdsInOrder(steps: readonly Step[], needed: readonly Step[]): boolean {
  let at = 0;
  for (const step of steps) if (step === needed[at]) at++;
  return at === needed.length;
}
