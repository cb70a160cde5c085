import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Everything without Electron: plain Node, real HTTP servers on free ports, pages in Chromium. */
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/{unit,contract,browser}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
