import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TextKey } from '../../renderer/i18n/messages.ts';
import { type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { SHORTCUT_WORDS, xdotoolKeys } from '../support/default-shortcut.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message, windowText } from '../support/text.ts';
import { SHORTCUT, waitForLink } from './screens/clipboard-link.ts';
import { copyText } from './screens/clips.ts';
import { answerConfirmation } from './screens/file-dialog.ts';
import { closeSettings, openSettings } from './screens/settings.ts';
import { type AppWindow, clearScreen, isShown } from './screens/window.ts';

// Shortcuts of one's own, what happens after a copy, and the clipboard given back.

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

/** The button that changes a shortcut. */
const changing = (label: TextKey): string =>
  `${windowText('shortcutChange')}, ${windowText(label)}: `;

/** The shortcuts in the settings, with those that are collapsed. */
async function openShortcuts(): Promise<AppWindow> {
  const settings = await openSettings(app, desktop, 'shortcuts');
  const more = settings.page.locator('details:not([open]) > summary');
  if ((await more.count()) > 0) await more.click();
  return settings;
}

/** Records keys in the settings by pressing them, and waits until they are kept. */
async function record(label: TextKey, accelerator: string): Promise<void> {
  const appWindow = await openShortcuts();
  await appWindow.button(changing(label)).click();
  await desktop.key(xdotoolKeys(accelerator));
  const caps = accelerator.replace('CommandOrControl', 'Ctrl').split('+').join('');
  await waitFor('the new keys', async () =>
    ((await appWindow.button(changing(label)).textContent()) ?? '').endsWith(caps),
  );
  await closeSettings(app, appWindow);
}

test('a shortcut is tested by a press, which shares nothing', async () => {
  await desktop.clipboard.writeText('not to be shared by a test');
  const appWindow = await openShortcuts();
  await appWindow.button(windowText('welcomeTest')).click();
  await appWindow.page
    .getByText(windowText('welcomeListening', { shortcut: SHORTCUT_WORDS }))
    .waitFor();
  await desktop.key(SHORTCUT);
  await appWindow.page.getByText(windowText('welcomeHeard')).first().waitFor();
  await appWindow.page.screenshot({ path: join(RESULTS, 'settings-shortcut-tested.png') });
  expect(await desktop.clipboard.readText()).toBe('not to be shared by a test');
  await closeSettings(app, appWindow);
});

test('another shortcut is recorded, works at once, and the old one no more', async () => {
  await record('shortcut', 'CommandOrControl+Alt+J');
  await desktop.clipboard.writeText('shared by other keys');
  await desktop.key(SHORTCUT);
  await desktop.key('ctrl+alt+j');
  await waitForLink(desktop);
  await desktop.notifications.waitFor(({ body }) => body.includes('shared by other keys'));
  expect(
    desktop.notifications.all().filter(({ summary }) => summary === message('linkCopied')),
  ).toHaveLength(1);
  await record('shortcut', 'CommandOrControl+Alt+Shift+K');
});

test('the same keys for two things are refused, with what has them', async () => {
  const appWindow = await openShortcuts();
  await appWindow.button(changing('shortcutRevokeLast')).click();
  await desktop.key(SHORTCUT);
  await appWindow.failure().getByText(message('useShare')).waitFor();
  await appWindow
    .failure()
    .getByRole('button', { name: windowText('dismiss') })
    .click();
  await closeSettings(app, appWindow);
});

test('keys of their own share the last clips, give the clipboard back, revoke, and open', async () => {
  await record('shortcutShareLast', 'CommandOrControl+Alt+L');
  await record('shortcutRestoreClipboard', 'CommandOrControl+Alt+G');
  await record('shortcutRevokeLast', 'CommandOrControl+Alt+R');
  await record('shortcutOpenWindow', 'CommandOrControl+Alt+O');
  for (const text of ['the first', 'the second', 'the third one']) {
    await copyText(desktop, text);
  }
  await desktop.key('ctrl+alt+l');
  const link = await waitForLink(desktop);
  const page = await waitFor('the page', async () => {
    const text = await (await fetch(link, AS_BROWSER)).text();
    return text.includes('the second') && text;
  });
  expect(page).toContain('the first');
  expect(page).toContain('the third one');

  await desktop.key('ctrl+alt+g');
  await desktop.clipboard.waitForText((text) => text === 'the third one');

  await desktop.key('ctrl+alt+r');
  await desktop.notifications.waitFor(({ summary }) => summary === message('linkRevoked'));
  expect((await fetch(link)).status).toBe(410);

  await desktop.key('ctrl+alt+o');
  await waitFor('the window', () => isShown(app));
});

test('after a copy a quiet offer comes, and its click makes the link', async () => {
  const appWindow = await openSettings(app, desktop, 'clipboard');
  await appWindow.page.getByLabel(windowText('offerToShare')).selectOption('everything');
  await appWindow.page.screenshot({ path: join(RESULTS, 'settings-offer.png') });
  await closeSettings(app, appWindow);
  await desktop.clipboard.writeImage(await readFile(join(ROOT, 'assets/icon.png')));
  const offer = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('offerTitle'),
  );
  expect(offer.body).toContain('512');
  await desktop.screenshot(join(RESULTS, 'desktop-offer.png'));
  await desktop.notifications.click(offer.id);
  await waitForLink(desktop);
});

test('chosen kinds are shared by themselves; what looks like a secret is not', async () => {
  const settingsPage = await openSettings(app, desktop, 'advanced');
  const automatic = settingsPage.page.getByLabel(windowText('shareAutomatically'));
  await automatic.selectOption('everything');
  await answerConfirmation(desktop, 'yes');
  await settingsPage.page
    .getByRole('status')
    .filter({ hasText: windowText('saved') })
    .waitFor();
  await closeSettings(app, settingsPage);
  const token = `ghp_${Array.from({ length: 36 }, (_, index) => 'aB3dE6gH9'[index % 9]).join('')}`;
  await copyText(desktop, `my token is ${token}`);
  await desktop.clipboard.writeParts({
    UTF8_STRING: 'what a manager marked',
    'x-kde-passwordManagerHint': 'secret',
  });
  await waitFor('the app to notice', async () =>
    (await desktop.tray.layout()).some(({ label }) => label.includes(message('clipConcealed'))),
  );
  await desktop.clipboard.writeText('nothing but words');
  const link = await waitForLink(desktop);
  const shared = await waitFor('the page', async () => {
    const text = await (await fetch(link)).text();
    return text.includes('nothing but words') && text;
  });
  expect(shared).not.toContain(token);
  // One link, for the words: neither the token nor what was marked became one.
  expect(
    desktop.notifications.all().filter(({ summary }) => summary === message('linkCopied')),
  ).toHaveLength(1);
  expect(
    desktop.notifications.all().some(({ summary }) => summary === message('secretTitle')),
  ).toBe(false);
  const again = await openSettings(app, desktop, 'advanced');
  await again.page.getByLabel(windowText('shareAutomatically')).selectOption('off');
  await closeSettings(app, again);
});
