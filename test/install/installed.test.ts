import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../support/desktop/wait-for.ts';
import { ARTIFACTS } from '../support/packaging/artifacts.ts';
import { INSTALL_ROOT } from '../support/packaging/install-root.ts';
import { type RunResult, run, runToSuccess } from '../support/packaging/run.ts';
import {
  type AppProcess,
  appProcesses,
  startUserSession,
  type UserSession,
} from '../support/packaging/user-session.ts';
import { type EnteredRoot, enterCopyOfRoot, rootProblem } from '../support/wayland/debian-root.ts';

const APT_MS = 600_000;
const missing = rootProblem(INSTALL_ROOT);

/** A program in a chroot can't create user namespaces: Chromium has to use its SUID helper. */
const CHROOT = ['sh', '-c', 'mkdir -p /chroot; mount --rbind / /chroot; exec chroot /chroot "$@"'];

let root: EnteredRoot;
let folder: string;

const inRoot = (command: readonly string[], limitMs?: number): Promise<RunResult> =>
  run([...root.prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', ...command], {}, limitMs);

describe.skipIf(missing)(`in a Debian of its own${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    root = await enterCopyOfRoot(INSTALL_ROOT);
    folder = await mkdtemp(join(tmpdir(), 'linkify-install-'));
  });

  afterAll(async () => {
    await root.close();
    await rm(folder, { recursive: true, force: true });
  });

  test(
    'apt installs it with all that it needs',
    async () => {
      // Readable for the user that apt fetches as.
      const deb = join(folder, 'linkify-tray.deb');
      await runToSuccess(['cp', ARTIFACTS.deb, deb]);
      await runToSuccess(['chmod', '-R', 'a+rX', folder]);
      await inRoot(['apt-get', 'update', '-qq'], APT_MS);
      const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', deb];
      const { code, errors } = await inRoot(install, APT_MS);
      expect(code, errors).toBe(0);
      const libraries = await inRoot(['ldd', '/opt/linkify-tray/linkify-tray']);
      expect(libraries.out).not.toContain('not found');
      const helper = await inRoot(['stat', '-c', '%a %U', '/opt/linkify-tray/chrome-sandbox']);
      expect(helper.out).toBe('4755 root\n');
    },
    APT_MS,
  );

  test('user namespaces: it starts in its sandbox, shares, lists, and revokes', async () => {
    await sharesAndRevokes('namespaces', []);
  });

  test('the SUID helper: it starts in its sandbox, shares, lists, and revokes', async () => {
    await sharesAndRevokes('suid', [...CHROOT, 'chroot']);
  });

  test('removal keeps the links, and says where they are', async () => {
    const session = await startUserSession(root.prefix);
    try {
      await shareFile(session);
      await session.run(['linkify-tray', '--quit']);
      const { code, out, errors } = await inRoot(['apt-get', 'remove', '-y', 'linkify-tray']);
      expect(code, errors).toBe(0);
      expect(out).toContain('~/.config/Linkify Tray');
      const left = await inRoot(['sh', '-c', 'ls -d /opt/linkify-tray /usr/bin/linkify-tray']);
      expect(left.out).toBe('');
      const kept = await inRoot(['ls', join(session.home, '.config/Linkify Tray')]);
      expect(kept.out).toContain('linkify-tray.db');
    } finally {
      await session.close();
    }
  });

  test('an AppImage that cannot start its sandbox says what to do instead', async () => {
    const session = await startUserSession([...root.prefix, ...CHROOT, 'chroot']);
    try {
      const { code, errors } = await session.run([ARTIFACTS.appImage, '--list']);
      expect(code, errors).toBe(2);
      expect(errors).toContain('Install the deb or the rpm package');
    } finally {
      await session.close();
    }
  });

  test('an AppImage mounts itself, and does the same', async () => {
    const session = await startUserSession(root.prefix);
    try {
      await sharesAndQuits(session, ARTIFACTS.appImage);
    } finally {
      await session.close();
    }
  });
});

async function sharesAndRevokes(kind: 'namespaces' | 'suid', inside: readonly string[]) {
  const session = await startUserSession([...root.prefix, ...inside]);
  try {
    const { processes } = await sharesAndQuits(session, 'linkify-tray');
    const zygote = processes.find(({ type, hasOwnProcessNamespace }) => {
      return type === 'zygote' && hasOwnProcessNamespace;
    });
    expect(zygote).toMatchObject({ hasOwnUserNamespace: kind === 'namespaces' });
  } finally {
    await session.close();
  }
}

/** Shares a file, opens a window, lists and revokes the link, and quits; the sandbox stays on. */
async function sharesAndQuits(session: UserSession, program: string) {
  const link = await shareFile(session, program);
  const response = await fetch(link, { headers: { accept: 'text/plain' } });
  expect(await response.text()).toBe('from a package\n');
  const settings = await session.run([program, '--settings']);
  expect(settings.code, settings.errors).toBe(0);
  const processes = await waitFor(
    'the window of the settings',
    () => {
      const all = appProcesses(session);
      return all.some(({ type, isFiltered }) => type === 'renderer' && isFiltered) && all;
    },
    30_000,
  );
  for (const { commandLine } of processes) expect(commandLine).not.toContain('no-sandbox');
  const listed = await session.run([program, '--list']);
  const [id = '', state, , url] = listed.out.split('\t');
  expect({ state, url }).toEqual({ state: 'active', url: link });
  // There is no Node here: linkify starts the app a second time.
  if (program === 'linkify-tray') {
    expect((await session.run(['linkify', 'list'])).out).toBe(listed.out);
  }
  const revoked = await session.run([program, '--revoke', id]);
  expect(revoked.code, revoked.errors).toBe(0);
  expect((await fetch(link)).status).toBe(410);
  expect((await session.run([program, '--quit'])).code).toBe(0);
  await waitFor('the end of the app', () => appProcesses(session).length === 0);
  return { processes: processes satisfies readonly AppProcess[] };
}

async function shareFile(session: UserSession, program = 'linkify-tray'): Promise<string> {
  const file = join(session.home, '-a name with spaces & $signs.txt');
  await writeFile(file, 'from a package\n', { mode: 0o644 });
  // A link opens at once when no one can undo it.
  const { code, out, errors } = await session.run([program, '--share', '--', file]);
  expect(code, errors).toBe(0);
  return out.trim();
}
