import { existsSync } from 'node:fs';
import { mkdir, open, truncate, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchApp, newProfile, type RunningApp, runCommandLine } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { storedEntries } from '../support/outbox/stored-entries.ts';
import { startScriptedService } from '../support/scripted-service.ts';
import { filesWith, marker } from '../support/service/run.ts';
import { text as message } from '../support/text.ts';
import { pressForLink, SHORTCUT } from './screens/clipboard-link.ts';

// However the app ends during a share: the share goes on after the next start, or the person is told
// then what was not shared, and why.

/** More than this computer stores in the time that it takes to end the app; zipping is slower. */
const MEGABYTES = { file: 900, folder: 300 } as const;
type What = keyof typeof MEGABYTES;

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

afterAll(async () => {
  await desktop?.close();
});

async function largeThing(what: What): Promise<string> {
  const folder = join(desktop.dir, `a ${what}`);
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'large.bin');
  await (await open(path, 'w')).close();
  await truncate(path, MEGABYTES[what] * 1_000_000);
  return what === 'file' ? path : folder;
}

/** Until the share is on disk, and not done. */
const untilPending = (profile: string) =>
  waitFor('the share to be pending', () => storedEntries(profile) > 0);

async function ended({ child }: RunningApp): Promise<void> {
  await waitFor('the app to end', () => child.exitCode !== null || child.signalCode !== null);
  await waitFor('the icon to go', async () => (await desktop.tray.iconCount()) === 0);
}

const ENDS: readonly { readonly name: string; end(running: RunningApp): Promise<unknown> }[] = [
  { name: 'SIGTERM, as at logout', end: async ({ child }) => child.kill('SIGTERM') },
  { name: 'Quit in the tray menu', end: async () => desktop.tray.clickItem([message('menuQuit')]) },
  { name: 'a kill', end: async ({ child }) => child.kill('SIGKILL') },
];

for (const what of ['file', 'folder'] as const) {
  test.each(ENDS)(
    `a large ${what} is shared after the next start: $name`,
    async ({ end }) => {
      const profile = await newProfile(desktop);
      const first = await launchApp({ desktop, profile });
      app = first;
      await desktop.clipboard.writeFiles([await largeThing(what)]);
      await desktop.key(SHORTCUT);
      await untilPending(profile);
      await end(first);
      await ended(first);
      app = await launchApp({ desktop, profile });
      const told = await desktop.notifications.waitFor(
        ({ summary }) => summary === message('pendingReadyTitle'),
        100_000,
      );
      expect(told.body).toContain(what === 'file' ? 'large.bin' : 'a folder');
      await desktop.notifications.click(told.id);
      const link = await desktop.clipboard.waitForText((text) => text.startsWith('http'));
      expect((await fetch(link)).status).toBe(200);
      expect(desktop.notifications.all().map(({ summary }) => summary)).not.toContain(
        message('interruptedTitle'),
      );
    },
    150_000,
  );
}

test('a share to another service goes on after the next start', async () => {
  const service = await startScriptedService({
    'POST /assets/create': { work: true, delayMs: 60_000 },
  });
  try {
    const profile = await newProfile(desktop);
    const args = [`--service-url=${service.baseUrl}`];
    const first = await launchApp({ desktop, profile, args });
    app = first;
    await desktop.clipboard.writeText('on its way to another service');
    await desktop.key(SHORTCUT);
    await waitFor('the request', () => service.sent('POST /assets/create').length > 0);
    first.child.kill('SIGTERM');
    await ended(first);
    service.script({});
    app = await launchApp({ desktop, profile, args });
    await desktop.notifications.waitFor(
      ({ summary }) => summary === message('pendingReadyTitle'),
      30_000,
    );
    expect(service.memory.shares.size).toBe(1);
  } finally {
    await service.close();
  }
});

test('a share that waited for an answer is told at the next start, without its content', async () => {
  const profile = await newProfile(desktop);
  const first = await launchApp({ desktop, profile });
  app = first;
  await desktop.clipboard.writeText(`token ghp_${'aB3dE6gH9'.repeat(4)}`);
  await desktop.key(SHORTCUT);
  await desktop.notifications.waitFor(() => true);
  await desktop.notifications.clear();
  first.child.kill('SIGTERM');
  await ended(first);
  app = await launchApp({ desktop, profile });
  const told = await desktop.notifications.waitFor(
    ({ summary }) => summary === message('interruptedTitle'),
  );
  expect(told.body).toContain(message('clipText', { count: 46 }));
  expect(told.body).not.toContain('ghp_');
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'the content of a link that was just revoked is deleted when %s ends the app',
  async (signal) => {
    const running = await launchApp({ desktop });
    app = running;
    const title = marker();
    // The list of links keeps the title, so the content is searched for what comes later.
    const secret = marker();
    await desktop.clipboard.writeText(`${title}\n${'x'.repeat(1_000)}\n${secret}`);
    const link = await pressForLink(desktop);
    const contentOnDisk = () => filesWith(running.profile, secret);
    expect(await contentOnDisk()).not.toEqual([]);
    await desktop.tray.clickItem([message('menuRecent'), new RegExp(title), message('menuRevoke')]);
    await waitFor('the link to be revoked', async () => (await fetch(link)).status === 410);
    running.child.kill(signal);
    await ended(running);
    expect(running.child.signalCode).toBeNull();
    expect(await contentOnDisk()).toEqual([]);
  },
);

test('a start right after a quit shows the app, also while the quit waits for something', async () => {
  const first = await launchApp({ desktop });
  app = first;
  const path = join(desktop.dir, 'long.bin');
  await writeFile(path, Buffer.alloc(60_000_000));
  await desktop.clipboard.writeFiles([path]);
  const link = await pressForLink(desktop);
  // A recipient who reads nothing of a long response keeps the server from closing.
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${link}/download`, resolve).on('error', reject);
  });
  response.on('error', () => {});
  expect(response.statusCode).toBe(200);

  const quitting = runCommandLine({ desktop, profile: first.profile, args: ['--quit'] });
  await waitFor('the quit to begin', () => !existsSync(join(first.profile, 'command.sock')));
  expect(first.child.exitCode).toBeNull();
  const second = await launchApp({ desktop, profile: first.profile });
  app = second;
  expect((await quitting).code).toBe(0);
  response.destroy();
  await waitFor('the first app to end', () => first.child.exitCode !== null);
  await waitFor(
    'the icon of the second app alone',
    async () => (await desktop.tray.iconCount()) === 1 && (await desktop.tray.hasMenu()),
  );
  expect(second.child.exitCode).toBeNull();
  await waitFor('the link to open again', () =>
    fetch(link).then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
});
