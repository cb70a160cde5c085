import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { windowMessages as german } from '../../assets/locales/de/window.ts';
import { DEFAULT_ACCELERATOR } from '../../main/settings/default-accelerator.ts';
import type { AppState, SettingsTab } from '../../preload/contract.ts';
import type { TextKey } from '../../renderer/i18n/messages.ts';
import { SHORTCUT_WORDS } from '../support/default-shortcut.ts';
import { windowText as text } from '../support/text.ts';
import { openWindowStage, type WindowStage } from '../support/window-page.ts';
import {
  blockedReach,
  connectedServer,
  customServers,
  emptyState,
  fullState,
  someLinks,
} from '../support/window-states.ts';

// The settings window and the first run.

let stage: WindowStage;
beforeAll(async () => {
  stage = await openWindowStage();
}, 60_000);
afterAll(() => stage?.close());

const problems: string[] = [];
afterEach(() => {
  expect(problems.splice(0), 'errors and CSP violations in the page').toEqual([]);
});

async function open(over: Partial<AppState>, hash: string): Promise<Page> {
  const page = await stage.open(fullState(over), { hash });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  onTestFinished(() => page.context().close());
  return page;
}

const openTab = (tab: SettingsTab, over: Partial<AppState> = {}): Promise<Page> =>
  open(over, `#settings/${tab}`);

const openFirstRun = (over: Partial<AppState> = {}): Promise<Page> => open(over, '#first-run');

/** The calls of one method that the page has made, by their arguments. */
const calls = (page: Page, method: string) =>
  page.evaluate(
    (name) => window.fake.calls.filter((call) => call.method === name).map((call) => call.args),
    method,
  );

const button = (page: Page, key: TextKey) =>
  page.getByRole('button', { name: text(key), exact: true });
const tab = (page: Page, key: TextKey) => page.getByRole('tab', { name: text(key) });
/** The choice with this label. Other labels and helps may contain the same words. */
const setting = (page: Page, key: TextKey) =>
  page
    .locator('.setting', { has: page.getByText(text(key), { exact: true }) })
    .getByRole('combobox');
const changeShortcut = (page: Page, key: TextKey, accelerator = '') =>
  page.getByRole('button', { name: `${text('shortcutChange')}, ${text(key)}: ${accelerator}` });
const status = (page: Page, said: string) =>
  page.getByRole('status').filter({ hasText: said }).waitFor();

/** A custom server is in use, and there is another one. */
const onCustomServer = {
  ...emptyState().settings,
  service: 'custom',
  serviceUrl: 'https://share.example',
  servers: customServers,
} as const;

describe('the settings window', () => {
  it('opens at the tab that was asked for, and changes it when another is', async () => {
    const page = await openTab('clipboard');
    await page.getByRole('tabpanel', { name: text('clipboard') }).waitFor();
    expect(await page.title()).toBe(text('settings'));
    await page.evaluate(() => {
      location.hash = '#settings/shortcuts/2';
    });
    await page.getByRole('tabpanel', { name: text('shortcuts') }).waitFor();
  });

  it('changes tabs by arrow keys, Home and End, and the focus goes with them', async () => {
    const page = await openTab('general');
    const chosen = async (): Promise<string | null> => {
      const focused = page.locator('[role="tab"]:focus');
      expect(await focused.getAttribute('aria-selected')).toBe('true');
      return focused.textContent();
    };
    expect(await chosen()).toBe(text('application'));
    await page.keyboard.press('ArrowRight');
    expect(await chosen()).toBe(text('sharingTab'));
    await page.keyboard.press('End');
    expect(await chosen()).toBe(text('advanced'));
    await page.keyboard.press('ArrowRight');
    expect(await chosen()).toBe(text('application'));
    await page.keyboard.press('ArrowLeft');
    expect(await chosen()).toBe(text('advanced'));
    await page.keyboard.press('Home');
    expect(await chosen()).toBe(text('application'));
    await page.keyboard.press('Tab');
    expect(await page.getByRole('tabpanel').locator(':focus').count()).toBe(1);
  });

  it('has at most 13 settings outside Advanced', async () => {
    const { settings } = fullState();
    const page = await openTab('general', { settings: { ...settings, shareRecentShortcut: '' } });
    let count = 0;
    for (const key of ['application', 'sharingTab', 'shortcuts', 'clipboard'] as const) {
      await tab(page, key).click();
      count += await page.locator('.setting').filter({ visible: true }).count();
    }
    expect(count).toBeLessThanOrEqual(13);
  });

  it.each(['Escape', 'Control+w'])('is closed by %s', async (keys) => {
    const page = await openTab('general');
    await page.keyboard.press(keys);
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
  });

  it('says why a change was refused, and leads to what the button names', async () => {
    const page = await openTab('general');
    await page.evaluate((failure) => window.fake.failNext('changeSettings', failure), {
      cause: 'shortcut-taken',
      title: 'Taken',
      sentence: 'Choose another one.',
      action: { id: 'choose-shortcut', label: 'Change it' } as const,
    });
    await page.getByRole('switch', { name: text('launchAtLogin') }).click();
    await page.getByRole('alert').getByRole('button', { name: 'Change it' }).click();
    await expect.poll(() => calls(page, 'recover')).toEqual([['choose-shortcut']]);
  });

  it('offers to undo a revoke that began here, and no share', async () => {
    const undo = { linkId: 'a1', title: 'a1', untilMs: Date.now() + 60_000, isFinal: false };
    const page = await openTab('advanced', { undo: { ...undo, action: 'share' } });
    expect(await page.locator('.toast-button').count()).toBe(0);
    await page.evaluate(
      (given) => window.fake.push({ undo: { ...given, action: 'revoke' } }),
      undo,
    );
    await page.getByRole('button', { name: `${text('undo')}: a1` }).click();
    await expect.poll(() => calls(page, 'restore')).toEqual([['a1']]);
  });
});

describe('about, history, and reset', () => {
  const press = (page: Page, key: TextKey) =>
    page.getByRole('button', { name: text(key), exact: true }).click();

  it('says its versions, and opens the licenses', async () => {
    const page = await openTab('general');
    await page.getByText(text('versions', { version: '1.2.3', electron: '45.4.1' })).waitFor();
    await press(page, 'licenses');
    await expect.poll(() => calls(page, 'openOwnFile')).toEqual([['licenses']]);
  });

  it('clears the clipboard history while there is any', async () => {
    const page = await openTab('clipboard');
    await press(page, 'clearHistory');
    await page.getByRole('status').getByText(text('historyCleared')).waitFor();
    expect(await page.getByRole('button', { name: text('clearHistory') }).count()).toBe(0);
    expect(await calls(page, 'clearClips')).toEqual([[]]);
  });

  it('opens the data folder, and resets the settings', async () => {
    const page = await openTab('advanced');
    await press(page, 'openDataFolder');
    await expect.poll(() => calls(page, 'openOwnFile')).toEqual([['data-folder']]);
    await press(page, 'resetSettings');
    await page.getByRole('status').getByText(text('settingsReset')).waitFor();
    expect(await calls(page, 'resetSettings')).toEqual([[]]);
  });

  it('says nothing of a reset that was cancelled', async () => {
    const page = await openTab('advanced');
    await page.evaluate((failure) => window.fake.failNext('resetSettings', failure), {
      cause: 'cancelled',
      title: 'Cancelled',
      sentence: 'Cancelled.',
    });
    await press(page, 'resetSettings');
    await expect.poll(() => calls(page, 'resetSettings')).toEqual([[]]);
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

describe('its shortcuts and server', () => {
  it('records a shortcut by having it pressed', async () => {
    const page = await openTab('shortcuts');
    await changeShortcut(page, 'shortcut', SHORTCUT_WORDS).click();
    await page.keyboard.press('k');
    await page.getByText(text('shortcutNeedsModifier', { modifiers: 'Ctrl' })).waitFor();
    await page.keyboard.press('Control+Alt+k');
    await changeShortcut(page, 'shortcut', 'Ctrl+Alt+K').waitFor();
    expect(await calls(page, 'changeSettings')).toEqual([
      [{ shareShortcut: 'CommandOrControl+Alt+K' }],
    ]);
  });

  it('keeps the old shortcut on Escape, and stays open', async () => {
    const page = await openTab('shortcuts');
    await changeShortcut(page, 'shortcut', SHORTCUT_WORDS).click();
    await page.getByText(text('shortcutRecording')).waitFor();
    await page.keyboard.press('Escape');
    await changeShortcut(page, 'shortcut', SHORTCUT_WORDS).waitFor();
    expect(await calls(page, 'changeSettings')).toEqual([]);
  });

  it('tells that another program has the shortcut', async () => {
    const shortcut = { accelerator: DEFAULT_ACCELERATOR, state: 'taken' } as const;
    const page = await openTab('shortcuts', {
      shortcut,
      shortcutStates: { shareShortcut: { state: 'taken' } },
    });
    await page.getByText(text('shortcutTaken', { shortcut: SHORTCUT_WORDS })).waitFor();
  });

  it('uses a service by its address and token, and refuses what is no address', async () => {
    const page = await openTab('sharing');
    await setting(page, 'service').selectOption('custom');
    await page.getByLabel(text('serviceUrl')).fill('javascript:alert(1)');
    await page.getByLabel(text('serviceToken')).fill('s3cret');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(text('serviceUrlBad')).waitFor();
    expect(await calls(page, 'changeSettings')).toEqual([]);
    await page.getByLabel(text('serviceUrl')).fill('http://localhost:39300');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'localhost:39300' }).waitFor();
    expect(await calls(page, 'changeSettings')).toEqual([
      [{ service: 'custom', serviceUrl: 'http://localhost:39300', serviceToken: 's3cret' }],
    ]);
    await page.getByRole('button', { name: text('serverAdd') }).click();
    expect(await page.getByLabel(text('serviceToken')).inputValue()).toBe('');
  });

  it('shows the account at a server, switches to another one, and removes one', async () => {
    const page = await openTab('sharing', { settings: onCustomServer, service: connectedServer });
    await page.getByText(text('serverConnectedAs', { name: 'Anna' })).waitFor();
    expect(await page.getByRole('meter').getAttribute('max')).toBe('5000000000');
    await page.getByRole('radio', { name: 'links.example/team' }).click();
    await page
      .getByRole('button', { name: text('serverRemove', { name: 'share.example' }) })
      .click();
    await page
      .getByRole('radio', { name: 'share.example', exact: true })
      .waitFor({ state: 'detached' });
    expect(await calls(page, 'changeSettings')).toEqual([
      [{ service: 'custom', serviceUrl: 'https://links.example/team' }],
    ]);
    expect(await calls(page, 'removeServer')).toEqual([['https://share.example']]);
  });

  it('says why a server cannot be used', async () => {
    const { account: _account, ...server } = connectedServer;
    const service = { ...server, state: 'problem', detail: 'Server rejected the token' } as const;
    const page = await openTab('sharing', { settings: onCustomServer, service });
    await page.getByRole('status').getByText('Server rejected the token').waitFor();
  });
});

describe('each setting', () => {
  it.each([
    ['general', 'theme', 'dark', { theme: 'dark' }],
    ['general', 'notifications', 'silent', { notifications: 'silent' }],
    ['sharing', 'linkFormat', 'markdown', { linkFormat: 'markdown' }],
    ['sharing', 'expiry', '1', { expiryHours: 1 }],
    ['sharing', 'reach', 'this-computer', { reach: 'this-computer' }],
    ['sharing', 'service', 'pieces', { service: 'pieces' }],
    ['clipboard', 'keepClips', '0', { keepClips: 0 }],
    ['clipboard', 'offerToShare', 'everything', { offerToShare: 'everything' }],
    ['advanced', 'shareAutomatically', 'images', { shareAutomatically: 'images' }],
    ['advanced', 'grace', '30', { graceSeconds: 30 }],
    ['advanced', 'fallback', 'never', { fallback: 'never' }],
    ['advanced', 'locationData', 'remove', { locationData: 'remove' }],
    ['advanced', 'quota', '5', { quotaGigabytes: 5 }],
    ['advanced', 'address', 'wlp2s0', { networkInterface: 'wlp2s0' }],
  ] as const)('%s: %s: %s', async (name, label, choice, change) => {
    const page = await openTab(name);
    await setting(page, label).selectOption(choice);
    await status(page, text('saved'));
    expect(await calls(page, 'changeSettings')).toEqual([[change]]);
  });

  it('leaves out what needs a look at each copy, where the system does not allow it', async () => {
    const page = await openTab('advanced', { canWatchClipboard: false });
    await setting(page, 'grace').waitFor();
    expect(await setting(page, 'shareAutomatically').count()).toBe(0);
    await tab(page, 'clipboard').click();
    await page.getByText(text('clipboardOnRequest')).waitFor();
    for (const label of ['keepClips', 'offerToShare'] as const) {
      expect(await setting(page, label).count()).toBe(0);
    }
  });

  it.each([
    ['clipboardOnRequest', {}],
    ['clipboardInFront', { readsInFrontOnly: true }],
  ] as const)('says when it can read the clipboard: %s', async (key, limits) => {
    for (const hash of ['#settings/clipboard', '#first-run']) {
      const page = await open({ canWatchClipboard: false, ...limits }, hash);
      await page.getByText(text(key)).waitFor();
    }
  });

  it('says nothing of that where it can read the clipboard at any time', async () => {
    const page = await openTab('clipboard');
    await setting(page, 'keepClips').waitFor();
    for (const key of ['clipboardOnRequest', 'clipboardInFront'] as const) {
      expect(await page.getByText(text(key)).count()).toBe(0);
    }
  });

  it('switches: start at login', async () => {
    const page = await openTab('general');
    await page.getByRole('switch', { name: text('launchAtLogin') }).click();
    await status(page, text('saved'));
    expect(await calls(page, 'changeSettings')).toEqual([[{ launchAtLogin: false }]]);
  });

  it('takes other names of this computer when the field is left', async () => {
    const page = await openTab('advanced');
    await page.getByLabel(text('hostNames')).fill('nas.example.com, pc.fritz.box');
    await page.keyboard.press('Tab');
    await status(page, text('saved'));
    expect(await calls(page, 'changeSettings')).toEqual([
      [{ hostNames: 'nas.example.com, pc.fritz.box' }],
    ]);
  });

  it('says that the chosen network is not there now, and keeps the choice', async () => {
    const { settings } = fullState();
    const away = { settings: { ...settings, networkInterface: 'tailscale0' } };
    const page = await openTab('advanced', away);
    const choice = setting(page, 'address');
    expect(await choice.inputValue()).toBe('tailscale0');
    await page.getByText(text('addressAway', { name: 'tailscale0' })).waitFor();
    await choice.selectOption('');
    await status(page, text('saved'));
    expect(await calls(page, 'changeSettings')).toEqual([[{ networkInterface: '' }]]);
  });

  it('lets go of the shortcuts while new keys are pressed, and takes them up again', async () => {
    const page = await openTab('shortcuts');
    await changeShortcut(page, 'shortcut').click();
    await expect.poll(() => calls(page, 'holdShortcuts')).toEqual([[true]]);
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'holdShortcuts')).toEqual([[true], [false]]);
  });

  it('says of each shortcut whether another program has it', async () => {
    const page = await openTab('shortcuts');
    await page.getByText(text('shortcutTaken', { shortcut: 'Ctrl+Alt+L' })).waitFor();
  });

  it('proves the shortcut by a press, and says so', async () => {
    const page = await openTab('shortcuts');
    await button(page, 'welcomeTest').click();
    await page.getByRole('status').getByText(text('welcomeHeard')).waitFor();
    expect(await calls(page, 'testShortcut')).toEqual([[true]]);
  });

  it('says what to do when no press arrived', async () => {
    const page = await openTab('shortcuts');
    await page.evaluate((failure) => window.fake.failNext('testShortcut', failure), {
      cause: 'shortcut-not-detected',
      title: 'The shortcut was not heard',
      sentence: 'Bind the command in the settings.',
    });
    await button(page, 'welcomeTest').click();
    await page.getByRole('status').getByText('Bind the command in the settings.').waitFor();
  });

  it('asks again about a kind of secret that was let through', async () => {
    const page = await openTab('advanced');
    await page
      .getByRole('button', {
        name: text('askAgainAbout', { name: 'a GitHub token' }),
      })
      .click();
    await status(page, text('saved'));
    expect(await calls(page, 'askAboutSecret')).toEqual([['github-token']]);
  });

  it('removes a shortcut with Backspace', async () => {
    const page = await openTab('shortcuts');
    await changeShortcut(page, 'shortcutShareLast').click();
    await page.keyboard.press('Backspace');
    await status(page, text('saved'));
    expect(await calls(page, 'changeSettings')).toEqual([[{ shareRecentShortcut: '' }]]);
  });

  it('takes the name that share pages show', async () => {
    const page = await openTab('sharing');
    await page.getByRole('textbox', { name: text('sharedBy') }).fill('Ada');
    await page.keyboard.press('Tab');
    await expect.poll(() => calls(page, 'changeSettings')).toEqual([[{ sharedBy: 'Ada' }]]);
  });

  it('takes a format of the person’s own', async () => {
    const page = await openTab('sharing');
    await page.getByLabel(text('linkFormat')).selectOption('template');
    await page.getByRole('textbox', { name: text('linkTemplate') }).fill('See {title}: {link}');
    await page.keyboard.press('Tab');
    await expect
      .poll(() => calls(page, 'changeSettings'))
      .toEqual([[{ linkFormat: 'template' }], [{ linkTemplate: 'See {title}: {link}' }]]);
  });

  it('exports, and says where to', async () => {
    const page = await openTab('advanced');
    await button(page, 'exportSettings').click();
    await status(page, text('exported', { file: 'linkify-settings.json' }));
  });

  it('says whether others can open links, with help', async () => {
    const links = someLinks().map((link) => ({ ...link, canChange: true }));
    const page = await openTab('sharing', { links, reachCheck: blockedReach });
    await button(page, 'reachFix').waitFor();
  });

  it('has no updates where they can not be had', async () => {
    const page = await openTab('general', { update: null });
    await setting(page, 'theme').waitFor();
    expect(await page.getByRole('switch', { name: text('checkForUpdates') }).count()).toBe(0);
  });

  it('checks for updates once it is switched on, and at once when asked', async () => {
    const progress = { kind: 'idle' } as const;
    const update = { way: 'install', progress, restartsWhenIdle: false } as const;
    const page = await openTab('general', { update });
    await page.getByRole('switch', { name: text('checkForUpdates') }).click();
    expect(await calls(page, 'changeSettings')).toEqual([[{ checkForUpdates: true }]]);
    await button(page, 'updateCheckNow').click();
    expect(await calls(page, 'checkForUpdates')).toEqual([[]]);
    const ready = { ...update, progress: { kind: 'ready', version: '1.1.0' } } as const;
    await page.evaluate((next) => window.fake.push({ update: next }), ready);
    await status(page, '1.1.0');
    await button(page, 'updateRestart').click();
    expect(await calls(page, 'installUpdate')).toEqual([[]]);
  });

  it('speaks another language at once, and tells the page which', async () => {
    const page = await openTab('general');
    await page.getByLabel(text('language')).selectOption('de');
    await page.getByRole('heading', { name: german.settings }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  });
});

describe('the first run', () => {
  it('asks whether to check for updates, which is off', async () => {
    const progress = { kind: 'idle' } as const;
    const page = await openFirstRun({
      update: { way: 'report', progress, restartsWhenIdle: false },
    });
    const box = page.getByRole('checkbox', { name: text('welcomeUpdates') });
    expect(await box.isChecked()).toBe(false);
    await box.check();
    expect(await calls(page, 'changeSettings')).toEqual([[{ checkForUpdates: true }]]);
  });

  const mark = (page: Page, step: number) => page.locator('.step-mark').nth(step - 1);

  it('waits for a press of the shortcut at once, and checks the step when it was heard', async () => {
    const page = await openFirstRun();
    await status(page, text('welcomeHeard'));
    expect(await calls(page, 'testShortcut')).toEqual([[true]]);
    expect(await mark(page, 1).getAttribute('data-done')).toBe('true');
  });

  it('waits again after other keys were recorded', async () => {
    const page = await openFirstRun();
    await status(page, text('welcomeHeard'));
    await changeShortcut(page, 'welcomeShortcut').click();
    await page.keyboard.press('Control+Alt+j');
    await expect.poll(() => calls(page, 'testShortcut')).toEqual([[true], [true]]);
    await changeShortcut(page, 'welcomeShortcut', 'Ctrl+Alt+J').waitFor();
  });

  it('does not wait where the desktop has no shortcut, and offers to test one', async () => {
    const shortcut = { accelerator: DEFAULT_ACCELERATOR, state: 'unavailable' } as const;
    const page = await openFirstRun({ shortcut });
    await button(page, 'welcomeTest').waitFor();
    expect(await calls(page, 'testShortcut')).toEqual([]);
    await page.evaluate((failure) => window.fake.failNext('testShortcut', failure), {
      cause: 'shortcut-not-detected',
      title: 'The shortcut was not heard',
      sentence: 'No press arrived within 10 seconds.',
    });
    await button(page, 'welcomeTest').click();
    await page.getByText('No press arrived within 10 seconds.').waitFor();
  });

  it('opens a sample link at once', async () => {
    const page = await openFirstRun({ links: [] });
    await button(page, 'welcomeTryNow').click();
    await expect.poll(() => calls(page, 'open')).toEqual([['new-1']]);
    expect(await calls(page, 'share')).toEqual([[{ from: 'text', text: text('welcomeSample') }]]);
    await expect.poll(() => mark(page, 2).getAttribute('data-done')).toBe('true');
    await button(page, 'welcomeTryNow').click();
    await expect.poll(() => calls(page, 'open')).toEqual([['new-1'], ['new-1']]);
  });

  it.each([
    ['launchAtLogin', { launchAtLogin: false }],
    ['welcomeReach', { reach: 'this-computer' }],
  ] as const)('asks by a check box: %s', async (key, change) => {
    const page = await openFirstRun();
    await page.getByRole('checkbox', { name: text(key) }).uncheck();
    await expect.poll(() => calls(page, 'changeSettings')).toEqual([[change]]);
  });

  it('leads to the list when it is done, in a window that is not kept open', async () => {
    const page = await openFirstRun();
    await button(page, 'welcomeDone').click();
    await page.getByRole('grid').waitFor();
    expect(await calls(page, 'keepOpen')).toEqual([[false]]);
  });
});
