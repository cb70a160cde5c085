import { execFile, spawn } from 'node:child_process';
import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { appCommand, launchApp, type RunningApp } from '../support/app.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { textPattern } from '../support/text.ts';
import { unzip } from '../support/unzip.ts';
import { fetchRaw, pressForLink, SHORTCUT, waitForLink } from './screens/clipboard-link.ts';

// Files as file managers really copy them: elsewhere, growing, with names of every kind.

let desktop: Desktop;
let app: RunningApp;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await launchApp({ desktop });
});
afterEach(() => desktop.notifications.clear());
afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

async function copyUris(uris: readonly string[]): Promise<void> {
  await desktop.clipboard.writeParts({
    'x-special/gnome-copied-files': ['copy', ...uris].join('\n'),
    'text/uri-list': uris.map((uri) => `${uri}\r\n`).join(''),
    UTF8_STRING: uris.join('\n'),
  });
}

const isLink = (text: string): boolean => /^https?:\/\//.test(text);

test('a file of another computer is named, and makes no link', async () => {
  await copyUris(['smb://nas/music/My%20song.mp3']);
  await desktop.key(SHORTCUT);
  const shown = await desktop.notifications.waitFor(() => true);
  expect(shown.body).toContain('My song.mp3');
  expect(shown.body).toContain('smb://nas');
  expect(isLink(await desktop.clipboard.readText())).toBe(false);
});

test('beside files of this computer it is asked about, and nothing is sent', async () => {
  const here = join(desktop.dir, 'here.txt');
  await writeFile(here, 'here');
  await copyUris([`file://${here}`, 'mtp://phone/there.txt']);
  await desktop.key(SHORTCUT);
  const shown = await desktop.notifications.waitFor(() => true);
  expect(shown.body).toContain('there.txt');
  expect(isLink(await desktop.clipboard.readText())).toBe(false);
});

test('a folder arrives whole when names in it are not UTF-8, and while a log in it grows', async () => {
  const folder = Buffer.from(join(desktop.dir, 'd\xe9j\xe0'), 'latin1');
  await mkdir(folder);
  const inside = (name: string) => Buffer.concat([folder, Buffer.from(`/${name}`, 'latin1')]);
  await writeFile(inside('caf\xe9.txt'), 'coffee');
  await writeFile(inside('app.log'), 'start\n');
  const growing = setInterval(() => void appendFile(inside('app.log'), 'more\n'), 5);
  await copyUris([`file://${desktop.dir}/d%E9j%E0`]);
  const link = await pressForLink(desktop);
  clearInterval(growing);
  const zip = join(desktop.dir, 'fetched.zip');
  await writeFile(zip, await fetchRaw(link));
  await mkdir(join(desktop.dir, 'unpacked'));
  await unzip(zip, join(desktop.dir, 'unpacked'));
  const names = await readdir(join(desktop.dir, 'unpacked', 'd\uFFFDj\uFFFD'));
  expect(names.toSorted()).toEqual(['app.log', 'caf\uFFFD.txt']);
});

/** Starts the app a second time, as a script does. */
async function again(args: readonly string[]): Promise<void> {
  const command = await appCommand();
  await new Promise((resolve) => {
    spawn(command.executable, [...command.args, `--user-data-dir=${app.profile}`, ...args], {
      env: { ...desktop.env },
      cwd: desktop.dir,
      stdio: 'ignore',
    }).on('close', resolve);
  });
}

test('--share takes file:// URIs', async () => {
  const path = join(desktop.dir, 'by uri.txt');
  await writeFile(path, 'by its URI');
  await desktop.clipboard.writeText('before');
  await again(['--share', `file://localhost${path.replace(' ', '%20')}`]);
  expect(Buffer.from(await fetchRaw(await waitForLink(desktop))).toString()).toBe('by its URI');
});

test('--share takes a name that is not UTF-8', async () => {
  const name = Buffer.from('n\xe0me.txt', 'latin1');
  await writeFile(Buffer.concat([Buffer.from(`${desktop.dir}/`), name]), 'by its bytes');
  await desktop.clipboard.writeText('before');
  const command = await appCommand();
  const quoted = [command.executable, ...command.args, `--user-data-dir=${app.profile}`]
    .map((arg) => `'${arg.replaceAll("'", "'\\''")}'`)
    .join(' ');
  // Arguments of a spawned process are UTF-8; the shell writes the byte itself.
  await promisify(execFile)('sh', ['-c', `exec ${quoted} --share "$(printf 'n\\340me.txt')"`], {
    env: { ...desktop.env },
    cwd: desktop.dir,
  });
  expect(Buffer.from(await fetchRaw(await waitForLink(desktop))).toString()).toBe('by its bytes');
});

test('--share of a pipe, of a device and of / says what they are, and hangs at none', async () => {
  const pipe = join(desktop.dir, 'pipe');
  await promisify(execFile)('mkfifo', [pipe]);
  for (const [path, key] of [
    [pipe, 'specialPipe'],
    ['/dev/zero', 'specialDevice'],
    ['/', 'specialDisk'],
    [`file://${pipe}`, 'specialPipe'],
  ] as const) {
    await desktop.notifications.clear();
    void again(['--share', path]);
    const shown = await desktop.notifications.waitFor(() => true);
    expect(shown.body, path).toMatch(textPattern(key));
  }
});
