import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../app.ts';
import { ensurePackages } from '../desktop/debian-packages.ts';
import { runTool } from '../run-tool.ts';
import { cacheFolder, findRuntime, isReachable } from '../runtime.ts';
import { appImageTools } from './appimage-tools.ts';
import { sourceEpoch, writeLinuxFiles } from './linux-files.ts';

export const LINUX_INSTALLERS = ['AppImage', 'deb', 'rpm'] as const;
export type LinuxInstaller = (typeof LINUX_INSTALLERS)[number];

export interface PackageAppOptions {
  /** Absolute path of a folder; electron-builder writes beside what is in it. */
  readonly output: string;
  /** Playwright can drive the app, and it takes switches that a release refuses. */
  readonly forTests?: boolean;
  /** Nothing: the unpacked app only. */
  readonly installers?: readonly LinuxInstaller[];
  /** Compresses quickly, for tests. */
  readonly fast?: boolean;
  /** In place of the version in package.json. */
  readonly version?: string;
  /** In place of where package.json says that updates are, and which keys sign them. */
  readonly updates?: { readonly url: string; readonly keys: readonly string[] };
}

const FPM = join(import.meta.dirname, 'fpm.ts');
const TOOLS_URL = 'https://github.com/electron-userland/electron-builder-binaries/releases';

/**
 * Packages dist/ with the runtime that tests use, so that nothing is downloaded a second time.
 * electron-builder downloads the tools for installers; where they can't be reached, those of the
 * npm registry and of Debian are used.
 * @returns electron-builder's exit code
 * @throws SetupProblem where a tool or the runtime can't be had
 */
export async function packageApp(options: PackageAppOptions): Promise<number> {
  const { output, forTests = false, installers = [], fast = false } = options;
  const { updates, version } = options;
  const runtime = await findRuntime();
  const dist = join(ROOT, 'release', 'electron-dist');
  await rm(dist, { recursive: true, force: true });
  // The fallback runtime carries a small app of its own, which must not be shipped.
  const shim = join(runtime.dir, 'resources', 'app');
  await cp(runtime.dir, dist, { recursive: true, filter: (path) => path !== shim });
  const epoch = sourceEpoch();
  const tools = installers.length > 0 ? await installerTools(installers) : {};
  if (installers.length > 0) await writeLinuxFiles(version ?? (await ownVersion()), epoch);
  try {
    return await runTool(
      'electron-builder',
      [
        ...(installers.length > 0 ? ['--linux', ...installers] : ['--dir']),
        '--publish=never',
        `-c.directories.output=${output}`,
        `-c.electronDist=${dist}`,
        `-c.electronVersion=${runtime.version}`,
        // electron-builder.yml says why.
        ...(process.platform === 'linux' ? ['-c.productName=linkify-tray'] : []),
        ...(version === undefined ? [] : [`-c.extraMetadata.version=${version}`]),
        ...(updates === undefined
          ? []
          : [
              `-c.publish.url=${updates.url}`,
              `-c.extraMetadata.updates.url=${updates.url}`,
              ...updates.keys.map((key) => `-c.extraMetadata.updates.keys=${key}`),
            ]),
        ...(fast ? ['-c.deb.compression=zst', '-c.rpm.compression=gzip'] : []),
        ...(forTests
          ? [
              '-c.electronFuses.enableNodeCliInspectArguments=true',
              '-c.extraMetadata.forTests=true',
            ]
          : []),
      ],
      { ...tools, SOURCE_DATE_EPOCH: String(epoch) },
    );
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
}

/** Environment variables that name the tools; none where electron-builder's own can be reached. */
async function installerTools(
  installers: readonly LinuxInstaller[],
): Promise<Readonly<Record<string, string>>> {
  if (installers.includes('rpm')) await ensurePackages(console.error, [['rpm']]);
  if (await isReachable(TOOLS_URL)) return {};
  return {
    CUSTOM_FPM_PATH: FPM,
    ...(installers.includes('AppImage')
      ? { APPIMAGE_TOOLS_PATH: await appImageTools(cacheFolder(), console.error) }
      : {}),
  };
}

async function ownVersion(): Promise<string> {
  const about: { version: string } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  return about.version;
}
