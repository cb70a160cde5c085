import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { pageText, windowText } from '../support/text.ts';
import { waitForLink } from './screens/clipboard-link.ts';
import { openWindow } from './screens/window.ts';

// What holds for one link, chosen in the window, and what others did with it.

let desktop: Desktop;
let app: DrivenApp;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await driveApp({ desktop });
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

const open = (link: string, key: string): Promise<Response> =>
  fetch(`${link}/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ key, password: 'open sesame' }),
  });

test('a link that opens once, with a password; its sender sees when it was opened', async () => {
  await desktop.clipboard.writeText('for your eyes only');
  const appWindow = await openWindow(app, desktop);
  await appWindow.page.locator('.share-summary').click();
  await appWindow.page.getByRole('switch', { name: windowText('oneTimeLink') }).click();
  const password = appWindow.page.getByLabel(windowText('password'), { exact: true });
  await password.fill('open sesame');
  await password.press('Enter');
  const link = await waitForLink(desktop);
  const form = await (await fetch(link, AS_BROWSER)).text();
  expect(form).not.toContain('for your eyes only');
  await appWindow.page.getByText(windowText('oneTimeNotOpened')).waitFor();

  const key = /name="key" value="([^"]+)"/.exec(form)?.[1] ?? '';
  expect(await (await open(link, key)).text()).toContain('for your eyes only');
  await appWindow
    .row(/for your eyes only/)
    .and(appWindow.page.locator('[data-state="used-up"]'))
    .waitFor();
  expect((await fetch(link)).status).toBe(410);
});

test('a link with a maximum of 2 opens is refused to the third visitor; its row says so', async () => {
  await desktop.clipboard.writeText('for two visits');
  let appWindow = await openWindow(app, desktop);
  await appWindow.page.locator('.share-summary').click();
  await appWindow.page.getByLabel(windowText('maxOpens')).fill('2');
  await appWindow.button(windowText('shareClipboard')).click();
  const link = await waitForLink(desktop);
  const row = () => appWindow.row(/for two visits/);
  const opens = (count: number): Locator =>
    row().getByRole('img', { name: windowText('opensOf', { opens: count, count: 2 }) });
  await opens(0).waitFor();
  expect(await (await fetch(link, AS_BROWSER)).text()).toContain('for two visits');
  appWindow = await openWindow(app, desktop);
  await opens(1).waitFor();
  expect(await (await fetch(`${link}/raw`)).text()).toBe('for two visits');

  const refused = await fetch(link, AS_BROWSER);
  expect(refused.status).toBe(410);
  const page = await refused.text();
  expect(page).toContain(pageText('maxOpensReached'));
  expect(page).not.toContain('for two visits');
  expect((await fetch(`${link}/raw`)).status).toBe(410);
  await row()
    .and(appWindow.page.locator('[data-state="used-up"]'))
    .filter({ hasText: windowText('opensOf', { opens: 2, count: 2 }) })
    .waitFor();
});

test('a link that was opened says how often', async () => {
  await desktop.clipboard.writeText('looked at');
  let appWindow = await openWindow(app, desktop);
  await appWindow.button(windowText('shareClipboard')).click();
  const link = await waitForLink(desktop);
  await fetch(link);
  await fetch(link);
  appWindow = await openWindow(app, desktop);
  await appWindow.page.getByText(windowText('opened', { count: 2 })).waitFor();
});

test('the password and the expiration of a link are changed at its row', async () => {
  const secret = 'shared first, locked later';
  await desktop.clipboard.writeText(secret);
  const appWindow = await openWindow(app, desktop);
  await appWindow.button(windowText('shareClipboard')).click();
  const link = await waitForLink(desktop);
  const opened = async (url = link) => await (await fetch(url, AS_BROWSER)).text();
  expect(await opened()).toContain(secret);

  const panel = appWindow.row(/shared first, locked later/);
  await appWindow.choose('options');
  await panel
    .getByLabel(windowText('expiry'), { exact: true })
    .selectOption({ label: windowText('expiryNever') });
  const field = panel.getByLabel(windowText('password'), { exact: true });
  await field.fill('open sesame');
  await field.press('Enter');
  await appWindow.page.getByText(windowText('optionsChanged')).first().waitFor();
  const form = await opened();
  expect(form).not.toContain(secret);
  const key = /name="key" value="([^"]+)"/.exec(form)?.[1] ?? '';
  expect(await (await open(link, key)).text()).toContain(secret);
  // What was entered can still be copied: as private, so it is not on the list of copies.
  await panel.getByRole('button', { name: windowText('copyPassword') }).click();
  await expect.poll(() => desktop.clipboard.readText()).toBe('open sesame');

  await panel.getByRole('button', { name: windowText('removePassword') }).click();
  await panel.getByRole('button', { name: windowText('save') }).click();
  await expect.poll(() => opened()).toContain(secret);
});

test('a link is renamed at its row: its page says the new name', async () => {
  await desktop.clipboard.writeText('the plan');
  const appWindow = await openWindow(app, desktop);
  await appWindow.button(windowText('shareClipboard')).click();
  const link = await waitForLink(desktop);
  await appWindow.choose('rename');
  await appWindow.page.getByLabel(windowText('name'), { exact: true }).fill('Plan for May');
  await appWindow.page.getByLabel(windowText('name'), { exact: true }).press('Enter');
  await appWindow.row(/Plan for May/).waitFor();
  expect(await (await fetch(link, AS_BROWSER)).text()).toContain('Plan for May');
});
