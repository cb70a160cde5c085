import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message, textPattern, windowText } from '../support/text.ts';
import { waitForLink } from './screens/clipboard-link.ts';
import { isShown, openPopover, type Popover } from './screens/popover.ts';

// What was copied lately is one click, or a few keys, from a link.

const RESULTS = join(ROOT, 'test-results');

let desktop: Desktop;
let app: DrivenApp;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await driveApp({ desktop });
});

afterEach(async () => {
  await desktop.notifications.forget();
  if (await isShown(app)) await desktop.tray.activate();
  await waitFor('the popover to hide', async () => !(await isShown(app)));
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

/** Copies a text and waits until the app says so. */
async function copyText(text: string): Promise<void> {
  await desktop.clipboard.writeText(text);
  await waitFor('the app to notice', async () =>
    (await desktop.tray.layout()).some(({ label }) =>
      label.includes(message('clipText', { count: [...text].length })),
    ),
  );
}

async function openClips(): Promise<Popover> {
  const popover = await openPopover(app, desktop);
  await popover.page.getByRole('tab', { name: windowText('clips') }).click();
  return popover;
}

test('three clips become one collection with a name', async () => {
  // What is there when the app begins to look is not among them.
  await copyText('there from the beginning');
  for (const text of ['first note', 'second notes', 'third note, no more']) await copyText(text);
  const popover = await openClips();
  for (const title of [/first note/, /second notes/, /third note/])
    await popover.row(title).click();
  await popover.page.getByLabel(windowText('collectionName')).fill('Three notes');
  await popover.page.screenshot({ path: join(RESULTS, 'clips-selected.png') });
  await popover.button(windowText('shareAsCollection')).click();
  const link = await waitForLink(desktop);
  await popover.row(/Three notes/).waitFor();
  await waitFor('the page to open', async () => (await fetchText(link)).includes('third note'));
  const page = await fetchText(link);
  expect(page).toContain('Three notes');
  const places = ['first note', 'second notes', 'third note'].map((text) => page.indexOf(text));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('an image is listed with its picture, and shared by keys alone', async () => {
  const png = await picture();
  await desktop.clipboard.writeImage(png);
  const popover = await openClips();
  const image = popover.row(message('clipImageSize', { width: 64, height: 64 }));
  await waitFor('its picture', () =>
    image
      .locator('img')
      .evaluate((img) => (img as unknown as { naturalHeight: number }).naturalHeight > 0),
  );
  await popover.page.screenshot({ path: join(RESULTS, 'clips.png') });
  await popover.page.getByRole('tab', { name: windowText('clips') }).focus();
  await desktop.key('Tab');
  await desktop.key('Return');
  await waitForLink(desktop);
});

test('the app’s own links are not among the clips', async () => {
  const popover = await openClips();
  expect(await popover.page.getByRole('row', { name: /http/ }).count()).toBe(0);
});

test('what a password manager marked is not listed, not described, and not shared', async () => {
  const popover = await openClips();
  const before = await popover.page.getByRole('row').count();
  await desktop.clipboard.writeParts({
    UTF8_STRING: 'hunter2-of-a-manager',
    'x-kde-passwordManagerHint': 'secret',
  });
  await waitFor('the app to notice', async () =>
    (await desktop.tray.layout()).some(({ label }) => label.includes(message('clipConcealed'))),
  );
  expect(await popover.page.getByRole('row').count()).toBe(before);
  expect(await popover.page.content()).not.toContain('hunter2');
  await desktop.key('Escape');
});

test('paused from the tray nothing is noticed, until someone resumes', async () => {
  await copyText('before the pause');
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
  const popover = await openClips();
  await popover.row(/before the pause/).waitFor();
  expect(await popover.row(/copied while paused/).count()).toBe(0);
});

test('a clip can be forgotten', async () => {
  const popover = await openClips();
  await popover.act(/before the pause/, 'forget');
  await popover.row(/before the pause/).waitFor({ state: 'detached' });
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
