import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DEFAULT_ACCELERATOR } from '../../main/settings/default-accelerator.ts';
import { type AppState, SETTINGS_TABS, type SettingsTab } from '../../preload/contract.ts';
import { inEveryLanguage } from '../support/messages.ts';
import { requireKnown } from '../support/setup-problem.ts';
import { windowText } from '../support/text.ts';
import { type OpenOptions, openWindowStage } from '../support/window-page.ts';
import {
  blockedReach,
  connectedServer,
  customServers,
  emptyState,
  fallbackQuestion,
  focusQuestion,
  fullState,
  pendingShares,
  secretQuestion,
  someLinks,
  unreachablePieces,
  variedLinks,
} from '../support/window-states.ts';

/** Pictures of every state of the window: `npx node test/scripts/window-screenshots.ts [NAME...]`. */

interface Shot {
  readonly name: string;
  readonly state: AppState;
  readonly options?: OpenOptions;
  readonly act?: (page: Page) => Promise<unknown>;
}

const dark: OpenOptions = { colorScheme: 'dark' };
const unknown = emptyState({
  links: someLinks(),
  clipboard: { kind: 'unknown', description: '', shareable: true },
  shortcut: { accelerator: 'CommandOrControl+Alt+Shift+K', state: 'active' },
});
const inFront: AppState = { ...unknown, canWatchClipboard: false, readsInFrontOnly: true };
const tall: OpenOptions = { viewport: { width: 400, height: 1330 } };
const ofSettings = (tab: SettingsTab, more: OpenOptions = {}): OpenOptions => ({
  viewport: { width: 620, height: 600 },
  ...more,
  hash: `#settings/${tab}`,
});
const links = someLinks();
const several = emptyState({ links });
const focused = emptyState({ links, focusLinkId: 'a1' });
const sharing = emptyState({
  links,
  activity: {
    what: 'quarterly-report-final.pdf',
    progress: { sentBytes: 1_940_000, totalBytes: 4_812_000 },
  },
});
const failing = emptyState({
  links,
  ...unreachablePieces(),
});
const updatable = fullState({
  update: {
    way: 'install',
    progress: { kind: 'ready', version: '1.3.0' },
    restartsWhenIdle: false,
  },
});
const undoable = fullState({
  undo: {
    action: 'revoke',
    linkId: 'e5',
    title: 'The meeting moved to half past three, same room as last time',
    untilMs: Date.now() + 10_000,
    isFinal: false,
  },
});
const undone = fullState({
  undo: {
    action: 'undo-share',
    linkId: 'e5',
    title: 'The meeting moved to half past three, same room as last time',
    untilMs: Date.now() + 10_000,
    isFinal: false,
    opens: 0,
  },
});
/** All that can interrupt, at once. */
const everything = fullState({
  ...unreachablePieces(),
  links: someLinks().map((link) => ({ ...link, canChange: true })),
  reachCheck: blockedReach,
  missedNotice: { title: 'Link copied', body: 'Text, 12 characters' },
  pending: pendingShares(),
  question: secretQuestion(),
});
const custom = emptyState({
  shortcut: { accelerator: DEFAULT_ACCELERATOR, state: 'taken' },
  settings: {
    ...several.settings,
    service: 'custom',
    serviceUrl: 'https://share.example',
    servers: customServers,
  },
  service: connectedServer,
});
const nothing = emptyState({
  clipboard: { kind: 'empty', description: 'Empty', shareable: false },
});
const largeText = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.style.fontSize = '162.5%';
  });

const pressDelete = async (page: Page): Promise<void> => {
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
};
const selectTwo = async (page: Page): Promise<void> => {
  await page.getByRole('tab', { name: windowText('clips') }).click();
  await page.getByRole('row').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
};
const previewOf = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('tab', { name: windowText('clips') }).click();
  await page.getByRole('row', { name: title }).focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('.preview').waitFor();
};
const openMenu = (page: Page) =>
  page.getByRole('button', { name: windowText('more'), exact: true }).click();
const showQr = async (page: Page): Promise<void> => {
  await openMenu(page);
  await page.getByRole('menuitem', { name: windowText('qrCode') }).click();
  await page.locator('.qr path').waitFor();
};
const varied = emptyState({ links: variedLinks() });
const openNewest = (page: Page) => page.keyboard.press('ArrowRight');
const chooseOptions = async (page: Page): Promise<void> => {
  await page.locator('.share-summary').click();
  await page.getByRole('button', { name: windowText('generatePassword') }).click();
};
const changeable = fullState({
  focusLinkId: 'a1',
  links: links.map((link) => ({
    ...link,
    canChange: true,
    password: true,
    expiresAtMs: link.createdAtMs + 7 * 86_400_000,
  })),
});
const changeOptions = async (page: Page): Promise<void> => {
  await openMenu(page);
  await page.getByRole('menuitem', { name: windowText('options') }).click();
};
const hoverFiles = (page: Page) =>
  page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.txt'));
    dispatchEvent(new DragEvent('dragover', { dataTransfer, cancelable: true }));
  });

const shots: readonly Shot[] = [
  { name: 'empty', state: emptyState() },
  { name: 'empty-dark', state: emptyState(), options: dark },
  { name: 'nothing-on-clipboard', state: nothing },
  { name: 'links', state: several },
  { name: 'links-dark', state: several, options: dark },
  { name: 'row-hover', state: several, act: (page) => page.getByText('Notes for').hover() },
  { name: 'focused', state: focused },
  { name: 'focused-dark', state: focused, options: dark },
  { name: 'confirm', state: several, act: pressDelete },
  { name: 'confirm-dark', state: several, options: dark, act: pressDelete },
  { name: 'copied', state: several, act: (page) => page.keyboard.press('Enter') },
  { name: 'undo', state: undoable },
  { name: 'undo-dark', state: undoable, options: dark },
  { name: 'undo-copied', state: undoable, act: (page) => page.keyboard.press('Control+c') },
  { name: 'undone', state: undone },
  { name: 'sharing', state: sharing },
  { name: 'sharing-dark', state: sharing, options: dark },
  { name: 'failure', state: failing },
  { name: 'failure-dark', state: failing, options: dark },
  { name: 'search', state: several, act: (page) => page.keyboard.type('image') },
  { name: 'no-matches', state: several, act: (page) => page.keyboard.type('zebra') },
  ...SETTINGS_TABS.flatMap((tab): readonly Shot[] => [
    { name: `settings-${tab}`, state: fullState(), options: ofSettings(tab) },
    { name: `settings-${tab}-dark`, state: fullState(), options: ofSettings(tab, dark) },
  ]),
  { name: 'settings-update', state: updatable, options: ofSettings('general') },
  { name: 'settings-update-dark', state: updatable, options: ofSettings('general', dark) },
  { name: 'settings-custom', state: custom, options: ofSettings('sharing') },
  {
    name: 'settings-blocked',
    state: fullState({ reachCheck: blockedReach }),
    options: ofSettings('sharing'),
  },
  { name: 'large-text', state: focused, act: largeText },
  {
    name: 'large-text-settings',
    state: custom,
    options: ofSettings('sharing'),
    act: largeText,
  },
  { name: 'narrow', state: focused, options: { viewport: { width: 360, height: 500 } } },
  { name: 'forced-colors', state: focused, options: { forcedColors: 'active' } },
  {
    name: 'forced-colors-settings',
    state: custom,
    options: ofSettings('sharing', { forcedColors: 'active' }),
  },
  { name: 'full', state: fullState({ focusLinkId: 'a1' }) },
  {
    name: 'clips',
    state: fullState(),
    act: (page) => page.getByRole('tab', { name: windowText('clips') }).click(),
  },
  { name: 'selection', state: fullState(), act: selectTwo },
  { name: 'selection-dark', state: fullState(), options: dark, act: selectTwo },
  { name: 'rows', state: varied },
  { name: 'rows-dark', state: varied, options: dark },
  { name: 'details', state: varied, act: openNewest },
  { name: 'details-dark', state: varied, options: dark, act: openNewest },
  { name: 'menu', state: fullState({ focusLinkId: 'a1' }), act: openMenu },
  { name: 'menu-dark', state: fullState({ focusLinkId: 'a1' }), options: dark, act: openMenu },
  { name: 'qr', state: fullState({ focusLinkId: 'a1' }), act: showQr },
  {
    name: 'qr-dark',
    state: fullState({ focusLinkId: 'a1' }),
    options: dark,
    act: showQr,
  },
  { name: 'options', state: fullState(), act: chooseOptions },
  { name: 'options-dark', state: fullState(), options: dark, act: chooseOptions },
  { name: 'link-options', state: changeable, act: changeOptions },
  { name: 'link-options-dark', state: changeable, options: dark, act: changeOptions },
  { name: 'question', state: fullState({ question: secretQuestion() }) },
  {
    name: 'question-dark',
    state: fullState({ question: secretQuestion() }),
    options: dark,
  },
  { name: 'everything', state: everything },
  { name: 'everything-dark', state: everything, options: dark },
  { name: 'everything-failed', state: { ...everything, question: null } },
  ...['image, 640', 'budget', 'const answer'].flatMap((title, index): readonly Shot[] => {
    const act = (page: Page): Promise<void> => previewOf(page, title);
    const name = `preview-${['image', 'files', 'code'][index]}`;
    return [
      { name, state: fullState(), act },
      { name: `${name}-dark`, state: fullState(), options: dark, act },
    ];
  }),
  { name: 'fallback', state: { ...failing, question: fallbackQuestion() } },
  { name: 'fallback-dark', state: { ...failing, question: fallbackQuestion() }, options: dark },
  { name: 'needs-focus', state: { ...inFront, question: focusQuestion() } },
  { name: 'needs-focus-dark', state: { ...inFront, question: focusQuestion() }, options: dark },
  { name: 'needs-focus-settings', state: inFront, options: ofSettings('clipboard') },
  { name: 'needs-focus-first-run', state: inFront, options: { ...tall, hash: '#first-run' } },
  { name: 'not-watching', state: unknown },
  { name: 'pending', state: fullState({ pending: pendingShares() }) },
  { name: 'sharing-full', state: { ...fullState(), activity: sharing.activity } },
  { name: 'sharing-unknown', state: { ...several, activity: { what: 'Image, 1280 × 720' } } },
  { name: 'drop', state: fullState(), act: hoverFiles },
  {
    name: 'first-run',
    state: fullState({ links: [] }),
    options: { hash: '#first-run' },
  },
  {
    name: 'first-run-dark',
    state: fullState({ links: [] }),
    options: { ...dark, hash: '#first-run' },
  },
  ...inEveryLanguage.slice(1).flatMap((messages): readonly Shot[] => {
    const { locale } = messages;
    return [
      {
        name: `links-${locale}`,
        state: fullState({ focusLinkId: 'a1' }, messages),
        options: { locale },
      },
      ...SETTINGS_TABS.map(
        (tab): Shot => ({
          name: `settings-${tab}-${locale}`,
          state: fullState({}, messages),
          options: ofSettings(tab, { locale }),
        }),
      ),
      {
        name: `first-run-${locale}`,
        state: fullState({}, messages),
        options: { locale, hash: '#first-run' },
      },
      {
        name: `failure-${locale}`,
        state: fullState(unreachablePieces(messages), messages),
        options: { locale },
      },
      {
        name: `pending-${locale}`,
        state: fullState({ pending: pendingShares(messages) }, messages),
        options: { locale },
      },
      {
        name: `question-${locale}`,
        state: fullState({ question: secretQuestion(messages) }, messages),
        options: { locale },
      },
      ...['', '#settings/sharing', '#first-run'].map(
        (hash): Shot => ({
          name: `large-narrow${hash.replace(/[#/]/g, '-')}-${locale}`,
          state: fullState({ focusLinkId: 'a1' }, messages),
          options: { locale, hash, viewport: { width: 360, height: 1600 } },
          act: largeText,
        }),
      ),
    ];
  }),
];

const folder = join(import.meta.dirname, '../../test-results/window');
await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
requireKnown(
  'picture',
  wanted,
  shots.map(({ name }) => name),
);
const stage = await openWindowStage();
try {
  for (const { name, state, options, act } of shots) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const page = await stage.open(state, { deviceScaleFactor: 2, ...options });
    await act?.(page);
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    await page.context().close();
  }
} finally {
  await stage.close();
}
