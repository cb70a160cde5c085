import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchApp, ROOT, type RunningApp } from '../../support/app.ts';
import { SHORTCUT } from '../../support/default-shortcut.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';
import { filesWith, marker } from '../../support/service/run.ts';
import { text as message } from '../../support/text.ts';
import type { DesktopWindow, WaylandDesktop } from '../../support/wayland/desktop.ts';
import { fetchRaw, openPage, pressForLink } from '../screens/clipboard-link.ts';

const RESULTS = join(ROOT, 'test-results');

/** The app's window, while it is on screen. */
export async function appWindow(desktop: WaylandDesktop): Promise<DesktopWindow | undefined> {
  return (await desktop.windows()).find(({ title }) => title === message('appName'));
}

export async function untilWindow(desktop: WaylandDesktop): Promise<DesktopWindow> {
  return waitFor('the focused app window', async () => {
    const found = await appWindow(desktop);
    return found?.isFocused === true && found;
  });
}

async function hideWindow(desktop: WaylandDesktop): Promise<void> {
  await waitFor('the window to hide', async () => {
    if ((await appWindow(desktop)) === undefined) return true;
    await desktop.key('Escape');
    return waitFor('it to go', async () => (await appWindow(desktop)) === undefined, 1_000).catch(
      () => false,
    );
  });
}

/** Waits until the menu describes what is on the clipboard. */
async function untilDescribed(desktop: WaylandDesktop, what: string): Promise<void> {
  await waitFor(`the menu to say "${what}"`, async () =>
    (await desktop.tray.layout()).some(({ label }) => label.includes(what)),
  );
}

/**
 * Where the app doesn't see releases it takes a second press for an auto-repeat within 0.6 s
 * (main/desktop/auto-repeat.ts), which people never press a shortcut again in. In ms.
 */
const BETWEEN_PRESSES_MS = 700;

let lastPressMs = 0;

/** Presses the shortcut as a person does, and answers the link that then is on the clipboard. */
async function pressForNextLink(desktop: WaylandDesktop): Promise<string> {
  await untilNextPress();
  return pressForLink(desktop);
}

async function press(desktop: WaylandDesktop): Promise<void> {
  await untilNextPress();
  await desktop.key(SHORTCUT);
}

async function untilNextPress(): Promise<void> {
  await pause(Math.max(0, lastPressMs + BETWEEN_PRESSES_MS - performance.now()));
  lastPressMs = performance.now();
}

/** A session under test. */
export interface Session<Kind extends WaylandDesktop> {
  desktop(): Kind;
  /** Presses the shortcut as a person does. */
  press(): Promise<void>;
  /** Ends the app and starts it again, with the same profile. */
  restart(): Promise<void>;
}

/**
 * The app's main job on a Wayland session, while a window of another program has the focus: what
 * Wayland programs copy is shared by the real key, and another program reads the link.
 * @param more tests of this kind of session
 * @param onStarted what a user does once, after the first start
 */
export function testMainJob<Kind extends WaylandDesktop>(
  start: () => Promise<Kind>,
  more: (session: Session<Kind>) => void = () => {},
  onStarted: (desktop: Kind) => Promise<void> = async () => {},
): void {
  let desktop: Kind;
  let app: RunningApp;
  const launch = (): Promise<RunningApp> => {
    const { profile, command } = desktop;
    return launchApp({ desktop, profile, command });
  };
  const picture = (name: string): Promise<void> =>
    desktop.screenshot(join(RESULTS, `${desktop.name}-${name}.png`));

  beforeAll(async () => {
    desktop = await start();
    app = await launch();
    await onStarted(desktop);
    await desktop.untilShortcutsBound();
    await desktop.focusOther();
  });

  afterEach(async () => {
    await desktop.notifications.clear();
    await hideWindow(desktop);
  });

  afterAll(async () => {
    await app?.close();
    await desktop?.close();
  });

  test('a copied text is described in the menu, shared by the key, and opens', async () => {
    await desktop.clipboard.writeText('Grüße from a Wayland program');
    await untilDescribed(desktop, message('clipText', { count: 28 }));
    const link = await pressForNextLink(desktop);
    expect(await openPage(link, 'Grüße from a Wayland program')).toContain('Grüße');
    await picture('link-copied');
  });

  test('what is copied after a link is shared, and not the link', async () => {
    await desktop.clipboard.writeText('the first one');
    const first = await pressForNextLink(desktop);
    await desktop.clipboard.writeText('the second one');
    const second = await pressForNextLink(desktop);
    expect(second).not.toBe(first);
    expect(await openPage(second, 'the second one')).toContain('the second one');
  });

  test('a copied image is shared byte for byte', async () => {
    const png = await readFile(join(ROOT, 'assets/icon.png'));
    await desktop.clipboard.writeImage(png);
    await untilDescribed(desktop, message('clipImage'));
    const link = await pressForNextLink(desktop);
    expect(Buffer.from(await fetchRaw(link)).equals(png)).toBe(true);
  });

  test('two copied files are shared as one link', async () => {
    const folder = join(desktop.dir, 'files');
    await mkdir(folder, { recursive: true });
    const paths = ['one.txt', 'two ü.txt'].map((name) => join(folder, name));
    for (const path of paths) await writeFile(path, `content of ${path}`);
    await desktop.clipboard.writeFiles(paths);
    await untilDescribed(desktop, message('clipFiles', { count: 2 }));
    const page = await openPage(await pressForNextLink(desktop), 'two ü.txt');
    expect(page).toContain('one.txt');
  });

  test('a concealed clip is neither read nor shared', async () => {
    const secret = marker();
    await desktop.clipboard.writeParts({
      'text/plain;charset=utf-8': secret,
      UTF8_STRING: secret,
      'x-kde-passwordManagerHint': 'secret',
    });
    await untilDescribed(desktop, message('clipConcealed'));
    await press(desktop);
    await desktop.notifications.waitFor(({ summary }) => summary === message('concealedTitle'));
    expect(await desktop.clipboard.readText()).toBe(secret);
    expect(await filesWith(desktop.profile, secret)).toEqual([]);
  });

  test('Undo in the menu revokes the link and restores what was copied', async () => {
    await desktop.clipboard.writeText('to be undone');
    const link = await pressForNextLink(desktop);
    await desktop.tray.clickItem([message('menuUndoShare', { title: 'to be undone' })]);
    await waitFor('the link to be dead', async () => (await fetch(link)).status === 410);
    await desktop.clipboard.waitForText((text) => text === 'to be undone');
  });

  test('the menu opens the window, which stays', async () => {
    await desktop.tray.clickItem([message('menuOpen')]);
    await untilWindow(desktop);
    await picture('window');
    expect(await appWindow(desktop)).toMatchObject({ isFocused: true });
  });

  test('a click on the notification opens the window', async () => {
    await desktop.clipboard.writeText('shared, then its notification is clicked');
    await pressForNextLink(desktop);
    const shown = await desktop.notifications.waitFor(
      ({ summary }) => summary === message('linkCopied'),
    );
    await desktop.notifications.click(shown.id);
    await untilWindow(desktop);
  });

  test('Undo is a button of the notification', async () => {
    await desktop.notifications.clear();
    await desktop.clipboard.writeText('to be undone by a button');
    const link = await pressForNextLink(desktop);
    const shown = await desktop.notifications.waitFor(({ body }) =>
      body.startsWith('to be undone by a button'),
    );
    await desktop.notifications.press(shown.id, message('undo'));
    await waitFor('the link to be dead', async () => (await fetch(link)).status === 410);
  });

  test('a second start opens the window', async () => {
    await desktop.run(desktop.command.executable, []);
    await untilWindow(desktop);
  });

  const session: Session<Kind> = {
    desktop: () => desktop,
    press: () => press(desktop),
    async restart() {
      await app.close();
      app = await launch();
      await desktop.untilShortcutsBound();
    },
  };

  test('after the next start the shortcut works', async () => {
    await session.restart();
    await desktop.clipboard.writeText('shared after a restart');
    const link = await pressForNextLink(desktop);
    expect(await openPage(link, 'shared after a restart')).toContain('after a restart');
  });

  more(session);
}
