import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundCommand } from '../../main/desktop/shortcuts/bound-command.ts';
import { type DrivenApp, driveApp } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { windowText } from '../support/text.ts';
import { waitForLink } from './screens/clipboard-link.ts';
import { chooseTab, closeSettings, settingsOn } from './screens/settings.ts';
import { isShown } from './screens/window.ts';

// The app as desktops and bound commands reach it: over D-Bus, with GLib's own tool.

let desktop: Desktop;
let app: DrivenApp;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await driveApp({ desktop });
  // The name comes last at start.
  await desktop.run('gdbus', ['wait', '--session', '--timeout=20', 'app.linkify.tray']);
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

const call = (method: string, ...args: readonly string[]): Promise<string> =>
  desktop.run('gdbus', [
    'call',
    '--session',
    '--dest=app.linkify.tray',
    '--object-path=/app/linkify/tray',
    `--method=org.freedesktop.Application.${method}`,
    ...args,
  ]);

const hideWindow = async (): Promise<void> => {
  await waitFor('the window to hide', async () => {
    // The first one may end a search, or come before the page is there.
    await desktop.key('Escape');
    return !(await isShown(app));
  });
};

test('a call during the first load of the window shows it all the same', async () => {
  await Promise.all([1, 2, 3].map(() => call('Activate', '{}')));
  await waitFor('the window', () => isShown(app));
  await hideWindow();
});

test('the bound command shares the clipboard', async () => {
  await desktop.clipboard.writeText('shared over D-Bus');
  await desktop.run('sh', ['-c', boundCommand('false', true)]);
  await waitForLink(desktop);
});

test('Settings are opened, and the command ends a test of the shortcut', async () => {
  await call('ActivateAction', 'settings', '[]', '{}');
  const appWindow = await settingsOn(app);
  await chooseTab(appWindow, 'shortcuts');
  await desktop.clipboard.writeText('not to be shared');
  await appWindow.button(windowText('welcomeTest')).click();
  await desktop.run('sh', ['-c', boundCommand('false', true)]);
  await appWindow.page.getByText(windowText('welcomeHeard')).first().waitFor();
  expect(await desktop.clipboard.readText()).toBe('not to be shared');
  await closeSettings(app, appWindow);
});

test.each([['Activate', '{}'] as const, ['ActivateAction', 'open', '[]', '{}'] as const])(
  '%s shows the window',
  async (method, ...args) => {
    await call(method, ...args);
    await waitFor('the window', () => isShown(app));
    await hideWindow();
  },
);

test('files are shared', async () => {
  await desktop.clipboard.writeText('before');
  await call('Open', `['file://${import.meta.filename}']`, '{}');
  await waitForLink(desktop);
});

test('an unknown action is an error, and the app goes on', async () => {
  await expect(call('ActivateAction', 'quit', '[]', '{}')).rejects.toThrow();
  await call('Activate', '{}');
  await waitFor('the window', () => isShown(app));
});
