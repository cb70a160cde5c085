import { join } from 'node:path';
import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vite';
import buildForNode from 'vite-plugin-electron';
import electron from 'vite-plugin-electron/simple';
import about from './package.json' with { type: 'json' };
import { LICENSE_JSON, licenseFile } from './test/scripts/license-file.ts';

const here = import.meta.dirname;

/**
 * What stays outside the bundle: Electron itself, and the native modules,
 * whose binaries cannot be bundled. Everything else ships inside dist/.
 */
const natives = ['@crosscopy/clipboard', '@photostructure/sqlite', 'koffi'];
export const external = ['electron', /^node:/, ...natives];

/** Licenses of what is bundled, listed by each build for `licenseFile`. */
export const license = { fileName: LICENSE_JSON };

/**
 * Parts of dependencies that nothing here calls, and that would only lie in memory (1 MB of
 * source): all of x11, an X toolkit, but the connection and the two extensions that the clipboard
 * needs; of dbus-native the message bus of its own, the server side, and introspection with its
 * XML parser; and the JSON schema validator of conf (below electron-store), which it calls for
 * its own `schema` option only. Our own schemas check what is stored.
 */
export const leaveOut = {
  name: 'leave-out-what-is-not-called',
  load(id: string) {
    const [, name, part = ''] =
      /node_modules[/\\](x11|dbus-native|ajv|ajv-formats)[/\\](.+)\.js$/.exec(id) ?? [];
    switch (name) {
      case 'x11':
        return X11_NOT_CALLED.test(part) ? 'module.exports = {};' : null;
      case 'dbus-native':
        return DBUS_NOT_CALLED.test(part) ? 'module.exports = {};' : null;
      case 'ajv':
        return 'export class Ajv2020 {}';
      case 'ajv-formats':
        return 'export default {};';
      default:
        return null;
    }
  },
};

const X11_NOT_CALLED =
  /^lib[/\\](keysyms|fdpass-bun|hexy|shm-provider|xserver[/\\].+|ext[/\\](?!(?:fixes|res)$).+)$/;

const DBUS_NOT_CALLED =
  /^lib[/\\](broker|server|server-handshake|introspect|proxy|managed-objects|define-interface)$/;

/** The checksum of archives (yazl) from Node's zlib, in native code: the package's own is JavaScript. */
export const nativeCrc32 = {
  name: 'native-crc32',
  load(id: string) {
    return /node_modules[/\\]buffer-crc32[/\\]/.test(id)
      ? "module.exports = { unsigned: require('node:zlib').crc32 };"
      : null;
  },
};

/** Names stay, for stack traces that tell something; blanks and comments would only lie in memory. */
export const minify = { compress: true, mangle: false, codegen: true };

export default defineConfig({
  root: join(here, 'renderer'),
  base: './',
  plugins: [
    preact(),
    electron({
      main: {
        entry: {
          boot: join(here, 'main/boot.ts'),
          'service-cli': join(here, 'main/server/cli.ts'),
          // Files of worker threads must stand alone.
          'render-worker': join(here, 'main/server/pages/render/render-worker.ts'),
          'scan-secrets-worker': join(here, 'main/secrets/scan-worker.ts'),
          'wayland-clipboard-worker': join(here, 'main/desktop/wayland/clipboard-worker.ts'),
        },
        onstart: async ({ startup }) => {
          // Chromium does not start as root with its sandbox, as in a container.
          const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
          await startup(['.', ...asRoot], { cwd: here });
        },
        vite: {
          root: here,
          plugins: [
            leaveOut,
            nativeCrc32,
            licenseFile({
              root: here,
              outDirs: ['main', 'renderer'].map((name) => join(here, 'dist', name)),
              natives,
              file: join(here, 'dist/licenses.txt'),
              list: join(here, 'dist/bundled-packages.json'),
            }),
          ],
          build: {
            license,
            outDir: join(here, 'dist/main'),
            emptyOutDir: true,
            target: 'node20',
            sourcemap: true,
            rolldownOptions: {
              external,
              output: { minify },
            },
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
    // `linkify`, which any Node runs: CommonJS, which starts faster than modules.
    buildForNode({
      onstart: () => undefined,
      vite: {
        root: here,
        define: { LINKIFY_VERSION: JSON.stringify(about.version) },
        build: {
          lib: {
            entry: { linkify: join(here, 'main/cli/linkify.ts') },
            formats: ['cjs'],
            fileName: () => '[name].cjs',
          },
          outDir: join(here, 'dist/cli'),
          emptyOutDir: true,
          target: 'node18',
          rolldownOptions: {
            external: [/^node:/],
            output: { chunkFileNames: '[name].cjs', minify: true },
          },
        },
      },
    }),
  ],
  build: {
    license,
    outDir: join(here, 'dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    rolldownOptions: { input: join(here, 'renderer/index.html') },
  },
});
