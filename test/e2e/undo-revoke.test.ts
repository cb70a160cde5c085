import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { filesWith, marker } from '../support/service/run.ts';
import { text as message, windowText } from '../support/text.ts';
import { fetchRaw, pressForLink } from './screens/clipboard-link.ts';
import { type AppWindow, clearScreen, openWindow } from './screens/window.ts';

const RESULTS = join(ROOT, 'test-results');
/** As long as the service keeps what was closed, and some more, in ms. */
const PAST_UNDO_MS = 20_000;

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

const undo = (appWindow: AppWindow) => appWindow.button(`${windowText('undo')}: `);
const statusOf = async (link: string) => (await fetch(link)).status;
const contentOnDisk = (text: string) => filesWith(join(app.profile, 'service'), text);
const opens = (link: string) => waitFor('it to open', async () => (await statusOf(link)) === 200);

/** A link that opens, and the window with the focus on it. */
async function shared(text: string): Promise<{ link: string; appWindow: AppWindow }> {
  await desktop.clipboard.writeText(text);
  const link = await pressForLink(desktop);
  await opens(link);
  const appWindow = await openWindow(app, desktop);
  await appWindow.row(new RegExp(text)).waitFor();
  await desktop.key('Down');
  return { link, appWindow };
}

test('a revoke is taken back by keys alone: the same link has the same text again', async () => {
  const { link, appWindow } = await shared('revoked by mistake');
  await desktop.key('Delete');
  await undo(appWindow).waitFor();
  expect(await statusOf(link)).toBe(410);
  expect(await statusOf(`${link}/raw`)).toBe(410);
  await desktop.key('ctrl+z');
  await appWindow.row('revoked by mistake', 'revoked').waitFor({ state: 'detached' });
  // The list says so before the server opens the link again: a kill in between must not do the reverse.
  await opens(link);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('revoked by mistake');
  await undo(appWindow).waitFor({ state: 'detached' });
});

test('left alone, it is dead for good, and its content gone from the disk', async () => {
  const text = marker();
  const { link, appWindow } = await shared(text);
  await desktop.key('Delete');
  await undo(appWindow).waitFor();
  expect(await contentOnDisk(text)).not.toEqual([]);
  await undo(appWindow).waitFor({ state: 'detached', timeout: PAST_UNDO_MS });
  await waitFor(
    'the content to go',
    async () => (await contentOnDisk(text)).length === 0,
    PAST_UNDO_MS,
  );
  expect(await statusOf(link)).toBe(410);
  // No key brings it back.
  await desktop.key('ctrl+z');
  await appWindow.row(text, 'revoked').waitFor();
  expect(await statusOf(link)).toBe(410);
});

test('Ctrl+Z leaves the newest link alone once the revoke of an older one is final', async () => {
  const older = await shared('older, to be revoked');
  await older.appWindow.page.keyboard.press('Escape');
  const newer = await shared('newer, to be kept');
  await newer.appWindow.revoke(/older, to be revoked/);
  await newer.appWindow.button(`${windowText('undo')}: older, to be revoked`).waitFor();
  await undo(newer.appWindow).waitFor({ state: 'detached', timeout: PAST_UNDO_MS });
  await desktop.key('ctrl+z');
  await newer.appWindow.page.getByText(windowText('nothingToUndo')).first().waitFor();
  expect(await statusOf(newer.link)).toBe(200);
  expect(await statusOf(older.link)).toBe(410);
});

test('the undo of a share is taken back: the link opens, and is on the clipboard again', async () => {
  const { link, appWindow } = await shared('undone by mistake');
  await appWindow.button(`${windowText('undo')}: undone by mistake`).waitFor();
  await desktop.key('ctrl+z');
  await appWindow.row('undone by mistake', 'revoked').waitFor();
  expect(await statusOf(link)).toBe(410);
  await desktop.clipboard.waitForText((text) => text === 'undone by mistake');
  await undo(appWindow).waitFor();
  await desktop.key('ctrl+z');
  await opens(link);
  await desktop.clipboard.waitForText((text) => text === link);
});

test('an undo leaves alone what was copied after the share', async () => {
  const { link, appWindow } = await shared('shared, then something else copied');
  await desktop.clipboard.writeText('copied since');
  await desktop.key('ctrl+z');
  await appWindow.row('shared, then something else copied', 'revoked').waitFor();
  expect(await statusOf(link)).toBe(410);
  expect(await desktop.clipboard.readText()).toBe('copied since');
});

test('a share is undone from the tray menu, which names it', async () => {
  await desktop.clipboard.writeText('undone in the menu');
  const link = await pressForLink(desktop);
  await desktop.tray.clickItem([message('menuUndoShare', { title: 'undone in the menu' })]);
  await waitFor('it to be dead', async () => (await statusOf(link)) === 410);
  await desktop.clipboard.waitForText((text) => text === 'undone in the menu');
});

test('a revoke from the tray menu is taken back there', async () => {
  await desktop.clipboard.writeText('revoked in the menu');
  const link = await pressForLink(desktop);
  await opens(link);
  await desktop.tray.clickItem([
    message('menuRecent'),
    /^revoked in the menu/,
    message('menuRevoke'),
  ]);
  await waitFor('it to be dead', async () => (await statusOf(link)) === 410);
  await desktop.tray.clickItem([
    message('menuRecent'),
    /^revoked in the menu/,
    message('menuUndoRevoke'),
  ]);
  await opens(link);
  await desktop.notifications.waitFor(({ summary }) => summary === message('linkRestored'));
});

test.each(['light', 'dark'] as const)('the offer is readable in %s', async (scheme) => {
  const { appWindow } = await shared(`a link with a name that is rather long, in ${scheme}`);
  await appWindow.page.emulateMedia({ colorScheme: scheme });
  await desktop.key('Delete');
  await undo(appWindow).waitFor();
  // It is all there, whatever the length of the name: within the window, and done with its entry.
  await undo(appWindow).click({ trial: true });
  const width = await appWindow.page.evaluate(() => window.innerWidth);
  const box = await undo(appWindow).boundingBox();
  expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThan(width);
  await appWindow.page.screenshot({ path: join(RESULTS, `window-undo-${scheme}.png`) });
});

test('whoever quits within the time leaves nothing behind: the link stays dead', async () => {
  const text = marker();
  const { link, appWindow } = await shared(text);
  await desktop.key('Delete');
  await undo(appWindow).waitFor();
  const { profile } = app;
  // What it removes while it quits takes longer on a busy machine than other tests would wait.
  await app.close(30_000);
  app = await driveApp({ desktop, profile });
  const again = await openWindow(app, desktop);
  await again.row(new RegExp(`${text}.*Revoked`)).waitFor();
  expect(await undo(again).count()).toBe(0);
  expect(await statusOf(link)).toBe(410);
  expect(await contentOnDisk(text)).toEqual([]);
});

test('killed within the time, the next start ends it, with no other link to start for', async () => {
  await app.close();
  app = await driveApp({ desktop });
  const text = marker();
  const { link, appWindow } = await shared(text);
  await desktop.key('Delete');
  await undo(appWindow).waitFor();
  const { profile, electron } = app;
  const gone = once(electron.process(), 'exit');
  electron.process().kill('SIGKILL');
  await gone;
  await app.close();
  app = await driveApp({ desktop, profile });
  await waitFor(
    'the content to go',
    async () => (await contentOnDisk(text)).length === 0,
    PAST_UNDO_MS,
  );
  expect(await statusOf(link)).toBe(410);
});
