import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readCatalogs } from '../support/catalogs.ts';
import { launchChromium } from '../support/chromium.ts';
import {
  FROM_ELSEWHERE,
  fileSeed,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { bombPng, pdf, png } from '../support/service/samples.ts';
import { pageText } from '../support/text.ts';

/** What can be done with a share page, in a real Chromium at an address that is plain http. */

let running: TestService;
let browser: Browser;
beforeAll(async () => {
  running = await startTestService();
  // Another name than localhost: only there a page has no secure context, as on a phone.
  browser = await launchChromium({ args: ['--host-resolver-rules=MAP laptop.lan 127.0.0.1'] });
});
afterAll(async () => {
  await browser?.close();
  await running?.end();
});

async function share(seed: unknown, shareOptions?: object): Promise<string> {
  const link = new URL((await running.api.share(seed, shareOptions)).link);
  link.hostname = 'laptop.lan';
  return link.href;
}

/** Errors and violations of the page's policy end up in `problems`. */
async function open(url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // That header counts behind a proxy with TLS alone, as Chromium says on each page.
    if (message.type() !== 'error' || /Cross-Origin-Opener-Policy/.test(message.text())) return;
    problems.push(message.text());
  });
  await page.goto(url);
  return { page, problems };
}

const CODE = 'const a = "<b>";\nconst c = 2;\nconst d = 3;\nconst e = 4;\n';
const code = () => share(textSeed(CODE, 'a.ts', 'ts'));
const marked = (page: Page) =>
  page.locator('tr.on').evaluateAll((rows) => rows.map((row) => row.id).join(' '));

describe('code', () => {
  test('a link to lines marks them, a click marks one, a click with Shift up to there', async () => {
    const { page, problems } = await open(`${await code()}#L2-L3`);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    expect(await marked(page)).toBe('L2 L3');
    await page.getByRole('link', { name: '4', exact: true }).click();
    expect(await marked(page)).toBe('L4');
    expect(new URL(page.url()).hash).toBe('#L4');
    await page.getByRole('link', { name: '2', exact: true }).click({ modifiers: ['Shift'] });
    expect(await marked(page)).toBe('L2 L3 L4');
    expect(new URL(page.url()).hash).toBe('#L2-L4');
    expect(problems).toEqual([]);
  });

  test('Copy gives all of it, without line numbers, on plain http too', async () => {
    const { page, problems } = await open(await code());
    await page.evaluate(() => {
      document.addEventListener('copy', ({ target }) => {
        document.title = (target as HTMLTextAreaElement).value;
      });
    });
    await page.getByRole('button', { name: pageText('copy') }).click();
    await page.getByRole('button', { name: pageText('copied') }).waitFor();
    expect(await page.evaluate(() => document.querySelector('title')?.textContent)).toBe(
      CODE.trimEnd(),
    );
    expect(problems).toEqual([]);
  });

  test('lines are wrapped on request', async () => {
    const { page } = await open(
      await share(textSeed(`const a = "${'x'.repeat(900)}";`, 'a', 'ts')),
      {
        viewport: { width: 360, height: 740 },
      },
    );
    const height = () => page.locator('#L1').evaluate((row) => row.clientHeight);
    const before = await height();
    await page.getByRole('button', { name: pageText('wrap'), pressed: false }).click();
    await page.getByRole('button', { name: pageText('wrap'), pressed: true }).waitFor();
    expect(await height()).toBeGreaterThan(before * 5);
  });
});

test('a text to be read copies whole, in lines of a readable length', async () => {
  const text = `${'Words of a letter that is long. '.repeat(20)}\n\n`.repeat(150).trimEnd();
  const { page, problems } = await open(await share(textSeed(text, 'a', 'txt')));
  await page.evaluate(() => {
    document.addEventListener('copy', ({ target }) => {
      document.title = JSON.stringify((target as HTMLTextAreaElement).value);
    });
  });
  await page.getByRole('button', { name: pageText('copy') }).click();
  await page.getByRole('button', { name: pageText('copied') }).waitFor();
  const copied = await page.evaluate(() => document.querySelector('title')?.textContent);
  expect(JSON.parse(copied ?? '')).toBe(text);
  const width = await page
    .locator('.text pre')
    .first()
    .evaluate((block) => block.clientWidth);
  expect(width).toBeLessThan(700);
  expect(problems).toEqual([]);
});

test('Markdown is rendered, shows its source on request, and copies as its source', async () => {
  const { page } = await open(await share(textSeed('\n# One\n\n*two*\n', 'a.md', 'md')));
  await page.getByRole('heading', { name: 'One' }).waitFor();
  await page.evaluate(() => {
    document.addEventListener('copy', ({ target }) => {
      document.title = JSON.stringify((target as HTMLTextAreaElement).value);
    });
  });
  await page.getByRole('button', { name: pageText('copy') }).click();
  await expect
    .poll(() => page.evaluate(() => document.querySelector('title')?.textContent))
    .toBe(JSON.stringify('\n# One\n\n*two*\n'));
  await page.getByRole('link', { name: pageText('source') }).click();
  await page.getByText('# One').waitFor();
  await page.getByRole('link', { name: pageText('rendered') }).click();
  await page.getByRole('heading', { name: 'One' }).waitFor();
});

describe('a picture', () => {
  const shown = (page: Page) =>
    page.locator('.picture').evaluate((picture) => picture.getBoundingClientRect().width);

  test.each([
    [true, 'click on it'],
    [true, 'keyboard'],
    [false, 'keyboard'],
  ])('fits the window and comes in its own size (JavaScript %s: %s)', async (script, how) => {
    const link = await share(fileSeed(png(1_600, 400), 'wide.png'));
    const { page, problems } = await open(link, {
      javaScriptEnabled: script,
      viewport: { width: 600, height: 500 },
    });
    await page.getByText(pageText('pixels', { width: '1600', height: '400' })).waitFor();
    const picture = page.locator('.picture');
    const width = async () => (await picture.boundingBox())?.width ?? 0;
    await expect.poll(width).toBeGreaterThan(400);
    expect(await width()).toBeLessThanOrEqual(600);
    if (how === 'keyboard') {
      await page.getByLabel(pageText('actualSize')).focus();
      await page.keyboard.press('Space');
    } else await picture.click({ position: { x: 400, y: 20 } });
    await expect.poll(width).toBe(1_600);
    if (how === 'keyboard') await page.keyboard.press('Space');
    else await picture.click();
    await expect.poll(width).toBeLessThanOrEqual(600);
    expect(problems).toEqual([]);
  });

  test('that is smaller than the window offers no zoom', async () => {
    const { page } = await open(await share(fileSeed(png(40, 30), 'small.png')));
    await expect.poll(() => shown(page)).toBe(40);
    await expect.poll(() => page.getByLabel(pageText('actualSize')).isVisible()).toBe(false);
  });

  test('that would unpack to gigabytes is neither shown nor loaded', async () => {
    const link = await share(fileSeed(bombPng(60_000, 60_000), 'bomb.png'));
    const { page } = await open(link);
    await page.getByText(pageText('pixels', { width: '60000', height: '60000' })).waitFor();
    await page.getByText(pageText('tooManyPixels')).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });
});

test('a PDF is shown in its place, in a frame that its own address alone may use', async () => {
  const link = await share(fileSeed(pdf(), 'a.pdf'));
  const { page, problems } = await open(link);
  await expect.poll(() => page.frames().map((frame) => frame.url())).toContain(`${link}/raw`);
  expect(problems).toEqual([]);
});

test('a collection shows its pictures as they come into sight, and leads through its items', async () => {
  const assets: string[] = [];
  for (let number = 1; number <= 80; number++) {
    assets.push(await running.api.create(fileSeed(png(30, 30 + number), `p${number}.png`)));
  }
  assets.push(await running.api.create(textSeed('first line\nsecond', 'notes.txt')));
  const made = await running.api.call('POST', '/linkify/multiple', { access: 'PUBLIC', assets });
  const link = new URL(made.json.iterable[0].link);
  link.hostname = 'laptop.lan';
  const loaded = new Set<string>();
  const context = await browser.newContext({ viewport: { width: 360, height: 700 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.on('response', (response) => {
    if (response.headers()['content-type'] === 'image/png') loaded.add(response.url());
  });
  await page.goto(link.href);
  await expect.poll(() => loaded.size).toBeGreaterThan(1);
  expect(loaded.size, 'a phone loads what is in sight, and some more').toBeLessThan(80);
  await page.getByText('notes.txt').scrollIntoViewIfNeeded();
  await page.getByRole('link', { name: /p2\.png/ }).click();
  await page.getByText(pageText('place', { number: 2, count: 81 })).waitFor();
  await page.getByRole('link', { name: pageText('next') }).click();
  await page.getByRole('heading', { name: 'p3.png' }).waitFor();
  await page.getByRole('link', { name: pageText('allItems') }).click();
  await page.getByText(pageText('items', { count: 81 })).waitFor();
});

test('within its grace a page waits, and opens by itself, without JavaScript too', async () => {
  const link = await share(textSeed('now it is here'), { graceSeconds: 4 });
  const { page } = await open(link, {
    javaScriptEnabled: false,
    extraHTTPHeaders: FROM_ELSEWHERE,
  });
  await page.locator('.waiting').waitFor();
  await page.getByText('now it is here').waitFor({ timeout: 15_000 });
});

test('within its grace a page counts down', async () => {
  const link = await share(textSeed('now it is here'), { graceSeconds: 60 });
  const { page, problems } = await open(link, { extraHTTPHeaders: FROM_ELSEWHERE });
  for (const count of [59, 58]) {
    await page.getByRole('heading', { name: pageText('opensIn', { count }) }).waitFor();
  }
  expect(await page.locator('[aria-live],[role=timer],[role=status]').count()).toBe(0);
  // The response's own status is what the console reports.
  expect(problems.filter((problem) => !/503/.test(problem))).toEqual([]);
});

test('what opens once asks first; a reload after it says that it is gone', async () => {
  const link = await share(textSeed('only once'), { once: true, password: 'pass' });
  const { page } = await open(link, { javaScriptEnabled: false });
  await page.getByLabel(pageText('password'), { exact: true }).fill('wrong');
  await page.getByRole('button', { name: pageText('onceButton') }).click();
  await page.getByText(pageText('wrongPassword')).waitFor();
  await page.getByLabel(pageText('password'), { exact: true }).fill('pass');
  await page.getByRole('button', { name: pageText('onceButton') }).click();
  await page.getByText('only once').waitFor();
  await page.goto(link);
  await page.getByText(pageText('usedUp')).waitFor();
});

test('a password opens the page, and everything on it stays behind the password', async () => {
  const link = await share(textSeed('behind it', 'a.txt'), { password: 'pass' });
  const { page } = await open(link);
  await page.getByLabel(pageText('password'), { exact: true }).fill('pass');
  await page.getByRole('button', { name: pageText('open') }).click();
  await page.getByText('behind it').waitFor();
  await page.getByRole('link', { name: pageText('raw') }).click();
  await page.getByText('behind it').waitFor();
});

test('without JavaScript everything can be read, and no button is there that would do nothing', async () => {
  const { page } = await open(await code(), { javaScriptEnabled: false });
  await page.getByText('const d = 3;').waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
});

test('one line of 100 MB opens as its beginning, and the page answers at once', async () => {
  const asset = await fetch(`${running.service.apiBaseUrl}/x-linkify/assets?name=line.json`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${running.service.token}`,
      'content-type': 'application/octet-stream',
    },
    body: Buffer.alloc(100_000_000, '{"a": "word", '),
  });
  const made = await running.api.call('POST', '/linkify', {
    access: 'PUBLIC',
    asset: await asset.json(),
  });
  const link = new URL(made.json.iterable[0].link);
  link.hostname = 'laptop.lan';
  const { page, problems } = await open(link.href);
  await page
    .getByText(pageText('partOf', { part: 1, count: 191 }))
    .first()
    .waitFor();
  await page.getByRole('button', { name: pageText('wrap') }).click();
  await page
    .getByRole('link', { name: pageText('next') })
    .first()
    .click();
  await page
    .getByText(pageText('partOf', { part: 2, count: 191 }))
    .first()
    .waitFor();
  const size = (await page.content()).length;
  expect(size).toBeLessThan(1_000_000);
  expect(problems).toEqual([]);
}, 60_000);

test.each([
  ['de-AT,de;q=0.9,en;q=0.5', 'de'],
  ['es-MX', 'es'],
  ['ja', 'ja'],
  ['zh-CN,zh;q=0.9', 'zh'],
  ['fr', 'en'],
])('a browser that asks for %s reads %s', async (language, lang) => {
  const { download } = (await readCatalogs()).get(lang)?.get('pages') ?? {};
  const { page } = await open(await code(), { extraHTTPHeaders: { 'accept-language': language } });
  expect(await page.locator('html').getAttribute('lang')).toBe(lang);
  await page.getByRole('link', { name: String(download), exact: true }).waitFor();
});
