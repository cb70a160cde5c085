import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type PageKinds, sharePageKinds } from '../support/service/page-kinds.ts';
import { startTestService, type TestService } from '../support/service/run.ts';
import { pageText } from '../support/text.ts';

/** The row of actions of a share page, and the field of a password. */

let running: TestService;
let browser: Browser;
let pages: PageKinds;
beforeAll(async () => {
  running = await startTestService();
  browser = await launchChromium();
  pages = await sharePageKinds(running.api);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await running?.end();
});

async function open(url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

describe('on a phone', () => {
  const PHONE = { width: 360, height: 740 };

  test.each(['en', 'de', 'es', 'ja', 'zh'])(
    'the actions take one row of 64 pixels at most, in %s too',
    async (locale) => {
      for (const kind of ['code', 'markdown', 'text', 'image', 'collection'] as const) {
        const page = await open(pages[kind], { viewport: PHONE, locale });
        const row = page.locator('.tools');
        expect((await row.boundingBox())?.height, kind).toBeLessThanOrEqual(64);
        const tops = await row
          .locator('.button:visible, button:visible')
          .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
        expect(new Set(tops).size, kind).toBe(1);
      }
    },
  );

  test('they stay in sight while the content scrolls', async () => {
    const page = await open(pages.long, { viewport: PHONE });
    await page.evaluate(() => scrollTo(0, 3_000));
    await expect.poll(() => page.locator('.tools').boundingBox()).toMatchObject({ x: 0, y: 0 });
  });
});

test.each([
  ['code', 'copy'],
  ['markdown', 'copy'],
  ['text', 'copy'],
  ['image', 'download'],
  ['audio', 'download'],
  ['pdf', 'download'],
] as const)('the first action of %s is %s, the only primary one', async (kind, action) => {
  const page = await open(pages[kind]);
  const actions = page.locator('main :is(.button, button):visible');
  expect(await actions.first().textContent()).toBe(pageText(action));
  expect(await page.locator('main .first').count()).toBe(1);
});

test('a pressed toggle does not look like the primary action', async () => {
  const page = await open(pages.code);
  const toggle = page.getByRole('button', { name: pageText('wrap') });
  const background = () => toggle.evaluate((button) => getComputedStyle(button).backgroundColor);
  const before = await background();
  await toggle.click();
  await page.mouse.move(0, 0);
  const pressed = await background();
  expect(pressed).not.toBe(before);
  const primary = page.locator('.first');
  expect(pressed).not.toBe(
    await primary.evaluate((button) => getComputedStyle(button).backgroundColor),
  );
});

test('a picture of a collection has a sign in its place until it is loaded', async () => {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/raw', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(pages.collection, { waitUntil: 'domcontentloaded' });
  const sign = page.locator('.sight:has(img) .icon');
  await sign.waitFor();
  release();
  await sign.waitFor({ state: 'detached' });
  expect(await page.locator('.sight img').count()).toBe(1);
});

test('a file is named once, with its size', async () => {
  const page = await open(pages.file);
  const name = 'quarterly-report-2026-final-version.zip';
  expect(await page.getByText(name).count()).toBe(1);
  expect(await page.getByText('10 bytes').count()).toBe(1);
});

describe('when it was shared', () => {
  const timeOf = async (options: BrowserContextOptions) =>
    (await open(pages.text, options))
      .locator('time')
      .first()
      .evaluate((time) => ({
        shown: time.textContent,
        at: (time as HTMLTimeElement).dateTime,
      }));

  test.each([
    ['en-US', 'America/New_York'],
    ['en-GB', 'Asia/Tokyo'],
    ['de-AT', 'Europe/Vienna'],
    ['ja', 'Asia/Tokyo'],
  ])('is told as %s writes it, in the time zone of the reader', async (locale, timezoneId) => {
    const { shown, at } = await timeOf({ locale, timezoneId });
    const style = {
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZone: timezoneId,
    } as const;
    expect(shown).toBe(new Date(at).toLocaleString(locale, style));
  });

  test('is told as the date without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(pages.text);
    expect(await page.locator('time').textContent()).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

describe('a password', () => {
  test('is shown on request, and hidden again when it is sent', async () => {
    const page = await open(pages.password);
    const field = page.getByLabel(pageText('password'), { exact: true });
    const show = page.getByRole('button', { name: pageText('showPassword') });
    await field.fill('wrong');
    await show.click();
    expect(await field.getAttribute('type')).toBe('text');
    expect(await show.getAttribute('aria-pressed')).toBe('true');
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    await show.click();
    expect(await field.getAttribute('type')).toBe('password');
    await show.click();
    await page.getByRole('button', { name: pageText('open'), exact: true }).click();
    await page.getByText(pageText('wrongPassword')).waitFor();
    expect(await field.getAttribute('type')).toBe('password');
  });

  test('has no such button without JavaScript', async () => {
    const page = await open(pages.password, { javaScriptEnabled: false });
    await page.getByLabel(pageText('password'), { exact: true }).waitFor();
    expect(await page.locator('button:visible').count()).toBe(1);
  });
});
