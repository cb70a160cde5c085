import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { appCommand, type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { dragFromProgram, draggedFiles, draggedText } from '../support/desktop/drag.ts';
import { runProgram } from '../support/desktop/processes.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message, windowText } from '../support/text.ts';
import { fetchRaw, waitForLink } from './screens/clipboard-link.ts';
import { answerConfirmation } from './screens/file-dialog.ts';
import { type AppWindow, isShown, openWindow, windowOn } from './screens/window.ts';

const RESULTS = join(ROOT, 'test-results');

/** Looks like an AWS access key id, and opens nothing. */
const FAKE_KEY = `AKIA${Array.from({ length: 16 }, (_, index) => 'DRAG4567'[index % 8]).join('')}`;

let desktop: Desktop;
let app: DrivenApp;

/** Another window, as a file manager, takes the focus. */
const focusElsewhere = () =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());

/** The window's middle, in pixels of the screen. */
const middle = () =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const { x, y, width, height } = BrowserWindow.getAllWindows()[0]?.getBounds() ?? {
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    };
    return { x: x + width / 2, y: y + height / 2 };
  });

/** The window, kept open: the other program takes the focus when something is dragged out of it. */
const keptOpen = async (): Promise<AppWindow> => {
  const appWindow = await openWindow(app, desktop);
  await appWindow.button(windowText('keepOpen')).click();
  return appWindow;
};

beforeAll(async () => {
  desktop = await startDesktop();
  app = await driveApp({ desktop });
});

afterEach(async () => {
  if (await isShown(app)) await desktop.tray.activate();
  await waitFor('the window to hide', async () => !(await isShown(app)));
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

test('it hides when another window gets the focus, unless it is kept open', async () => {
  const appWindow = await openWindow(app, desktop);
  await appWindow.button(windowText('keepOpen')).click();
  await focusElsewhere();
  expect(await isShown(app)).toBe(true);
  await appWindow.button(windowText('keepOpen')).click();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
  await focusElsewhere();
  await waitFor('the window to hide', async () => !(await isShown(app)));
});

test('a file dragged from another program becomes a link, and the window stays meanwhile', async () => {
  const path = join(desktop.dir, 'alone with ünïcode.txt');
  await writeFile(path, 'one file that was dropped');
  const appWindow = await keptOpen();
  const seen = await dragFromProgram(desktop, draggedFiles([path]), await middle(), async () => {
    await appWindow.page.getByText(windowText('dropToShare')).waitFor();
    expect(await isShown(app)).toBe(true);
    await desktop.screenshot(join(RESULTS, 'drag-from-another-program.png'));
  });
  expect(seen).toContain('asked text/uri-list');
  expect(seen).not.toContain('failed');
  const link = await waitForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('one file that was dropped');
  await appWindow.row(/alone with ünïcode.txt/).waitFor();
});

test('several files dragged from another program become one link', async () => {
  const paths = ['first', 'second', 'third'].map((name) => join(desktop.dir, `${name}.txt`));
  await Promise.all(paths.map((path) => writeFile(path, `dropped ${path}`)));
  await desktop.clipboard.writeText('not this');
  const appWindow = await keptOpen();
  await dragFromProgram(desktop, draggedFiles(paths), await middle());
  const link = await waitForLink(desktop);
  const page = await (await fetch(link, AS_BROWSER)).text();
  for (const name of ['first.txt', 'second.txt', 'third.txt']) expect(page).toContain(name);
  await appWindow.row(/first.txt and 2 more/).waitFor();
});

test('a folder dragged from another program is named in a dialog first', async () => {
  const folder = join(desktop.dir, 'dragged folder');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'inside.txt'), 'in the folder');
  for (const answer of ['no', 'yes'] as const) {
    await desktop.clipboard.writeText(`before ${answer}`);
    await keptOpen();
    await dragFromProgram(desktop, draggedFiles([folder]), await middle());
    await answerConfirmation(desktop, answer);
    if (answer === 'yes') await waitForLink(desktop);
    else expect(await desktop.clipboard.readText()).toBe('before no');
    await desktop.tray.activate();
    await waitFor('the window to hide', async () => !(await isShown(app)));
  }
});

test('text dragged from another program becomes a link', async () => {
  await desktop.clipboard.writeText('not this');
  await keptOpen();
  await dragFromProgram(desktop, draggedText('dragged words — ゆっくり'), await middle());
  const link = await waitForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('dragged words — ゆっくり');
});

test('a credential dragged from another program is asked about first', async () => {
  await desktop.clipboard.writeText('not this');
  const appWindow = await keptOpen();
  await dragFromProgram(desktop, draggedText(`aws_access_key_id = ${FAKE_KEY}`), await middle());
  await appWindow.button(message('secretMasked')).waitFor();
  expect(await desktop.clipboard.readText()).toBe('not this');
  await appWindow.button(message('secretMasked')).click();
  const link = await waitForLink(desktop);
  const shared = Buffer.from(await fetchRaw(link)).toString();
  expect(shared).toContain('aws_access_key_id');
  expect(shared).not.toContain(FAKE_KEY);
});

test('what is let go beside the window is not shared', async () => {
  await desktop.clipboard.writeText('still here');
  const appWindow = await keptOpen();
  const rows = await appWindow.page.getByRole('row').count();
  const { x, y } = await middle();
  await dragFromProgram(desktop, draggedText('went astray'), { x, y }, async () => {
    await appWindow.page.getByText(windowText('dropToShare')).waitFor();
    await desktop.point(1100, 700);
    await appWindow.page.getByText(windowText('dropToShare')).waitFor({ state: 'detached' });
  });
  expect(await appWindow.page.getByRole('row').count()).toBe(rows);
  expect(await desktop.clipboard.readText()).toBe('still here');
});

test('a second start opens it as a window of its own, which stays', async () => {
  const { executable, args } = await appCommand();
  await runProgram(executable, [...args, `--user-data-dir=${app.profile}`], {
    env: { ...desktop.env },
  });
  await waitFor('the window', () => isShown(app));
  const appWindow = await windowOn(app.electron.firstWindow());
  await focusElsewhere();
  expect(await isShown(app)).toBe(true);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
  await appWindow.button(windowText('close')).click();
  await waitFor('no window', async () => !(await isShown(app)));
});
