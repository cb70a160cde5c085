import fc from 'fast-check';
import { afterEach } from 'vitest';
import { SEED } from './random.ts';

// Of every test file: property tests use the seed of the run, and a test that fails prints it.

fc.configureGlobal({ seed: SEED });

afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.error(`To repeat: LINKIFY_TEST_SEED=${SEED}`);
});
