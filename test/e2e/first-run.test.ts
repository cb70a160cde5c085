import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp, newProfile } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { windowText } from '../support/text.ts';
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

test('the first start says what it does, and makes a first link that can be revoked', async () => {
  const { page } = await windowOn(app.electron.firstWindow());
  await page.getByRole('heading', { name: windowText('welcome') }).waitFor();
  await page.getByText(windowText('welcomePrivacy')).waitFor();
  await page.getByLabel(windowText('reach')).selectOption('this-computer');
  await page.getByRole('button', { name: windowText('welcomeTryNow') }).click();
  const link = (await page.locator('.panel-link').textContent()) ?? '';
  expect(new URL(link).hostname).toBe('127.0.0.1');
  await waitFor('the link to open', async () => (await fetch(link)).status === 200);
  await page.getByRole('button', { name: windowText('revoke'), exact: true }).click();
  await waitFor('the link to be dead', async () => (await fetch(link)).status === 410);
  await page.getByRole('button', { name: windowText('welcomeDone') }).click();
  await page.getByRole('button', { name: windowText('shareClipboard') }).waitFor();
});

test('it stays when another window gets the focus, and Escape closes it', async () => {
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());
  expect(await isShown(app)).toBe(true);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
  await desktop.key('Escape');
  await waitFor('no window', async () => !(await isShown(app)));
});

test('the next start is quiet', async () => {
  await app.close();
  app = await driveApp({ desktop, profile });
  expect(app.electron.windows()).toEqual([]);
});
