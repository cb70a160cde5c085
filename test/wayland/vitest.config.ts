import { defineConfig } from 'vitest/config';
import e2e from '../e2e/vitest.config.ts';

/** Sessions that need a Debian 13 of their own: `npm run test:wayland`. */
export default defineConfig({ test: { ...e2e.test, include: ['test/wayland/**/*.test.ts'] } });
