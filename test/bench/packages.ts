import { cp, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { type AppCommand, ROOT, rootArgs } from '../support/app.ts';
import { runProgram } from '../support/desktop/processes.ts';
import { runTool } from '../support/run-tool.ts';

/** The package for tests: a release takes no switch that the superuser needs. */
const PACKAGED = join(ROOT, 'release/for-tests/linux-unpacked');
const OUT = join(ROOT, 'release/bench');
const PROGRAM = 'linkify-tray';

/** The packaged app and its references: the same Electron, the same fuses, another app.asar. */
export interface Packages {
  readonly app: AppCommand;
  readonly bare: AppCommand;
  readonly handler: AppCommand;
}

/** Packages the app and the references, all in the same way. */
export async function makePackages(): Promise<Packages> {
  if ((await runTool('node', ['test/scripts/package.ts', '--for-tests'], {}, 'to-stderr')) !== 0)
    throw new Error('no package');
  await rm(OUT, { recursive: true, force: true });
  await bundleHandler();
  return {
    app: command(PACKAGED),
    bare: await packageReference('bare', join(import.meta.dirname, 'bare-app')),
    handler: await packageReference('handler', join(OUT, 'handler-source')),
  };
}

/** Bytes that ship besides Electron itself. */
export async function shippedBytes(): Promise<{ asar: number; unpacked: number }> {
  const asar = join(PACKAGED, 'resources/app.asar');
  const unpacked = await runProgram('du', ['-sb', `${asar}.unpacked`]).then(
    (text) => Number.parseInt(text.toString(), 10),
    () => 0,
  );
  return { asar: (await stat(asar)).size, unpacked };
}

async function bundleHandler(): Promise<void> {
  const source = join(import.meta.dirname, 'handler-app');
  const outDir = join(OUT, 'handler-source');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: source,
    ssr: { noExternal: true },
    build: {
      ssr: join(source, 'main.ts'),
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { external: ['electron'] },
    },
  });
  await cp(join(source, 'package.json'), join(outDir, 'package.json'));
  await cp(join(import.meta.dirname, 'bare-app/icon.png'), join(outDir, 'icon.png'));
}

/** Links the packaged app's files (the same bytes on disk), and gives them another app. */
async function packageReference(name: string, source: string): Promise<AppCommand> {
  const dir = join(OUT, name);
  await mkdir(OUT, { recursive: true });
  await runProgram('cp', ['-al', PACKAGED, dir]);
  await rm(join(dir, 'resources'), { recursive: true });
  await mkdir(join(dir, 'resources'));
  const packed = await runTool(
    'asar',
    ['pack', source, join(dir, 'resources/app.asar')],
    {},
    'to-stderr',
  );
  if (packed !== 0) throw new Error(`asar could not pack ${source}`);
  return command(dir);
}

function command(dir: string): AppCommand {
  return { executable: join(dir, PROGRAM), args: rootArgs() };
}
