import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
// Chooses the seed, which workers inherit.
import './support/random.ts';

/** Everything without Electron: plain Node, real HTTP servers on free ports, pages in Chromium. */
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    // One file per core: much of what they do is wait. Vitest would leave one of two cores idle.
    maxWorkers: '100%',
    // Only what hangs takes as long: tests assert no durations, and a busy machine is slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine may take longer than the second that is usual; what comes sooner ends the wait.
    expect: { poll: { timeout: 10_000 } },
    include: ['test/{unit,contract,browser}/**/*.test.ts'],
    setupFiles: ['test/support/random-seed.ts'],
    globalSetup: ['test/support/service/shared-ceph.ts'],
  },
});
