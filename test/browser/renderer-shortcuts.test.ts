import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_ACCELERATOR } from '../../main/settings/default-accelerator.ts';
import type { AppState, ShortcutState, ShortcutSupport } from '../../preload/contract.ts';
import type { TextKey } from '../../renderer/i18n/messages.ts';
import { windowText as text } from '../support/text.ts';
import { openWindowStage, type WindowStage } from '../support/window-page.ts';
import { fullState } from '../support/window-states.ts';

// What Settings and the first run say of shortcuts on each kind of desktop.

let stage: WindowStage;
beforeAll(async () => {
  stage = await openWindowStage();
});
afterAll(() => stage?.close());

const problems: string[] = [];
afterEach(() => {
  expect(problems.splice(0), 'errors and CSP violations in the page').toEqual([]);
});

async function open(over: Partial<AppState>, hash = '#settings/shortcuts'): Promise<Page> {
  const page = await stage.open(fullState(over), { hash });
  page.on('pageerror', (error) => problems.push(error.message));
  onTestFinished(() => page.context().close());
  return page;
}

const calls = (page: Page, method: string) =>
  page.evaluate(
    (name) => window.fake.calls.filter((call) => call.method === name).map((call) => call.args),
    method,
  );

const button = (page: Page, key: TextKey) =>
  page.getByRole('button', { name: text(key), exact: true });

const onDesktop = (state: ShortcutState, shortcutSupport: ShortcutSupport, keys?: string) => {
  const status = { state, ...(keys === undefined ? {} : { keys }) };
  return {
    shortcut: { accelerator: DEFAULT_ACCELERATOR, ...status },
    shortcutStates: { shareShortcut: status, windowShortcut: { state: 'pending' } },
    shortcutSupport,
  } as const;
};

test.each([
  [
    'a desktop with a dialog for keys',
    onDesktop('active', { kind: 'portal', canChoose: true }, 'Meta+K'),
    ['shortcutPortal', 'shortcutPending'],
    'shortcutChoose',
    'choose',
  ],
  [
    'a desktop that assigned no keys',
    onDesktop('denied', { kind: 'portal', canChoose: false }),
    ['shortcutDenied'],
    'shortcutChoose',
    'choose',
  ],
  [
    'GNOME without a portal',
    onDesktop('unavailable', { kind: 'gnome', isAdded: false }),
    ['shortcutGnome'],
    'shortcutAdd',
    'add',
  ],
  [
    'GNOME with our shortcut in its settings',
    onDesktop('active', { kind: 'gnome', isAdded: true }),
    ['shortcutInGnome'],
    'shortcutRemoveAdded',
    'remove',
  ],
  [
    'sway',
    onDesktop('unavailable', { kind: 'config', text: 'bindsym k exec x' }),
    ['shortcutConfig'],
    'shortcutCopyLine',
    'copy',
  ],
  [
    'another desktop',
    onDesktop('unavailable', { kind: 'command', text: 'linkify-tray --share-clipboard' }),
    ['shortcutCommand'],
    'shortcutCopyCommand',
    'copy',
  ],
] as const)('says what %s has for shortcuts, with the button that helps', async (...row) => {
  const [, state, said, label, step] = row;
  const page = await open(state);
  for (const key of said) await page.getByText(text(key), { exact: true }).first().waitFor();
  await button(page, label).click();
  await expect.poll(() => calls(page, 'setUpShortcut')).toEqual([[step]]);
  if (step === 'copy') await page.getByText(text('shortcutLineCopied')).waitFor();
});

test('says which keys the desktop assigned', async () => {
  const support = { kind: 'portal', canChoose: false } as const;
  const page = await open(onDesktop('active', support, 'Meta+K'));
  await page.getByText(text('shortcutAssigned', { keys: 'Meta+K' })).waitFor();
  await page.getByText(text('shortcutPortalSettings')).waitFor();
  expect(await button(page, 'shortcutChoose').count()).toBe(0);
});

test('says once that there is no global shortcut', async () => {
  const page = await open(onDesktop('unavailable', { kind: 'gnome', isAdded: false }));
  await page.getByText(text('shortcutGnome')).waitFor();
  expect(await page.getByText(text('shortcutUnavailable'), { exact: true }).count()).toBe(0);
  expect(await page.getByText(text('shortcutHelp')).count()).toBe(0);
});

test('says why a shortcut could not be set up', async () => {
  const state = onDesktop('unavailable', { kind: 'gnome', isAdded: false });
  const page = await open(state);
  await page.evaluate((failure) => window.fake.failNext('setUpShortcut', failure), {
    cause: 'keyboard-settings-not-changed',
    title: 'Not changed',
    sentence: 'GNOME rejected it.',
  });
  await button(page, 'shortcutAdd').click();
  await page.getByRole('status').getByText('GNOME rejected it.').waitFor();
});

test('the first run says it, too', async () => {
  const page = await open(
    onDesktop('unavailable', { kind: 'gnome', isAdded: false }),
    '#first-run',
  );
  await page.getByText(text('shortcutGnome')).waitFor();
  await button(page, 'shortcutAdd').click();
  await expect.poll(() => calls(page, 'setUpShortcut')).toEqual([['add']]);
});
