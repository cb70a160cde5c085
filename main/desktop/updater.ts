import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, net } from 'electron';
import type {
  AppUpdater,
  ProgressInfo,
  ResolvedUpdateFileInfo,
  UpdateInfo,
} from 'electron-updater';
import * as v from 'valibot';
import {
  checkFolder,
  isDiskFull,
  ownAppImage,
  removeStaged,
  replace,
  stage,
} from '../updates/appimage.ts';
import { noteInstalling, UPDATE_RECORD } from '../updates/first-start.ts';
import type { InstallKind } from '../updates/manifest.ts';
import {
  type PreparedUpdate,
  type Update,
  UpdateError,
  type UpdateFile,
  type Updater,
} from '../updates/updater.ts';
import { createJsonFile } from './files/json-file.ts';
import { startAppImage } from './start-appimage.ts';

/** `updates` in package.json, which is in the asar. */
const configSchema = v.object({
  updates: v.object({
    /** The folder with manifests and files; ends with a slash. */
    url: v.pipe(v.string(), v.check(isUsableUrl)),
    keys: v.pipe(v.array(v.string()), v.minLength(1)),
  }),
});

/** Files are verified in any case; https keeps private who asks for them. */
function isUsableUrl(text: string): boolean {
  if (!URL.canParse(text) || !text.endsWith('/')) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}

/**
 * The updater of this installation.
 * @returns undefined for one that can't be updated: it isn't packaged, or was built without keys
 */
export function createUpdater(): Updater | undefined {
  if (!app.isPackaged) return undefined;
  const parsed = v.safeParse(
    configSchema,
    JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')),
  );
  if (!parsed.success) return undefined;
  const { url: baseUrl, keys } = parsed.output.updates;
  const kind = installKind();
  const installed = {
    version: app.getVersion(),
    kind,
    platform: process.platform,
    arch: process.arch,
  };
  const find: Updater['find'] = async () => {
    const { findUpdate } = await import('../updates/find-update.ts');
    // Electron's fetch uses the system's proxy and certificates.
    return findUpdate({ fetch: net.fetch as typeof fetch, baseUrl, keys, installed });
  };
  switch (kind) {
    case 'package':
      return { find };
    case 'appimage':
      removeLeftovers();
      return { find, prepare: (update, onPercent) => prepareAppImage(update, baseUrl, onPercent) };
    case 'nsis':
    case 'mac':
      return {
        find,
        prepare: (update, onPercent) => prepareInstaller(kind, update, baseUrl, onPercent),
      };
  }
}

/** What an app that was killed while it prepared an update has left. */
function removeLeftovers(): void {
  const appImage = ownAppImage(process.env, process.execPath);
  try {
    if (appImage !== undefined) removeStaged(appImage);
  } catch {
    // The next update replaces it.
  }
}

function installKind(): InstallKind {
  switch (process.platform) {
    case 'win32':
      return 'nsis';
    case 'darwin':
      return 'mac';
    default:
      return ownAppImage(process.env, process.execPath) === undefined ? 'package' : 'appimage';
  }
}

/** Downloads what changed, tries it out, and has it replace the AppImage when the app ends. */
async function prepareAppImage(
  update: Update,
  baseUrl: string,
  onPercent: (percent: number) => void,
): Promise<PreparedUpdate> {
  const { version } = update;
  const appImage = ownAppImage(process.env, process.execPath);
  const file = fileOf(update);
  if (appImage === undefined || !existsSync(appImage)) {
    throw new UpdateError({ kind: 'not-installed', version, reason: 'other' });
  }
  checkFolder(appImage, version);
  const { AppImageUpdater } = await import('electron-updater');
  const updater = new AppImageUpdater();
  // We replace the file ourselves: in one step, and with a way back.
  updater.autoInstallOnAppQuit = false;
  const downloaded = await download(updater, update, baseUrl, onPercent);
  await stage({ appImage, downloaded, version, file, env: process.env });
  return {
    version,
    install(restart) {
      noteInstalling(
        createJsonFile(join(app.getPath('userData'), UPDATE_RECORD)),
        version,
        appImage,
      );
      try {
        replace(appImage);
      } catch (error) {
        throw new UpdateError(
          { kind: 'not-installed', version, reason: 'folder' },
          { cause: error },
        );
      } finally {
        // If it failed, the installed version starts again, and reports it.
        if (restart) startAppImage(appImage, process.argv.slice(1));
      }
    },
    discard: () => removeStaged(appImage),
  };
}

/** The installers of Windows and macOS verify, install and restart by themselves. */
async function prepareInstaller(
  kind: 'nsis' | 'mac',
  update: Update,
  baseUrl: string,
  onPercent: (percent: number) => void,
): Promise<PreparedUpdate> {
  const { version } = update;
  const { MacUpdater, NsisUpdater } = await import('electron-updater');
  const updater = kind === 'nsis' ? new NsisUpdater() : new MacUpdater();
  await download(updater, update, baseUrl, onPercent);
  return {
    version,
    install(restart) {
      // Otherwise the updater installs it as the app quits.
      if (restart) updater.quitAndInstall(true, true);
    },
    discard() {
      updater.autoInstallOnAppQuit = false;
    },
  };
}

function fileOf({ file }: Update): UpdateFile {
  if (file === undefined) throw new UpdateError({ kind: 'rejected', reason: 'no-file' });
  return file;
}

/** What electron-updater gives a provider; its types don't export it. */
type ProviderRuntime = ReturnType<AppUpdater['createProviderRuntimeOptions']>;

/**
 * Downloads a file by electron-updater, which copies unchanged blocks from the installed version and
 * verifies the hash. It gets no manifest but the verified one, so it can't install anything else.
 * @returns where the file is
 * @throws UpdateError `not-downloaded`
 */
async function download(
  updater: AppUpdater,
  update: Update,
  baseUrl: string,
  onPercent: (percent: number) => void,
): Promise<string> {
  const { version } = update;
  const { name, ...file } = fileOf(update);
  const { Provider } = await import('electron-updater');
  const info = {
    version,
    files: [{ url: name, ...file }],
    path: name,
    sha512: file.sha512,
    releaseDate: '',
  } satisfies UpdateInfo;
  const url = new URL(name, baseUrl);
  class VerifiedManifest extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntime) {
      super(runtime);
    }
    override async getLatestVersion(): Promise<UpdateInfo> {
      return info;
    }
    override resolveFiles(): ResolvedUpdateFileInfo[] {
      return [{ url, info: { url: name, ...file } }];
    }
    /** GitHub's storage, and others, answer one range per request. */
    override get isUseMultipleRangeRequest(): boolean {
      return false;
    }
  }
  updater.logger = null;
  updater.autoDownload = false;
  updater.disableWebInstaller = true;
  // It would store a random id in the profile, for staged rollouts, which we don't have.
  Object.defineProperty(updater, 'stagingUserIdPromise', {
    value: { value: Promise.resolve('') },
    configurable: true,
  });
  updater.setFeedURL({ provider: 'custom', updateProvider: VerifiedManifest });
  const report = ({ percent }: ProgressInfo): void => onPercent(percent);
  // Without a listener an error event would be thrown; the promise rejects as well.
  const ignore = (): void => undefined;
  updater.on('download-progress', report);
  updater.on('error', ignore);
  try {
    await updater.checkForUpdates();
    const [downloaded] = await updater.downloadUpdate();
    if (downloaded === undefined) throw new Error('no file');
    return downloaded;
  } catch (error) {
    throw new UpdateError(
      { kind: 'not-downloaded', version, reason: downloadProblem(error) },
      { cause: error },
    );
  } finally {
    updater.off('download-progress', report);
    updater.off('error', ignore);
  }
}

function downloadProblem(error: unknown): 'interrupted' | 'different' | 'disk-full' {
  if (isDiskFull(error)) return 'disk-full';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_CHECKSUM_MISMATCH' ? 'different' : 'interrupted';
}
