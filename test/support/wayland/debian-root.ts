import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { ROOT } from '../app.ts';
import { ensurePackages } from '../desktop/debian-packages.ts';
import { firstLine } from '../desktop/first-line.ts';
import { endChild, runProgram, spawnBound } from '../desktop/processes.ts';
import { cacheFolder, findRuntime } from '../runtime.ts';
import { SetupProblem } from '../setup-problem.ts';

/** A Debian in a folder of its own: its programs change nothing on the machine. */
export interface DebianRecipe {
  readonly name: string;
  readonly suite: 'bookworm' | 'trixie';
  readonly packages: readonly string[];
  /** What is downloaded, in MB. */
  readonly megabytes: number;
}

/** Raise it when recipes change, so that an older cached root isn't used. */
const REVISION = 1;

const INSTALL_LIMIT_MS = 20 * 60_000;
const PROGRESS_MS = 15_000;

const rootOf = ({ name }: DebianRecipe): string => join(cacheFolder(), `${name}-${REVISION}`);

/** Why the root of a recipe isn't there; `undefined` where it is. */
export function rootProblem(recipe: DebianRecipe): string | undefined {
  if (existsSync(rootOf(recipe))) return undefined;
  return 'it needs root on Linux, debootstrap, and a Debian mirror';
}

/**
 * Makes the root of a recipe in the cache folder, unless it is there. It is made beside its final
 * place and renamed, so an interrupted run leaves nothing half done.
 * @throws SetupProblem where that isn't possible
 */
export async function ensureRoot(recipe: DebianRecipe, say: (line: string) => void): Promise<void> {
  const final = rootOf(recipe);
  if (existsSync(final)) return;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new SetupProblem(`${recipe.name} needs root on Linux.`);
  }
  await ensurePackages(say, [['debootstrap']]);
  const work = `${final}.${process.pid}`;
  try {
    await withProgress(say, `${recipe.name}: fetching Debian ${recipe.suite}`, () =>
      bootstrap(recipe.suite, work),
    );
    await withProgress(say, `${recipe.name}: installing ${recipe.megabytes} MB of packages`, () =>
      install(work, recipe.packages),
    );
    await rename(work, final);
    say(`${recipe.name} is ready in ${final}`);
  } catch (error) {
    throw new SetupProblem(`${recipe.name} could not be made: ${(error as Error).message}`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function bootstrap(suite: string, root: string): Promise<void> {
  await mkdir(dirname(root), { recursive: true });
  const options = ['--variant=minbase', '--include=ca-certificates,dbus'];
  const command = ['debootstrap', ...options, suite, root, ...(await mirror())];
  // What it mounts goes with the namespace, also when it fails.
  const args = ['--mount', '--propagation', 'private', ...command];
  await runProgram('unshare', args, { limitMs: INSTALL_LIMIT_MS });
}

/** The Debian mirror that the machine's own apt uses; without one debootstrap has its own. */
async function mirror(): Promise<readonly string[]> {
  const found = await runProgram('apt-get', ['indextargets', '--format', '$(REPO_URI)']);
  const urls = found.toString().split('\n');
  return urls.filter((url) => /\/debian\/?$/.test(url)).slice(0, 1);
}

async function install(root: string, packages: readonly string[]): Promise<void> {
  // Daemons of the packages aren't started while they are installed.
  await writeFile(join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const inside = await enterPath(root, []);
  try {
    const env = { PATH: process.env.PATH, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (args: readonly string[]): Promise<Buffer> => {
      const [program = '', ...rest] = [...inside.prefix, 'apt-get', ...args];
      return runProgram(program, rest, { env, limitMs: INSTALL_LIMIT_MS });
    };
    await apt(['update', '-qq']);
    await apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
    await apt(['clean']);
  } finally {
    await inside.close();
  }
}

async function withProgress(
  say: (line: string) => void,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  say(`${what} ...`);
  const started = Date.now();
  const progress = setInterval(() => {
    say(`  still at it, ${Math.round((Date.now() - started) / 1000)} s`);
  }, PROGRESS_MS);
  try {
    await work();
  } finally {
    clearInterval(progress);
  }
}

/** A root with the machine's `/tmp` and the app in it. */
export interface EnteredRoot {
  /** Runs a command in the root: `[...prefix, command, ...args]`. */
  readonly prefix: readonly string[];
  /** Processes in it keep it alive: end them first. */
  close(): Promise<void>;
}

/** Mounts a root that `ensureRoot` made, in a mount namespace of its own. */
export async function enterRoot(recipe: DebianRecipe): Promise<EnteredRoot> {
  const { dir } = await findRuntime();
  return enterPath(rootOf(recipe), [ROOT, dir]);
}

/** As `enterRoot`, but nothing that is changed in it outlives the last process in it. */
export function enterCopyOfRoot(recipe: DebianRecipe): Promise<EnteredRoot> {
  return enterPath(rootOf(recipe), [ROOT], OVERLAY);
}

/** The folder itself becomes the root. */
const BIND = `mount --bind "$root" "$root"`;

/** What is written goes to memory: an overlay over the folder. */
const OVERLAY = `mount -t tmpfs -o mode=755 tmpfs /mnt
mkdir /mnt/root /mnt/upper /mnt/work
mount -t overlay -o "lowerdir=$root,upperdir=/mnt/upper,workdir=/mnt/work" overlay /mnt/root
root=/mnt/root`;

/**
 * `pivot_root` rather than `chroot`, because a program in a chroot can't create user namespaces.
 * The last line tells that everything is mounted.
 */
const MOUNT = `
for dir in /proc /sys /dev; do mount --rbind "$dir" "$root$dir"; done
mount -t tmpfs -o mode=755 tmpfs "$root/run"
for dir in /tmp "$@"; do mkdir -p "$root$dir"; mount --bind "$dir" "$root$dir"; done
mkdir "$root/run/old"
cd "$root"
pivot_root . run/old
cd /
umount -l /run/old
echo ready
exec sleep infinity`;

async function enterPath(
  root: string,
  shared: readonly string[],
  mountRoot = BIND,
): Promise<EnteredRoot> {
  for (const file of ['/etc/resolv.conf', '/etc/hosts']) await copyFile(file, join(root, file));
  const script = `set -e\nroot=$1; shift\n${mountRoot}\n${MOUNT}`;
  const holder: ChildProcess = spawnBound(
    'unshare',
    ['--mount', '--propagation', 'private', 'sh', '-c', script, 'mount', root, ...shared],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await firstLine(holder.stdout as Readable, `the mounts of ${root}`);
  const target = String(holder.pid);
  return {
    prefix: ['nsenter', '--target', target, '--mount', '--root', '--wd'],
    close: () => endChild(holder),
  };
}
