import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message } from '../support/text.ts';
import { pressForLink } from './screens/clipboard-link.ts';
import { buttonsOf } from './screens/notification.ts';
import { clearScreen, isShown, windowOn } from './screens/window.ts';

// The buttons of notifications over D-Bus, pressed as a daemon reports it.

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

const statusOf = async (link: string) => (await fetch(link)).status;

async function shared(text: string) {
  await desktop.clipboard.writeText(text);
  const link = await pressForLink(desktop);
  const shown = await desktop.notifications.waitFor(({ body }) => body.startsWith(text));
  return { link, shown };
}

test('Undo revokes the link, restores the clipboard, and says that no one opened it', async () => {
  const { link, shown } = await shared('undone by a button');
  expect(buttonsOf(shown)).toEqual([message('undo'), message('options')]);
  await desktop.screenshot(join(ROOT, 'test-results/notification-share.png'));
  await desktop.notifications.press(shown.id, message('undo'));
  const undone = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('shareUndone'),
  );
  expect(await statusOf(link)).toBe(410);
  await desktop.clipboard.waitForText((text) => text === 'undone by a button');
  expect(undone.body).toBe(message('noOneOpened', { title: 'undone by a button' }));
  await desktop.notifications.press(undone.id, message('restoreLink'));
  await desktop.clipboard.waitForText((text) => text === link);
  expect(await statusOf(link)).toBe(200);
});

test('Undo says how often the link was opened', async () => {
  const { link, shown } = await shared('opened, then undone');
  expect(await (await fetch(link)).text()).toBe('opened, then undone');
  await desktop.notifications.press(shown.id, message('undo'));
  const undone = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('shareUndone'),
  );
  expect(undone.body).toBe(message('wasOpened', { title: 'opened, then undone', count: 1 }));
});

test('Options opens the window at the link, with its options open', async () => {
  const { shown } = await shared('with options');
  await desktop.notifications.press(shown.id, message('options'));
  await waitFor('the window', () => isShown(app));
  const appWindow = await windowOn(app.electron.firstWindow());
  await appWindow.row(/with options/).waitFor();
  // Of the link's expiration.
  await appWindow.page.getByRole('combobox').first().waitFor();
});

test('the next share takes the place of the notification before', async () => {
  const one = await shared('the first of two');
  const two = await shared('the second of two');
  expect(two.shown).toMatchObject({ id: one.shown.id, replacesId: one.shown.id });
  await desktop.notifications.press(two.shown.id, message('undo'));
  await waitFor('the second to be dead', async () => (await statusOf(two.link)) === 410);
  expect(await statusOf(one.link)).toBe(200);
});
