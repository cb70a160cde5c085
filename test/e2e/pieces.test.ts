import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, ROOT, type RunningApp } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { type ScriptedService, startScriptedService } from '../support/scripted-service.ts';
import { text as message } from '../support/text.ts';
import { pressForLink } from './screens/clipboard-link.ts';

// Pieces OS as it comes and goes on a person's computer, played by a service of our own: the app
// finds it, uses it, says in words how it is, and makes links itself meanwhile.

/** A range that nothing else of this machine uses. */
const PORTS = { first: 39_380, last: 39_383 };

let desktop: Desktop;
let pieces: ScriptedService;
let app: RunningApp;
let portFile: string;

const start = async (port: number): Promise<ScriptedService> => {
  const service = await startScriptedService({}, { port });
  await writeFile(portFile, String(port));
  return service;
};

beforeAll(async () => {
  desktop = await startDesktop();
  const folder = join(desktop.dir, 'com.pieces.os', 'production', 'Config');
  await mkdir(folder, { recursive: true });
  portFile = join(folder, '.port.txt');
  pieces = await start(PORTS.first);
  app = await launchApp({
    desktop,
    env: {
      LINKIFY_TRAY_PIECES_PORTS: `${PORTS.first}-${PORTS.last}`,
      LINKIFY_TRAY_PIECES_PORT_FILE: portFile,
    },
  });
});

afterAll(async () => {
  await app?.close();
  await pieces?.close();
  await desktop?.close();
});

const trayLabels = async () => (await desktop.tray.layout()).map(({ label }) => label);

const untilTraySays = (text: string): Promise<unknown> =>
  waitFor(`the tray to say "${text}"`, async () => (await trayLabels()).includes(text), 20_000);

/** Its user was read, after which the app knows that it is ready. */
const untilFound = (service: ScriptedService): Promise<unknown> =>
  waitFor('Pieces OS to be found', () => service.sent('GET /user').length > 0, 20_000);

const NOT_RUNNING = message('piecesIs', { detail: message('piecesNotRunning') });
const SIGNED_OUT = message('piecesIs', { detail: message('piecesSignedOut') });

let first = '';

test('it is found, connected as an application, and makes the link', async () => {
  await untilFound(pieces);
  await desktop.clipboard.writeText('made by Pieces');
  first = await pressForLink(desktop);
  expect(first.startsWith(pieces.baseUrl)).toBe(true);
  const [connect, ...more] = pieces.sent('POST /connect');
  expect(more).toEqual([]);
  expect(JSON.parse(connect?.body ?? '{}')).toMatchObject({
    application: { name: 'OPEN_SOURCE', platform: 'LINUX' },
  });
  expect(pieces.sent('POST /linkify')[0]?.headers['x-application-id']).toMatch(/^app-/);
});

test('gone, the next link is made here, and notification and tray say why', async () => {
  await pieces.close();
  await desktop.clipboard.writeText('made here meanwhile');
  const link = await pressForLink(desktop);
  expect(link.startsWith(pieces.baseUrl)).toBe(false);
  const told = await desktop.notifications.waitFor(({ body }) => body.includes('meanwhile'));
  expect(told.summary).toBe(message('fallbackSharedTitle'));
  expect(told.body.split('\n').at(-1)).toBe(NOT_RUNNING);
  await untilTraySays(message('serviceIs', { name: message('thisComputer'), detail: NOT_RUNNING }));
});

test('back at another port, it is used again, and its old link is revoked there', async () => {
  const { memory } = pieces;
  pieces = await start(PORTS.first + 2);
  // The same installation: it still knows its shares.
  for (const [id, share] of memory.shares) pieces.memory.shares.set(id, share);
  await untilFound(pieces);
  await desktop.clipboard.writeText('made by Pieces again');
  expect((await pressForLink(desktop)).startsWith(pieces.baseUrl)).toBe(true);
  await desktop.tray.clickItem([message('menuRecent'), /^made by Pieces$/, message('menuRevoke')]);
  const id = new URL(first).searchParams.get('p') ?? '';
  await waitFor('the revoke', () => pieces.memory.shares.get(id)?.revoked === true);
});

test('a link is tested from the tray without counting as a visit', async () => {
  await desktop.tray.clickItem([
    message('menuRecent'),
    /^made by Pieces again$/,
    message('menuTest'),
  ]);
  await desktop.notifications.waitFor(({ summary }) => summary === message('testedOpensTitle'));
  expect(pieces.requests.at(-1)).toMatchObject({ method: 'HEAD' });
});

test('a revoked link is followed until it is seen dead; what the share left is deleted', async () => {
  await desktop.tray.clickItem([
    message('menuRecent'),
    /^made by Pieces again$/,
    message('menuRevoke'),
  ]);
  // It is seen dead by following it, and what the share left there is deleted.
  await waitFor('a look at the link', () => pieces.sent('GET /').length > 0);
  const dead = message('cannotBeOpened', { title: 'made by Pieces again' });
  const deleted = message('itemsDeleted', { count: 1 });
  const told = await desktop.notifications.waitFor(({ body }) => body === `${dead} ${deleted}`);
  expect(told.summary).toBe(message('linkRevoked'));
  expect(pieces.memory.assets.size).toBe(0);
});

test('signed out, notification and tray say so and links are made here; Sign in gets it back', async () => {
  pieces.memory.state.signedIn = false;
  pieces.script({ 'POST /os/sign_in': { work: true, delayMs: 1_500 } });
  await desktop.clipboard.writeText('made while signed out');
  expect((await pressForLink(desktop)).startsWith(pieces.baseUrl)).toBe(false);
  const told = await desktop.notifications.waitFor(({ body }) => body.includes('signed out'));
  expect(told.summary).toBe(message('fallbackSharedTitle'));
  expect(told.body.split('\n').at(-1)).toBe(SIGNED_OUT);
  const line = message('serviceIs', { name: message('thisComputer'), detail: SIGNED_OUT });
  await untilTraySays(line);
  expect(await desktop.tray.tooltip()).toContain(SIGNED_OUT);
  await desktop.screenshot(join(ROOT, 'test-results/pieces-signed-out.png'));
  const before = pieces.sent('POST /linkify').length;
  await desktop.tray.clickItem([message('doSignIn')]);
  await waitFor('nothing to say', async () => !(await trayLabels()).join().includes('Pieces OS'));
  // Nothing waited to be shared, so nothing is.
  expect(pieces.sent('POST /linkify')).toHaveLength(before);
});
