import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message, textPattern, windowText } from '../support/text.ts';
import { waitForLink } from './screens/clipboard-link.ts';
import { copyText } from './screens/clips.ts';
import { type AppWindow, clearScreen, openWindow } from './screens/window.ts';

// What was copied lately is one click, or a few keys, from a link.

const RESULTS = join(ROOT, 'test-results');

let desktop: Desktop;
let app: DrivenApp;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await driveApp({ desktop });
});

afterEach(() => clearScreen(app, desktop));

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

async function openClips(): Promise<AppWindow> {
  const appWindow = await openWindow(app, desktop);
  await appWindow.page.getByRole('tab', { name: windowText('clips') }).click();
  return appWindow;
}

test('three clips become one collection with a name', async () => {
  // What is there when the app begins to look is not among them.
  await copyText(desktop, 'there from the beginning');
  for (const text of ['first note', 'second notes', 'third note, no more'])
    await copyText(desktop, text);
  const appWindow = await openClips();
  for (const title of [/first note/, /second notes/, /third note/])
    await appWindow.row(title).click({ modifiers: ['Shift'] });
  await appWindow.page.getByLabel(windowText('collectionName')).fill('Three notes');
  await appWindow.page.screenshot({ path: join(RESULTS, 'clips-selected.png') });
  await appWindow.button(windowText('shareAsCollection')).click();
  const link = await waitForLink(desktop);
  await appWindow.row(/Three notes/).waitFor();
  await waitFor('the page to open', async () => (await fetchText(link)).includes('third note'));
  const page = await fetchText(link);
  expect(page).toContain('Three notes');
  const places = ['first note', 'second notes', 'third note'].map((text) => page.indexOf(text));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('an image is listed with its picture, and shared by keys alone', async () => {
  const png = await picture();
  await desktop.clipboard.writeImage(png);
  const appWindow = await openClips();
  const image = appWindow.row(message('clipImageSize', { width: 64, height: 64 }));
  await waitFor('its picture', () =>
    image
      .locator('img')
      .evaluate((img) => (img as unknown as { naturalHeight: number }).naturalHeight > 0),
  );
  await appWindow.page.screenshot({ path: join(RESULTS, 'clips.png') });
  await appWindow.page.getByRole('tab', { name: windowText('clips') }).focus();
  await desktop.key('Tab');
  await desktop.key('Right');
  await waitFor('its preview', () =>
    appWindow.page
      .locator('.preview img')
      .evaluate((img) => (img as unknown as { naturalHeight: number }).naturalHeight === 64),
  );
  await desktop.key('Return');
  await waitForLink(desktop);
});

test('the app’s own links are not among the clips', async () => {
  const appWindow = await openClips();
  expect(await appWindow.page.getByRole('row', { name: /http/ }).count()).toBe(0);
});

test('what a password manager marked is not listed, not described, and not shared', async () => {
  const appWindow = await openClips();
  const before = await appWindow.page.getByRole('row').count();
  await desktop.clipboard.writeParts({
    UTF8_STRING: 'hunter2-of-a-manager',
    'x-kde-passwordManagerHint': 'secret',
  });
  await waitFor('the app to notice', async () =>
    (await desktop.tray.layout()).some(({ label }) => label.includes(message('clipConcealed'))),
  );
  expect(await appWindow.page.getByRole('row').count()).toBe(before);
  expect(await appWindow.page.content()).not.toContain('hunter2');
  await desktop.key('Escape');
});

test('paused from the tray nothing is noticed, until someone resumes', async () => {
  await copyText(desktop, 'before the pause');
  await desktop.tray.clickItem([message('menuPause'), message('menuPauseShort')]);
  await waitFor('the pause in the menu', async () =>
    (await desktop.tray.layout()).some(({ label }) => textPattern('menuResumePaused').test(label)),
  );
  await desktop.clipboard.writeText('copied while paused');
  await desktop.tray.clickItem([textPattern('menuResumePaused')]);
  await waitFor('the app to look again', async () =>
    (await desktop.tray.layout()).some(({ label }) =>
      label.includes(message('clipText', { count: 19 })),
    ),
  );
  const appWindow = await openClips();
  await appWindow.row(/before the pause/).waitFor();
  expect(await appWindow.row(/copied while paused/).count()).toBe(0);
});

test('a clip can be forgotten', async () => {
  const appWindow = await openClips();
  await appWindow.act(/before the pause/, 'removeFromList');
  await appWindow.row(/before the pause/).waitFor({ state: 'detached' });
});

async function fetchText(link: string): Promise<string> {
  return (await fetch(link, AS_BROWSER)).text();
}

async function picture(): Promise<Buffer> {
  const png = await app.electron.evaluate(({ nativeImage }) =>
    nativeImage
      .createFromBitmap(Buffer.alloc(64 * 64 * 4, 0x60), { width: 64, height: 64 })
      .toPNG()
      .toString('base64'),
  );
  return Buffer.from(png, 'base64');
}
