import { afterEach, expect, test } from 'vitest';
import { type DrivenApp, driveApp, newProfile } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { FROM_ELSEWHERE } from '../support/service/run.ts';
import { pageText, windowText } from '../support/text.ts';
import { fetchRaw, pressForLink } from './screens/clipboard-link.ts';
import { openWindow } from './screens/window.ts';

// A new link is on the clipboard at once, and opens a little later; on this computer at once.

let desktop: Desktop;
let app: DrivenApp;

async function start(settings: object): Promise<void> {
  desktop = await startDesktop();
  app = await driveApp({ desktop, profile: await newProfile(desktop, settings) });
}

afterEach(async () => {
  await app?.close();
  await desktop?.close();
});

test('a new link shows nothing for some seconds, and then opens by itself', async () => {
  await start({ version: 1 });
  await desktop.clipboard.writeText('not to be seen at once');
  const link = await pressForLink(desktop);
  const early = await fetch(link, { headers: FROM_ELSEWHERE });
  expect(early.status).toBe(503);
  const seconds = Number(early.headers.get('retry-after'));
  expect(seconds).toBeLessThanOrEqual(3);
  expect(await early.text()).toBe(`${pageText('notOpenYet', { count: seconds })}\n`);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('not to be seen at once');
  const status = async () => (await fetch(link, { headers: FROM_ELSEWHERE })).status;
  await waitFor('the link to open', async () => (await status()) === 200);
});

test('Undo before it opens means that nobody has seen it', async () => {
  await start({ version: 1, graceSeconds: 60 });
  await desktop.clipboard.writeText('taken back unseen');
  const link = await pressForLink(desktop);
  for (const url of [link, `${link}/raw`]) {
    expect((await fetch(url, { headers: FROM_ELSEWHERE })).status).toBe(503);
  }
  const appWindow = await openWindow(app, desktop);
  await appWindow.act(/taken back unseen/, 'undo');
  await appWindow.page.getByText(windowText('shareUndoneUnseen')).first().waitFor();
  await desktop.clipboard.waitForText((text) => text === 'taken back unseen');
  expect((await fetch(link)).status).toBe(410);
});
