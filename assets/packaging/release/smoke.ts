import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// `node assets/packaging/release/smoke.ts FOLDER`: installs or unpacks each artifact of this system that is
// in the folder, and starts it once: `--list` has to end with 0. That runs Electron, the bundle and
// the native modules, and needs no running app.

const LIMIT_MS = 120_000;

function start(what: string, command: string, args: readonly string[], env = process.env): void {
  const { status, error, stderr } = spawnSync(command, [...args, '--list'], {
    env,
    timeout: LIMIT_MS,
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`${what} didn't start: ${error?.message ?? `${status} ${stderr}`}`);
  console.log(`started  ${what}`);
}

const run = (command: string, ...args: readonly string[]): void =>
  void execFileSync(command, args, { stdio: 'inherit', timeout: 10 * LIMIT_MS });

/**
 * Ubuntu allows user namespaces only to programs with an AppArmor profile. The deb installs one; an
 * AppImage can't, so it is started without this restriction.
 */
const RESTRICTION = 'kernel.apparmor_restrict_unprivileged_userns';

function withoutRestriction(step: () => void): void {
  const path = `/proc/sys/${RESTRICTION.replaceAll('.', '/')}`;
  const isRestricted = existsSync(path) && readFileSync(path, 'utf8').trim() === '1';
  if (isRestricted) run('sudo', 'sysctl', `${RESTRICTION}=0`);
  step();
  if (isRestricted) run('sudo', 'sysctl', `${RESTRICTION}=1`);
}

const [given] = process.argv.slice(2);
if (given === undefined) throw new Error('usage: smoke.ts FOLDER');
const folder = resolve(given);
const found = (ending: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
let started = 0;
const each = (ending: string, step: (path: string) => void): void => {
  for (const path of found(ending)) {
    step(path);
    started++;
  }
};

switch (process.platform) {
  case 'linux':
    each('.AppImage', (path) =>
      withoutRestriction(() =>
        start(path, 'xvfb-run', ['-a', path], { ...process.env, APPIMAGE_EXTRACT_AND_RUN: '1' }),
      ),
    );
    // An rpm is started on Fedora, in a job of its own.
    each('.deb', (path) => {
      run('sudo', 'apt-get', 'install', '--yes', path);
      start(path, 'xvfb-run', ['-a', 'linkify-tray']);
    });
    break;
  case 'win32':
    each('.exe', (path) => {
      run(path, '/S');
      const installed = join(process.env.LOCALAPPDATA ?? '', 'Programs', 'linkify-tray');
      start(path, join(installed, 'Linkify Tray.exe'), []);
    });
    break;
  case 'darwin':
    each('.zip', (path) => {
      const to = mkdtempSync(join(tmpdir(), 'zip-'));
      run('ditto', '-x', '-k', path, to);
      start(path, join(to, 'Linkify Tray.app/Contents/MacOS/Linkify Tray'), []);
    });
    each('.dmg', (path) => {
      const at = mkdtempSync(join(tmpdir(), 'dmg-'));
      run('hdiutil', 'attach', path, '-nobrowse', '-readonly', '-mountpoint', at);
      try {
        start(path, join(at, 'Linkify Tray.app/Contents/MacOS/Linkify Tray'), []);
      } finally {
        run('hdiutil', 'detach', at);
      }
    });
    break;
}

// `npm run package` makes no installer on Windows and macOS.
if (started === 0) {
  const [unpacked] = [
    'win-unpacked/Linkify Tray.exe',
    'mac/Linkify Tray.app/Contents/MacOS/Linkify Tray',
    'mac-arm64/Linkify Tray.app/Contents/MacOS/Linkify Tray',
  ]
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path));
  if (unpacked === undefined) throw new Error(`${folder} has nothing to start on this system.`);
  start(unpacked, unpacked, []);
}
