import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message, windowText } from '../support/text.ts';
import { fetchRaw, pressForLink, SHORTCUT, waitForLink } from './screens/clipboard-link.ts';
import { closeSettings, openSettings } from './screens/settings.ts';
import { clearScreen, openByNotification, openWindow } from './screens/window.ts';

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

test('before the first link it says how to make one', async () => {
  const appWindow = await openWindow(app, desktop);
  await appWindow.page.getByText(windowText('emptyTitle')).waitFor();
  await appWindow.page.screenshot({ path: join(RESULTS, 'window-empty.png') });
});

test('shares the clipboard by its button', async () => {
  await desktop.clipboard.writeText('shared by the button');
  const appWindow = await openWindow(app, desktop);
  await appWindow.button(windowText('shareClipboard')).click();
  const link = await waitForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('shared by the button');
  await appWindow.row(/shared by the button/).waitFor();
});

test('a click on the notification opens it at that link', async () => {
  await desktop.clipboard.writeText('found through its notification');
  const link = await pressForLink(desktop);
  const shown = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('linkCopied'),
  );
  const appWindow = await openByNotification(app, desktop, shown.id);
  await appWindow
    .row(/found through its notification/)
    .getByText(link)
    .waitFor();
  await appWindow.page
    .locator('.panel')
    .getByRole('button', { name: windowText('undo'), exact: true })
    .waitFor();
});

test('Undo makes the link dead and puts the old clipboard back', async () => {
  await desktop.clipboard.writeText('taken back');
  const link = await pressForLink(desktop);
  const shown = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('linkCopied'),
  );
  const appWindow = await openByNotification(app, desktop, shown.id);
  await appWindow
    .row(/taken back/)
    .getByRole('button', { name: windowText('undo'), exact: true })
    .click();
  await desktop.clipboard.waitForText((text) => text === 'taken back');
  expect((await fetch(link)).status).toBe(410);
});

/** A gray square, as the bytes of a PNG. */
async function squareImage(sidePx: number): Promise<Buffer> {
  const png = await app.electron.evaluate(({ nativeImage }, side) => {
    const pixels = Buffer.alloc(side * side * 4, 0x80);
    return nativeImage
      .createFromBitmap(pixels, { width: side, height: side })
      .toPNG()
      .toString('base64');
  }, sidePx);
  return Buffer.from(png, 'base64');
}

test('an image has its thumbnail in the row', async () => {
  await desktop.clipboard.writeImage(await squareImage(200));
  await pressForLink(desktop);
  const appWindow = await openWindow(app, desktop);
  const thumbnail = appWindow
    .row(message('clipImageSize', { width: 200, height: 200 }))
    .locator('.kind img');
  await waitFor('the thumbnail', () =>
    thumbnail.evaluate((element) => (element as HTMLImageElement).naturalWidth === 64),
  );
});

test('Undo puts an image back byte for byte', async () => {
  const bytes = await squareImage(16);
  await desktop.clipboard.writeImage(bytes);
  await pressForLink(desktop);
  const image = message('clipImageSize', { width: 16, height: 16 });
  const appWindow = await openWindow(app, desktop);
  await appWindow.act(image, 'undo');
  await waitFor('the image on the clipboard', async () =>
    Buffer.from(await desktop.clipboard.read('image/png')).equals(bytes),
  );
});

test('after Revoke the link answers 410', async () => {
  await desktop.clipboard.writeText('to be revoked here');
  const link = await pressForLink(desktop);
  expect((await fetch(link)).status).toBe(200);
  const appWindow = await openWindow(app, desktop);
  await appWindow.revoke(/to be revoked here/);
  await appWindow.row('to be revoked here', 'revoked').waitFor();
  expect((await fetch(link)).status).toBe(410);
});

test('Copy puts the link on the clipboard', async () => {
  await desktop.clipboard.writeText('copied from the list');
  const link = await pressForLink(desktop);
  await desktop.clipboard.writeText('something else');
  const appWindow = await openWindow(app, desktop);
  await appWindow.act(/copied from the list/, 'copy');
  await desktop.clipboard.waitForText((text) => text === link);
});

test('a failure is told with the button that helps', async () => {
  await desktop.clipboard.clear();
  await desktop.key(SHORTCUT);
  await desktop.notifications.waitFor(() => true);
  const appWindow = await openWindow(app, desktop);
  await appWindow.failure().waitFor();
  await appWindow.page.screenshot({ path: join(RESULTS, 'window-failure.png') });
  await appWindow
    .failure()
    .getByRole('button', { name: windowText('dismiss') })
    .click();
  await appWindow.failure().waitFor({ state: 'detached' });
});

test.each(['light', 'dark'] as const)('is readable in %s', async (scheme) => {
  await desktop.clipboard.writeText(`export const scheme = '${scheme}';`);
  await pressForLink(desktop);
  const appWindow = await openWindow(app, desktop);
  await appWindow.page.emulateMedia({ colorScheme: scheme });
  await appWindow
    .row(/scheme/)
    .first()
    .waitFor();
  await appWindow.page.screenshot({ path: join(RESULTS, `window-${scheme}.png`) });
  await desktop.screenshot(join(RESULTS, `desktop-window-${scheme}.png`));
});

test('Settings open from the menu', async () => {
  const appWindow = await openSettings(app, desktop, 'sharingTab');
  await appWindow.page.getByText(windowText('service'), { exact: true }).waitFor();
  await appWindow.page.screenshot({ path: join(RESULTS, 'settings.png') });
  await closeSettings(app, appWindow);
});
