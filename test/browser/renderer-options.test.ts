import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { AppState, LinkView } from '../../preload/contract.ts';
import { windowText as text } from '../support/text.ts';
import { openWindowStage, type WindowStage } from '../support/window-page.ts';
import { aLink, customServers, fullState } from '../support/window-states.ts';

// The options of the next link, and those of a link that exists.

let stage: WindowStage;
beforeAll(async () => {
  stage = await openWindowStage();
}, 60_000);
afterAll(() => stage?.close());

async function open(over: Partial<AppState> = {}): Promise<Page> {
  const page = await stage.open({ ...fullState(), ...over });
  onTestFinished(() => page.context().close());
  return page;
}

/** The calls of one method that the page has made, by their arguments. */
const calls = (page: Page, method: string) =>
  page.evaluate(
    (name) => window.fake.calls.filter((call) => call.method === name).map((call) => call.args),
    method,
  );
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const passwordField = (page: Page) => page.getByLabel(text('password'), { exact: true });
/** Without the name that only screen readers read. */
const summaryOf = (page: Page) => page.locator('.share-summary-text').innerText();

describe('the next link', () => {
  const audience = text('audienceNetwork');
  const week = text('lifeDays', { count: 7 });

  test('says who can open it and how long, and with which options', async () => {
    const page = await open();
    expect(await summaryOf(page)).toBe([audience, week].join(' · '));
    await page.locator('.share-summary').click();
    await page
      .getByLabel(text('expiry'), { exact: true })
      .selectOption({ label: text('expiryNever') });
    await passwordField(page).fill('open sesame');
    await page.getByRole('switch', { name: text('oneTimeLink') }).click();
    await page.locator('.share-summary').click();
    expect(await passwordField(page).isVisible()).toBe(false);
    expect(await summaryOf(page)).toBe(
      [audience, text('neverExpires'), text('summaryPassword'), text('summaryOneTime')].join(' · '),
    );
  });

  test('goes to the server that is chosen beside it; without servers there is nothing to choose', async () => {
    expect(await (await open()).getByLabel(text('service')).count()).toBe(0);
    const settings = { ...fullState().settings, servers: customServers };
    const page = await open({ settings });
    const choice = page.getByLabel(text('service'));
    expect(await choice.inputValue()).toBe('automatic');
    await choice.selectOption({ label: 'links.example/team' });
    expect(await calls(page, 'changeSettings')).toEqual([
      [{ service: 'custom', serviceUrl: 'https://links.example/team' }],
    ]);
    await expect.poll(() => choice.inputValue()).toBe('https://links.example/team');
  });

  test.each<[string, Partial<AppState>, string]>([
    [
      'of this computer alone',
      { settings: { ...fullState().settings, reach: 'this-computer', expiryHours: 0 } },
      [text('reachThisComputer'), text('neverExpires')].join(' · '),
    ],
    [
      'of our own server by URL',
      {
        service: {
          kind: 'custom',
          name: 'share.example',
          state: 'ready',
          detail: 'Ready',
          shareOptions: true,
        },
      },
      [text('audienceLink'), week].join(' · '),
    ],
    [
      'of a service without options',
      { service: { kind: 'pieces', name: 'Pieces OS', state: 'ready', detail: 'Ready' } },
      text('audienceLink'),
    ],
  ])('%s says what is true there', async (_, over, expected) => {
    const page = await open(over);
    await expect.poll(() => summaryOf(page)).toBe(expected);
    // Where there is nothing to choose, there is nothing to open.
    const hasOptions = over.service?.kind !== 'pieces';
    expect(await page.locator('button.share-summary').count()).toBe(hasOptions ? 1 : 0);
  });

  test('is created by Enter in a field; its options are for it alone', async () => {
    const page = await open();
    await page.locator('.share-summary').click();
    await page
      .getByLabel(text('expiry'), { exact: true })
      .selectOption({ label: text('hours', { count: 1 }) });
    const most = page.getByLabel(text('maxOpens'));
    await most.pressSequentially('x5');
    expect(await most.inputValue()).toBe('5');
    await passwordField(page).fill('open sesame');
    await passwordField(page).press('Enter');
    const shareOptions = { expiresInSeconds: 3_600, maxOpens: 5, password: 'open sesame' };
    await expect.poll(() => calls(page, 'share')).toEqual([[{ from: 'clipboard', shareOptions }]]);
    await expect.poll(() => summaryOf(page)).toBe([audience, week].join(' · '));
    await page.getByRole('button', { name: text('shareClipboard') }).click();
    await expect.poll(() => calls(page, 'share')).toHaveLength(2);
    expect((await calls(page, 'share'))[1]).toEqual([{ from: 'clipboard' }]);
  });

  test('gets a password with one Tab from the options', async () => {
    const page = await open();
    await page.keyboard.press('Alt+Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('open sesame');
    expect(await passwordField(page).inputValue()).toBe('open sesame');
  });

  test('gets a generated password, which can be copied before and after', async () => {
    const page = await open();
    await page.locator('.share-summary').click();
    expect(await button(page, text('copyPassword')).count()).toBe(0);
    await button(page, text('generatePassword')).click();
    const password = await passwordField(page).inputValue();
    expect(password).toMatch(/^(?:[a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(await passwordField(page).getAttribute('type')).toBe('text');
    await button(page, text('copyPassword')).click();
    await passwordField(page).press('Enter');
    await expect.poll(() => calls(page, 'share')).toHaveLength(1);
    await button(page, text('copyPassword')).click();
    await expect.poll(() => calls(page, 'copyPassword')).toEqual([[password], [password]]);
  });
});

describe('a link that exists', () => {
  async function openOptions(link: Partial<LinkView>): Promise<Page> {
    const page = await open({ links: [aLink({ id: 'm1', canChange: true, ...link })] });
    await page.getByRole('row').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: text('more'), exact: true }).click();
    await page.getByRole('menuitem', { name: text('options') }).click();
    return page;
  }
  const changes = (page: Page) => calls(page, 'changeOptions');

  test('has all changes applied with one call, by Enter', async () => {
    const page = await openOptions({ maxOpens: 3 });
    const form = page.getByRole('form', { name: text('options') });
    expect(await form.getByLabel(text('maxOpens')).inputValue()).toBe('3');
    expect(await button(page, text('save')).isDisabled()).toBe(true);
    await form
      .getByLabel(text('expiry'), { exact: true })
      .selectOption({ label: text('days', { count: 1 }) });
    await form.getByLabel(text('maxOpens')).fill('');
    await form.getByLabel(text('password'), { exact: true }).fill('open sesame');
    await page.keyboard.press('Enter');
    const change = { expiresInSeconds: 86_400, maxOpens: null, password: 'open sesame' };
    await expect.poll(() => changes(page)).toEqual([[{ id: 'm1', change }]]);
    // Nothing is left to apply; the password can still be copied.
    await expect.poll(() => button(page, text('save')).isDisabled()).toBe(true);
    await button(page, text('copyPassword')).click();
    await expect.poll(() => calls(page, 'copyPassword')).toEqual([['open sesame']]);
  });

  test('gets a password with one Tab from the options', async () => {
    const page = await openOptions({});
    await page.keyboard.press('Tab');
    await page.keyboard.type('open sesame');
    const form = page.getByRole('form', { name: text('options') });
    expect(await form.getByLabel(text('password'), { exact: true }).inputValue()).toBe(
      'open sesame',
    );
  });

  test('loses its password', async () => {
    const page = await openOptions({ password: true });
    await button(page, text('removePassword')).click();
    await button(page, text('keepPassword')).click();
    expect(await button(page, text('save')).isDisabled()).toBe(true);
    await button(page, text('removePassword')).click();
    await button(page, text('save')).click();
    await expect.poll(() => changes(page)).toEqual([[{ id: 'm1', change: { password: null } }]]);
    await expect.poll(() => button(page, text('keepPassword')).count()).toBe(0);
    expect(await button(page, text('removePassword')).count()).toBe(0);
  });

  test('becomes a one-time link and back; a collection does not', async () => {
    const page = await openOptions({});
    const once = page
      .getByRole('form', { name: text('options') })
      .getByRole('switch', { name: text('oneTimeLink') });
    await once.click();
    await once.click();
    expect(await button(page, text('save')).isDisabled()).toBe(true);
    await once.click();
    await button(page, text('save')).click();
    await expect.poll(() => changes(page)).toEqual([[{ id: 'm1', change: { once: true } }]]);
    const collection = await openOptions({ kind: 'collection' });
    await collection.getByRole('form', { name: text('options') }).waitFor();
    expect(
      await collection
        .getByRole('form', { name: text('options') })
        .getByRole('switch')
        .count(),
    ).toBe(0);
  });

  test('keeps letters, Delete and arrows in its fields', async () => {
    const page = await openOptions({});
    const field = page.getByRole('form').getByLabel(text('password'), { exact: true });
    await field.fill('x');
    for (const key of ['Delete', 'ArrowDown', 'y']) await page.keyboard.press(key);
    expect(await field.inputValue()).toBe('xy');
    expect(await calls(page, 'revoke')).toEqual([]);
  });
});
