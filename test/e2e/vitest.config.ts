import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
// Chooses the seed, which workers inherit.
import '../support/random.ts';

/** End-to-end tests: the built app on a real desktop, one test after the other. */
export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/e2e/**/*.test.ts'],
    setupFiles: ['test/support/random-seed.ts'],
    globalSetup: [
      join(import.meta.dirname, 'prepare.ts'),
      join(import.meta.dirname, '../support/service/shared-ceph.ts'),
    ],
    // The kernel ends a test's programs with the thread that started them: it must be a process.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
  },
});
