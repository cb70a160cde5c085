import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../app.ts';
import { runProgram } from '../desktop/processes.ts';
import { runTool } from '../run-tool.ts';
import { APPIMAGE_NAME, type BuiltVersion } from './build-versions.ts';
import { manifestOf, type SigningKey } from './signed-updates.ts';

/** The app as `npm run package` leaves it. */
const PACKAGED = join(ROOT, 'release', 'linux-unpacked');

/** Bytes that both versions have: more than an update by block map may transfer. */
const COMMON_BYTES = 4_000_000;

/** Bytes at the end that each version has for itself. */
const OWN_BYTES = 500_000;

/** electron-builder's own: it appends the block map of a file, and answers its length in bytes. */
const { appendBlockmap }: { appendBlockmap(path: string): Promise<{ blockMapSize: number }> } =
  createRequire(createRequire(import.meta.url).resolve('electron-builder'))(
    'app-builder-lib/out/targets/differentialUpdateInfoBuilder',
  );

/** The packaged app, from which stand-ins are made. */
export class StandIns {
  readonly #folder: string;
  readonly #common = randomBytes(COMMON_BYTES);
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param folder an empty one, which an ordinary user can read */
  static async open(folder: string): Promise<StandIns> {
    await runProgram('cp', ['-a', PACKAGED, join(folder, 'base')]);
    await asar('extract', join(PACKAGED, 'resources/app.asar'), join(folder, 'source'));
    rmSync(join(folder, 'base/resources/app.asar'));
    rmSync(join(folder, 'base/resources/app.asar.unpacked'), { recursive: true });
    return new StandIns(folder);
  }

  /**
   * Makes a version in seconds: a small script in place of an AppImage, which starts the packaged app
   * as an AppImage's runtime does, without having to unpack it.
   * @param updates as in package.json
   */
  async version(
    version: string,
    updates: { readonly url: string; readonly keys: readonly SigningKey[] },
  ): Promise<BuiltVersion> {
    const folder = join(this.#folder, String(++this.#count));
    const app = join(folder, 'app');
    mkdirSync(folder);
    // The same bytes on disk.
    await runProgram('cp', ['-al', join(this.#folder, 'base'), app]);
    const source = join(this.#folder, 'source');
    const about = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
    const keys = updates.keys.map(({ publicKey }) => publicKey);
    writeFileSync(
      join(source, 'package.json'),
      JSON.stringify({ ...about, version, updates: { url: updates.url, keys } }),
    );
    await asar('pack', source, join(app, 'resources/app.asar'), '--unpack', '*.node');
    const appImage = join(folder, APPIMAGE_NAME);
    const script = `#!/bin/sh
APPIMAGE=$(readlink -f "$0") APPDIR=${app} exec ${app}/linkify-tray "$@"
`;
    writeFileSync(
      appImage,
      Buffer.concat([Buffer.from(script), this.#common, randomBytes(OWN_BYTES)]),
    );
    chmodSync(appImage, 0o755);
    const { blockMapSize } = await appendBlockmap(appImage);
    const content = readFileSync(appImage);
    return {
      version,
      appImage,
      manifest: manifestOf(version, content, APPIMAGE_NAME, blockMapSize),
    };
  }
}

async function asar(...args: readonly string[]): Promise<void> {
  if ((await runTool('asar', args)) !== 0) throw new Error(`asar ${args[0]} failed`);
}
