import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages, ensurePackages } from '../desktop/debian-packages.ts';
import { endChild } from '../desktop/processes.ts';
import { waitFor } from '../desktop/wait-for.ts';

/** The user `nobody`, who has no rights: Chromium's sandbox is on, as for people. */
const UID = 65_534;

/** What a session runs beside the app: it executes each line of its input. */
const SESSION = `
dunst >/dev/null 2>&1 &
dbus-monitor --session "interface='org.freedesktop.Notifications',member='Notify'" > "$HOME/notified" &
while read -r line; do sh -c "$line" & done
`;

export interface Output {
  readonly code: number | null;
  readonly out: string;
}

/** Installs what sessions run where it's missing. @throws SetupProblem where that fails */
export async function ensureSessionPackages(): Promise<void> {
  await ensureDebianPackages(console.error);
  await ensurePackages(console.error, [['dbus-bin', 'dbus'], ['xauth']]);
}

/** Sessions that were begun. */
let sessions = 0;

/** An ordinary user's session with an AppImage in their home folder. */
export class UserSession {
  readonly #home = mkdtempSync(join(tmpdir(), 'linkify-update-'));
  readonly #session: ChildProcess;
  #commands = 0;

  /** @param settings of the app */
  constructor(appImage: string, settings: object) {
    const profile = join(this.#home, '.config', 'Linkify Tray');
    for (const folder of [profile, join(this.#home, 'run'), join(this.#home, 'tmp')]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    copyFileSync(appImage, this.appImage);
    chmodSync(this.appImage, 0o755);
    writeFileSync(
      join(profile, 'settings.json'),
      JSON.stringify({ version: 1, checkForUpdates: true, notifications: 'on', ...settings }),
      { mode: 0o600 },
    );
    execFileSync('chown', ['-R', `${UID}:${UID}`, this.#home]);
    // Each looks for a free display from another number on: two that look at the same time get one.
    const xvfb = ['xvfb-run', '-n', String(100 + 20 * sessions++), '-a'];
    const env = {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: this.#home,
      TMPDIR: join(this.#home, 'tmp'),
      XDG_RUNTIME_DIR: join(this.#home, 'run'),
      XDG_SESSION_TYPE: 'x11',
      // This user may not mount.
      APPIMAGE_EXTRACT_AND_RUN: '1',
      // Nowhere: no other program of this machine is taken for Pieces OS.
      LINKIFY_TRAY_PIECES_PORTS: '2-2',
      LINKIFY_TRAY_PIECES_PORT_FILE: '/nonexistent/.port.txt',
    };
    this.#session = spawn(
      'setpriv',
      [...AS_USER, ...xvfb, 'dbus-run-session', '--', 'sh', '-c', SESSION],
      { env, cwd: this.#home, stdio: ['pipe', 'ignore', 'ignore'] },
    );
  }

  get appImage(): string {
    return join(this.#home, 'linkify.AppImage');
  }

  /** Whether a version is beside the installed one, to be installed at quit. */
  isStaged(): boolean {
    return existsSync(join(this.#home, '.linkify.AppImage.update'));
  }

  /** Deletes the version that is to be installed at quit. */
  removeStaged(): void {
    rmSync(join(this.#home, '.linkify.AppImage.update'));
  }

  /** Whether the version before the update is still there. */
  hasPrevious(): boolean {
    return existsSync(join(this.#home, '.linkify.AppImage.previous'));
  }

  hash(): string {
    return createHash('sha512').update(readFileSync(this.appImage)).digest('base64');
  }

  writeFile(name: string, content: string): string {
    const path = join(this.#home, name);
    writeFileSync(path, content);
    return path;
  }

  /** Whether a notification with this text was shown. */
  wasNotified(text: string): boolean {
    const path = join(this.#home, 'notified');
    return existsSync(path) && readFileSync(path, 'utf8').includes(text);
  }

  /** Runs the AppImage in the session. @returns its exit code and output once it ends */
  run(args: string, env = ''): Promise<Output> {
    const number = ++this.#commands;
    const file = (what: string): string => join(this.#home, `${what}-${number}`);
    this.#session.stdin?.write(
      `${env} ./linkify.AppImage ${args} > ${file('out')} 2> ${file('errors')}; echo $? > ${file('code')}\n`,
    );
    const codeOf = (): string =>
      existsSync(file('code')) ? readFileSync(file('code'), 'utf8').trim() : '';
    return waitFor(`the end of ${args}`, () => codeOf() !== '', COMMAND_LIMIT_MS).then(() => ({
      code: Number(codeOf()),
      out: readFileSync(file('out'), 'utf8'),
    }));
  }

  /** Starts the app, and waits until it takes commands. */
  async start(env = ''): Promise<void> {
    this.run('--background', env).catch(() => undefined);
    await this.untilRunning();
  }

  /** Waits until the app takes commands. */
  async untilRunning(): Promise<void> {
    const socket = join(this.#home, '.config', 'Linkify Tray', 'command.sock');
    await waitFor('the app', () => this.isRunning() && existsSync(socket), COMMAND_LIMIT_MS);
  }

  /** Whether the app's main process runs; commands don't count. */
  isRunning(): boolean {
    return this.#processes().some(
      ({ program, command }) =>
        program.endsWith('/linkify-tray') &&
        command.includes('--background') &&
        !command.includes('--type='),
    );
  }

  /**
   * Processes that this session started: what is unpacked runs from its home folder, everything else
   * has it as current folder.
   */
  #processes() {
    return readdirSync('/proc').flatMap((name) => {
      if (!/^\d+$/.test(name)) return [];
      try {
        const program = readlinkSync(`/proc/${name}/exe`);
        const folder = readlinkSync(`/proc/${name}/cwd`);
        const isOurs = program.startsWith(this.#home) || folder === this.#home;
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return isOurs ? [{ pid: Number(name), program, command }] : [];
      } catch {
        // It has ended.
        return [];
      }
    });
  }

  async quit(): Promise<void> {
    await this.run('--quit');
    await waitFor('the end of the app', () => !this.isRunning(), COMMAND_LIMIT_MS);
  }

  async status(): Promise<unknown> {
    return JSON.parse((await this.run('status --json')).out);
  }

  async close(): Promise<void> {
    this.#session.stdin?.end();
    await endChild(this.#session);
    for (const { pid } of this.#processes()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

const AS_USER = [`--reuid=${UID}`, `--regid=${UID}`, '--clear-groups'];

/** For one run of the AppImage on a busy machine: it unpacks itself each time. */
const COMMAND_LIMIT_MS = 90_000;
