import { createHash } from 'node:crypto';

// Workers and child processes inherit it, so that all of a run use one seed.
process.env.LINKIFY_TEST_SEED ??= String(Math.floor(Math.random() * 2 ** 31));

/** The seed of this run's random tests. LINKIFY_TEST_SEED repeats a run. */
export const SEED = Number(process.env.LINKIFY_TEST_SEED);

/**
 * Returns a generator of numbers from 0 to less than 1 that the seed repeats.
 * @param name of what is random: each name has a sequence of its own
 */
export function seededRandom(name: string): () => number {
  let count = 0;
  return () => seededBytes(`${name} ${count++}`, 4).readUInt32BE() / 2 ** 32;
}

/** Returns random bytes that the seed repeats. */
export function seededBytes(name: string, length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(`${SEED} ${name}`).digest();
}
