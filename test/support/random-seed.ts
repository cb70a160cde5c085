import fc from 'fast-check';
import { afterEach } from 'vitest';

/**
 * The seed of this run's random tests. LINKIFY_TEST_SEED repeats a run; the configuration chooses
 * one otherwise.
 */
export const SEED = Number(process.env.LINKIFY_TEST_SEED ?? 1);

fc.configureGlobal({ seed: SEED });

afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.error(`To repeat: LINKIFY_TEST_SEED=${SEED}`);
});
