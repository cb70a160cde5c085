import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message, pageText, windowText } from '../support/text.ts';
import { fetchRaw, SHORTCUT, waitForLink } from './screens/clipboard-link.ts';
import { answerConfirmation } from './screens/file-dialog.ts';
import { closeSettings, openSettings } from './screens/settings.ts';
import { type AppWindow, isShown, openByNotification } from './screens/window.ts';

// What looks like a credential leaves only after a clear yes. Each token here is made up at run time.

let desktop: Desktop;
let app: DrivenApp;

beforeAll(async () => {
  desktop = await startDesktop();
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

/** Of the only kind that was remembered. */
const askAgain = windowText('askAgainAbout', { name: '' }).trim();

const madeUpToken = (): string =>
  `ghp_${Array.from({ length: 36 }, (_, index) => 'aB3dE6gH9'[index % 9]).join('')}`;

async function pressAndAsk(text: string): Promise<AppWindow> {
  await desktop.clipboard.writeText(text);
  await desktop.key(SHORTCUT);
  const asked = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('secretTitle'),
  );
  expect(asked.body).toContain('GitHub');
  expect(asked.body).not.toContain('ghp_');
  expect(await desktop.clipboard.readText()).toBe(text);
  return openByNotification(app, desktop, asked.id);
}

test('a token is held back, and shared with it hidden when someone says so', async () => {
  const token = madeUpToken();
  const appWindow = await pressAndAsk(`export GITHUB_TOKEN=${token}\n`);
  await desktop.screenshot(join(ROOT, 'test-results', 'secret-question.png'));
  await appWindow.button(message('secretMasked')).click();
  const link = await waitForLink(desktop);
  const shared = Buffer.from(await fetchRaw(link)).toString();
  expect(shared).toContain('hidden]');
  expect(shared).not.toContain(token);
});

test('nothing is shared when the answer is no', async () => {
  const text = `token ${madeUpToken()}`;
  const appWindow = await pressAndAsk(text);
  await appWindow.button(message('secretDiscard')).click();
  await waitFor(
    'the question to go',
    async () => (await appWindow.button(message('secretDiscard')).count()) === 0,
  );
  expect(await desktop.clipboard.readText()).toBe(text);
});

test('an AWS key is named, and can be shared to open once, for ten minutes', async () => {
  const key = `AKIA${Array.from({ length: 16 }, (_, index) => 'QRSTUV23'[index % 8]).join('')}`;
  await desktop.clipboard.writeText(`aws_access_key_id = ${key}`);
  await desktop.key(SHORTCUT);
  const asked = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('secretTitle'),
  );
  expect(asked.body).toContain('AWS');
  expect(asked.body).not.toContain(key);
  const appWindow = await openByNotification(app, desktop, asked.id);
  await appWindow.button(windowText('moreChoices')).click();
  await appWindow.button(message('secretOnce')).click();
  await answerConfirmation(desktop, 'yes');
  const link = await waitForLink(desktop);
  // Looking does not spend it: only a click on its page does.
  const page = await waitFor('the page to be ready', async () => {
    const text = await (await fetch(link, AS_BROWSER)).text();
    return text.includes(pageText('onceWhy')) && text;
  });
  expect(page).not.toContain(key);
  expect((await fetch(link, AS_BROWSER)).status).toBe(200);
});

test('an AWS key is shared with it hidden', async () => {
  const key = `AKIA${Array.from({ length: 16 }, (_, index) => 'WXYZ4567'[index % 8]).join('')}`;
  await desktop.clipboard.writeText(`region = eu-central-1\nkey = ${key}`);
  await desktop.key(SHORTCUT);
  const asked = await desktop.notifications.waitFor(({ body }) => body.includes('AWS'));
  const appWindow = await openByNotification(app, desktop, asked.id);
  await appWindow.button(message('secretMasked')).click();
  const shared = Buffer.from(await fetchRaw(await waitForLink(desktop))).toString();
  expect(shared).toBe('region = eu-central-1\nkey = [AWS access key id hidden]');
});

test('a kind that was remembered can be asked about again', async () => {
  const appWindow = await pressAndAsk(`token ${madeUpToken()} once and for all`);
  await appWindow.button(windowText('moreChoices')).click();
  await appWindow.page.getByRole('checkbox').check();
  await appWindow.button(message('secretAnyway')).click();
  await answerConfirmation(desktop, 'yes');
  await waitForLink(desktop);
  await desktop.clipboard.writeText(`token ${madeUpToken()} unasked`);
  await desktop.key(SHORTCUT);
  await waitForLink(desktop);
  const settings = await openSettings(app, desktop, 'advanced');
  await settings.button(askAgain).click();
  await settings.button(askAgain).waitFor({ state: 'detached' });
  await desktop.notifications.clear();
  await closeSettings(app, settings);
  await pressAndAsk(`token ${madeUpToken()} asked again`);
});

test('one yes is enough for what was asked about', async () => {
  const text = `curl -H "Authorization: Bearer ${madeUpToken()}"`;
  const appWindow = await pressAndAsk(text);
  await appWindow.button(windowText('moreChoices')).click();
  await appWindow.button(message('secretAnyway')).click();
  await answerConfirmation(desktop, 'yes');
  expect(Buffer.from(await fetchRaw(await waitForLink(desktop))).toString()).toBe(text);
});
