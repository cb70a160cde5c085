import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { type ScriptedService, startScriptedService } from '../support/scripted-service.ts';
import { text as message, textPattern } from '../support/text.ts';
import { fetchRaw, SHORTCUT, waitForLink } from './screens/clipboard-link.ts';
import { isShown, openWindow } from './screens/window.ts';

// A link always comes: where the service cannot make it, this computer can.

let desktop: Desktop;
let service: ScriptedService;
let app: DrivenApp;

beforeAll(async () => {
  desktop = await startDesktop();
  service = await startScriptedService({ 'POST /linkify': { status: 503 } });
  app = await driveApp({ desktop, args: [`--service-url=${service.baseUrl}`] });
});

afterAll(async () => {
  await app?.close();
  await service?.close();
  await desktop?.close();
});

async function press(text: string): Promise<void> {
  await desktop.clipboard.writeText(text);
  await desktop.notifications.clear();
  await desktop.key(SHORTCUT);
}

async function expectMadeHere(text: string): Promise<void> {
  const link = await waitForLink(desktop);
  expect(link).not.toContain(service.baseUrl);
  await expect
    .poll(async () => Buffer.from(await fetchRaw(link)).toString(), { timeout: 10_000 })
    .toBe(text);
}

test('asked once: this computer makes the link just now, and nothing waits any more', async () => {
  await press('the service cannot');
  await desktop.notifications.waitFor(({ body }) => body.includes(message('pendingAutomatic')));
  const appWindow = await openWindow(app, desktop);
  await appWindow.button(message('fallbackNow')).click();
  await expectMadeHere('the service cannot');
  const told = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('fallbackSharedTitle'),
  );
  const lines = told.body.split('\n');
  expect(lines[0]).toBe('the service cannot');
  expect(lines.at(-1)).toMatch(textPattern('serviceUnavailable'));
  await appWindow
    .row(/the service cannot/)
    .getByText(message('thisComputer'))
    .waitFor();
  expect(await appWindow.page.locator('.pending').count()).toBe(0);
  expect(service.memory.shares.size).toBe(0);
});

test('always: the same press gives a link of this computer, and Settings switch it back', async () => {
  await press('it still cannot');
  const appWindow = await openWindow(app, desktop);
  await appWindow.page.getByLabel(message('fallbackRemember')).check();
  await appWindow.button(message('fallbackNow')).click();
  await expectMadeHere('it still cannot');
  await press('at once now');
  await expectMadeHere('at once now');
  const told = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('fallbackSharedTitle'),
  );
  expect(told.body).toContain('at once now');

  await appWindow.page.evaluate(() => window.linkify.changeSettings({ fallback: 'never' }));
  // A window in front would tell of it itself.
  await desktop.tray.activate();
  await waitFor('the window to hide', async () => !(await isShown(app)));
  await press('waits from now on');
  await desktop.notifications.waitFor(({ body }) => body.includes(message('pendingAutomatic')));
  expect(await desktop.clipboard.readText()).toBe('waits from now on');
  service.script({});
});
