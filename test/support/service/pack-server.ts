import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { external, leaveOut, license, minify, nativeCrc32 } from '../../../vite.config.ts';
import { licenseFile } from '../../scripts/license-file.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The only thing that the bundle leaves outside: it has native code. */
const SQLITE = '@photostructure/sqlite';

const README = `# Linkify Tray server

The server of Linkify Tray without the app. Start it with a data folder:

    npx --package ./linkify-tray-server-VERSION.tgz linkify-tray-server --data ./data

\`--help\` lists all options.
`;

/**
 * Makes an npm package of the server alone: its bundle, and one dependency.
 * @param output the folder for the tarball, created if it's missing
 * @returns the tarball's path
 */
export async function packServer(output: string): Promise<string> {
  const folder = join(output, 'linkify-tray-server');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await buildServer(join(folder, 'dist'));
  const { version, description, license, author, engines, dependencies } = JSON.parse(
    await readFile(join(ROOT, 'package.json'), 'utf8'),
  );
  const manifest = {
    name: 'linkify-tray-server',
    version,
    description: `${description} The server alone.`,
    license,
    author,
    // Installed from its tarball only: nobody owns the name in the registry.
    private: true,
    type: 'module',
    bin: { 'linkify-tray-server': 'dist/linkify-tray-server.js' },
    files: ['dist'],
    engines,
    dependencies: { [SQLITE]: dependencies[SQLITE] },
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(folder, 'README.md'), README.replace('VERSION', version));
  await cp(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', output], {
    cwd: folder,
  });
  return join(output, `linkify-tray-server-${version}.tgz`);
}

async function buildServer(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    publicDir: false,
    logLevel: 'warn',
    plugins: [
      leaveOut,
      nativeCrc32,
      licenseFile({
        root: ROOT,
        outDirs: [outDir],
        natives: [SQLITE],
        list: join(outDir, 'licenses.json'),
        file: join(outDir, 'licenses.txt'),
      }),
    ],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      license,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: {
          'linkify-tray-server': join(ROOT, 'main/server/cli.ts'),
          // The file of a worker thread, which it is looked for beside.
          'render-worker': join(ROOT, 'main/server/pages/render/render-worker.ts'),
        },
        external,
        output: { minify, entryFileNames: '[name].js' },
      },
    },
  });
}
