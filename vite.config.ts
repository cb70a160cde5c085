import { join } from 'node:path';
import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vite';
import electron from 'vite-plugin-electron/simple';

const here = import.meta.dirname;

/**
 * What stays outside the bundle: Electron itself, and the native modules,
 * whose binaries cannot be bundled. Everything else ships inside dist/.
 */
const external = ['electron', /^node:/, '@crosscopy/clipboard', 'classic-level'];

export default defineConfig({
  root: join(here, 'renderer'),
  base: './',
  plugins: [
    preact(),
    electron({
      main: {
        entry: {
          boot: join(here, 'main/boot.ts'),
          'service-cli': join(here, 'main/service/cli.ts'),
          // A worker thread's file must stand alone.
          'scan-secrets-worker': join(here, 'main/clipboard/scan-secrets-worker.ts'),
        },
        onstart: async ({ startup }) => {
          await startup(['.'], { cwd: here });
        },
        vite: {
          root: here,
          build: {
            outDir: join(here, 'dist/main'),
            emptyOutDir: true,
            target: 'node20',
            minify: false,
            sourcemap: true,
            rolldownOptions: { external },
          },
        },
      },
      preload: {
        input: join(here, 'preload/index.ts'),
        vite: {
          root: here,
          build: {
            outDir: join(here, 'dist/preload'),
            emptyOutDir: true,
            sourcemap: 'inline',
            // A sandboxed preload must be one CommonJS file.
            rolldownOptions: {
              external: ['electron'],
              output: { format: 'cjs', entryFileNames: '[name].cjs' },
            },
          },
        },
      },
    }),
  ],
  build: {
    outDir: join(here, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    rolldownOptions: { input: join(here, 'renderer/index.html') },
  },
});
