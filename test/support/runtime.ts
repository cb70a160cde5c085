import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { FALLBACK_VERSION, prepareFallback } from './fallback-runtime.ts';

/** An Electron that can be started. */
export interface Runtime {
  /** The folder that `ELECTRON_OVERRIDE_DIST_PATH` may point to. */
  readonly dir: string;
  readonly executable: string;
  readonly version: string;
  /** `given`: by ELECTRON_OVERRIDE_DIST_PATH; `own`: the electron package's download. */
  readonly origin: 'given' | 'own' | 'fallback';
}

const REACH_LIMIT_MS = 4_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/**
 * Finds an Electron: the one that the environment names, else the electron package's own
 * download, else the fallback runtime. Kept in the person's cache folder, so that every
 * checkout on the machine shares it.
 * @throws SetupProblem with a way out, where none can be had
 */
export async function findRuntime(say: (line: string) => void = console.error): Promise<Runtime> {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given !== undefined && given !== '') {
    return describe(given, (await versionIn(given)) ?? 'unknown', 'given');
  }
  const own = await findOwn(say);
  if (own !== null) return own;
  const dir = await prepareFallback(cacheFolder(), say);
  return describe(dir, FALLBACK_VERSION, 'fallback');
}

/** `$XDG_CACHE_HOME/linkify-tray`, or what stands for it. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME;
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'linkify-tray');
}

async function findOwn(say: (line: string) => void): Promise<Runtime | null> {
  const home = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const wanted: { version: string } = JSON.parse(
    await readFile(join(home, 'package.json'), 'utf8'),
  );
  const dist = join(home, 'dist');
  if ((await versionIn(dist)) === wanted.version) return describe(dist, wanted.version, 'own');
  if (!(await downloadIsReachable())) return null;
  say(`Downloading Electron ${wanted.version} ...`);
  if (!(await download(join(home, 'install.js')))) {
    say('That download failed.');
    return null;
  }
  return describe(dist, wanted.version, 'own');
}

async function downloadIsReachable(): Promise<boolean> {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  return isReachable(
    mirror ?? 'https://github.com/electron/electron/releases',
    mirror !== undefined,
  );
}

/**
 * Whether a host can be downloaded from. A download itself would wait minutes for a host that never
 * responds.
 * @param anyStatus a mirror may list nothing at its root
 */
export async function isReachable(url: string, anyStatus = false): Promise<boolean> {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(REACH_LIMIT_MS) }).then(
    (response) => anyStatus || response.ok,
    () => false,
  );
}

function download(installer: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: DOWNLOAD_LIMIT_MS,
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

async function versionIn(dir: string): Promise<string | null> {
  return readFile(join(dir, 'version'), 'utf8').then(
    (text) => text.trim().replace(/^v/, ''),
    () => null,
  );
}

function describe(dir: string, version: string, origin: Runtime['origin']): Runtime {
  return { dir, version, origin, executable: join(dir, executableName()) };
}

function executableName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
