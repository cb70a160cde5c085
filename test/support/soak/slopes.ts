import { descriptorsOf, memoryOf, threadsOf, treeOf } from '../process-use.ts';
import { bytesBelow } from './link-book.ts';

/** What a program and its children hold. Memory in MB. */
interface Sample {
  readonly atMs: number;
  readonly anonymousMb: number;
  readonly ussMb: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly diskMb: number;
}

type Value = Exclude<keyof Sample, 'atMs'>;

export interface Slope {
  readonly first: number;
  readonly last: number;
  readonly perHour: number;
  /** Standard error of `perHour`. */
  readonly error: number;
}

export type Slopes = Readonly<Record<Value, Slope>>;

const EVERY_MS = 2_000;
const MB = 1_000_000;
const HOUR_MS = 3_600_000;

/** Begins of each run that are left out: a fresh process loads what it needs. */
const WARM_UP = 0.25;

/** Samples a program from one restart to the next. */
export class Sampler {
  readonly #dataDir: string;
  readonly #runs: Sample[][] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** A process was started. */
  start(pid: number): void {
    const run: Sample[] = [];
    this.#runs.push(run);
    this.stop();
    this.#timer = setInterval(() => {
      void this.#sample(pid).then((sample) => run.push(sample));
    }, EVERY_MS);
  }

  /** The process is about to end. */
  stop(): void {
    clearInterval(this.#timer);
  }

  /** One slope for all runs: each is allowed a level of its own. */
  slopes(): Slopes {
    const runs = this.#runs.map((run) => run.slice(Math.floor(run.length * WARM_UP)));
    const of = (value: Value): Slope => slopeOf(runs, (sample) => sample[value]);
    return {
      anonymousMb: of('anonymousMb'),
      ussMb: of('ussMb'),
      descriptors: of('descriptors'),
      threads: of('threads'),
      diskMb: of('diskMb'),
    };
  }

  async #sample(pid: number): Promise<Sample> {
    const pids = treeOf(pid);
    const sum = (of: (pid: number) => number): number =>
      pids.reduce((total, each) => total + of(each), 0);
    return {
      atMs: Date.now(),
      anonymousMb: sum((each) => memoryOf(each).anonymousBytes) / MB,
      ussMb: sum((each) => memoryOf(each).ussBytes) / MB,
      descriptors: sum(descriptorsOf),
      threads: sum(threadsOf),
      diskMb: (await bytesBelow(this.#dataDir)) / MB,
    };
  }
}

/** Least squares over deviations from each run's means. */
export function slopeOf<T extends { readonly atMs: number }>(
  runs: readonly (readonly T[])[],
  pick: (sample: T) => number,
): Slope {
  const points = runs.flatMap((run) => {
    const meanX = mean(run.map(({ atMs }) => atMs));
    const meanY = mean(run.map(pick));
    return run.map((sample) => ({
      x: (sample.atMs - meanX) / HOUR_MS,
      y: pick(sample) - meanY,
    }));
  });
  const xx = sum(points.map(({ x }) => x * x));
  const perHour = sum(points.map(({ x, y }) => x * y)) / xx;
  const rest = sum(points.map(({ x, y }) => (y - perHour * x) ** 2));
  const freedom = points.length - runs.length - 1;
  const all = runs.flat();
  const last = all.at(-1);
  return {
    first: rounded(all[0] === undefined ? Number.NaN : pick(all[0])),
    last: rounded(last === undefined ? Number.NaN : pick(last)),
    perHour: rounded(perHour),
    error: rounded(Math.sqrt(rest / freedom / xx)),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const rounded = (value: number): number => Math.round(value * 10) / 10;
