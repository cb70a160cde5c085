import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Unit and contract tests: plain Node, real HTTP servers on free ports, no Electron. */
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
