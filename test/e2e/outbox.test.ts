import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchApp, newProfile, type RunningApp } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { storedEntries } from '../support/outbox/stored-entries.ts';
import { type ScriptedService, startScriptedService } from '../support/scripted-service.ts';
import { text as message, textPattern } from '../support/text.ts';
import { SHORTCUT, waitForLink } from './screens/clipboard-link.ts';

// What cannot be shared now is shared later, once.

let desktop: Desktop;
let service: ScriptedService;
let app: RunningApp;
let profile: string;

const start = (): Promise<RunningApp> =>
  launchApp({ desktop, profile, args: [`--service-url=${service.baseUrl}`] });

beforeAll(async () => {
  desktop = await startDesktop();
});

beforeEach(async () => {
  service = await startScriptedService();
  profile = await newProfile(desktop);
  app = await start();
});

afterEach(async () => {
  await app?.close();
  await service?.close();
  await desktop.notifications.clear();
});

afterAll(async () => {
  await desktop?.close();
});

const shares = () => [...service.memory.shares.values()];

const waits = () =>
  waitFor('the tray to say that a share waits', async () =>
    (await desktop.tray.layout()).some(
      ({ label }) => label === message('menuPending', { count: 1 }),
    ),
  );

async function press(text: string): Promise<void> {
  await desktop.clipboard.writeText(text);
  await desktop.key(SHORTCUT);
}

/** Starts a service anew where the one before was, with what it remembered. */
async function serviceUpAgain(): Promise<void> {
  const { port, memory } = service;
  service = await startScriptedService({}, { port, memory });
}

describe('a service that is down', () => {
  test('what was pressed meanwhile is shared by itself once the service is there again', async () => {
    await service.close();
    await press('shared while it was down');
    const told = await desktop.notifications.waitFor(({ body }) =>
      body.includes(message('pendingAutomatic')),
    );
    expect(told.summary).toBe(message('customDownTitle'));
    await waits();
    expect(storedEntries(profile)).toBe(1);
    await desktop.clipboard.writeText('copied since');
    await desktop.notifications.clear();

    await serviceUpAgain();
    const startedMs = performance.now();
    await waitFor('the share', () => shares().length === 1, 20_000);
    console.log(`from service up to share made: ${Math.round(performance.now() - startedMs)} ms`);
    const ready = await desktop.notifications.waitFor(
      ({ summary }) => summary === message('pendingReadyTitle'),
    );
    expect(ready.body).toMatch(/shared while it was down/);
    expect(await desktop.clipboard.readText()).toBe('copied since');
    await desktop.notifications.click(ready.id);
    expect(await waitForLink(desktop)).toContain(service.baseUrl);
    await waitFor('an empty outbox', () => storedEntries(profile) === 0);
    expect(shares()).toHaveLength(1);
  });

  test('the app is killed while a share waits, and sends it after its next start', async () => {
    await service.close();
    await press('shared before the kill');
    await desktop.notifications.waitFor(({ body }) => body.includes(message('pendingAutomatic')));
    await app.kill();
    await desktop.notifications.clear();
    await serviceUpAgain();
    app = await start();
    await desktop.notifications.waitFor(({ summary }) => summary === message('pendingReadyTitle'));
    expect(shares()).toHaveLength(1);
    expect(await desktop.tray.tooltip()).not.toMatch(textPattern('tipPending'));
  });

  test('a revoke is made once the service is there again', async () => {
    await press('to be revoked');
    await waitForLink(desktop);
    await service.close();
    await desktop.tray.clickItem([message('menuRecent'), /to be revoked/, message('menuRevoke')]);
    const told = await desktop.notifications.waitFor(({ body }) =>
      body.includes(message('revokePending')),
    );
    expect(told.summary).toBe(message('notRevokedTitle'));
    expect(told.body).toContain(message('customDownTitle'));
    await desktop.notifications.clear();
    await serviceUpAgain();
    await desktop.notifications.waitFor(
      ({ summary }) => summary === message('linkRevoked'),
      20_000,
    );
    expect(shares()).toMatchObject([{ revoked: true }]);
  });
});

test('signed out: after signing in from the menu the link arrives by itself', async () => {
  service.script({ 'POST /linkify': [{ status: 511 }, { work: true }] });
  Object.assign(service.memory.state, { signedIn: false });
  await press('shared while signed out');
  await desktop.notifications.waitFor(({ summary }) => summary === message('signInTitle'));
  await waits();
  await desktop.notifications.clear();
  await desktop.tray.clickItem([message('doSignIn')]);
  await desktop.notifications.waitFor(
    ({ summary }) => summary === message('pendingReadyTitle'),
    20_000,
  );
  expect(shares()).toHaveLength(1);
  expect(service.sent('POST /os/sign_in')).toHaveLength(1);
  // Nothing else was copied since: the press gets what it asked for.
  expect(await waitForLink(desktop)).toContain(service.baseUrl);
});
