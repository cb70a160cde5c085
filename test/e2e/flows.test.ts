import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type DrivenApp, driveApp, newProfile, ROOT } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { SHORTCUT_WORDS } from '../support/default-shortcut.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { type ScriptedService, startScriptedService } from '../support/scripted-service.ts';
import { text as message, windowText } from '../support/text.ts';
import {
  fetchRaw,
  openPage,
  pressForLink,
  SHORTCUT,
  waitForLink,
} from './screens/clipboard-link.ts';
import { copyText } from './screens/clips.ts';
import { Keyboard } from './screens/keyboard.ts';
import { clearScreen, isShown, windowOn } from './screens/window.ts';

// The tasks that people have most often, from copy to result, by keyboard alone: each has a limit
// of steps. A step is a chord, a key, or a typed word; what is copied in other apps isn't counted.

let desktop: Desktop;
let app: DrivenApp;

beforeAll(async () => {
  desktop = await startDesktop();
});

afterAll(() => desktop?.close());

/** @param atMost steps: a task that needs more has become longer */
function flow(name: string, atMost: number, run: (keys: Keyboard) => Promise<void>): void {
  test(`${name}, in at most ${atMost} steps`, async () => {
    const keys = new Keyboard(desktop);
    await run(keys);
    expect(keys.steps).toBeLessThanOrEqual(atMost);
  });
}

const statusOf = async (link: string): Promise<number> => (await fetch(link)).status;
const rawText = async (link: string): Promise<string> =>
  Buffer.from(await fetchRaw(link)).toString();

const isHidden = (): Promise<true> =>
  waitFor('the window to hide', async () => !(await isShown(app)));

/** A link that is on the list already. */
async function shared(text: string): Promise<string> {
  await desktop.clipboard.writeText(text);
  return pressForLink(desktop);
}

describe('on this computer', () => {
  beforeAll(async () => {
    app = await driveApp({ desktop });
  });
  afterEach(() => clearScreen(app, desktop));
  afterAll(() => app?.close());

  flow('shares a text', 1, async (keys) => {
    await desktop.clipboard.writeText('shared by one chord');
    await keys.press(SHORTCUT);
    expect(await rawText(await waitForLink(desktop))).toBe('shared by one chord');
  });

  flow('shares a text with a password', 5, async (keys) => {
    await copyText(desktop, 'for those who have the password');
    await keys.openWindow(app);
    await keys.press('alt+Return', 'Tab');
    await keys.type('sesame');
    await keys.press('Return');
    const page = await (await fetch(await waitForLink(desktop), AS_BROWSER)).text();
    expect(page).toContain('type="password"');
    expect(page).not.toContain('for those who have');
  });

  flow('shares three copies as a collection', 6, async (keys) => {
    for (const text of ['one note', 'another note', 'the last of the notes']) {
      await copyText(desktop, text);
    }
    const { page } = await keys.openWindow(app);
    await page.getByRole('tab').first().waitFor();
    await keys.press('ctrl+Tab', 'Down', 'shift+Down', 'shift+Down', 'Return');
    const collection = await openPage(await waitForLink(desktop), 'one note');
    expect(collection).toContain('another note');
    expect(collection).toContain('the last of the notes');
  });

  flow('revokes the last link', 3, async (keys) => {
    const link = await shared('revoked by keys');
    const appWindow = await keys.openWindow(app);
    await appWindow.row(/revoked by keys/).waitFor();
    await keys.press('Down', 'Delete');
    await appWindow.row('revoked by keys', 'revoked').waitFor();
    expect(await statusOf(link)).toBe(410);
  });

  flow('undoes the share', 2, async (keys) => {
    const link = await shared('undone by keys');
    const appWindow = await keys.openWindow(app);
    await appWindow.button(`${windowText('undo')}: undone by keys`).waitFor();
    await keys.press('ctrl+z');
    await desktop.clipboard.waitForText((text) => text === 'undone by keys');
    expect(await statusOf(link)).toBe(410);
  });

  flow('finds an old link', 3, async (keys) => {
    const link = await shared('the timetable of the ferry');
    await shared('a newer one');
    await shared('the newest one');
    const appWindow = await keys.openWindow(app);
    await keys.type('ferry');
    await appWindow.row(/a newer one/).waitFor({ state: 'detached' });
    await keys.press('Return');
    await desktop.clipboard.waitForText((text) => text === link);
    await isHidden();
  });

  flow('changes when a link expires', 5, async (keys) => {
    await shared('to stay for good');
    const appWindow = await keys.openWindow(app);
    await appWindow.row(/to stay for good/).waitFor();
    await keys.press('Down', 'alt+Return');
    await keys.press('End', 'Return');
    await waitFor('a link that never expires', async () => {
      const { links } = await appWindow.page.evaluate(() => window.linkify.state());
      return links[0]?.title === 'to stay for good' && links[0].expiresAtMs === undefined;
    });
  });

  flow('shares a copied file', 1, async (keys) => {
    const path = join(desktop.dir, 'report.csv');
    await writeFile(path, 'a;b\n1;2\n');
    await desktop.clipboard.writeFiles([path]);
    await keys.press(SHORTCUT);
    expect(await rawText(await waitForLink(desktop))).toBe('a;b\n1;2\n');
  });

  flow('shares a screenshot', 1, async (keys) => {
    const png = await readFile(join(ROOT, 'assets/icon.png'));
    await desktop.clipboard.writeImage(png);
    await keys.press(SHORTCUT);
    expect(Buffer.from(await fetchRaw(await waitForLink(desktop))).equals(png)).toBe(true);
  });

  flow('shares what looks like a secret with it hidden', 4, async (keys) => {
    const token = `ghp_${'aB3dE6gH9'.repeat(4)}`;
    await desktop.clipboard.writeText(`export TOKEN=${token}`);
    await keys.press(SHORTCUT);
    await desktop.notifications.waitFor(({ summary }) => summary === message('secretTitle'));
    const appWindow = await keys.openWindow(app);
    await appWindow.button(message('secretMasked')).waitFor();
    await keys.press('shift+Tab', 'Return');
    const link = await waitForLink(desktop);
    const shown = await (await fetch(link, AS_BROWSER)).text();
    expect(shown).toContain('export TOKEN=');
    // Not in its title, either.
    for (const text of [shown, await rawText(link)]) expect(text).not.toContain('ghp_');
    await appWindow.row(/export TOKEN=\[/).waitFor();
  });
});

describe('while the link service is down', () => {
  let service: ScriptedService;

  beforeAll(async () => {
    service = await startScriptedService({ 'POST /linkify': { status: 503 } });
    app = await driveApp({ desktop, args: [`--service-url=${service.baseUrl}`] });
  });
  afterEach(() => clearScreen(app, desktop));
  afterAll(async () => {
    await app?.close();
    await service?.close();
  });

  flow('shares from this computer instead', 4, async (keys) => {
    await desktop.clipboard.writeText('in spite of the service');
    await keys.press(SHORTCUT);
    await desktop.notifications.waitFor(({ body }) => body.includes(message('pendingAutomatic')));
    const appWindow = await keys.openWindow(app);
    await appWindow.button(message('fallbackNow')).waitFor();
    await keys.press('shift+Tab', 'Return');
    const link = await waitForLink(desktop);
    expect(link).not.toContain(service.baseUrl);
    expect(await rawText(link)).toBe('in spite of the service');
  });
});

describe('at the first start', () => {
  beforeAll(async () => {
    app = await driveApp({ desktop, profile: await newProfile(desktop, null) });
  });
  afterAll(() => app?.close());

  flow('tries the shortcut and a first link', 5, async (keys) => {
    const { page } = await windowOn(app.electron.firstWindow());
    await page
      .getByText(windowText('welcomeListening', { shortcut: SHORTCUT_WORDS }))
      .first()
      .waitFor();
    await keys.press(SHORTCUT);
    await page.getByText(windowText('welcomeHeard')).first().waitFor();
    await keys.press('Tab', 'Tab', 'Return');
    const state = () => page.evaluate(() => window.linkify.state());
    const link = await waitFor('the sample link', async () => (await state()).links[0]?.link);
    expect(await statusOf(link)).toBe(200);
    await keys.press('Escape');
    await page.getByRole('searchbox').waitFor();
    expect((await state()).keptOpen).not.toBe(true);
  });
});
