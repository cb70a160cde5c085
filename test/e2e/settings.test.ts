import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { windowMessages as german } from '../../assets/locales/de/window.ts';
import { type DrivenApp, driveApp, ROOT, runCommandLine } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { german as inGerman } from '../support/messages.ts';
import { text as message, windowText } from '../support/text.ts';
import { SHORTCUT, waitForLink } from './screens/clipboard-link.ts';
import {
  answerConfirmation,
  answerOpenDialog,
  answerSaveDialog,
  cancelDialog,
} from './screens/file-dialog.ts';
import { chooseTab, closeSettings, openSettings, settingsOn } from './screens/settings.ts';
import { type AppWindow, isShown, openWindow } from './screens/window.ts';

let desktop: Desktop;
let app: DrivenApp;
let appWindow: AppWindow;

const storedSettings = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(app.profile, 'settings.json'), 'utf8'));

beforeAll(async () => {
  desktop = await startDesktop();
  app = await driveApp({ desktop });
  const popover = await openWindow(app, desktop);
  await popover.button(windowText('settings')).click();
  appWindow = await settingsOn(app);
  appWindow.page.setDefaultTimeout(6_000);
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

test('they have a window of their own, with one tab for each command that asks', async () => {
  const open = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    );
  expect((await open()).filter((title) => title === windowText('settings'))).toHaveLength(1);
  const command = await runCommandLine({ desktop, profile: app.profile, args: ['--settings'] });
  expect(command).toMatchObject({ code: 0, out: '' });
  expect((await open()).filter((title) => title === windowText('settings'))).toHaveLength(1);
});

test('the language changes in window, tray and notifications at once', async () => {
  const { page } = appWindow;
  await page.getByLabel(windowText('language')).selectOption('de');
  await page.getByRole('tab', { name: german.advanced }).waitFor();
  await waitFor('the German menu', async () =>
    (await desktop.tray.layout()).some(({ label }) => label === inGerman.t('menuQuit')),
  );
  await desktop.clipboard.writeText('auf Deutsch geteilt');
  await desktop.key(SHORTCUT);
  await desktop.notifications.waitFor(({ summary }) => summary === inGerman.t('linkCopied'));
  await page.getByLabel(german.language).selectOption('en');
  await page.getByRole('tab', { name: windowText('advanced') }).waitFor();
  expect(storedSettings().language).toBe('en');
});

test('light or dark is the window’s alone', async () => {
  const { page } = appWindow;
  const background = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByLabel(windowText('theme')).selectOption('dark');
  await waitFor('the dark window', async () => (await background()) === 'rgb(31, 33, 35)');
  await page.getByLabel(windowText('theme')).selectOption('light');
  await waitFor('the light window', async () => (await background()) === 'rgb(246, 246, 245)');
  const source = await app.electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  expect(source).toBe('system');
});

test('starting at login leaves an entry that starts this program, and takes it away', async () => {
  const entry = join(desktop.env.XDG_CONFIG_HOME ?? '', 'autostart', 'linkify-tray.desktop');
  const box = appWindow.page.getByRole('switch', { name: windowText('launchAtLogin') });
  await box.click();
  const program = app.electron.process().spawnfile;
  await waitFor(
    'an entry that starts this program',
    async () => existsSync(entry) && readFileSync(entry, 'utf8').includes(`Exec="${program}"`),
  );
  await box.click();
  await waitFor('no entry', async () => !existsSync(entry));
});

test('links come in the format that was chosen', async () => {
  const { page } = appWindow;
  await chooseTab(appWindow, 'sharingTab');
  await page.getByLabel(windowText('linkFormat')).selectOption('markdown');
  await desktop.clipboard.writeText('as Markdown');
  await desktop.key(SHORTCUT);
  const text = await desktop.clipboard.waitForText((copied) => copied.startsWith('['));
  expect(text).toMatch(/^\[as Markdown\]\(http:\/\/[^)]+\)$/);
  await page.getByLabel(windowText('linkFormat')).selectOption('plain');
});

test('without notifications a share is silent', async () => {
  await chooseTab(appWindow, 'application');
  const choice = appWindow.page.getByLabel(windowText('notifications'));
  await choice.selectOption('off');
  await answerConfirmation(desktop, 'no');
  // Not changed, and not shown as if it were.
  await waitFor('the old choice', async () => (await choice.inputValue()) === 'silent');
  expect(storedSettings().notifications).not.toBe('off');
  await choice.selectOption('off');
  await answerConfirmation(desktop, 'yes');
  await waitFor('the setting', async () => storedSettings().notifications === 'off');
  await desktop.notifications.clear();
  await desktop.clipboard.writeText('nothing said');
  await desktop.key(SHORTCUT);
  await waitForLink(desktop);
  await choice.selectOption('silent');
  await waitFor('the setting', async () => storedSettings().notifications === 'silent');
  await desktop.clipboard.writeText('said again');
  await desktop.key(SHORTCUT);
  const shown = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('linkCopied'),
  );
  expect(shown.body).toContain('said again');
});

test('settings go into a file without the token, and come back from it', async () => {
  const { page } = appWindow;
  const file = join(desktop.dir, 'exported.json');
  await page.getByLabel(windowText('theme')).selectOption('dark');
  await chooseTab(appWindow, 'advanced');
  await page.getByRole('button', { name: windowText('exportSettings') }).click();
  await answerSaveDialog(desktop, file);
  const said = windowText('exported', { file: 'exported.json' });
  await page.getByRole('status').getByText(said).waitFor();
  const exported = JSON.parse(readFileSync(file, 'utf8'));
  expect(exported).toMatchObject({ version: 1, theme: 'dark' });
  expect(exported).not.toHaveProperty('serviceToken');
  await chooseTab(appWindow, 'application');
  await page.getByLabel(windowText('theme')).selectOption('light');
  await chooseTab(appWindow, 'advanced');
  await page.getByRole('button', { name: windowText('importSettings') }).click();
  await answerOpenDialog(desktop, file);
  await waitFor('the imported theme', async () => storedSettings().theme === 'dark');
  await chooseTab(appWindow, 'application');
  expect(await page.getByLabel(windowText('theme')).inputValue()).toBe('dark');
  await chooseTab(appWindow, 'advanced');
});

test('a dialog that is cancelled changes nothing, and the window is still there', async () => {
  const { page } = appWindow;
  const before = storedSettings();
  for (const name of [windowText('exportSettings'), windowText('importSettings')]) {
    await page.getByRole('button', { name }).click();
    await cancelDialog(desktop);
    await page.getByRole('button', { name }).click({ trial: true });
  }
  expect(await page.getByRole('alert').count()).toBe(0);
  expect(storedSettings()).toEqual(before);
});

test('a file from elsewhere decides nothing about where content goes without a yes', async () => {
  const { page } = appWindow;
  const before = storedSettings();
  const file = join(desktop.dir, 'team.json');
  writeFileSync(
    file,
    JSON.stringify({
      version: 1,
      theme: 'dark',
      service: 'custom',
      serviceUrl: 'https://collector.example',
      shareAutomatically: 'everything',
      notifications: 'off',
      allowedSecretKinds: ['private-key'],
    }),
  );
  await page.getByRole('button', { name: windowText('importSettings') }).click();
  await answerOpenDialog(desktop, file);
  await desktop.screenshot(join(ROOT, 'test-results', 'confirm-import.png'));
  await answerConfirmation(desktop, 'no');
  await page.getByRole('button', { name: windowText('importSettings') }).click({ trial: true });
  expect(storedSettings()).toEqual(before);
});

test('a file that holds no settings is refused in words, and nothing changes', async () => {
  const { page } = appWindow;
  const before = storedSettings();
  const file = join(desktop.dir, 'shopping.json');
  writeFileSync(file, '["milk"]');
  await page.getByRole('button', { name: windowText('importSettings') }).click();
  await answerOpenDialog(desktop, file);
  await page.getByRole('alert').waitFor();
  expect(storedSettings()).toEqual(before);
});

test('a reset is asked about in a dialog of the system, and takes back every setting', async () => {
  const { page } = appWindow;
  await chooseTab(appWindow, 'application');
  await page.getByLabel(windowText('theme')).selectOption('dark');
  await chooseTab(appWindow, 'advanced');
  const reset = page.getByRole('button', { name: windowText('resetSettings') });
  await reset.click();
  await answerConfirmation(desktop, 'no');
  await reset.click({ trial: true });
  expect(storedSettings()).toMatchObject({ theme: 'dark' });
  await reset.click();
  await answerConfirmation(desktop, 'yes');
  await page.getByRole('status').getByText(windowText('settingsReset')).waitFor();
  expect(storedSettings()).toMatchObject({ theme: 'system' });
});

test('the licenses of all that ships are a file, which opens outside the app', async () => {
  const opened = await app.electron.evaluateHandle(({ shell }) => {
    const paths: string[] = [];
    shell.openPath = async (path) => {
      paths.push(path);
      return '';
    };
    return paths;
  });
  await chooseTab(appWindow, 'application');
  await appWindow.page.getByRole('button', { name: windowText('licenses') }).click();
  await waitFor('the file', async () => (await opened.jsonValue()).length === 1);
  const text = readFileSync((await opened.jsonValue())[0] ?? '', 'utf8');
  // Of the window, the main process, a worker, and a native module.
  for (const name of ['preact', 'got', '@secretlint/core', '@photostructure/sqlite']) {
    expect(text).toMatch(new RegExp(`^${name} [0-9.]+ \\(`, 'm'));
  }
  await chooseTab(appWindow, 'advanced');
});

test('Escape closes the window, which is gone then, and it can be opened again', async () => {
  await closeSettings(app, appWindow);
  expect(await isShown(app)).toBe(false);
  const again = await openSettings(app, desktop, 'sharingTab');
  await again.page.getByLabel(windowText('expiry')).waitFor();
});
