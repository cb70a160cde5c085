import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TextKey } from '../../main/i18n/messages.ts';
import { launchApp, ROOT, type RunningApp } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import {
  type ScriptedReply,
  type ScriptedService,
  startScriptedService,
} from '../support/scripted-service.ts';
import { text as message, textPattern } from '../support/text.ts';
import { pressForLink, SHORTCUT, waitForLink } from './screens/clipboard-link.ts';
import { buttonsOf } from './screens/notification.ts';

// Whatever goes wrong is told in words, and nothing is lost from the clipboard.

const TEXT = 'precious: must stay on the clipboard';

let desktop: Desktop;
let service: ScriptedService;
let app: RunningApp;

beforeAll(async () => {
  desktop = await startDesktop();
  service = await startScriptedService();
  app = await launchApp({
    desktop,
    args: [`--service-url=${service.baseUrl}`, '--service-token=token-of-the-test'],
  });
});

afterEach(async () => {
  service.script({});
  Object.assign(service.memory.state, { signedIn: true, cloud: 'RUNNING' });
  await desktop.notifications.clear();
});

afterAll(async () => {
  await app?.close();
  await service?.close();
  await desktop?.close();
});

/** Copies, presses, and answers the notification that came instead of a link. */
async function pressInVain() {
  await desktop.clipboard.writeText(TEXT);
  await desktop.key(SHORTCUT);
  const shown = await desktop.notifications.waitFor(() => true, 30_000);
  expect(await desktop.clipboard.readText()).toBe(TEXT);
  return shown;
}

test('a service that works is used, with its token', async () => {
  await desktop.clipboard.writeText('to the service of the command line');
  const link = await pressForLink(desktop);
  expect(link.startsWith(service.baseUrl)).toBe(true);
  const [request] = service.sent('POST /assets/create');
  expect(request?.headers.authorization).toBe('Bearer token-of-the-test');
  expect(request?.body).toContain('to the service of the command line');
  expect(service.sent('POST /linkify')).toHaveLength(1);
});

describe('what the service answers is told in the right words', () => {
  const cases: readonly {
    readonly name: string;
    readonly reply: ScriptedReply;
    readonly state?: { readonly signedIn?: boolean; readonly cloud?: string | null };
    readonly title: TextKey;
  }[] = [
    {
      name: '511, signed out',
      reply: { status: 511 },
      state: { signedIn: false },
      title: 'signInTitle',
    },
    {
      name: '511, cloud not connected',
      reply: { status: 511 },
      state: { cloud: null },
      title: 'cloudNeverTitle',
    },
    { name: '412, GitHub not connected', reply: { status: 412 }, title: 'gitHubTitle' },
    { name: '505, update required', reply: { status: 505 }, title: 'oldTitle' },
    { name: '413, too large', reply: { status: 413 }, title: 'tooLargeTitle' },
  ];
  test.each(cases)('$name', async ({ reply, state, title }) => {
    service.script({ 'POST /linkify': reply });
    Object.assign(service.memory.state, state);
    const shown = await pressInVain();
    expect(shown.summary).toBe(message(title));
    expect(shown.body.length).toBeGreaterThan(20);
    await desktop.screenshot(join(ROOT, `test-results/fault-${reply.status}.png`));
  });
});

describe('what helps is a button of the notification', () => {
  test('without a connection: it tries again', async () => {
    service.script({ '*': { trouble: 'reset-at-once' } });
    const shown = await pressInVain();
    expect(buttonsOf(shown)).toContain(message('doRetry'));
    service.script({});
    await desktop.notifications.press(shown.id, message('doRetry'));
    expect(await waitForLink(desktop)).toContain(service.baseUrl);
  });

  test('signed out: it signs in, and the share goes on', async () => {
    service.memory.state.signedIn = false;
    service.script({
      'POST /linkify': [{ status: 511 }, { work: true }],
      'POST /os/sign_in': { work: true },
    });
    const shown = await pressInVain();
    expect(shown.summary).toBe(message('signInTitle'));
    await desktop.notifications.press(shown.id, message('doSignIn'));
    expect(await waitForLink(desktop)).toContain(service.baseUrl);
    expect(service.sent('POST /os/sign_in')).toHaveLength(1);
  });

  test('too old: it looks for an update', async () => {
    service.script({ 'POST /linkify': { status: 505 } });
    const shown = await pressInVain();
    expect(shown.summary).toBe(message('oldTitle'));
    await desktop.notifications.press(shown.id, message('doUpdate'));
    await desktop.notifications.waitFor(({ summary }) => summary === message('updateFoundTitle'));
    expect(service.sent('POST /os/update/check').length).toBeGreaterThan(0);
  });
});

describe('an answer that cannot be used is refused', () => {
  const share = (link: string) => ({
    iterable: [{ id: 's-1', link, access: 'PUBLIC', accessors: { iterable: [] } }],
  });
  const cases: readonly { readonly name: string; readonly reply: ScriptedReply }[] = [
    { name: 'garbage', reply: { trouble: 'garbage' } },
    { name: 'a web page', reply: { html: '<h1>It works</h1>' } },
    { name: 'a redirect', reply: { status: 302, headers: { location: 'https://example.com/' } } },
    { name: 'a javascript: link', reply: { json: share('javascript:alert(1)') } },
    { name: 'a link with credentials', reply: { json: share('http://user:pw@example.com/') } },
    { name: 'no link at all', reply: { json: { iterable: [] } } },
  ];
  test.each(cases)('$name', async ({ reply }) => {
    service.script({ 'POST /linkify': reply });
    const shown = await pressInVain();
    expect(shown.summary).not.toBe('');
  });
});

test('a second press while a share runs does not share twice', async () => {
  const before = service.sent('POST /linkify').length;
  service.script({ 'POST /linkify': { work: true, delayMs: 1_500 } });
  const idle = await desktop.tray.icon();
  await desktop.clipboard.writeText('pressed twice');
  await desktop.key(SHORTCUT);
  await waitFor('the request', () => service.sent('POST /linkify').length > before);
  await waitFor('the icon of sharing', async () => {
    const now = await desktop.tray.icon();
    return !Buffer.from(now.bytes).equals(idle.bytes);
  });
  await expect.poll(() => desktop.tray.tooltip()).toMatch(textPattern('tipSharing'));
  await desktop.key(SHORTCUT);
  await desktop.key(SHORTCUT);
  await waitForLink(desktop);
  expect(service.sent('POST /linkify').length - before).toBe(1);
  expect(desktop.notifications.all().map(({ summary }) => summary)).toEqual([
    message('linkCopied'),
  ]);
});

test('something copied while a share runs is not overwritten by the link', async () => {
  service.script({ 'POST /linkify': { work: true, delayMs: 1_500 } });
  await desktop.clipboard.writeText('shared slowly');
  await desktop.key(SHORTCUT);
  await waitFor('the share to begin', async () =>
    textPattern('tipSharing').test(await desktop.tray.tooltip()),
  );
  await desktop.clipboard.writeText('copied meanwhile');
  const shown = await desktop.notifications.waitFor(() => true);
  expect(shown.summary).toBe(message('linkCreated'));
  expect(await desktop.clipboard.readText()).toBe('copied meanwhile');
  await desktop.notifications.click(shown.id);
  expect(await waitForLink(desktop)).toContain(service.baseUrl);
});

test('a share of more than ten seconds says that it goes on, and still has its link', async () => {
  service.script({ 'POST /linkify': { work: true, delayMs: 12_000 } });
  await desktop.clipboard.writeText('shared very slowly');
  await desktop.key(SHORTCUT);
  const told = await desktop.notifications.waitFor(() => true, 15_000);
  expect(told.summary).toBe(message('stillWorkingTitle'));
  expect(told.body).toBe(message('stillWorking', { what: message('clipText', { count: 18 }) }));
  await desktop.notifications.waitFor(({ summary }) => summary === message('linkCopied'), 15_000);
  expect(await desktop.clipboard.readText()).toContain(service.baseUrl);
});

test('an empty clipboard is told, and nothing is sent', async () => {
  const before = service.requests.length;
  await desktop.clipboard.clear();
  await desktop.key(SHORTCUT);
  const shown = await desktop.notifications.waitFor(() => true);
  expect(`${shown.summary} ${shown.body}`).toMatch(/empty|nothing|copy/i);
  expect(service.requests.length).toBe(before);
});

test('content of no shareable kind is told', async () => {
  await desktop.clipboard.write('application/x-of-some-other-program', Buffer.from('?'));
  await desktop.key(SHORTCUT);
  const shown = await desktop.notifications.waitFor(() => true);
  expect(`${shown.summary} ${shown.body}`).toMatch(/cannot be shared|can.t be shared|kind|copy/i);
});

test('a copied file that vanished is named, and the clipboard stays', async () => {
  const path = join(desktop.dir, 'soon-gone.txt');
  await writeFile(path, 'here for a moment');
  await desktop.clipboard.writeFiles([path]);
  await rm(path);
  await desktop.key(SHORTCUT);
  const shown = await desktop.notifications.waitFor(() => true);
  expect(`${shown.summary} ${shown.body}`).toContain('soon-gone.txt');
  expect(await desktop.clipboard.formats()).toContain('text/uri-list');
});

test('content marked as secret is not sent', async () => {
  const before = service.requests.length;
  await desktop.clipboard.write('x-kde-passwordManagerHint', Buffer.from('secret'));
  await desktop.key(SHORTCUT);
  const shown = await desktop.notifications.waitFor(() => true);
  expect(shown.body).not.toBe('');
  expect(service.requests.length).toBe(before);
});

test('a service that stopped is told, and the clipboard keeps what was copied', async () => {
  await service.close();
  const shown = await pressInVain();
  expect(`${shown.summary} ${shown.body}`).toContain(`127.0.0.1:${service.port}`);
  await desktop.screenshot(join(ROOT, 'test-results/fault-stopped.png'));
  // The menu still offers a way out.
  const labels = (await desktop.tray.layout()).map(({ label }) => label);
  expect(labels.some((label) => label.startsWith('⚠'))).toBe(true);
});
