import { spawn } from 'node:child_process';
import { SetupProblem } from '../setup-problem.ts';
import { runProgram } from './processes.ts';

/** What a bare Debian needs to show a desktop; names of one need are alternatives, newest first. */
const NEEDS: readonly (readonly string[])[] = [
  ['xvfb'],
  ['openbox'],
  ['xfce4-panel'],
  ['xfconf'],
  ['librsvg2-common'],
  ['dunst'],
  ['libnotify-bin'],
  ['dbus-daemon', 'dbus'],
  ['dbus-x11'],
  ['xdotool'],
  ['xclip'],
  ['imagemagick'],
  ['strace'],
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['libxss1'],
  ['libnotify4'],
  ['fonts-dejavu-core'],
  ['adwaita-icon-theme'],
];

/** For tests of several monitors, of things dragged from another program, and of the command line. */
const FOR_TESTS: readonly (readonly string[])[] = [
  ['xserver-xorg-core'],
  ['xserver-xorg-video-dummy'],
  ['x11-xserver-utils'],
  ['x11-utils'],
  // gdbus and gapplication.
  ['libglib2.0-bin'],
  // A clipboard manager that can be asked to save, and one that only takes over.
  ['cinnamon-settings-daemon'],
  ['xfce4-clipman'],
  ['python3-gi'],
  ['gir1.2-gtk-3.0'],
  // A file manager, whose menu shares a file.
  ['thunar'],
  // Completions are loaded in their shells, man pages by man.
  ['fish'],
  ['zsh'],
  ['man-db'],
  // The apt repository of a release.
  ['apt-utils'],
  ['gnupg'],
];

/** For tests that look at pages in a browser of today and behind proxies, too. */
const BROWSER: readonly (readonly string[])[] = [['chromium'], ['nginx-light', 'nginx'], ['caddy']];

/** What tests do without: they are skipped, or take longer. */
const OPTIONAL = [
  {
    // Tests that need no whole browser are faster with this one.
    need: ['chromium-headless-shell'],
    without: 'the whole Chromium is used instead, which takes longer',
  },
  {
    need: ['postgresql-18', 'postgresql-17', 'postgresql-16', 'postgresql-15'],
    without: 'the tests on PostgreSQL are skipped',
  },
] as const;

const INSTALL_LIMIT_MS = 10 * 60_000;

/**
 * Makes sure that the desktop's programs are there: as root it installs what is missing,
 * otherwise it says which line to run.
 * @throws SetupProblem where they are missing and cannot be installed
 */
export async function ensureDebianPackages(
  say: (line: string) => void,
  extra: 'desktop-only' | 'for-tests' | 'with-browser' = 'desktop-only',
): Promise<void> {
  if (extra === 'with-browser' && isRoot()) await installOptional(say);
  await ensurePackages(say, [
    ...NEEDS,
    ...(extra === 'desktop-only' ? [] : FOR_TESTS),
    ...(extra === 'with-browser' ? BROWSER : []),
  ]);
}

/**
 * Makes sure that Debian packages are installed: as root it installs what is missing.
 * @param needs names of one need are alternatives, newest first
 * @throws SetupProblem with the line to run where they are missing and cannot be installed
 */
export async function ensurePackages(
  say: (line: string) => void,
  needs: readonly (readonly string[])[],
): Promise<void> {
  const missing = await findMissing(needs);
  if (missing.length === 0) return;
  if (!isRoot()) {
    const names = (await Promise.all(missing.map(firstAvailable))).join(' ');
    throw new SetupProblem(
      `This needs a few Debian packages. Run this line, then try again:\n\n  sudo apt-get update && sudo apt-get install -y ${names}\n`,
    );
  }
  say('Installing Debian packages (apt-get update) ...');
  await apt(['update', '-qq']);
  const found = await Promise.all(missing.map(firstAvailable));
  say(`Installing Debian packages: ${found.join(' ')} ...`);
  await apt(['install', '-y', '-qq', '--no-install-recommends', ...found]);
  const still = await findMissing(needs);
  if (still.length > 0) {
    throw new SetupProblem(
      `apt-get did not install: ${still.map((n) => n.join(' or ')).join(', ')}`,
    );
  }
}

const isRoot = (): boolean => process.getuid?.() === 0;

async function installOptional(say: (line: string) => void): Promise<void> {
  for (const { need, without } of OPTIONAL) {
    if ((await findMissing([need])).length === 0) continue;
    const name = await firstAvailable(need);
    say(`Installing the Debian package ${name} ...`);
    try {
      await apt(['update', '-qq']);
      await apt(['install', '-y', '-qq', '--no-install-recommends', name]);
    } catch {
      say(`It is not available: ${without}.`);
    }
  }
}

/**
 * The needs of which no package is installed.
 * @throws SetupProblem on a system without dpkg
 */
export async function findMissing(
  needs: readonly (readonly string[])[],
): Promise<readonly (readonly string[])[]> {
  if (process.platform !== 'linux') {
    throw new SetupProblem('The test desktop runs on Linux only (Xvfb, xfce4-panel, dunst).');
  }
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const format = '${db:Status-Abbrev}${Package}\\n';
  const installed = await runProgram('dpkg-query', ['--show', `--showformat=${format}`]).catch(
    () => {
      throw new SetupProblem(
        `The test desktop is set up for Debian and its relatives; dpkg was not found here.\nInstall these programs by your system's means: ${needs.map((n) => n.at(-1)).join(' ')}`,
      );
    },
  );
  const names = new Set(
    installed
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('ii'))
      .map((line) => line.slice(3).trim()),
  );
  return needs.filter((alternatives) => !alternatives.some((name) => names.has(name)));
}

async function firstAvailable(alternatives: readonly string[]): Promise<string> {
  for (const name of alternatives) {
    const policy = await runProgram('apt-cache', ['policy', name]).catch(() => Buffer.alloc(0));
    if (/Candidate: (?!\(none\))\S/.test(policy.toString())) return name;
  }
  return alternatives.at(-1) ?? '';
}

function apt(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('apt-get', args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: INSTALL_LIMIT_MS,
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else {
        reject(
          new SetupProblem(`apt-get ${args[0]} failed (${code}):\n${errors.trim().slice(-1500)}`),
        );
      }
    });
  });
}
