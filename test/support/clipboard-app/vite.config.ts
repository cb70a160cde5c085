import { join } from 'node:path';
import { defineConfig } from 'vite';
import { withExternalBuiltins } from 'vite-plugin-electron';
import { leaveOut } from '../../../vite.config.ts';

/** Builds this app as the app's own main process is built. */
export default defineConfig(
  withExternalBuiltins({
    root: import.meta.dirname,
    plugins: [leaveOut],
    build: {
      lib: { entry: join(import.meta.dirname, 'main.ts'), formats: ['es'], fileName: 'main' },
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { platform: 'node', external: ['electron', '@crosscopy/clipboard'] },
    },
  }),
);
