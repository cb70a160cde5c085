import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, ROOT, type RunningApp, rootArgs } from '../support/app.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { findRuntime } from '../support/runtime.ts';

// The desktop itself, with the smallest app that touches each part of it. Where these
// fail, no other end-to-end test says anything about the app.

let desktop: Desktop;
let app: RunningApp;

beforeAll(async () => {
  desktop = await startDesktop();
  const { executable } = await findRuntime();
  const folder = join(ROOT, 'test/support/fixture-app');
  app = await launchApp({ desktop, command: { executable, args: [folder, ...rootArgs()] } });
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

test('shows an icon with its menu in the panel', async () => {
  expect(await desktop.tray.tooltip()).toBe('Fixture');
  const labels = (await desktop.tray.layout()).map(({ label }) => label);
  expect(labels).toEqual(['Say hello', 'More']);
});

test('shares one clipboard between programs, and presses reach a global shortcut', async () => {
  await desktop.clipboard.writeText('Grüße ✓');
  await desktop.key('ctrl+shift+l');
  expect(await desktop.clipboard.waitForText((text) => text.startsWith('shortcut'))).toBe(
    'shortcut: Grüße ✓',
  );
});

test('carries images and files on the clipboard byte for byte', async () => {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255, 10, 13]);
  await desktop.clipboard.writeImage(bytes);
  expect([...(await desktop.clipboard.read('image/png'))]).toEqual([...bytes]);
  await desktop.clipboard.writeFiles(['/tmp/a b.txt', '/tmp/c.txt']);
  const list = Buffer.from(await desktop.clipboard.read('text/uri-list')).toString();
  expect(list).toBe('file:///tmp/a%20b.txt\r\nfile:///tmp/c.txt\r\n');
  await desktop.clipboard.clear();
  expect(await desktop.clipboard.formats()).toEqual([]);
});

test('delivers notifications, and a click on one', async () => {
  await desktop.tray.clickItem(['Say hello']);
  const shown = await desktop.notifications.waitFor(({ summary }) => summary === 'Hello');
  expect(shown.body).toBe('from the menu');
  await desktop.notifications.click(shown.id);
  await desktop.clipboard.waitForText((text) => text === 'notification clicked');
});

test('delivers a click on the icon', async () => {
  await desktop.tray.activate();
  await desktop.clipboard.waitForText((text) => text === 'icon clicked');
});
