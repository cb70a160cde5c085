import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { windowMessages as japanese } from '../../assets/locales/ja/window.ts';
import { DEFAULT_ACCELERATOR } from '../../main/settings/default-accelerator.ts';
import type { AppState } from '../../preload/contract.ts';
import type { TextKey } from '../../renderer/i18n/messages.ts';
import { SHORTCUT_WORDS } from '../support/default-shortcut.ts';
import { windowText as text } from '../support/text.ts';
import { type OpenOptions, openWindowStage, type WindowStage } from '../support/window-page.ts';
import {
  aLink,
  blockedReach,
  emptyState,
  fallbackQuestion,
  focusQuestion,
  fullState,
  manyLinks,
  pendingShares,
  secretQuestion,
  someLinks,
  unreachablePieces,
} from '../support/window-states.ts';

let stage: WindowStage;
beforeAll(async () => {
  stage = await openWindowStage();
}, 60_000);
afterAll(() => stage?.close());

const problems: string[] = [];
afterEach(() => {
  expect(problems.splice(0), 'errors and CSP violations in the page').toEqual([]);
});

async function open(state: AppState, options: OpenOptions = {}): Promise<Page> {
  const page = await stage.open(state, options);
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  onTestFinished(() => page.context().close());
  return page;
}

const question = secretQuestion();
const { failure: unreachable } = unreachablePieces();
const several = (over: Partial<AppState> = {}) => emptyState({ links: someLinks(), ...over });

/** The calls of one method that the page has made, by their arguments. */
const calls = (page: Page, method: string) =>
  page.evaluate(
    (name) => window.fake.calls.filter((call) => call.method === name).map((call) => call.args),
    method,
  );

const row = (page: Page, name: string) => page.getByRole('row', { name });
const button = (within: Page | Locator, key: TextKey) =>
  within.getByRole('button', { name: text(key), exact: true });
/** Chooses in the menu of the row that is open. */
const choose = async (page: Page, key: TextKey): Promise<void> => {
  await button(page, 'more').click();
  await page.getByRole('menuitem', { name: text(key), exact: true }).click();
};
const status = (page: Page, said: string) =>
  page.getByRole('status').filter({ hasText: said }).waitFor();

describe('with the keyboard alone', () => {
  const lastShare = {
    action: 'share',
    linkId: 'a1',
    title: 'the last share',
    untilMs: Date.now() + 60_000,
    isFinal: false,
  } as const;

  it.each(['', '#settings'])('hides with Escape before the state is known%s', async (hash) => {
    const page = await open(several(), { hash });
    await page.addInitScript(() => {
      Object.assign(window.linkify, { state: () => new Promise(() => {}) });
    });
    await page.reload();
    await page.keyboard.press('Escape');
    expect(await calls(page, 'hide')).toEqual([[]]);
  });

  it('copies the link that the arrow keys lead to with Enter, and hides', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
    expect(await calls(page, 'copy')).toEqual([['b2']]);
  });

  it('stays and says that it copied when it is kept open', async () => {
    const page = await open(several({ keptOpen: true }));
    await page.keyboard.press('Enter');
    await status(page, text('linkCopied'));
    expect(await calls(page, 'copy')).toEqual([['a1']]);
    expect(await calls(page, 'hide')).toEqual([]);
  });

  it('stays and says that it copied with Ctrl+C', async () => {
    const page = await open(several());
    await page.keyboard.press('Control+c');
    await status(page, text('linkCopied'));
    expect(await calls(page, 'copy')).toEqual([['a1']]);
    expect(await calls(page, 'hide')).toEqual([]);
  });

  it('opens the link in the browser with Ctrl+Enter', async () => {
    const page = await open(several());
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => calls(page, 'open')).toEqual([['a1']]);
    expect(await calls(page, 'copy')).toEqual([]);
  });

  it('copies the nth link that a search finds with Ctrl and its number, and hides', async () => {
    const page = await open(several());
    await page.keyboard.type('image');
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.keyboard.press('Control+9');
    await page.keyboard.press('Control+2');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
    expect(await calls(page, 'copy')).toEqual([['g7']]);
  });

  it('shows details with the right arrow, and hides them with the left one', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.getByText('http://192.168.1.20:39400/s/a1').waitFor();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('.panel').count()).toBe(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copy')).toEqual([['a1']]);
  });

  it('shows details with the right arrow in the empty search field, not in text', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowRight');
    await page.getByText('http://192.168.1.20:39400/s/a1').waitFor();
    await row(page, 'export function').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('image');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
    expect(await page.locator('.panel').count()).toBe(0);
  });

  it('asks before it revokes, and revokes on yes', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    await page.getByRole('group', { name: text('revokeQuestion') }).waitFor();
    expect(await calls(page, 'revoke')).toEqual([]);
    await page.keyboard.press('Enter');
    await status(page, text('linkRevoked'));
    expect(await calls(page, 'revoke')).toEqual([['b2']]);
    await row(page, 'Image, 1280 × 720').getByText(text('stateRevoked'), { exact: true }).waitFor();
  });

  it('keeps the link and the place when Escape answers the question', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    await button(page, 'revokeNow').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('group').count()).toBe(0);
    expect(await calls(page, 'revoke')).toEqual([]);
    expect(await calls(page, 'hide')).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copy')).toEqual([['a1']]);
  });

  it('hides on Escape', async () => {
    const page = await open(several());
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
  });

  it('closes what is open on Escape, clears the search, and then hides', async () => {
    const page = await openFull({ focusLinkId: 'a1' });
    const options = page.locator('.share-summary');
    await page.locator('.panel').waitFor();
    await options.click();
    await page.locator('.share-options').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.panel').count()).toBe(0);
    await page.locator('.share-options').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.share-options').waitFor({ state: 'hidden' });
    await page.getByRole('searchbox').and(page.locator(':focus')).fill('zebra');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('');
    expect(await calls(page, 'hide')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'hide')).toHaveLength(1);
  });

  it('closes the options on Escape in one of their fields, and leaves the focus at their button', async () => {
    const page = await openFull();
    await page.locator('.share-summary').click();
    await page.locator('.share-options select').first().focus();
    await page.keyboard.press('Escape');
    await page.locator('.share-options').waitFor({ state: 'hidden' });
    await page.locator('.share-summary:focus').waitFor();
    expect(await calls(page, 'hide')).toEqual([]);
  });

  it('goes from the first row up to the search', async () => {
    const page = await openFull();
    await page.keyboard.press('ArrowDown');
    await page.locator('[role="row"][aria-rowindex="1"]:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.locator('[role="row"][aria-rowindex="1"]:focus').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
  });

  it('searches on a slash, copies the match on Enter, clears and then hides on Escape', async () => {
    const page = await open(several({ keptOpen: true }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('/');
    await page.keyboard.type('notes');
    await expect.poll(() => page.getByRole('row').count()).toBe(1);
    await page.keyboard.press('Enter');
    await status(page, text('linkCopied'));
    expect(await calls(page, 'copy')).toEqual([['c3']]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('row').count()).toBe(7);
    expect(await calls(page, 'hide')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
  });

  it('has the focus in the search field, where Ctrl+Z undoes the last action until one types', async () => {
    const page = await open(several({ undo: lastShare }));
    const search = page.getByRole('searchbox').and(page.locator(':focus'));
    await search.waitFor();
    await page.keyboard.type('x');
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('');
    const again = await open(several({ undo: lastShare }));
    await again.keyboard.press('Control+z');
    await expect.poll(() => calls(again, 'undo')).toEqual([['a1']]);
    expect(await calls(page, 'undo')).toEqual([]);
  });

  it('starts a search when someone just types', async () => {
    const page = await open(several());
    await page.keyboard.type('ssh');
    expect(await page.getByRole('searchbox').inputValue()).toBe('ssh');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copy')).toEqual([['f6']]);
  });

  it('reaches the buttons of an open row with the right arrow', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const buttons = ['details', 'copyUrl', 'copy', 'open'] as const;
    for (const key of buttons) {
      await page.keyboard.press('ArrowRight');
      await button(page, key).and(page.locator(':focus')).waitFor();
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'open')).toEqual([['a1']]);
    expect(await calls(page, 'copy')).toEqual([]);
  });

  it('undoes the last share with Ctrl+Z, and names it before', async () => {
    const page = await open(several({ undo: lastShare }));
    await page.getByRole('button', { name: `${text('undo')}: the last share` }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+z');
    await expect.poll(() => calls(page, 'undo')).toEqual([['a1']]);
  });

  it.each([
    [0, text('shareUndoneUnseen')],
    [2, text('shareUndoneOpened', { count: 2 })],
    [undefined, text('shareUndone')],
  ])('says of an undone share that its link was opened %s times', async (opens, said) => {
    const undone = { ...lastShare, action: 'undo-share' } as const;
    const undo = opens === undefined ? undone : { ...undone, opens };
    const page = await open(several({ undo }));
    await page.locator('.toast-bar').getByText(said, { exact: true }).waitFor();
  });

  it('undoes nothing with Ctrl+Z when the last action has no undo, and says so', async () => {
    const page = await open(several());
    await page.keyboard.press('Control+z');
    await status(page, text('nothingToUndo'));
    expect(await calls(page, 'undo')).toEqual([]);
  });

  it('undoes one action while Ctrl+Z is held down', async () => {
    const page = await open(several({ undo: lastShare }));
    await page.keyboard.down('Control');
    for (let press = 0; press < 3; press += 1) await page.keyboard.down('z');
    await expect.poll(() => calls(page, 'undo')).toEqual([['a1']]);
  });

  it('asks before Ctrl+Z where the service cannot restore the link', async () => {
    const page = await open(several({ undo: { ...lastShare, isFinal: true } }));
    await page.keyboard.press('Control+z');
    const confirm = page.getByRole('button', { name: `${text('revokeNow')}: the last share` });
    await confirm.waitFor();
    expect(await calls(page, 'undo')).toEqual([]);
    await button(page, 'keepLink').click();
    expect(await confirm.count()).toBe(0);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(() => calls(page, 'undo')).toEqual([['a1']]);
  });

  it('takes a dead link off the list with Delete and goes on to the next', async () => {
    const page = await open(several());
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    await expect.poll(() => page.getByRole('row').count()).toBe(6);
    expect(await calls(page, 'removeLinks')).toEqual([[['e5']]]);
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copy')).toEqual([['f6']]);
  });

  it('copies nothing of a dead link on Enter', async () => {
    const page = await open(several());
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.panel').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copy')).toEqual([['f6']]);
  });

  it('never traps Tab: it leads around and comes back', async () => {
    const page = await open(several());
    const focusName = () =>
      page.evaluate(() => {
        const element = document.activeElement;
        return (
          element?.getAttribute('aria-label') ??
          element?.getAttribute('data-id') ??
          element?.textContent
        );
      });
    const seen: (string | null | undefined)[] = [];
    for (let step = 0; step < 20; step += 1) {
      seen.push(await focusName());
      await page.keyboard.press('Tab');
    }
    expect(seen).toEqual(
      expect.arrayContaining(['a1', text('copy'), text('undo'), text('settings')]),
    );
    expect(seen).toEqual(
      expect.arrayContaining([
        expect.stringContaining(text('shareClipboard')),
        text('searchLinks'),
      ]),
    );
    expect(seen.filter((name) => name === 'a1').length).toBeGreaterThan(1);
  });
});

describe('sharing', () => {
  it('shares the clipboard and shows the new link with Copy, Open and Undo', async () => {
    const service = { kind: 'custom', name: 'Elsewhere', state: 'ready', detail: 'Ready' } as const;
    const page = await open(several({ service }));
    await page.getByRole('button', { name: text('shareClipboard') }).click();
    await status(page, text('linkCopied'));
    expect(await calls(page, 'share')).toEqual([[{ from: 'clipboard' }]]);
    await button(row(page, 'Just shared'), 'undo').click();
    // This service cannot restore links: it asks first.
    await button(row(page, 'Just shared'), 'revokeNow').click();
    await expect.poll(() => calls(page, 'undo')).toEqual([['new-8']]);
  });

  it('shares nothing when there is nothing, and says why', async () => {
    const clipboard = { kind: 'empty', description: 'Empty', shareable: false } as const;
    const page = await open(emptyState({ clipboard }));
    await page.getByText(text('nothingOnClipboard')).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
    expect(await calls(page, 'share')).toEqual([]);
  });

  it('shows how far a share got, and hides the button meanwhile', async () => {
    const progress = { sentBytes: 500_000, totalBytes: 2_000_000 };
    const page = await open(several({ activity: { what: 'film.mp4', progress } }));
    const bar = page.getByRole('progressbar', { name: text('sharing', { what: 'film.mp4' }) });
    expect(await bar.getAttribute('value')).toBe('500000');
    await page.getByText(text('sentOf', { sent: '500 kB', total: '2 MB' })).waitFor();
    expect(await page.getByRole('button', { name: text('shareClipboard') }).count()).toBe(0);
  });

  it('says what a share waits for, once it takes long', async () => {
    const sent = { sentBytes: 2_000_000, totalBytes: 2_000_000 };
    const page = await open(
      several({ activity: { what: 'film.mp4', progress: sent, slow: 'working' } }),
    );
    await page.getByText(text('waitingForService')).waitFor();
    await page.evaluate(() =>
      window.fake.push({ activity: { what: '3 texts', slow: 'uploading' } }),
    );
    await page.getByText(text('serviceStores')).waitFor();
    const half = { sentBytes: 1_000_000, totalBytes: 2_000_000 };
    await page.evaluate(
      (progress) => window.fake.push({ activity: { what: 'film.mp4', progress, slow: 'working' } }),
      half,
    );
    await page.getByText(text('sentOf', { sent: '1 MB', total: '2 MB' })).waitFor();
  });

  it('teaches the shortcut while there are no links, unless it does not work', async () => {
    const page = await open(emptyState());
    await page.getByRole('listitem').getByText(SHORTCUT_WORDS).waitFor();
    const shortcut = { accelerator: DEFAULT_ACCELERATOR, state: 'taken' } as const;
    await page.evaluate((taken) => window.fake.push({ shortcut: taken }), shortcut);
    await page.getByText(text('emptyNoShortcut')).waitFor();
    const keys = 'Meta+K';
    const assigned = { accelerator: DEFAULT_ACCELERATOR, state: 'active', keys } as const;
    await page.evaluate((given) => window.fake.push({ shortcut: given }), assigned);
    await page.getByText(text('emptyDesktopKeys', { keys })).waitFor();
    const none = { accelerator: DEFAULT_ACCELERATOR, state: 'unavailable' } as const;
    await page.evaluate((given) => window.fake.push({ shortcut: given }), none);
    await page.getByText(text('emptyNotSetUp')).waitFor();
  });
});

describe('what the main process tells', () => {
  it('shows a link that was made meanwhile', async () => {
    const page = await open(several());
    await page.evaluate((links) => window.fake.push({ links }), manyLinks(2));
    await row(page, 'Entry number 1').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });

  it('brings the link that a notification asked for into sight, far down', async () => {
    const page = await open(emptyState({ links: manyLinks(10_000), focusLinkId: 'n7000' }));
    const asked = row(page, 'Entry number 7000');
    await button(asked, 'copy').click();
    await expect.poll(() => calls(page, 'copy')).toEqual([['n7000']]);
    expect(await page.getByRole('row').count()).toBeLessThan(40);
  });

  it('shows the options of the link that a notification’s button asked for', async () => {
    const [first, second, ...older] = someLinks();
    if (first === undefined || second === undefined) throw new Error('no links');
    const links = [first, { ...second, canChange: true }, ...older];
    const page = await open(emptyState({ links, focusLinkId: 'b2', focusPanel: 'options' }));
    await row(page, 'Image, 1280')
      .getByRole('form', { name: text('options') })
      .waitFor();
  });

  it('keeps the focus on the same link while new ones arrive above it', async () => {
    const links = someLinks();
    const page = await open(emptyState({ links }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.evaluate((more) => window.fake.push({ links: more }), [...manyLinks(3), ...links]);
    await row(page, 'Entry number 0').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copy')).toEqual([['b2']]);
  });

  it('has the focus on the newest link when one arrives, until the user goes elsewhere', async () => {
    const links = someLinks();
    const page = await open(emptyState({ links }));
    const newer = aLink({ id: 'n1', title: 'Entry number 1' });
    const newest = aLink({ id: 'n2', title: 'Entry number 2' });
    await page.keyboard.press('ArrowDown');
    await page.evaluate((more) => window.fake.push({ links: more }), [newer, ...links]);
    await row(page, 'Entry number 1').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.evaluate((more) => window.fake.push({ links: more }), [newest, newer, ...links]);
    await row(page, 'Entry number 2').waitFor();
    await row(page, 'Entry number 1').and(page.locator(':focus')).waitFor();
  });

  it('says what went wrong and does what its button offers', async () => {
    const page = await open(several(unreachablePieces()));
    const alert = page.getByRole('alert');
    await alert.getByText(unreachable.sentence).waitFor();
    await alert.getByRole('button', { name: unreachable.action?.label ?? '' }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    expect(await calls(page, 'recover')).toEqual([['start-pieces']]);
  });

  it('dismisses a failure', async () => {
    const page = await open(several(unreachablePieces()));
    await button(page, 'dismiss').click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    expect(await calls(page, 'recover')).toEqual([['dismiss']]);
  });

  it('tells when a copy did not work, instead of saying that it did', async () => {
    const page = await open(several());
    await page.evaluate((failure) => window.fake.failNext('copy', failure), unreachable);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(unreachable.title).waitFor();
    expect(await page.getByText(text('linkCopied')).count()).toBe(0);
  });

  it.each(['cancelled', 'looks-like-secret'])(
    'does not call it a failure when a share was %s: that is told elsewhere',
    async (cause) => {
      const page = await open(several());
      await page.evaluate((failure) => window.fake.failNext('share', failure), {
        cause,
        title: 'Not shared',
        sentence: 'Nothing was shared.',
      });
      await page.getByRole('button', { name: text('shareClipboard') }).click();
      await expect.poll(() => calls(page, 'share')).toEqual([[{ from: 'clipboard' }]]);
      await page.keyboard.press('Escape');
      await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
      expect(await page.getByRole('alert').count()).toBe(0);
    },
  );

  it('says in passing that a share is already running', async () => {
    const page = await open(several());
    await page.evaluate((failure) => window.fake.failNext('share', failure), {
      cause: 'already-sharing',
      title: 'Still sharing',
      sentence: 'The share before this one still runs.',
    });
    await page.getByRole('button', { name: text('shareClipboard') }).click();
    await status(page, 'The share before this one still runs.');
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('shows titles as text, whatever they contain', async () => {
    const title = '<img src=x onerror="document.title=1"><b>bold</b>';
    const [link] = someLinks();
    const page = await open(emptyState({ links: link ? [{ ...link, title }] : [] }));
    await page.getByText(title).waitFor();
    expect(await page.title()).toBe(text('appName'));
  });

  it('starts at the newest link each time that it is shown', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowDown');
    await page.evaluate((links) => window.fake.push({ links }, true), manyLinks(3));
    await row(page, 'Entry number 2').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copy')).toEqual([['n0']]);
  });

  it('asks for everything when it has missed a change', async () => {
    const page = await open(several());
    await page.evaluate((links) => {
      window.fake.missed({ links });
      window.fake.push({ isWatchingClipboard: false });
    }, manyLinks(3));
    await row(page, 'Entry number 2').waitFor();
  });

  it('forgets what was typed when the window was put away', async () => {
    const page = await open(several());
    await page.keyboard.type('zebra');
    await page.getByText(text('noMatches', { query: 'zebra' })).waitFor();
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(() => page.getByRole('row').count()).toBe(7);
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });
});

describe('with 10,000 links', () => {
  it('draws only the rows in view of what a search finds', async () => {
    const page = await open(emptyState({ links: manyLinks(10_000) }));
    await page.getByRole('searchbox').fill('entry');
    await row(page, 'Entry number 0').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(40);
    await page.getByRole('searchbox').fill('entry number 9999');
    await expect.poll(() => page.getByRole('row').count()).toBe(1);
    await row(page, 'Entry number 9999').waitFor();
  });

  it('draws the rows that one scrolls to', async () => {
    const page = await open(emptyState({ links: manyLinks(10_000) }));
    await page.locator('.list').evaluate((list) => {
      list.scrollTop = list.scrollHeight;
    });
    await row(page, 'Entry number 9999').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(40);
  });
});

/** With an entry of everything that the window can show. */
const openFull = (over: Partial<AppState> = {}, options: OpenOptions = {}) =>
  open(fullState(over), options);

describe('a link', () => {
  it('shows its QR code when asked', async () => {
    const page = await openFull({ focusLinkId: 'a1' });
    await choose(page, 'qrCode');
    const code = page.getByRole('img', {
      name: text('scanToOpen', { link: 'http://192.168.1.20:39400/s/a1' }),
    });
    // 25 modules a side hold this address; the three corners alone need dozens of runs.
    await expect
      .poll(async () => (await code.locator('path').getAttribute('d'))?.length)
      .toBeGreaterThan(500);
    // All of it is in sight.
    const { y = 0, height = 0 } = (await code.boundingBox()) ?? {};
    const list = await page.locator('.list').boundingBox();
    expect(y + height).toBeLessThanOrEqual((list?.y ?? 0) + (list?.height ?? 0));
  });

  it('has a menu that keys lead through, and that gives the focus back', async () => {
    const page = await openFull({ focusLinkId: 'a1' });
    const more = button(page, 'more');
    const item = (key: TextKey) =>
      page.getByRole('menuitem', { name: text(key), exact: true }).and(page.locator(':focus'));
    await more.focus();
    await page.keyboard.press('Enter');
    await item('qrCode').waitFor();
    await page.keyboard.press('ArrowUp');
    await item('formatHtml').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await item('testLink').waitFor();
    await page.keyboard.press('Escape');
    await more.and(page.locator(':focus')).waitFor();
    expect(await page.getByRole('menu').count()).toBe(0);
    expect(await page.locator('.panel').count()).toBe(1);
    await page.keyboard.press('Enter');
    await item('qrCode').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copyAs')).toEqual([[{ id: 'a1', format: 'html' }]]);
    await more.and(page.locator(':focus')).waitFor();
  });

  it('has its menu close with a click elsewhere', async () => {
    const page = await openFull({ focusLinkId: 'a1' });
    await button(page, 'more').click();
    await page.getByRole('menu').waitFor();
    await page.locator('.panel-link').click();
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
  });

  it('offers Undo or Revoke, never both, in its row and in its panel', async () => {
    const page = await openFull();
    const [undoable, other] = [row(page, 'export function'), row(page, 'Image, 1280')];
    for (const place of ['row', 'panel']) {
      if (place === 'panel') {
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowRight');
      }
      await undoable.hover();
      expect(await button(undoable, 'undo').count(), place).toBe(1);
      expect(await button(undoable, 'revoke').count(), place).toBe(0);
    }
    await other.hover();
    expect(await button(other, 'revoke').count()).toBe(1);
    expect(await button(other, 'undo').count()).toBe(0);
  });

  it('that ended shows what is known of it, and is not copied', async () => {
    const page = await openFull({ links: [aLink({ id: 'e', state: 'revoked', opens: 2 })] });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('http://192.168.1.20:39400/s/e').waitFor();
    const opened = page.getByText(text('opened', { count: 2 }));
    await opened.waitFor();
    expect(await opened.count()).toBe(1);
    expect(await page.getByText(text('stateRevoked'), { exact: true }).count()).toBe(1);
    await button(page.locator('.panel'), 'removeFromList').waitFor();
    expect(await calls(page, 'copy')).toEqual([]);
    expect(await button(page, 'more').count()).toBe(0);
  });

  it('has named badges, and says a size of files and images only', async () => {
    const page = await openFull({
      links: [
        aLink({ id: 'p', title: 'Letter', password: true, once: true, sizeBytes: 2_000 }),
        aLink({ id: 'm', title: 'Plan', kind: 'file', maxOpens: 5, opens: 2, sizeBytes: 3_000 }),
        aLink({ id: 'c', title: 'Notes', kind: 'collection', count: 3 }),
      ],
    });
    const badge = (title: string, name: string) => row(page, title).getByRole('img', { name });
    await badge('Letter', text('passwordProtected')).waitFor();
    await badge('Letter', text('oneTimeLink')).waitFor();
    await badge('Plan', text('opensOf', { opens: 2, count: 5 })).waitFor();
    await badge('Notes', text('itemCount', { count: 3 })).waitFor();
    await row(page, 'Plan').getByText('3 kB').waitFor();
    expect(await row(page, 'Letter').getByText('2 kB').count()).toBe(0);
  });

  it('names its service where new links go to another one', async () => {
    const page = await openFull({
      links: [
        aLink({ id: 'h', title: 'Here' }),
        aLink({ id: 't', title: 'There', serviceName: 'Pieces OS' }),
      ],
    });
    await row(page, 'There').getByText('Pieces OS').waitFor();
    expect(await row(page, 'Here').getByText('This computer').count()).toBe(0);
  });

  it('that is checked says what came of it', async () => {
    const page = await openFull({ focusLinkId: 'a1' });
    await choose(page, 'testLink');
    await status(page, text('linkBroken'));
    expect(await calls(page, 'test')).toEqual([['a1']]);
  });

  it('is copied in another format', async () => {
    const page = await openFull({ focusLinkId: 'a1' });
    await choose(page, 'formatMarkdown');
    await status(page, text('linkCopied'));
    expect(await calls(page, 'copyAs')).toEqual([[{ id: 'a1', format: 'markdown' }]]);
    await button(page, 'more').click();
    expect(await page.getByRole('menuitem', { name: text('formatPlain') }).count()).toBe(0);
  });

  it('says when it ends, and is no longer offered when it has ended', async () => {
    const ended = aLink({ id: 'z9', title: 'Old news', expiresAtMs: Date.now() - 1000 });
    const page = await openFull({ focusLinkId: 'a1', links: [...fullState().links, ended] });
    await page.locator('.panel').waitFor();
    const open = page.locator('.row:has(.panel)');
    // Once: not in its line and in its panel.
    expect(await open.getByText(text('expires', { when: 'in 7 days' })).count()).toBe(1);
    const old = row(page, 'Old news');
    await old.getByText(text('stateExpired'), { exact: true }).waitFor();
    expect(await button(old, 'copy').count()).toBe(0);
    await button(old, 'removeFromList').click();
    await expect.poll(() => calls(page, 'removeLinks')).toEqual([[['z9']]]);
  });
});

describe('links that ended more than a day ago', () => {
  const old = { state: 'revoked', revokedAtMs: Date.now() - 2 * 86_400_000 } as const;
  const links = [
    aLink({ id: 'a', title: 'Current' }),
    aLink({ id: 'b', title: 'Old one', ...old }),
    aLink({ id: 'c', title: 'Just ended', state: 'revoked', revokedAtMs: Date.now() }),
    aLink({ id: 'd', title: 'Old two', ...old }),
  ];
  const rows = (page: Page) => page.getByRole('row').count();

  it('are shown when asked, and removed together', async () => {
    const page = await open(emptyState({ links }));
    const show = page.getByRole('button', { name: text('showInactive', { count: 2 }) });
    await show.waitFor();
    expect(await rows(page)).toBe(2);
    await show.click();
    await expect.poll(() => rows(page)).toBe(4);
    await button(page, 'hideInactive').click();
    await expect.poll(() => rows(page)).toBe(2);
    await show.click();
    await button(page, 'removeInactive').click();
    await expect.poll(() => calls(page, 'removeLinks')).toEqual([[['b', 'd']]]);
    await expect.poll(() => button(page, 'removeInactive').count()).toBe(0);
    await row(page, 'Current').and(page.locator(':focus')).waitFor();
  });

  it('are found by a search', async () => {
    const page = await open(emptyState({ links }));
    await page.keyboard.type('old');
    await row(page, 'Old two').waitFor();
    expect(await rows(page)).toBe(2);
    expect(await button(page, 'hideInactive').count()).toBe(0);
  });

  it('are shown where a notification asks for one', async () => {
    const page = await open(emptyState({ links, focusLinkId: 'd' }));
    await row(page, 'Old two').locator('.panel').waitFor();
  });

  it('leave a way to them where there is nothing else', async () => {
    const page = await open(emptyState({ links: [aLink({ id: 'b', title: 'Old one', ...old })] }));
    await page.getByRole('button', { name: text('showInactive', { count: 1 }) }).click();
    await row(page, 'Old one').waitFor();
  });
});

describe('what is known of a link', () => {
  it('is shown: how often it was opened, and when it was seen dead', async () => {
    const confirmedRevokedAtMs = new Date(2026, 10, 23, 12, 4).getTime();
    const links = [
      aLink({ id: 'a1', title: 'Opened', opens: 3 }),
      aLink({ id: 'b2', title: 'Dead', state: 'revoked', confirmedRevokedAtMs }),
    ];
    const page = await openFull({ links });
    await row(page, 'Opened')
      .getByText(text('opened', { count: 3 }))
      .waitFor();
    await row(page, 'Dead')
      .getByText(text('checkedDead', { when: '12:04' }))
      .waitFor();
  });

  it('says what the button would do when the clipboard is not followed', async () => {
    const clipboard = { kind: 'unknown', description: '', shareable: true } as const;
    const page = await open(several({ clipboard, isWatchingClipboard: false }));
    await page.getByRole('button', { name: text('notWatching') }).click();
    await row(page, 'Just shared').waitFor();
  });
});

describe('what was copied lately', () => {
  it('is not offered by an app that keeps nothing', async () => {
    const page = await open(several());
    expect(await page.getByRole('tab').count()).toBe(0);
  });

  it('is shared with Enter, and the new link is shown', async () => {
    const page = await openFull();
    await page.getByRole('tab', { name: text('clips') }).click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await button(row(page, 'From clips'), 'undo').waitFor();
    expect(await calls(page, 'shareClips')).toEqual([[{ ids: ['k2'] }]]);
  });

  it('is shared with a click, and selected with Shift and a click or at its picture', async () => {
    const page = await openFull();
    await page.getByRole('tab', { name: text('clips') }).click();
    await row(page, 'Ideas').click({ modifiers: ['Shift'] });
    await row(page, 'budget').locator('.kind').click();
    await status(page, text('selectedCount', { count: 2 }));
    await row(page, 'const answer').click();
    await button(row(page, 'From clips'), 'undo').waitFor();
    expect(await calls(page, 'shareClips')).toEqual([[{ ids: ['k5'] }]]);
  });

  it('becomes one collection with a name, in the order of the list', async () => {
    const page = await openFull();
    await page.getByRole('tab', { name: text('clips') }).click();
    await row(page, 'const answer').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await status(page, text('selectedCount', { count: 3 }));
    expect(await page.getByRole('row', { selected: true }).count()).toBe(3);
    await page.getByLabel(text('collectionName')).fill('For Mia');
    await page.keyboard.press('Enter');
    await row(page, 'For Mia').waitFor();
    expect(await calls(page, 'shareClips')).toEqual([
      [{ ids: ['k1', 'k2', 'k5'], name: 'For Mia' }],
    ]);
  });

  it('lets go of a selection on Escape before it hides', async () => {
    const page = await openFull();
    await page.getByRole('tab', { name: text('clips') }).click();
    await row(page, 'Ideas').focus();
    await page.keyboard.press('Control+a');
    await status(page, text('selectedCount', { count: 6 }));
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('row', { selected: true }).count()).toBe(0);
    expect(await calls(page, 'hide')).toEqual([]);
  });

  it('shows its beginning with →, loaded when it is opened, and hides it with ←', async () => {
    const page = await openFull();
    await page.getByRole('tab', { name: text('clips') }).click();
    await row(page, 'const answer').focus();
    expect(await calls(page, 'previewClip')).toEqual([]);
    await page.keyboard.press('ArrowRight');
    const preview = page.getByRole('group', { name: text('details') });
    await preview.getByText('(line 30)').waitFor();
    expect(await calls(page, 'previewClip')).toEqual([['k5']]);
    // It is scrolled by the arrow keys; the rows stay where they are.
    await preview.focus();
    await page.keyboard.press('End');
    await expect.poll(() => preview.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => preview.count()).toBe(0);
    await expect
      .poll(() => row(page, 'const answer').evaluate((it) => it.matches(':focus')))
      .toBe(true);
  });

  it('shows the preview of the first one from the empty search box', async () => {
    const page = await openFull();
    await page.keyboard.press('Control+Tab');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('group', { name: text('details') }).waitFor();
    expect(await calls(page, 'previewClip')).toEqual([['k1']]);
    // Escape closes it before anything else.
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('group', { name: text('details') }).count()).toBe(0);
    expect(await calls(page, 'hide')).toEqual([]);
  });

  it('leaves Alt+Enter to the options of the next link', async () => {
    const page = await openFull();
    await page.getByRole('tab', { name: text('clips') }).click();
    await row(page, 'budget').focus();
    await page.keyboard.press('Alt+Enter');
    await page.getByLabel(text('password'), { exact: true }).waitFor();
  });

  it('is forgotten with Delete', async () => {
    const page = await openFull();
    await page.getByRole('tab', { name: text('clips') }).click();
    await row(page, 'budget').focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => page.getByRole('row').count()).toBe(5);
    expect(await calls(page, 'removeClip')).toEqual([['k4']]);
  });

  it('is searched by the same box, and each list says how much it found', async () => {
    const page = await openFull();
    await page.keyboard.type('image');
    await page.getByRole('tab', { name: `${text('links')} 2` }).waitFor();
    await page.getByRole('tab', { name: `${text('clips')} 1` }).click();
    await row(page, 'Image, 640 × 480').waitFor();
    await page.keyboard.press('ArrowLeft');
    await row(page, 'Image, 2560 × 1440').waitFor();
  });
});

describe('terms of a share', () => {
  it('show in the row of the link: its opens and its maximum', async () => {
    const page = await openFull({ links: [aLink({ id: 'm1', maxOpens: 5, opens: 2 })] });
    await page.getByRole('img', { name: text('opensOf', { opens: 2, count: 5 }) }).waitFor();
  });

  describe('a revoke that can be taken back', () => {
    const undoable = () => someLinks().map((link) => ({ ...link, revokesWithUndo: true }));
    const offer = (page: Page) => page.getByRole('button', { name: `${text('undo')}: ` });

    it('is made at once, and Ctrl+Z takes it back', async () => {
      const page = await openFull({ links: undoable() });
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Delete');
      await status(page, text('linkRevokedAnnouncement', { keys: 'Ctrl+Z' }));
      expect(await calls(page, 'revoke')).toEqual([['b2']]);
      await offer(page).waitFor();
      await page.keyboard.press('Control+z');
      await status(page, text('linkRestored'));
      await expect.poll(() => offer(page).count()).toBe(0);
      expect(await calls(page, 'restore')).toEqual([['b2']]);
      // The same keys must not reach the share before it.
      await page.keyboard.press('Control+z');
      await status(page, text('nothingToUndo'));
      expect(await calls(page, 'undo')).toEqual([]);
    });

    it('leaves the list alone when Delete is held down', async () => {
      const page = await openFull({ links: undoable() });
      await page.keyboard.press('ArrowDown');
      for (let press = 0; press < 3; press += 1) await page.keyboard.press('Delete');
      await offer(page).waitFor();
      expect(await calls(page, 'revoke')).toEqual([['a1']]);
      expect(await calls(page, 'removeLinks')).toEqual([]);
    });

    it('has its button within reach of Tab, and the list has the focus again afterwards', async () => {
      const page = await openFull({ links: undoable() });
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Delete');
      await offer(page).waitFor();
      const focused = () =>
        page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
      for (
        let step = 0;
        step < 40 && !(await focused()).startsWith(`${text('undo')}: `);
        step += 1
      ) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await status(page, text('linkRestored'));
      await page.keyboard.press('Enter');
      await expect.poll(() => calls(page, 'copy')).toEqual([['a1']]);
    });

    it('is of the latest link first, then of the one before', async () => {
      const page = await openFull({ links: undoable() });
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Delete');
      await offer(page).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Delete');
      await expect.poll(() => calls(page, 'revoke')).toEqual([['a1'], ['b2']]);
      await page.keyboard.press('Control+z');
      await expect.poll(() => calls(page, 'restore')).toEqual([['b2']]);
      await page.keyboard.press('Control+z');
      await expect.poll(() => calls(page, 'restore')).toEqual([['b2'], ['a1']]);
    });

    it('is offered for a revoke from elsewhere, and no longer than it can be taken back', async () => {
      const page = await openFull({ links: undoable() });
      const [first, ...rest] = undoable();
      if (first === undefined) throw new Error('no link');
      const gone = { ...first, state: 'revoked', canUndo: false } as const;
      const push = (change: Partial<AppState>) =>
        page.evaluate((given) => window.fake.push(given), change);
      const untilMs = Date.now() + 10_000;
      const { id: linkId, title } = first;
      const undo = { action: 'revoke', linkId, title, untilMs, isFinal: false } as const;
      await push({ links: [{ ...gone, restorableUntilMs: untilMs }, ...rest], undo });
      await offer(page).waitFor();
      await push({ links: [gone, ...rest], undo: null });
      await expect.poll(() => offer(page).count()).toBe(0);
      await page.keyboard.press('Control+z');
      expect(await calls(page, 'restore')).toEqual([]);
    });

    it('leaves Ctrl+Z to a field in which someone typed', async () => {
      const page = await openFull({ links: undoable() });
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Delete');
      await offer(page).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('x');
      await page.keyboard.press('Control+z');
      // Also when it is empty again: then the keys are for what was typed.
      await page.keyboard.press('Control+z');
      await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
      expect(await calls(page, 'restore')).toEqual([]);
    });
  });

  it('a link is renamed at its row, where letters and Delete belong to its name', async () => {
    const [newest, ...older] = someLinks();
    if (newest === undefined) throw new Error('no link');
    const page = await openFull({ links: [{ ...newest, canChange: true }, ...older] });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await choose(page, 'rename');
    const field = page.getByLabel(text('name'), { exact: true }).and(page.locator(':focus'));
    await field.fill('Plan for Ma');
    await field.press('y');
    await field.press('Delete');
    await page.keyboard.press('Enter');
    await status(page, text('linkRenamed'));
    expect(await calls(page, 'rename')).toEqual([[{ id: newest.id, name: 'Plan for May' }]]);
    expect(await calls(page, 'revoke')).toEqual([]);
  });

  it('it says when a link was opened, and that it is gone', async () => {
    // 12:04 of today, or of yesterday where that is still to come.
    const noon = new Date().setHours(12, 4);
    const atMs = noon > Date.now() ? noon - 86_400_000 : noon;
    const [first, second, ...older] = someLinks();
    if (first === undefined || second === undefined) throw new Error('no links');
    const clock = '12:04';
    const page = await openFull({
      links: [
        { ...first, opens: 3, lastOpenedAtMs: atMs },
        { ...second, state: 'revoked', ended: { how: 'used-up', atMs } },
        ...older,
      ],
    });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByText(text('lastOpened', { when: clock })).waitFor();
    await page.getByText(text('stateUsedUp', { when: clock })).waitFor();
  });
});

describe('things dropped on the window', () => {
  const drop = (page: Page, kind: 'files' | 'text' | 'text-into-search') =>
    page.evaluate((what) => {
      const dataTransfer = new DataTransfer();
      if (what === 'files') {
        dataTransfer.items.add(new File(['a'], 'a.txt'));
        dataTransfer.items.add(new File(['b'], 'b.txt'));
      } else {
        dataTransfer.setData('text/plain', 'dropped words');
      }
      const target =
        what === 'text-into-search'
          ? document.querySelector<HTMLInputElement>('input[type=search]')
          : document.body;
      const over = new DragEvent('dragover', { dataTransfer, cancelable: true, bubbles: true });
      const dropped = new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true });
      target?.dispatchEvent(over);
      target?.dispatchEvent(dropped);
      return { over: over.defaultPrevented, drop: dropped.defaultPrevented };
    }, kind);

  it('are shared: files', async () => {
    const page = await openFull();
    await drop(page, 'files');
    await row(page, 'a.txt').waitFor();
    expect(await calls(page, 'shareFiles')).toEqual([[['a.txt', 'b.txt']]]);
  });

  it('are shared: text', async () => {
    const page = await open(several());
    await drop(page, 'text');
    await row(page, 'Just shared').waitFor();
    expect(await calls(page, 'share')).toEqual([[{ from: 'text', text: 'dropped words' }]]);
  });

  it('stay what they are in the search box', async () => {
    const page = await open(several());
    expect(await drop(page, 'text-into-search')).toEqual({ over: false, drop: false });
    expect(await calls(page, 'share')).toEqual([]);
  });

  it('are not opened as a page where files cannot be shared', async () => {
    const page = await open(several());
    expect((await drop(page, 'files')).over).toBe(true);
    expect(await page.title()).toBe(text('appName'));
  });
});

describe('shares that wait or run', () => {
  it('are one line that opens to a list, where each can be sent now or discarded', async () => {
    const page = await openFull({ pending: pendingShares() });
    const line = page.getByRole('button', { name: text('pendingCount', { count: 2 }) });
    const region = page.getByRole('region', { name: text('pending') });
    const discard = page.getByRole('button', { name: `${text('discard')}: 3 files` });
    await line.waitFor();
    expect(await discard.count()).toBe(0);
    await line.click();
    await region.getByText(pendingShares()[1]?.serviceNote ?? '', { exact: true }).waitFor();
    await discard.click();
    await page.getByRole('button', { name: `${text('sendNow')}: Text, 1,204 characters` }).click();
    await row(page, 'Waited long enough').waitFor();
    expect(await calls(page, 'discardPending')).toEqual([['w2']]);
    expect(await calls(page, 'sendPending')).toEqual([['w1']]);
    expect(await page.getByRole('region', { name: text('pending') }).count()).toBe(0);
  });

  it('can be cancelled', async () => {
    const page = await openFull({ activity: { what: 'film.mp4' } });
    await button(page, 'cancel').click();
    await status(page, text('shareCancelled'));
    expect(await calls(page, 'cancelShare')).toEqual([[]]);
  });
});

describe('a question', () => {
  const answerButton = (page: Page, id: string) => {
    const name = question.choices.find((choice) => choice.id === id)?.label ?? '';
    return page.getByRole('button', { name });
  };

  it('is answered, and the answer is remembered when someone says so', async () => {
    const page = await openFull({ question });
    await page.getByRole('alertdialog', { name: question.title }).waitFor();
    await button(page, 'moreChoices').click();
    await page.getByRole('checkbox', { name: question.rememberLabel ?? '' }).check();
    await answerButton(page, 'anyway').click();
    await expect
      .poll(() => calls(page, 'answer'))
      .toEqual([[{ questionId: 'q1', choiceId: 'anyway', remember: true }]]);
    await expect.poll(() => page.getByRole('alertdialog').count()).toBe(0);
    await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
  });

  it('has two answers in sight; others are under More', async () => {
    const page = await openFull({ question });
    await answerButton(page, 'masked').and(page.locator('.primary')).waitFor();
    await answerButton(page, 'discard').waitFor();
    for (const id of ['once', 'anyway']) expect(await answerButton(page, id).count()).toBe(0);
    await button(page, 'moreChoices').click();
    for (const id of ['once', 'anyway']) await answerButton(page, id).waitFor();
  });

  it('shows the line in which a secret was found, with a placeholder for it', async () => {
    const page = await openFull({ question });
    const line = page.locator('.excerpt');
    await line.getByText(question.excerpt?.before ?? '?').waitFor();
    await line.getByRole('img', { name: text('hiddenPart') }).waitFor();
  });

  it.each([
    ['when it comes', {}],
    ['when the window opens for it', { question, focusLinkId: 'a1' }],
  ])('has the focus on its safe answer %s', async (_when, over) => {
    const page = await openFull(over);
    await page.evaluate((asked) => window.fake.push({ question: asked }), question);
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls(page, 'answer'))
      .toEqual([[{ questionId: 'q1', choiceId: 'discard', remember: false }]]);
    expect(await calls(page, 'copy')).toEqual([]);
  });

  it('about the clipboard has the focus on what the user asked for', async () => {
    const page = await openFull({ question: focusQuestion() });
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls(page, 'answer'))
      .toEqual([[{ questionId: 'q2', choiceId: 'share', remember: false }]]);
  });

  it('is cancelled by Escape, and nothing else happens', async () => {
    const page = await openFull({ question });
    await answerButton(page, 'masked').focus();
    await page.keyboard.press('Escape');
    await expect
      .poll(() => calls(page, 'answer'))
      .toEqual([[{ questionId: 'q1', choiceId: 'discard', remember: false }]]);
    expect(await calls(page, 'hide')).toEqual([]);
  });
});

describe('a list with nothing in it', () => {
  const focusedSearch = (page: Page) => page.getByRole('searchbox').and(page.locator(':focus'));

  it('offers to clear a search without results', async () => {
    const page = await openFull();
    await page.keyboard.type('zebra');
    await page
      .locator('.no-matches')
      .getByRole('button', { name: text('clearSearch') })
      .click();
    await row(page, 'Notes for Thursday').waitFor();
    await focusedSearch(page).waitFor();
  });

  it('leads to the other list where that has results', async () => {
    const page = await openFull();
    await page.keyboard.type('budget');
    await page.getByRole('button', { name: text('showClipMatches', { count: 1 }) }).click();
    await row(page, 'budget.ods').waitFor();
    await focusedSearch(page).waitFor();
  });

  it('says what will be in it', async () => {
    const page = await openFull({ links: [] });
    await page.getByText(text('noLinks')).waitFor();
  });
});

it('does not scroll as a whole', async () => {
  const page = await openFull();
  const [height, shown] = await page.evaluate(() => {
    const { scrollHeight = 0, clientHeight = 0 } = document.querySelector('.window') ?? {};
    return [scrollHeight, clientHeight];
  });
  expect(height).toBe(shown);
});

describe('several messages at once', () => {
  const missedNotice = { title: 'Missed', body: 'No notification could say it.' };
  const links = someLinks().map((link) => ({ ...link, canChange: true }));
  const everything = (over: Partial<AppState> = {}) =>
    openFull({
      ...unreachablePieces(),
      missedNotice,
      links,
      reachCheck: blockedReach,
      pending: pendingShares(),
      question,
      ...over,
    });
  const titles = (page: Page) => page.locator('.banners h2').allTextContents();
  const reach = text('reachTitle');

  it('are shown one by one, the most important one first', async () => {
    const page = await everything();
    const seen: string[] = [];
    for (let press = 0; press < 5; press += 1) {
      seen.push(...(await titles(page)));
      await page.getByText(text('bannerOf', { number: (press % 4) + 1, total: 4 })).waitFor();
      await button(page, 'nextMessage').click();
    }
    const { title } = question;
    expect(seen).toEqual([title, unreachable.title, missedNotice.title, reach, title]);
  });

  it('give way to a more important one', async () => {
    const page = await everything({ question: null });
    await button(page, 'nextMessage').click();
    expect(await titles(page)).toEqual([missedNotice.title]);
    await page.evaluate((asked) => window.fake.push({ question: asked }), question);
    await page.getByRole('alertdialog').waitFor();
    expect(await titles(page)).toEqual([question.title]);
  });

  it('are one message if a question is about a failure', async () => {
    const asked = fallbackQuestion();
    const page = await openFull({ ...unreachablePieces(), question: asked });
    await page.getByRole('alertdialog').waitFor();
    expect(await titles(page)).toEqual([asked.title]);
    expect(await page.locator('.banner-turn').count()).toBe(0);
    // A failure of something else is still counted.
    await page.evaluate((failure) => window.fake.push({ failure }), {
      ...unreachable,
      cause: 'shortcut-taken',
    });
    await page.getByText(text('bannerOf', { number: 1, total: 2 })).waitFor();
  });

  it('are dismissed one by one', async () => {
    const page = await everything({ question: null });
    await button(page, 'dismiss').click();
    await expect.poll(() => titles(page)).toEqual([missedNotice.title]);
    await page.getByText(text('bannerOf', { number: 1, total: 2 })).waitFor();
  });

  it.each<[string, Partial<AppState>]>([
    ['a question', {}],
    ['a failure', { question: null }],
    ['links that do not open', { question: null, failure: null, missedNotice: null }],
  ])('leave four rows of the list in sight: %s', async (_name, over) => {
    const page = await everything(over);
    await page.getByRole('grid').waitFor();
    const { list, row, bottom } = await page.evaluate(() => {
      const height = (selector: string) =>
        document.querySelector(selector)?.getBoundingClientRect().height ?? 0;
      return {
        list: height('.list'),
        row: height('.row-probe'),
        bottom: document.querySelector('.list')?.getBoundingClientRect().bottom ?? 0,
      };
    });
    expect(list / row).toBeGreaterThanOrEqual(4);
    expect(bottom).toBeLessThanOrEqual(600);
  });

  it('hide the share button while there is a question', async () => {
    const page = await everything();
    const share = page.getByRole('button', { name: text('shareClipboard') });
    expect(await share.count()).toBe(0);
    await page.evaluate(() => window.fake.push({ question: null }));
    await share.waitFor();
  });
});

describe('what was just done', () => {
  const bar = (page: Page) => page.locator('.toast-bar');

  it('is said in one place, beside the button that undoes the last action', async () => {
    const undo = {
      action: 'revoke',
      linkId: 'a1',
      title: 'A link',
      untilMs: Date.now() + 10_000,
      isFinal: false,
    } as const;
    const page = await openFull({ undo });
    await bar(page).getByText(text('linkRevoked')).waitFor();
    await page.keyboard.press('Control+c');
    await bar(page).getByText(text('linkCopied')).waitFor();
    expect(await bar(page).count()).toBe(1);
    await bar(page)
      .getByRole('button', { name: `${text('undoRevoke')}: A link` })
      .click();
    await expect.poll(() => calls(page, 'restore')).toEqual([['a1']]);
  });

  it.each(['', '#settings'])('covers nothing: %s', async (hash) => {
    const page = await openFull({ links: manyLinks(30) }, { hash });
    await page.keyboard.press('Control+z');
    await bar(page).waitFor();
    const [above, below] = await page.evaluate(() => [
      document.querySelector('.list, .groups')?.getBoundingClientRect().bottom ?? 0,
      document.querySelector('.toast-bar')?.getBoundingClientRect().top ?? 0,
    ]);
    expect(above).toBeLessThanOrEqual(below ?? 0);
    expect(above).toBeGreaterThan(300);
  });
});

describe('the link service', () => {
  const status = (page: Page) => page.locator('.service-status');

  it('is a dot with a name while it is ready', async () => {
    const page = await openFull();
    await page
      .getByRole('img', { name: `${fullState().service.name}: ${fullState().service.detail}` })
      .waitFor();
    expect(await status(page).count()).toBe(0);
  });

  it('says what keeps it from working, with the button that helps', async () => {
    const action = { id: 'sign-in', label: 'Sign in' } as const;
    const { service } = unreachablePieces();
    const page = await openFull({ service: { ...service, action } });
    await status(page).getByText(service.detail).waitFor();
    await page.getByRole('button', { name: action.label }).click();
    await expect.poll(() => calls(page, 'recover')).toEqual([['sign-in']]);
  });

  it('is not described twice while its failure is shown', async () => {
    const page = await openFull(unreachablePieces());
    await page.getByRole('alert').waitFor();
    expect(await status(page).count()).toBe(0);
  });
});

describe('when others may not be able to open links of this computer', () => {
  const own = (over: Partial<AppState> = {}) =>
    fullState({
      links: someLinks().map((link) => ({ ...link, canChange: true })),
      reachCheck: blockedReach,
      ...over,
    });
  const banner = (page: Page) => page.getByRole('region', { name: text('reachTitle') });

  it('says so above the list, and opens the help text', async () => {
    const page = await open(own());
    await button(banner(page), 'reachFix').click();
    await banner(page)
      .getByRole('button', { name: text('reachFix'), expanded: true })
      .waitFor();
    await banner(page).getByText('39400', { exact: false }).last().waitFor();
  });

  it('looks again, and goes once nothing is in the way', async () => {
    const page = await open(own());
    await button(banner(page), 'reachCheckAgain').click();
    await status(page, text('reachChecked'));
    await page.evaluate(
      (check) => window.fake.push({ reachCheck: { ...check, kind: 'visited' } }),
      blockedReach,
    );
    await expect.poll(() => banner(page).count()).toBe(0);
  });

  it('is put away by its button', async () => {
    const page = await open(own());
    await button(banner(page), 'dismiss').click();
    await expect.poll(() => banner(page).count()).toBe(0);
    expect(await calls(page, 'reach')).toEqual([['hide']]);
  });

  it.each<[string, Partial<AppState>]>([
    ['there is no link that it is about', { links: someLinks() }],
    ['a failure is told', unreachablePieces()],
    ['others do get through', { reachCheck: { ...blockedReach, kind: 'visited' } }],
    [
      'links are for this computer alone',
      { settings: { ...fullState().settings, reach: 'this-computer' } },
    ],
  ])('says nothing while %s', async (_why, over) => {
    const page = await open(own(over));
    await page.getByRole('grid').waitFor();
    expect(await banner(page).count()).toBe(0);
  });
});

describe('the window', () => {
  it('opens Settings in a window of its own, by its button and by keys', async () => {
    const page = await open(several());
    await button(page, 'settings').click();
    await page.keyboard.press('Control+,');
    await expect.poll(() => calls(page, 'openSettings')).toEqual([['general'], ['general']]);
  });

  it('closes by Escape also when what had the focus is gone', async () => {
    const page = await openFull();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
  });

  it('follows the system’s language', async () => {
    const page = await open(several(), { locale: 'ja-JP' });
    await page.getByRole('button', { name: japanese.shareClipboard }).waitFor();
  });
});
