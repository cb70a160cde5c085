import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The packages that `npm run package -- --installers` built: `npm run test:install`. */
export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/install/**/*.test.ts'],
    // The kernel ends a test's programs with the thread that started them: it must be a process.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
