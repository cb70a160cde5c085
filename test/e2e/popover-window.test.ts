import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { appCommand, type DrivenApp, driveApp, newProfile } from '../support/app.ts';
import { runProgram } from '../support/desktop/processes.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { fetchRaw, waitForLink } from './screens/clipboard-link.ts';
import { isShown, openPopover, type Popover, popoverOn, untilFocused } from './screens/popover.ts';

const OPEN = 'ctrl+alt+shift+o';

let desktop: Desktop;
let app: DrivenApp;

const bounds = () =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

/** Another window, as a file manager, takes the focus. */
const focusElsewhere = () =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());

/** What comes over the window as a drag of the system does: Chromium's own events. */
async function drop(
  { page }: Popover,
  data: { readonly files?: readonly string[]; readonly text?: string },
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { files = [], text } = data;
  const items = text === undefined ? [] : [{ mimeType: 'text/plain', data: text }];
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 200,
      y: 300,
      data: { items, files: [...files], dragOperationsMask: 1 },
    });
  }
  await session.detach();
}

beforeAll(async () => {
  desktop = await startDesktop(console.error, '2560x800');
  const profile = await newProfile(desktop, {
    version: 1,
    graceSeconds: 0,
    moreShortcuts: {
      openPopover: 'CommandOrControl+Alt+Shift+O',
      shareLast: '',
      revokeLast: '',
      giveBack: '',
    },
  });
  app = await driveApp({ desktop, profile });
});

afterEach(async () => {
  if (await isShown(app)) await desktop.tray.activate();
  await waitFor('the popover to hide', async () => !(await isShown(app)));
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

test('the shortcut opens it on the second screen when the pointer is there', async () => {
  // Two screens side by side, as the system would tell of them: Xvfb has one for Chromium.
  await app.electron.evaluate(({ screen }) => {
    const half = (x: number) => {
      const area = { x, y: 0, width: 1280, height: 800 };
      return { bounds: area, workArea: area } as Electron.Display;
    };
    screen.getDisplayNearestPoint = ({ x }) => half(x < 1280 ? 0 : 1280);
  });
  for (const [pointer, left] of [
    [2100, 1280],
    [400, 0],
  ] as const) {
    await desktop.click(pointer, 300);
    await desktop.key(OPEN);
    await waitFor('the popover', () => isShown(app));
    const placed = await waitFor('its place', async () => {
      const now = await bounds();
      return now !== undefined && now.x >= left && now.x + now.width <= left + 1280 && now;
    });
    await untilFocused(app);
    await popoverOn(app.electron.firstWindow());
    // By the pointer, not somewhere on that screen.
    expect(Math.abs(placed.x + placed.width / 2 - pointer)).toBeLessThan(20);
    await desktop.key('Escape');
    await waitFor('the popover to hide', async () => !(await isShown(app)));
  }
});

test('it hides when another window gets the focus, unless it is kept open', async () => {
  const popover = await openPopover(app, desktop);
  await popover.button('Keep open').click();
  await focusElsewhere();
  expect(await isShown(app)).toBe(true);
  await popover.button('Keep open').click();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
  await focusElsewhere();
  await waitFor('the popover to hide', async () => !(await isShown(app)));
});

test('files that are dropped become one link', async () => {
  const paths = ['first', 'second'].map((name) => join(desktop.dir, `${name}.txt`));
  await Promise.all(paths.map((path) => writeFile(path, `dropped ${path}`)));
  const popover = await openPopover(app, desktop);
  await popover.button('Keep open').click();
  await drop(popover, { files: paths });
  const link = await waitForLink(desktop);
  expect(await (await fetch(link)).text()).toContain('second.txt');
  await popover.row(/first.txt and 1 more/).waitFor();
});

test('text that is dropped becomes a link', async () => {
  const popover = await openPopover(app, desktop);
  await desktop.clipboard.writeText('not this');
  await drop(popover, { text: 'dropped words' });
  const link = await waitForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('dropped words');
});

test('a second start opens it as a window of its own, which stays', async () => {
  const { executable, args } = await appCommand();
  await runProgram(executable, [...args, `--user-data-dir=${app.profile}`], {
    env: { ...desktop.env },
  });
  await waitFor('the window', () => isShown(app));
  const popover = await popoverOn(app.electron.firstWindow());
  await focusElsewhere();
  expect(await isShown(app)).toBe(true);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
  await popover.button('Close').click();
  await waitFor('no window', async () => !(await isShown(app)));
});
