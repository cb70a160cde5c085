import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AppDatabase, DATABASE_FILE } from '../../main/storage/app-database.ts';
import { launchApp, newProfile, type RunningApp } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message } from '../support/text.ts';
import { fetchRaw, pressForLink } from './screens/clipboard-link.ts';

// A link that was handed out lives on, and nothing a person had is erased.

let desktop: Desktop;
let app: RunningApp | undefined;

beforeAll(async () => {
  desktop = await startDesktop();
});

afterEach(async () => {
  await app?.close();
  app = undefined;
  await desktop.notifications.clear();
});

afterAll(() => desktop?.close());

async function start(profile: string, args: readonly string[] = []): Promise<RunningApp> {
  app = await launchApp({ desktop, profile, args });
  return app;
}

async function share(text: string): Promise<string> {
  await desktop.clipboard.writeText(text);
  return pressForLink(desktop);
}

test('after kill -9 and a restart the link opens, and is in the list', async () => {
  const profile = await newProfile(desktop);
  const first = await start(profile);
  const link = await share('outlives the process');
  await first.kill();
  await expect(fetch(link)).rejects.toThrow();

  await start(profile);
  const raw = await waitFor('the link to open again', () => fetchRaw(link));
  expect(Buffer.from(raw).toString()).toBe('outlives the process');
  await desktop.clipboard.writeText('something else');
  await desktop.tray.clickItem([
    message('menuRecent'),
    'outlives the process',
    message('menuCopy'),
  ]);
  await desktop.clipboard.waitForText((text) => text === link);
});

test('a link made in another network is copied with the address where it opens now', async () => {
  const profile = await newProfile(desktop);
  const first = await start(profile);
  const link = await share('made elsewhere');
  await first.close();
  const database = new AppDatabase({ path: join(profile, DATABASE_FILE) });
  database.run('update links set link = replace(link, ?, ?)', new URL(link).hostname, '192.0.2.44');
  database.close();

  await start(profile);
  await desktop.clipboard.writeText('something else');
  await desktop.tray.clickItem([message('menuRecent'), 'made elsewhere', message('menuCopy')]);
  await desktop.clipboard.waitForText((text) => text === link);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('made elsewhere');
});

test('killed at once after the link appeared, ten times: every link opens again', async () => {
  const profile = await newProfile(desktop);
  const links: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const running = await start(profile);
    links.push(await share(`round ${round}`));
    await running.kill();
  }
  await start(profile);
  for (const [round, link] of links.entries()) {
    const raw = await waitFor('the link to open again', () => fetchRaw(link));
    expect(Buffer.from(raw).toString()).toBe(`round ${round}`);
  }
});

test('a list of links that cannot be read is set aside, and told; the app starts', async () => {
  const profile = await newProfile(desktop);
  const first = await start(profile);
  await share('from before the damage');
  await first.close();
  const damaged = 'no database, but what a person may want to look at '.repeat(100);
  for (const name of await readdir(profile)) {
    if (name.startsWith(DATABASE_FILE)) await writeFile(join(profile, name), damaged);
  }

  await start(profile);
  await desktop.notifications.waitFor(({ body }) => body.includes(DATABASE_FILE));
  const kept = (await readdir(profile)).filter((name) => /\.corrupt-\w+$/.test(name));
  expect(kept).toHaveLength(1);
  expect(await readFile(join(profile, kept[0] ?? ''), 'utf8')).toBe(damaged);
  expect(await share('and goes on working')).toMatch(/^http/);
});

test('settings that cannot be read do not keep the app from starting', async () => {
  const profile = await newProfile(desktop);
  await writeFile(join(profile, 'settings.json'), Buffer.alloc(300));
  // Without a first run, which would take the press for a test of the shortcut.
  await start(profile, ['--background']);
  const kept = (await readdir(profile)).filter((name) => name.startsWith('settings.json.corrupt'));
  expect(kept).toHaveLength(1);
  expect(await share('works with its defaults')).toMatch(/^http/);
});
