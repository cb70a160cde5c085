import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appCommand, launchApp, ROOT, type RunningApp, runCommandLine } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { endChild, spawnBound } from '../support/desktop/processes.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { fetchRaw, waitForLink } from './screens/clipboard-link.ts';
import { answerConfirmation } from './screens/file-dialog.ts';

// What other programs of the system ask for: a URL of ours, and a file manager's menu.

const FILES = join(ROOT, 'assets/packaging/linux/files/usr/share');

let desktop: Desktop;
let app: RunningApp;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await launchApp({ desktop });
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

test('the text of a URL is shared after it was confirmed', async () => {
  const text = 'from a web page, 100% & more';
  const url = `linkify://share?text=${encodeURIComponent(text)}`;
  const shared = runCommandLine({ desktop, profile: app.profile, args: [url] });
  await answerConfirmation(desktop, 'yes');
  const { code, out } = await shared;
  expect(code).toBe(0);
  expect(new TextDecoder().decode(await fetchRaw(out.trim()))).toBe(text);
});

test('the text of a URL is not shared without', async () => {
  await desktop.clipboard.writeText('copied before');
  const url = 'linkify://share?text=not+this';
  const shared = runCommandLine({ desktop, profile: app.profile, args: [url] });
  await answerConfirmation(desktop, 'no');
  expect(await shared).toMatchObject({ code: 1, out: '' });
  expect(await desktop.clipboard.readText()).toBe('copied before');
  const { out } = await runCommandLine({ desktop, profile: app.profile, args: ['--list'] });
  expect(out).not.toContain('not this');
});

test('a file is shared from the menu of Thunar', async () => {
  const name = '-odd name & $more.txt';
  const folder = join(desktop.dir, 'files');
  await mkdir(folder);
  await writeFile(join(folder, name), 'from a file manager');
  const thunar = await startThunar(folder);
  try {
    const windows = async (): Promise<number> =>
      (await desktop.run('xdotool', ['search', '--onlyvisible', '--class', 'thunar']))
        .trim()
        .split('\n').length;
    await waitFor('the window of Thunar', async () => (await windows()) === 1, 30_000);
    await waitFor('its menu', async () => {
      await desktop.key('ctrl+a');
      await desktop.key('shift+F10');
      return waitFor('it', async () => (await windows()) > 1, 1_000).catch(() => false);
    });
    const before = await windows();
    await desktop.key('s');
    await waitFor('the menu Send To', async () => (await windows()) > before);
    await desktop.key('Down');
    await desktop.screenshot(join(ROOT, 'test-results', 'file-manager.png'));
    await desktop.key('Return');
    const link = await waitForLink(desktop);
    expect(await (await fetch(link, AS_BROWSER)).text()).toContain('from a file manager');
  } finally {
    await endChild(thunar);
  }
});

/** Starts Thunar with the entry that packages install, whose program is the app under test. */
async function startThunar(folder: string) {
  const share = join(desktop.dir, 'share');
  await mkdir(join(share, 'Thunar/sendto'), { recursive: true });
  const linkify = join(desktop.dir, 'linkify');
  const { executable, args } = await appCommand();
  const start = [executable, ...args, `--user-data-dir=${app.profile}`];
  const quoted = start.map((arg) => `'${arg}'`).join(' ');
  await writeFile(linkify, `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
  const entry = await readFile(join(FILES, 'Thunar/sendto/linkify-tray.desktop'), 'utf8');
  await writeFile(
    join(share, 'Thunar/sendto/linkify-tray.desktop'),
    entry.replace('/usr/bin/linkify', linkify),
  );
  const dirs = `${share}:/usr/local/share:/usr/share`;
  return spawnBound('thunar', [folder], {
    env: { ...desktop.env, XDG_DATA_DIRS: dirs },
    stdio: 'ignore',
  });
}
