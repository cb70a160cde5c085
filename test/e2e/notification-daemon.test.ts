import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp } from '../support/app.ts';
import { connectBus } from '../support/desktop/bus.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message, windowText } from '../support/text.ts';
import { openPage, SHORTCUT, waitForLink } from './screens/clipboard-link.ts';
import { isShown, openByNotification, openWindow, windowOn } from './screens/window.ts';

// Nothing waits for the desktop's notifications: a daemon that stands still costs no link, no menu
// and no page, and what it should have said is in the menu and the window.

const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;
const DAEMON = 'org.freedesktop.Notifications';

let desktop: Desktop;
let app: DrivenApp;
let stopped: number | undefined;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await driveApp({ desktop });
});

afterEach(async () => {
  if (stopped !== undefined) process.kill(stopped, 'SIGCONT');
  stopped = undefined;
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

async function onBus<T>(act: (bus: ReturnType<typeof connectBus>) => Promise<T>): Promise<T> {
  const bus = connectBus(desktop.env.DBUS_SESSION_BUS_ADDRESS ?? '');
  try {
    return await act(bus);
  } finally {
    bus.close();
  }
}

async function daemonProcess(): Promise<number> {
  const [pid] = await onBus((bus) =>
    bus.call({
      ...BUS,
      member: 'GetConnectionUnixProcessID',
      signature: 's',
      body: [DAEMON],
    }),
  );
  return Number(pid);
}

async function stopDaemon(): Promise<void> {
  stopped = await daemonProcess();
  process.kill(stopped, 'SIGSTOP');
}

async function press(text: string): Promise<string> {
  await desktop.clipboard.writeText(text);
  await desktop.key(SHORTCUT);
  return waitForLink(desktop);
}

const menuLabels = async () => (await desktop.tray.layout()).map(({ label }) => label);

/** From the press of the keys to the link on the clipboard, and to the menu that lists it, in ms. */
async function times(text: string): Promise<{ readonly link: number; readonly menu: number }> {
  await desktop.clipboard.writeText(text);
  const pressedMs = performance.now();
  await desktop.key(SHORTCUT);
  await waitForLink(desktop);
  const link = performance.now() - pressedMs;
  const undo = message('menuUndoShare', { title: text });
  await waitFor('the menu', async () => (await menuLabels()).includes(undo));
  return { link, menu: performance.now() - pressedMs };
}

/** A notification that is waited for would cost seconds. */
const INDEPENDENT_MS = 500;

test('links, pages and the menu go on while the daemon stands still', async () => {
  await times('starts what a first share needs');
  const usual = await times('with a daemon that responds');
  await stopDaemon();
  for (const text of ['the first one', 'the second one', 'the third one']) {
    const { link, menu } = await times(text);
    expect(link - usual.link).toBeLessThan(INDEPENDENT_MS);
    expect(menu - usual.menu).toBeLessThan(INDEPENDENT_MS);
    expect(await openPage(await desktop.clipboard.readText(), text)).toContain(text);
  }
  await waitFor('the message in the menu', async () =>
    (await menuLabels()).includes(message('linkCopied')),
  );
  expect(await desktop.tray.tooltip()).toContain(message('linkCopied'));
  const appWindow = await openWindow(app, desktop);
  const banner = appWindow.page
    .getByRole('status')
    .filter({ has: appWindow.page.getByRole('button', { name: windowText('dismiss') }) });
  await banner.waitFor();
  await banner.getByRole('button', { name: windowText('dismiss') }).click();
  await banner.waitFor({ state: 'detached' });
  await desktop.tray.activate();
  await waitFor('the window to hide', async () => !(await isShown(app)));
  expect(await menuLabels()).not.toContain(message('linkCopied'));
});

test('what holds a share back is asked in the window then', async () => {
  await stopDaemon();
  await desktop.clipboard.writeText(`token ghp_${'aB3dE6gH9'.repeat(4)}`);
  await desktop.key(SHORTCUT);
  await waitFor('the window', () => isShown(app));
  const appWindow = await windowOn(app.electron.firstWindow());
  await appWindow.button(message('secretDiscard')).click();
  await desktop.tray.activate();
  await waitFor('the window to hide', async () => !(await isShown(app)));
});

test('a daemon that responds again is used again, and its notifications can be clicked', async () => {
  await desktop.notifications.clear();
  await press('after it came back');
  const shown = await desktop.notifications.waitFor(({ body }) => body.includes('came back'));
  await openByNotification(app, desktop, shown.id);
  await desktop.tray.activate();
  await waitFor('the window to hide', async () => !(await isShown(app)));
});

test('a daemon that the bus starts and that never answers costs nothing either', async () => {
  const services = join(desktop.env.HOME ?? '', '.local/share/dbus-1/services');
  await mkdir(services, { recursive: true });
  await writeFile(
    join(services, `${DAEMON}.service`),
    `[D-BUS Service]\nName=${DAEMON}\nExec=/bin/sleep 300\n`,
  );
  await onBus((bus) => bus.call({ ...BUS, member: 'ReloadConfig' }));
  process.kill(await daemonProcess(), 'SIGKILL');
  for (const text of ['without a daemon', 'still without one']) {
    expect(await openPage(await press(text), text)).toContain(text);
  }
  await waitFor('the message in the menu', async () =>
    (await menuLabels()).includes(message('linkCopied')),
  );
});
