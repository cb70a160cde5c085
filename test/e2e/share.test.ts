import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_ACCELERATOR } from '../../main/settings/default-accelerator.ts';
import { spokenAccelerator } from '../../preload/key-names.ts';
import { launchApp, ROOT, type RunningApp } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { english } from '../support/messages.ts';
import { text as message } from '../support/text.ts';
import { unzip } from '../support/unzip.ts';
import {
  fetchRaw,
  openPage,
  pressForLink,
  SHORTCUT,
  waitForLink,
} from './screens/clipboard-link.ts';

// The main job, with nothing attached to the app: copy, press, paste.

const RESULTS = join(ROOT, 'test-results');

let desktop: Desktop;
let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await launchApp({ desktop });
});

afterEach(() => desktop.notifications.clear());

afterAll(async () => {
  await browser?.close();
  await app?.close();
  await desktop?.close();
});

test('a copied text becomes a link that shows the text', async () => {
  const text = 'Grüße aus dem Test ✓\nzweite Zeile & <b>kein Fett</b>';
  await desktop.clipboard.writeText(text);
  const link = await pressForLink(desktop);

  const page = await fetch(link, AS_BROWSER);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe(text);

  const shown = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('linkCopied'),
  );
  expect(shown.body).toContain('Grüße aus dem Test');
  await desktop.screenshot(join(RESULTS, 'desktop-shared.png'));
});

test('the menu is readable on screen', async () => {
  // The icon is the right-most thing on the panel; its menu opens by the right button.
  await desktop.click(1266, 14, 3);
  await desktop.screenshot(join(RESULTS, 'tray-menu.png'));
  await desktop.key('Escape');
});

test('the link opens in a browser and shows the text there', async () => {
  await desktop.clipboard.writeText("export const answer = 42; // the browser's copy");
  const link = await pressForLink(desktop);
  browser = await openBrowser(desktop);
  await browser.page.goto(link);
  expect(await browser.page.innerText('body')).toContain("the browser's copy");
  await browser.page.screenshot({ path: join(RESULTS, 'page-text.png') });
});

test('a copied image becomes a link to the same bytes', async () => {
  const png = await picture();
  await desktop.clipboard.writeImage(png);
  const link = await pressForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).equals(png)).toBe(true);
  const shown = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('linkCopied'),
  );
  expect(shown.body).toContain(message('clipImageSize', { width: 512, height: 512 }));
  await browser.page.goto(link);
  await browser.page.screenshot({ path: join(RESULTS, 'page-image.png') });
});

test.each(['bmp', 'jpeg', 'gif', 'webp', 'svg'])(
  'a clipboard with image/%s alone becomes a link to the same bytes',
  async (format) => {
    const path = join(desktop.dir, `picture.${format}`);
    if (format === 'svg') await writeFile(path, '<svg xmlns="http://www.w3.org/2000/svg"/>');
    else await desktop.run('convert', ['-size', '8x6', 'xc:red', path]);
    const bytes = await readFile(path);
    await desktop.clipboard.write(format === 'svg' ? 'image/svg+xml' : `image/${format}`, bytes);
    const link = await pressForLink(desktop);
    expect(Buffer.compare(Buffer.from(await fetchRaw(link)), bytes)).toBe(0);
  },
);

test.each([
  ['grey, 8 bits', ['-size', '8x6', 'xc:gray50', '-type', 'Grayscale']],
  ['color, 16 bits, compressed', ['-size', '8x6', 'xc:red', '-depth', '16', '-compress', 'LZW']],
  ['with transparency', ['-size', '8x6', 'xc:#ff000080', '-type', 'TrueColorAlpha']],
])('a clipboard with TIFF alone becomes a link to a PNG: %s', async (_name, options) => {
  const path = join(desktop.dir, 'picture.tiff');
  await desktop.run('convert', [...options, path]);
  await desktop.clipboard.write('image/tiff', await readFile(path));
  const png = Buffer.from(await fetchRaw(await pressForLink(desktop)));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  await writeFile(join(desktop.dir, 'converted.png'), png);
  const pixel = (file: string) =>
    desktop.run('convert', [file, '-crop', '1x1+2+2', '-depth', '8', 'rgba:-']);
  expect(await pixel(join(desktop.dir, 'converted.png'))).toBe(await pixel(path));
});

test('BMP and TIFF files arrive whole, and the page shows the one that browsers can show', async () => {
  for (const [name, isShown] of [
    ['drawing.bmp', true],
    ['drawing.tiff', false],
  ] as const) {
    const path = join(desktop.dir, name);
    await desktop.run('convert', ['-size', '8x6', 'xc:blue', path]);
    await desktop.clipboard.writeFiles([path]);
    const link = await pressForLink(desktop);
    const page = await openPage(link, name);
    expect(page.includes('<img')).toBe(isShown);
    expect(Buffer.compare(Buffer.from(await fetchRaw(link)), await readFile(path))).toBe(0);
  }
});

test('two copied files become one link that lists both', async () => {
  const paths = await twoFiles();
  await desktop.clipboard.writeFiles(paths);
  const link = await pressForLink(desktop);
  const page = await (await fetch(link, AS_BROWSER)).text();
  expect(page).toContain('report ü.csv');
  expect(page).toContain('notes.txt');
  const shown = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('linkCopied'),
  );
  expect(shown.body).toMatch(/2 files/);
  await browser.page.goto(link);
  await browser.page.screenshot({ path: join(RESULTS, 'page-collection.png') });
});

test('five copied files become one link that lists all five', async () => {
  const paths = Array.from({ length: 5 }, (_, index) => join(desktop.dir, `page-${index + 1}.md`));
  for (const path of paths) await writeFile(path, `# ${path}\n`);
  await desktop.clipboard.writeFiles(paths);
  const page = await openPage(await pressForLink(desktop), 'page-1.md');
  for (const number of [1, 2, 3, 4, 5]) expect(page).toContain(`page-${number}.md`);
});

test('one copied file becomes a link to its bytes', async () => {
  const path = join(desktop.dir, 'only.csv');
  await writeFile(path, 'a;b\n1;2\n');
  await desktop.clipboard.writeFiles([path]);
  const link = await pressForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('a;b\n1;2\n');
});

test('a copied folder becomes one zip of it', async () => {
  const folder = join(desktop.dir, 'my folder');
  await mkdir(join(folder, 'inner'), { recursive: true });
  await writeFile(join(folder, 'top.txt'), 'at the top');
  await writeFile(join(folder, 'inner', 'deep.txt'), 'further down');
  await symlink('/etc/passwd', join(folder, 'passwd'));
  await desktop.clipboard.writeFiles([folder]);
  const link = await pressForLink(desktop);
  const shown = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('linkCopied'),
  );
  expect(shown.body).toContain(message('clipFolder', { count: 2 }));
  expect(shown.body).toContain('my folder.zip');
  const zip = join(desktop.dir, 'fetched.zip');
  await writeFile(zip, await fetchRaw(link));
  await mkdir(join(desktop.dir, 'unpacked'));
  await unzip(zip, join(desktop.dir, 'unpacked'));
  const unpacked = join(desktop.dir, 'unpacked', 'my folder');
  expect(await readFile(join(unpacked, 'inner', 'deep.txt'), 'utf8')).toBe('further down');
  expect(await readdir(unpacked)).toEqual(['inner', 'top.txt']);
});

test('copied HTML is shared as the text that it shows', async () => {
  await desktop.clipboard.writeParts({
    UTF8_STRING: 'A heading and a word',
    'text/html': '<h1>A heading</h1> and <b onclick="alert(1)">a word</b>',
  });
  const link = await pressForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('A heading and a word');
});

test('files cut or copied in a file manager are shared too', async () => {
  await desktop.clipboard.writeFiles(await twoFiles(), 'x-special/gnome-copied-files');
  const link = await pressForLink(desktop);
  expect(await (await fetch(link, AS_BROWSER)).text()).toContain('notes.txt');
});

describe('pressing the shortcut while the clipboard holds our link', () => {
  const told = () => desktop.notifications.all().map(({ summary }) => summary);

  test('creates nothing and says so; the menu says what is on the clipboard', async () => {
    await desktop.clipboard.writeText('shared once');
    const link = await pressForLink(desktop);
    await desktop.key(SHORTCUT);
    await desktop.notifications.waitFor(({ summary }) => summary === message('alreadyLinkTitle'));
    const what = message('clipOwnLink', { title: 'shared once' });
    await waitFor('the menu to tell of the link', async () => {
      const layout = await desktop.tray.layout();
      const item = layout.find(({ label }) => label === message('menuShareWhat', { what }));
      return item?.enabled === false;
    });
    // As another program passes it on.
    await desktop.clipboard.writeParts({
      UTF8_STRING: 'shared once',
      'text/html': `<meta charset="utf-8"><a href="${link}">shared once</a>`,
    });
    await desktop.notifications.clear();
    await desktop.key(SHORTCUT);
    await desktop.notifications.waitFor(({ summary }) => summary === message('alreadyLinkTitle'));
    expect(told()).not.toContain(message('linkCopied'));
    await desktop.clipboard.writeText(`Have a look: ${link}`);
    expect(await pressForLink(desktop)).not.toBe(link);
  });

  test('held down, it counts once, and again after it was released', async () => {
    await desktop.clipboard.writeText('shared by keys that are held');
    await desktop.run('xdotool', ['keydown', SHORTCUT, 'sleep', '1.5', 'keyup', SHORTCUT]);
    await desktop.notifications.waitFor(({ summary }) => summary === message('linkCopied'));
    expect(told()).toEqual([message('linkCopied')]);
    await desktop.key(SHORTCUT);
    await desktop.notifications.waitFor(({ summary }) => summary === message('alreadyLinkTitle'));
  });
});

test("the tray's menu says what is on the clipboard, and shares it", async () => {
  await desktop.clipboard.writeText('shared from the menu');
  const label = message('menuShareWhat', { what: message('clipText', { count: 20 }) });
  await desktop.tray.clickItem([label]);
  const link = await waitForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('shared from the menu');
});

test("the tray's menu copies and revokes the last link, and undoes that", async () => {
  await desktop.clipboard.writeText('the last one');
  const link = await pressForLink(desktop);
  await desktop.clipboard.writeText('something else');
  await desktop.tray.clickItem([message('menuCopyLast')]);
  await desktop.clipboard.waitForText((text) => text === link);
  const status = async () => (await fetch(link)).status;
  await desktop.tray.clickItem([message('menuUndoShare', { title: 'the last one' })]);
  await waitFor('it to be dead', async () => (await status()) === 410);
  await desktop.tray.clickItem([message('restoreLink')]);
  await waitFor('it to open', async () => (await status()) === 200);
  await desktop.tray.clickItem([message('useRevokeLast')]);
  await waitFor('it to be dead again', async () => (await status()) === 410);
  await desktop.tray.clickItem([message('menuUndoRevoke')]);
  await waitFor('it to open again', async () => (await status()) === 200);
});

test("the tray's menu prints keys as the window does", async () => {
  const layout = await desktop.tray.layout();
  expect(layout[0]?.keys).toBe(spokenAccelerator(DEFAULT_ACCELERATOR, 'linux', english.t));
});

test("the tray's menu lists recent links and copies one", async () => {
  await desktop.clipboard.writeText('first of the list');
  const link = await pressForLink(desktop);
  await desktop.clipboard.writeText('something else');
  await desktop.tray.clickItem([message('menuRecent'), 'first of the list', message('menuCopy')]);
  await desktop.clipboard.waitForText((text) => text === link);
});

test('a link revoked from the menu answers 410 with a page', async () => {
  await desktop.clipboard.writeText('to be revoked');
  const link = await pressForLink(desktop);
  await desktop.tray.clickItem([message('menuRecent'), 'to be revoked', message('menuRevoke')]);
  await desktop.notifications.waitFor(({ summary }) => summary === message('linkRevoked'));
  const page = await fetch(link, AS_BROWSER);
  expect(page.status).toBe(410);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  await browser.page.goto(link);
  await browser.page.screenshot({ path: join(RESULTS, 'page-revoked.png') });
});

test('every press gives a link at once, also after the app was idle', async () => {
  const took: number[] = [];
  // HTTP begun inside a shortcut's callback can wait for seconds on an idle app: see global-shortcuts.ts.
  for (const pauseMs of [800, 800, 800, 5_000, 5_000]) {
    await desktop.clipboard.writeText(`press ${took.length}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const startedMs = performance.now();
    await desktop.key(SHORTCUT);
    await waitForLink(desktop);
    took.push(performance.now() - startedMs);
  }
  expect(Math.max(...took), `took ${took.map(Math.round).join(', ')} ms`).toBeLessThan(600);
});

async function picture(): Promise<Buffer> {
  return readFile(join(ROOT, 'assets/icon.png'));
}

async function twoFiles(): Promise<string[]> {
  const paths = [join(desktop.dir, 'report ü.csv'), join(desktop.dir, 'notes.txt')];
  for (const path of paths) await writeFile(path, `content of ${path}\n`);
  return paths;
}
