import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppDatabase, DATABASE_FILE } from '../../main/storage/app-database.ts';
import { appCommand, newProfile, runCommandLine } from '../support/app.ts';
import { runProgram } from '../support/desktop/processes.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { fetchRaw } from './screens/clipboard-link.ts';

// Commands while the app does not run, and starts that cannot succeed.

let desktop: Desktop;
let profile: string;

beforeAll(async () => {
  desktop = await startDesktop();
  profile = await newProfile(desktop);
});

afterAll(async () => {
  await desktop?.close();
});

const run = (args: readonly string[], more: { cwd?: string; env?: Record<string, string> } = {}) =>
  runCommandLine({ desktop, profile, args, ...more });

test('--share starts the app where it does not run, prints the link and ends; --quit ends the app', async () => {
  await writeFile(join(desktop.dir, 'first.txt'), 'shared by the first start');
  const { code, out } = await run(['--share', 'first.txt']);
  expect(code).toBe(0);
  expect(Buffer.from(await fetchRaw(out.trim())).toString()).toBe('shared by the first start');
  expect(await run(['--quit'])).toEqual({ code: 0, out: '', errors: '' });
  expect(existsSync(join(profile, 'command.sock'))).toBe(false);
  await waitFor('the icon to leave', async () => (await desktop.tray.iconCount()) === 0);
  expect(await run(['--quit'])).toMatchObject({ code: 1, errors: expect.stringMatching(/\S/) });
});

test("a server's token reaches the started app, and stands on no command line", async () => {
  const token = 'token-of-the-server-4711';
  const sent = new Set<string | undefined>();
  const server = createServer((request, response) => {
    sent.add(request.headers.authorization);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await writeFile(join(desktop.dir, 'for-server.txt'), 'x');
  const { code } = await run(
    ['--service-url', `http://127.0.0.1:${port}`, '--share', 'for-server.txt'],
    { env: { LINKIFY_TRAY_TOKEN: token } },
  );
  expect(code).not.toBe(0);
  await waitFor('the app to ask the server', () => sent.has(`Bearer ${token}`));
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  expect(lines.filter((line) => line.includes(profile))).not.toEqual([]);
  expect(lines.filter((line) => line.includes(token))).toEqual([]);
  await run(['--quit']);
  server.closeAllConnections();
  server.close();
});

test('--list without links prints nothing', async () => {
  const empty = await mkdtemp(join(desktop.dir, 'empty-'));
  expect(await runCommandLine({ desktop, profile: empty, args: ['--list'] })).toEqual({
    code: 0,
    out: '',
    errors: '',
  });
});

test('--list prints everything to a pipe that is read slowly', async () => {
  const many = await mkdtemp(join(desktop.dir, 'many-'));
  const links = Array.from({ length: 2_000 }, (_, at) => ({
    id: `id-${at}`,
    kind: 'text',
    title: 't'.repeat(100),
    sizeBytes: 1,
    count: 1,
    link: `http://127.0.0.1:1/s/${at}`,
    service: { kind: 'built-in', name: 'x', baseUrl: 'http://127.0.0.1:1' },
    createdAtMs: at,
    state: 'active',
    assetIds: [],
  }));
  const database = new AppDatabase({ path: join(many, DATABASE_FILE) });
  database.transaction(() => {
    for (const link of links) {
      database.run('insert into links (id, link) values (?, ?)', link.id, JSON.stringify(link));
    }
  });
  database.close();
  const { executable, args } = await appCommand();
  const command = [executable, ...args, `--user-data-dir=${many}`, '--list'];
  const child = spawn('sh', ['-c', '"$@" | (sleep 1; cat)', 'sh', ...command], {
    env: desktop.env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  for await (const chunk of child.stdout) out += chunk;
  expect(out.trimEnd().split('\n')).toHaveLength(2_000);
  expect(Buffer.byteLength(out)).toBeGreaterThan(200_000);
});

test('in a folder that was deleted everything works but relative paths', async () => {
  const gone = await mkdtemp(join(desktop.dir, 'gone-'));
  const file = join(desktop.dir, 'absolute.txt');
  await writeFile(file, 'from nowhere');
  const { executable, args } = await appCommand();
  const inGone = (...more: string[]) =>
    runProgram(
      'sh',
      ['-c', 'mkdir -p "$0"; cd "$0"; rmdir "$0"; exec "$@"', gone, executable, ...args]
        .concat(`--user-data-dir=${profile}`)
        .concat(more),
      { env: desktop.env, limitMs: 30_000 },
    );
  expect((await inGone('--version')).toString()).toMatch(/\d+\.\d+\.\d+/);
  const link = (await inGone('--share', file)).toString().trim();
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('from nowhere');
  await expect(inGone('--share', 'relative.txt')).rejects.toThrow('ended with 2');
  await inGone('--quit');
  // The app itself, too.
  const started = inGone('--background');
  await waitFor('the icon', async () => (await desktop.tray.iconCount()) === 1, 30_000);
  await inGone('--quit');
  await started;
});

test('a profile that cannot be written to ends a start with a sentence', async () => {
  const file = join(desktop.dir, 'a-file');
  await writeFile(file, '');
  for (const args of [[], ['--share', '/etc/hostname']]) {
    const inFile = join(file, 'profile');
    expect(await runCommandLine({ desktop, profile: inFile, args })).toMatchObject({
      code: 1,
      out: '',
      errors: expect.stringContaining(inFile),
    });
  }
});

/** What a read-only home or a full disk does, in a mount namespace of its own. */
async function inNamespace(script: string): Promise<string> {
  const { executable, args } = await appCommand();
  const home = await mkdtemp(join(desktop.dir, 'home-'));
  const result = join(desktop.dir, 'result');
  await rm(result, { force: true });
  await mkdir(join(home, '.config'), { recursive: true });
  await runProgram(
    'unshare',
    ['--mount', 'sh', '-c', `${script}; "$@" 2>"$RESULT"; echo "exit $?" >>"$RESULT"`, 'sh']
      .concat(executable)
      .concat(args),
    { env: { ...desktop.env, HOME: home, RESULT: result, XDG_CONFIG_HOME: '' }, limitMs: 30_000 },
  );
  return readFile(result, 'utf8');
}

test.skipIf(process.getuid?.() !== 0)('a read-only home ends a start with a sentence', async () => {
  const told = await inNamespace(
    'mount --bind -o ro "$HOME" "$HOME" && mount -o remount,ro,bind "$HOME"',
  );
  expect(told).toMatch(/\S[^\n]*\nexit 1\n$/);
});

test.skipIf(process.getuid?.() !== 0)('a full disk ends a start with a sentence', async () => {
  const told = await inNamespace(
    'mount -t tmpfs -o size=64k tmpfs "$HOME" && mkdir -p "$HOME/.config" && (dd if=/dev/zero of="$HOME/fill" bs=1k 2>/dev/null || true)',
  );
  expect(told).toMatch(/\S[^\n]*\nexit 1\n$/);
});
