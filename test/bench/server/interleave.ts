import { tmpdir } from 'node:os';
import { runProgram } from '../../support/desktop/processes.ts';
import { round, summarise } from '../statistics.ts';

/**
 * Measures several subjects in turns, each as often, in an order that is reversed in every second
 * round: what disturbs one disturbs all. A first round warms up, and is dropped.
 * @param before called before each turn
 */
export async function interleave<Name extends string, Sample>(
  rounds: number,
  subjects: Readonly<Record<Name, () => Promise<Sample>>>,
  before?: () => Promise<unknown>,
): Promise<Readonly<Record<Name, readonly Sample[]>>> {
  const names = Object.keys(subjects) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Sample[]
  >;
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const name of turn % 2 === 0 ? names : names.toReversed()) {
      await before?.();
      const sample = await subjects[name]();
      if (turn > 0) samples[name].push(sample);
    }
  }
  return samples;
}

/**
 * Writes to the disk what others left in memory: one that syncs would wait for the files of one that
 * never does, because the file system commits them together.
 */
export async function flushDisk(): Promise<void> {
  await runProgram('sync', ['-f', tmpdir()], { limitMs: 120_000 });
}

export function median(values: readonly number[]): number {
  return summarise(values).median;
}

/** One measured value beside that of a reference. */
export interface Row {
  /** What was measured, with its unit. */
  readonly what: string;
  readonly ours: number;
  readonly against: string;
  readonly reference: number;
  /** Ours over the reference: the median of all rounds. */
  readonly ratio: number;
  /** The smallest and the largest ratio of a round, where there are several. */
  readonly ratios?: readonly [number, number];
  readonly better: 'higher' | 'lower';
}

/** What a part of the benchmark returns. */
export interface Measured {
  readonly rows: readonly Row[];
  /** What was not measured, and why. */
  readonly skipped?: readonly string[];
}

/** Compares round by round: the medians of both, and the median of the rounds' ratios. */
export function compare(
  head: Pick<Row, 'what' | 'against' | 'better'>,
  ours: readonly number[],
  reference: readonly number[],
): Row {
  const ratios = ours.map((value, index) => value / (reference[index] ?? Number.NaN));
  return {
    ...head,
    ours: median(ours),
    reference: median(reference),
    ratio: round(median(ratios)),
    ratios: [round(Math.min(...ratios)), round(Math.max(...ratios))],
  };
}
