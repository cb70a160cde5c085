import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { imageLocation } from '../../main/geotags/find-geotags.ts';
import { appCommand, type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { exif, jpeg } from '../support/photo-samples.ts';
import { text as message, windowText } from '../support/text.ts';
import { fetchRaw, SHORTCUT, waitForLink } from './screens/clipboard-link.ts';
import { answerConfirmation } from './screens/file-dialog.ts';
import { closeSettings, openSettings } from './screens/settings.ts';
import { type AppWindow, isShown, openByNotification } from './screens/window.ts';

// A photo that says where it was taken leaves only after someone knows, with its place or without.

const PHOTO = jpeg({ exif: exif() });

let desktop: Desktop;
let app: DrivenApp;
let photo: string;

beforeAll(async () => {
  desktop = await startDesktop();
  photo = join(desktop.dir, 'beach.jpg');
  await writeFile(photo, PHOTO);
  app = await driveApp({ desktop });
});

afterEach(async () => {
  await desktop.notifications.clear();
  if (await isShown(app)) await desktop.tray.activate();
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

async function asked(): Promise<AppWindow> {
  const shown = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('locationTitle'),
  );
  return openByNotification(app, desktop, shown.id);
}

test('a copied photo file is asked about, and goes without its place', async () => {
  await desktop.clipboard.writeFiles([photo]);
  await desktop.key(SHORTCUT);
  const appWindow = await asked();
  await desktop.screenshot(join(ROOT, 'test-results', 'location-question.png'));
  await appWindow.button(message('locationRemove')).click();
  const shared = await fetchRaw(await waitForLink(desktop));
  expect(shared.byteLength).toBe(PHOTO.byteLength);
  expect(await imageLocation(shared)).toBeUndefined();
});

test('a copied picture is asked about, and goes as it is', async () => {
  await desktop.clipboard.write('image/jpeg', PHOTO);
  await desktop.key(SHORTCUT);
  const appWindow = await asked();
  await appWindow.button(windowText('moreChoices')).click();
  await appWindow.button(message('locationShare')).click();
  await answerConfirmation(desktop, 'yes');
  expect(Buffer.compare(Buffer.from(await fetchRaw(await waitForLink(desktop))), PHOTO)).toBe(0);
});

test('nothing is shared when the answer is no', async () => {
  await desktop.clipboard.writeFiles([photo]);
  await desktop.key(SHORTCUT);
  const appWindow = await asked();
  await appWindow.button(message('secretDiscard')).click();
  await appWindow.button(message('secretDiscard')).waitFor({ state: 'detached' });
  expect(await desktop.clipboard.formats()).toContain('text/uri-list');
});

test('a photo named on the command line is asked about', async () => {
  const { executable, args } = await appCommand();
  const child = spawn(executable, [...args, `--user-data-dir=${app.profile}`, '--share', photo], {
    env: { ...desktop.env },
    stdio: 'ignore',
  });
  await (await asked()).button(message('locationRemove')).click();
  expect(await imageLocation(await fetchRaw(await waitForLink(desktop)))).toBeUndefined();
  child.kill();
});

test('the choice is remembered, and Settings ask again', async () => {
  await desktop.clipboard.writeFiles([photo]);
  await desktop.key(SHORTCUT);
  const appWindow = await asked();
  await appWindow.button(windowText('moreChoices')).click();
  await appWindow.page.getByRole('checkbox').check();
  await appWindow.button(message('locationRemove')).click();
  await waitForLink(desktop);
  await desktop.clipboard.writeFiles([photo]);
  await desktop.key(SHORTCUT);
  expect(await imageLocation(await fetchRaw(await waitForLink(desktop)))).toBeUndefined();
  const settings = await openSettings(app, desktop, 'advanced');
  await settings.page.getByLabel(windowText('locationData')).selectOption('ask');
  await desktop.notifications.clear();
  await closeSettings(app, settings);
  await desktop.clipboard.writeFiles([photo]);
  await desktop.key(SHORTCUT);
  await asked();
});
