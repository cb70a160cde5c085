import { randomBytes } from 'node:crypto';
import { createWriteStream, type Dirent } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../support/app.ts';
import { endChild, spawnBound } from '../support/desktop/processes.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message } from '../support/text.ts';
import { pressForLink, SHORTCUT } from './screens/clipboard-link.ts';

// Nothing of what is copied is anywhere but where someone shared it. Each way through the app
// carries a word of its own, made up at run time; in the end everything is searched for all of them.

/** Not in hex: the ids around it are, and a file that is compressed would tear it apart there. */
const word = (): string =>
  `zq${randomBytes(12)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, 'x')}`;
const WORDS = {
  /** In the title of a shared text: people see it in notifications, menus and lists. */
  title: word(),
  text: word(),
  html: word(),
  image: word(),
  file: word(),
  folder: word(),
  revoked: word(),
  secret: word(),
  concealed: word(),
  copied: word(),
  copiedFile: word(),
} as const;
type Name = keyof typeof WORDS;

/** Longer than any title, so that the word behind it is content and nothing else. */
const FILLER = 'plain words that make a title long enough for a row in a list. '.repeat(8);

let desktop: Desktop;
let app: RunningApp;
let ownFiles: string;
let startedMs: number;
let dbusLog: string;
let dbusMonitor: ReturnType<typeof spawnBound>;
const argumentHits = new Set<string>();

beforeAll(async () => {
  startedMs = Date.now();
  desktop = await startDesktop();
  // What the person's own files hold is not searched.
  ownFiles = await mkdtemp(join(tmpdir(), 'linkify-own-files-'));
  dbusLog = join(ownFiles, 'dbus.log');
  dbusMonitor = spawnBound('dbus-monitor', ['--session'], {
    env: desktop.env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  dbusMonitor.stdout?.pipe(createWriteStream(dbusLog));
  app = await launchApp({ desktop });
});

afterAll(async () => {
  if (dbusMonitor) await endChild(dbusMonitor);
  await app?.close();
  await desktop?.close();
  if (ownFiles) await rm(ownFiles, { recursive: true, force: true });
});

test('every way through the app, a crash included, leaves what was copied where it was shared', async () => {
  await desktop.clipboard.writeParts({
    UTF8_STRING: `${WORDS.title} ${FILLER} ${WORDS.text}`,
    'text/html': `<p data-note="${WORDS.html}">${WORDS.title}</p>`,
  });
  await pressForLink(desktop);
  await desktop.clipboard.writeImage(pngWith(WORDS.image));
  await pressForLink(desktop);
  await desktop.clipboard.writeFiles([await ownFile('notes.txt', WORDS.file)]);
  await pressForLink(desktop);
  await desktop.clipboard.writeFiles([await ownFolder(WORDS.folder)]);
  await pressForLink(desktop);
  await lookAtArguments();

  await desktop.clipboard.writeText(`revoke me ${FILLER} ${WORDS.revoked}`);
  const revoked = await pressForLink(desktop);
  await desktop.tray.clickItem([message('menuRecent'), /^revoke me/, message('menuRevoke')]);
  await waitFor('the link to be dead', async () => (await fetch(revoked)).status === 410);

  await desktop.notifications.clear();
  await desktop.clipboard.writeText(`DATABASE_PASSWORD=${WORDS.secret}X9!`);
  await desktop.key(SHORTCUT);
  await desktop.notifications.waitFor(({ summary }) => summary === message('secretTitle'));

  await desktop.notifications.clear();
  await desktop.clipboard.writeParts({
    UTF8_STRING: WORDS.concealed,
    'x-kde-passwordManagerHint': 'secret',
  });
  await desktop.key(SHORTCUT);
  await desktop.notifications.waitFor(({ summary }) => summary === message('concealedTitle'));

  await desktop.clipboard.writeFiles([join(ownFiles, `${WORDS.copiedFile}.txt`)]);
  await described('(1 file)');
  await desktop.clipboard.writeText(`${WORDS.copied} is copied, not shared`);
  await described(`(Text, ${WORDS.copied.length + 22} characters)`);
  await desktop.tray.activate();
  await lookAtArguments();

  // With all of it in memory: the window's process, then the app's own.
  for (const pid of await rendererPids()) process.kill(pid, 'SIGSEGV');
  await desktop.tray.layout();
  const gone = new Promise((resolve) => app.child.once('exit', resolve));
  app.child.kill('SIGSEGV');
  await gone;
  const printed = app.output();
  // A start after a crash must not put it anywhere either.
  app = await launchApp({ desktop, profile: app.profile });
  await lookAtArguments();
  // What was revoked just before the crash could be taken back; then its time is over.
  await waitFor(
    'what was revoked to leave the disk',
    async () =>
      (await hitsBelow(join(app.profile, 'service'))).every(({ name }) => name !== 'revoked'),
    20_000,
  );
  await app.close();
  await endChild(dbusMonitor);

  expect(wordsIn(Buffer.from(printed + app.output())), 'printed').toEqual([]);
  expect([...argumentHits], 'arguments and environments of processes').toEqual([]);
  // That the title is there shows that the traffic was seen.
  expect(wordsIn(await readFile(dbusLog)), 'D-Bus').toEqual(['title']);

  const shared = join(app.profile, 'service');
  const all = await hitsBelow(desktop.dir);
  const inService = all.filter(({ path }) => path.startsWith(shared));
  const elsewhere = all.filter(({ path }) => !path.startsWith(shared));
  // What was shared is on the service; that it is found shows that the search finds.
  expect([...new Set(inService.map(({ name }) => name))].toSorted()).toEqual(
    ['file', 'folder', 'image', 'text', 'title'].toSorted(),
  );
  expect(
    elsewhere.filter(({ name }) => name !== 'title'),
    'the profile, the home and the desktop’s logs',
  ).toEqual([]);
  // The list of links keeps titles, and nothing else does.
  expect(elsewhere.map(({ path }) => path.slice(app.profile.length + 1))).toEqual(
    elsewhere.map(() => expect.stringMatching(/^linkify-tray\.db/)),
  );
  expect(await hitsInTemporary(), 'the system’s folder for temporary files').toEqual([]);
});

function wordsIn(bytes: Buffer): readonly Name[] {
  const names = Object.keys(WORDS) as Name[];
  return names.filter((name) => {
    // Compressed, the ends of a word may stand elsewhere, with what is before and after them.
    const middle = WORDS[name].slice(4, -3);
    return bytes.includes(middle) || bytes.includes(Buffer.from(middle, 'utf16le'));
  });
}

interface Hit {
  readonly path: string;
  readonly name: Name;
}

async function hitsBelow(folder: string): Promise<readonly Hit[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (): Dirent[] => [],
  );
  const hits: Hit[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    for (const name of wordsIn(Buffer.from(path))) hits.push({ path, name });
    if (entry.isSymbolicLink()) {
      const target = await readlink(path).catch(() => '');
      for (const name of wordsIn(Buffer.from(target))) hits.push({ path, name });
    }
    if (!entry.isFile()) continue;
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    for (const name of wordsIn(bytes)) hits.push({ path, name });
  }
  return hits;
}

/** What came there since the test began, but for the test's own folders. */
async function hitsInTemporary(): Promise<readonly Hit[]> {
  const hits: Hit[] = [];
  for (const entry of await readdir(tmpdir(), { withFileTypes: true })) {
    const path = join(tmpdir(), entry.name);
    const at = await stat(path).catch(() => undefined);
    if (at === undefined || at.mtimeMs < startedMs || path === ownFiles) continue;
    if (path === desktop.dir || !/chromium|electron|linkify|core/i.test(entry.name)) continue;
    if (entry.isDirectory()) hits.push(...(await hitsBelow(path)));
    else for (const name of wordsIn(await readFile(path))) hits.push({ path, name });
  }
  return hits;
}

/** What other programs of the same person can see of every process. */
async function lookAtArguments(): Promise<void> {
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    for (const file of ['cmdline', 'environ', 'comm']) {
      const bytes = await readFile(`/proc/${pid}/${file}`).catch(() => Buffer.alloc(0));
      for (const name of wordsIn(bytes)) argumentHits.add(`${file}: ${name}`);
    }
  }
}

async function rendererPids(): Promise<readonly number[]> {
  const found: number[] = [];
  await waitFor('the window’s process', async () => {
    for (const pid of await readdir('/proc')) {
      const line = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
      if (line.includes('--type=renderer') && line.includes(app.profile)) found.push(Number(pid));
    }
    return found.length > 0;
  });
  return found;
}

async function described(what: string): Promise<void> {
  await waitFor(`the menu to say ${what}`, async () =>
    (await desktop.tray.layout()).some(({ label }) => label.includes(what)),
  );
}

async function ownFile(name: string, content: string): Promise<string> {
  const path = join(ownFiles, name);
  await writeFile(path, content);
  return path;
}

async function ownFolder(content: string): Promise<string> {
  const folder = join(ownFiles, 'a folder');
  await mkdir(folder);
  await writeFile(join(folder, 'inside.txt'), content);
  return folder;
}

/** An image of one pixel with a text in it (PNG, third edition, 11.3.4.3). */
function pngWith(text: string): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.byteLength);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1')),
    chunk('IDAT', deflateSync(Buffer.from([0, 0x80]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
