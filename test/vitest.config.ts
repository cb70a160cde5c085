import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
// Chooses the seed, which workers inherit.
import './support/random.ts';

/** Everything without Electron: plain Node, real HTTP servers on free ports, pages in Chromium. */
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A busy machine may take longer than the second that is usual; what comes sooner ends the wait.
    expect: { poll: { timeout: 10_000 } },
    include: ['test/{unit,contract,browser}/**/*.test.ts'],
    setupFiles: ['test/support/random-seed.ts'],
  },
});
