import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { AppState } from '../../preload/contract.ts';
import { type OpenOptions, openPopoverStage, type PopoverStage } from '../support/popover-page.ts';
import { emptyState, manyLinks, someLinks, unreachable } from '../support/popover-states.ts';

let stage: PopoverStage;
beforeAll(async () => {
  stage = await openPopoverStage();
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

const several = (over: Partial<AppState> = {}) => emptyState({ links: someLinks(), ...over });

/** The calls of one method that the page has made, by their arguments. */
const calls = (page: Page, method: string) =>
  page.evaluate(
    (name) => window.fake.calls.filter((call) => call.method === name).map((call) => call.args),
    method,
  );

const row = (page: Page, name: string) => page.getByRole('row', { name });
const status = (page: Page, text: string) =>
  page.getByRole('status').filter({ hasText: text }).waitFor();

describe('with the keyboard alone', () => {
  it('copies the link that the arrow keys lead to, and says so', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await status(page, 'Link copied');
    expect(await calls(page, 'copy')).toEqual([['b2']]);
  });

  it('asks before it revokes, and revokes on yes', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    await page.getByRole('group', { name: 'Revoke this link?' }).waitFor();
    expect(await calls(page, 'revoke')).toEqual([]);
    await page.keyboard.press('Enter');
    await status(page, 'Link revoked');
    expect(await calls(page, 'revoke')).toEqual([['b2']]);
    await row(page, 'Image 1280x720').getByText('Revoked', { exact: true }).waitFor();
  });

  it('keeps the link and the place when Escape answers the question', async () => {
    const page = await open(several());
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Revoke link' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('group').count()).toBe(0);
    expect(await calls(page, 'revoke')).toEqual([]);
    expect(await calls(page, 'hide')).toEqual([]);
    await page.keyboard.press('Enter');
    await status(page, 'Link copied');
    expect(await calls(page, 'copy')).toEqual([['a1']]);
  });

  it('hides on Escape', async () => {
    const page = await open(several());
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
  });

  it('searches on a slash, copies the match on Enter, clears and then hides on Escape', async () => {
    const page = await open(several());
    await page.keyboard.press('/');
    await page.keyboard.type('notes');
    await expect.poll(() => page.getByRole('row').count()).toBe(1);
    await page.keyboard.press('Enter');
    await status(page, 'Link copied');
    expect(await calls(page, 'copy')).toEqual([['c3']]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('row').count()).toBe(7);
    expect(await calls(page, 'hide')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
  });

  it('starts a search when someone just types', async () => {
    const page = await open(several());
    await page.keyboard.type('ssh');
    expect(await page.getByRole('searchbox').inputValue()).toBe('ssh');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await status(page, 'Link copied');
    expect(await calls(page, 'copy')).toEqual([['f6']]);
  });

  it('reaches the buttons of a row with the right arrow', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'open')).toEqual([['a1']]);
    expect(await calls(page, 'copy')).toEqual([]);
  });

  it('undoes the newest share with Ctrl+Z', async () => {
    const page = await open(several());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+z');
    await expect.poll(() => calls(page, 'undo')).toEqual([['a1']]);
  });

  it('takes a dead link off the list with Delete and goes on to the next', async () => {
    const page = await open(several());
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    await expect.poll(() => page.getByRole('row').count()).toBe(6);
    expect(await calls(page, 'forget')).toEqual([['e5']]);
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copy')).toEqual([['f6']]);
  });

  it('does nothing with a dead link on Enter', async () => {
    const page = await open(several());
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
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
          element?.getAttribute('data-link-id') ??
          element?.textContent
        );
      });
    const seen: (string | null | undefined)[] = [];
    for (let step = 0; step < 12; step += 1) {
      seen.push(await focusName());
      await page.keyboard.press('Tab');
    }
    expect(seen).toEqual(expect.arrayContaining(['a1', 'Copy', 'Revoke', 'Preferences']));
    expect(seen).toEqual(
      expect.arrayContaining([expect.stringContaining('Share clipboard'), 'Search links']),
    );
    expect(seen.filter((name) => name === 'a1').length).toBeGreaterThan(1);
  });
});

describe('sharing', () => {
  it('shares the clipboard and shows the new link with Copy, Open and Undo', async () => {
    const page = await open(several());
    await page.getByRole('button', { name: 'Share clipboard' }).click();
    await status(page, 'Link ready to paste');
    expect(await calls(page, 'share')).toEqual([[{ from: 'clipboard' }]]);
    await row(page, 'Just shared').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => calls(page, 'undo')).toEqual([['new-8']]);
  });

  it('shares nothing when there is nothing, and says why', async () => {
    const clipboard = { kind: 'empty', description: 'Empty', shareable: false } as const;
    const page = await open(emptyState({ clipboard }));
    await page.getByText('The clipboard is empty').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
    expect(await calls(page, 'share')).toEqual([]);
  });

  it('shows how far a share got, and hides the button meanwhile', async () => {
    const progress = { sentBytes: 500_000, totalBytes: 2_000_000 };
    const page = await open(several({ activity: { what: 'film.mp4', progress } }));
    const bar = page.getByRole('progressbar', { name: 'Sharing film.mp4' });
    expect(await bar.getAttribute('value')).toBe('500000');
    await page.getByText('500 kB of 2 MB').waitFor();
    expect(await page.getByRole('button', { name: 'Share clipboard' }).count()).toBe(0);
  });

  it('teaches the shortcut while there are no links, unless it does not work', async () => {
    const page = await open(emptyState());
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Press' })
      .getByText('Ctrl+Shift+L')
      .waitFor();
    const shortcut = { accelerator: 'CommandOrControl+Shift+L', state: 'taken' } as const;
    await page.evaluate((taken) => window.fake.push({ shortcut: taken }), shortcut);
    await page.getByText('the shortcut belongs to another program').waitFor();
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
    await asked.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => calls(page, 'copy')).toEqual([['n7000']]);
    expect(await page.getByRole('row').count()).toBeLessThan(40);
  });

  it('keeps the focus on the same link while new ones arrive above it', async () => {
    const links = someLinks();
    const page = await open(emptyState({ links }));
    await page.keyboard.press('ArrowDown');
    await page.evaluate((more) => window.fake.push({ links: more }), [...manyLinks(3), ...links]);
    await row(page, 'Entry number 0').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'copy')).toEqual([['b2']]);
  });

  it('says what went wrong and does what its button offers', async () => {
    const page = await open(several({ failure: unreachable }));
    const alert = page.getByRole('alert');
    await alert.getByText('Start Pieces, or use the built-in service').waitFor();
    await alert.getByRole('button', { name: 'Use the built-in service' }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    expect(await calls(page, 'recover')).toEqual([['use-built-in']]);
  });

  it('dismisses a failure', async () => {
    const page = await open(several({ failure: unreachable }));
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    expect(await calls(page, 'recover')).toEqual([['dismiss']]);
  });

  it('tells when a copy did not work, instead of saying that it did', async () => {
    const page = await open(several());
    await page.evaluate((failure) => window.fake.failNext('copy', failure), unreachable);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Pieces OS is not running').waitFor();
    expect(await page.getByText('Link copied').count()).toBe(0);
  });

  it('shows titles as text, whatever they contain', async () => {
    const title = '<img src=x onerror="document.title=1"><b>bold</b>';
    const [link] = someLinks();
    const page = await open(emptyState({ links: link ? [{ ...link, title }] : [] }));
    await page.getByText(title).waitFor();
    expect(await page.title()).toBe('Linkify Tray');
  });

  it('forgets what was typed when the window was put away', async () => {
    const page = await open(several());
    await page.keyboard.type('zebra');
    await page.getByText('No link matches').waitFor();
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(() => page.getByRole('row').count()).toBe(7);
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });
});

describe('preferences', () => {
  it('records a shortcut by having it pressed', async () => {
    const page = await open(several(), { hash: '#preferences' });
    await page.getByRole('button', { name: 'Change: Ctrl+Shift+L' }).click();
    await page.keyboard.press('k');
    await page.getByText('Add Ctrl to that key').waitFor();
    await page.keyboard.press('Control+Alt+k');
    await page.getByRole('button', { name: 'Change: Ctrl+Alt+K' }).waitFor();
    expect(await calls(page, 'changeSettings')).toEqual([
      [{ accelerator: 'CommandOrControl+Alt+K' }],
    ]);
  });

  it('keeps the old shortcut on Escape, and stays open', async () => {
    const page = await open(several(), { hash: '#preferences' });
    await page.getByRole('button', { name: 'Change: Ctrl+Shift+L' }).click();
    await page.getByText('Press the new keys').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Ctrl+Shift+L shares the clipboard now.').waitFor();
    expect(await calls(page, 'changeSettings')).toEqual([]);
  });

  it('tells that another program has the shortcut', async () => {
    const shortcut = { accelerator: 'CommandOrControl+Shift+L', state: 'taken' } as const;
    const page = await open(several({ shortcut }), { hash: '#preferences' });
    await page.getByText('Another program uses Ctrl+Shift+L').waitFor();
  });

  it('stops following the clipboard', async () => {
    const page = await open(several(), { hash: '#preferences' });
    await page.getByRole('switch', { name: 'Follow the clipboard' }).click();
    await status(page, 'Saved');
    expect(await calls(page, 'changeSettings')).toEqual([[{ watching: false }]]);
  });

  it('uses a service by its address and token, and refuses what is no address', async () => {
    const page = await open(several(), { hash: '#preferences' });
    await page.getByRole('radio', { name: 'Another service' }).check();
    await page.getByLabel('Address').fill('javascript:alert(1)');
    await page.getByLabel('Token').fill('s3cret');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Enter an address').waitFor();
    expect(await calls(page, 'changeSettings')).toEqual([]);
    await page.getByLabel('Address').fill('http://localhost:39300');
    await page.keyboard.press('Enter');
    await page.getByText('A token is stored').waitFor();
    expect(await calls(page, 'changeSettings')).toEqual([
      [{ service: 'custom', serviceUrl: 'http://localhost:39300', serviceToken: 's3cret' }],
    ]);
    expect(await page.getByLabel('Token').inputValue()).toBe('');
  });

  it('goes back on Escape, and only then hides', async () => {
    const page = await open(several(), { hash: '#preferences' });
    await page.keyboard.press('Escape');
    await page.getByRole('grid').waitFor();
    expect(await calls(page, 'hide')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => calls(page, 'hide')).toEqual([[]]);
  });

  it('opens when the address changes while the window stands ready', async () => {
    const page = await open(several());
    await page.evaluate(() => {
      location.hash = '#preferences';
    });
    await page.getByRole('heading', { name: 'Preferences' }).waitFor();
  });
});
