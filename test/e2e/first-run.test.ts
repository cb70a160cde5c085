import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp, newProfile } from '../support/app.ts';
import { SHORTCUT_WORDS } from '../support/default-shortcut.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { windowText } from '../support/text.ts';
import { SHORTCUT } from './screens/clipboard-link.ts';
import { isShown, windowOn } from './screens/window.ts';

let desktop: Desktop;
let app: DrivenApp;
let profile: string;

beforeAll(async () => {
  desktop = await startDesktop();
  profile = await newProfile(desktop, null);
  app = await driveApp({ desktop, profile });
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

test('the first start hears the shortcut, and makes a link that opens here at once', async () => {
  const { page } = await windowOn(app.electron.firstWindow());
  await page.getByRole('heading', { name: windowText('welcome') }).waitFor();
  await page
    .getByText(windowText('welcomeListening', { shortcut: SHORTCUT_WORDS }))
    .first()
    .waitFor();
  await desktop.clipboard.writeText('not to be shared');
  await desktop.key(SHORTCUT);
  await page.getByText(windowText('welcomeHeard')).first().waitFor();
  expect(await desktop.clipboard.readText()).toBe('not to be shared');
  await page.getByRole('checkbox', { name: windowText('welcomeReach') }).uncheck();
  await page.getByRole('button', { name: windowText('welcomeTryNow'), exact: true }).click();
  const link = await waitFor('the sample link', () =>
    page.evaluate(async () => (await window.linkify.state()).links[0]?.link),
  );
  expect(new URL(link).hostname).toBe('127.0.0.1');
  expect((await fetch(link)).status).toBe(200);
});

test('it stays when another window gets the focus, until it is done', async () => {
  const { page } = await windowOn(app.electron.firstWindow());
  const isKeptOpen = () =>
    page.evaluate(async () => (await window.linkify.state()).keptOpen === true);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());
  expect(await isShown(app)).toBe(true);
  expect(await isKeptOpen()).toBe(true);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
  await page.getByRole('button', { name: windowText('welcomeDone') }).click();
  await page.getByRole('searchbox').or(page.getByRole('grid')).first().waitFor();
  await waitFor('a window that is not kept open', async () => !(await isKeptOpen()));
  await desktop.key('Escape');
  await waitFor('no window', async () => !(await isShown(app)));
});

test('the next start is quiet', async () => {
  await app.close();
  app = await driveApp({ desktop, profile });
  expect(app.electron.windows()).toEqual([]);
});
