import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { type FakePortal, startFakePortal } from '../support/fake-portal.ts';
import { windowText } from '../support/text.ts';
import { chooseTab, settingsOn } from './screens/settings.ts';
import { isShown } from './screens/window.ts';

// The built app in a session that calls itself sway's, with a portal as of a Wayland desktop on the bus.

let desktop: Desktop;
let app: DrivenApp;
let portal: FakePortal;

beforeAll(async () => {
  desktop = await startDesktop();
  portal = await startFakePortal(desktop.env.DBUS_SESSION_BUS_ADDRESS ?? '', {
    behavior: 'gnome-48',
  });
  app = await driveApp({
    desktop,
    env: { XDG_SESSION_TYPE: 'wayland', XDG_CURRENT_DESKTOP: 'sway' },
  });
});

afterAll(async () => {
  await app?.close();
  await portal?.quit();
  await desktop?.close();
});

test('the portal has the shortcuts, and its press opens the window', async () => {
  await waitFor('the request', () => portal.requests.length === 1);
  expect(portal.registered).toEqual(['app.linkify.tray']);
  const file = join(
    desktop.env.XDG_DATA_HOME ?? '',
    'applications',
    `${portal.registered[0]}.desktop`,
  );
  expect(await readFile(file, 'utf8')).toMatch(/^Exec="/m);
  portal.press('openWindow');
  await waitFor('the window', () => isShown(app));
});

test('without the portal Settings has the line for the configuration', async () => {
  await portal.quit();
  await desktop.run('gapplication', ['action', 'app.linkify.tray', 'settings']);
  const appWindow = await settingsOn(app);
  await chooseTab(appWindow, 'shortcuts');
  await appWindow.page.getByText(windowText('shortcutConfig')).waitFor();
  await appWindow.page
    .getByText(/^bindsym Ctrl\+Alt\+Shift\+k exec .*--share-clipboard$/)
    .waitFor();
});
