import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import {
  fileSeed,
  get,
  keyIn,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
  viewPage,
} from '../support/service/run.ts';
import { mp4, pdf, png, wav } from '../support/service/samples.ts';

/** What counts as an open: a page that was seen, content that a program got; no more and no less. */

let running: TestService;
let browser: Browser;
beforeAll(async () => {
  running = await startTestService();
  browser = await launchChromium({ args: ['--host-resolver-rules=MAP laptop.lan 127.0.0.1'] });
});
afterAll(async () => {
  await browser?.close();
  await running?.end();
});

interface Shared {
  readonly id: string;
  readonly link: string;
}
let text: Shared;
beforeEach(async () => {
  text = await running.api.share(textSeed('some words', 'a', 'txt'));
});

const viewsOf = async ({ id }: Shared): Promise<number> =>
  (await running.api.call('GET', `/share/${id}`)).json['x-linkify'].views;

const asProgram = async (url: string, headers: HeadersInit = {}): Promise<void> => {
  await (await fetch(url, { headers })).arrayBuffer();
};

async function collection(): Promise<Shared> {
  const assets = [
    await running.api.create(textSeed('one')),
    await running.api.create(fileSeed(png(8, 8), 'two.png')),
  ];
  const made = await running.api.call('POST', '/linkify/multiple', { access: 'PUBLIC', assets });
  return made.json.iterable[0];
}

describe('a page', () => {
  test('counts each time that it is seen, and not when it is only fetched', async () => {
    await get(text.link);
    await get(text.link);
    expect(await viewsOf(text)).toBe(0);
    await viewPage(text.link);
    await viewPage(text.link);
    expect(await viewsOf(text)).toBe(2);
  });

  const seenIn = (page: string): string => /--seen:url\(([^)]+)\)/.exec(page)?.[1] ?? '';

  test('counts once, however often it says so, and not for what was made up', async () => {
    const path = seenIn((await get(text.link)).text);
    const url = new URL(path, text.link).href;
    await fetch(url, { method: 'HEAD' });
    expect(await viewsOf(text)).toBe(0);
    for (let go = 0; go < 5; go++) expect((await fetch(url)).status).toBe(204);
    expect(await viewsOf(text)).toBe(1);
    const other = await running.api.share(textSeed('other'));
    await fetch(new URL(path, other.link).href.replace(text.id, other.id));
    const token = path.split('/').at(-1) ?? '';
    for (let at = 0; at < token.length; at++) {
      const wrong = `${token.slice(0, at)}${token[at] === 'a' ? 'b' : 'a'}${token.slice(at + 1)}`;
      await fetch(`${text.link}/seen/${wrong}`);
    }
    for (const wrong of ['x', 's', 'a'.repeat(64)]) await fetch(`${text.link}/seen/${wrong}`);
    expect(await viewsOf(text)).toBe(1);
    expect(await viewsOf(other)).toBe(0);
  });

  test('does not count for a preview that asks for all that it names', async () => {
    const slack = { 'user-agent': 'Slackbot-LinkExpanding 1.0', accept: '*/*' };
    const page = await get(text.link, slack);
    await get(new URL(seenIn(page.text), text.link).href, slack);
    await get(`${text.link}/raw`, slack);
    expect(await viewsOf(text)).toBe(0);
  });

  test('of an item counts where the collection was not opened before', async () => {
    const shared = await collection();
    await viewPage(`${shared.link}/2`);
    expect(await viewsOf(shared)).toBe(1);
    await viewPage(`${shared.link}/1`);
    expect(await viewsOf(shared)).toBe(1);
    await viewPage(shared.link);
    expect(await viewsOf(shared)).toBe(2);
  });

  test('behind a password counts when it is seen, and its form does not', async () => {
    const shared = await running.api.share(textSeed('x'), { password: 'pw' });
    await get(shared.link);
    const answer = await sendForm(shared.link, { password: 'pw' });
    const place = new URL(answer.headers.get('location') ?? '', shared.link).href;
    await get(place);
    expect(await viewsOf(shared)).toBe(0);
    await viewPage(place);
    expect(await viewsOf(shared)).toBe(1);
  });
});

describe('a program', () => {
  test.each(['', '/raw', '/download'])('that gets "%s" counts each time', async (path) => {
    await asProgram(text.link + path);
    await asProgram(text.link + path);
    expect(await viewsOf(text)).toBe(2);
    await fetch(text.link + path, { method: 'HEAD' });
    await asProgram(text.link + path, { 'sec-purpose': 'prefetch' });
    await asProgram(text.link + path, { purpose: 'prefetch' });
    await asProgram(text.link + path, { 'x-moz': 'prefetch' });
    await asProgram(text.link + path, { 'user-agent': 'TelegramBot (like TwitterBot)' });
    expect(await viewsOf(text)).toBe(2);
  });

  test('that gets a collection counts, by its link and by its archive', async () => {
    const shared = await collection();
    await asProgram(shared.link);
    await asProgram(`${shared.link}/zip`);
    await asProgram(`${shared.link}/1/raw`);
    expect(await viewsOf(shared)).toBe(3);
  });

  test('that gets one download in ranges counts once', async () => {
    for (const range of ['bytes=0-0', 'bytes=0-3', 'bytes=4-5', 'bytes=6-', 'bytes=-2']) {
      await asProgram(`${text.link}/download`, { range });
    }
    expect(await viewsOf(text)).toBe(1);
    const another = { range: 'bytes=4-', 'user-agent': 'another/1.0' };
    await asProgram(`${text.link}/download`, another);
    expect(await viewsOf(text)).toBe(2);
    await asProgram(`${text.link}/download`, { range: 'bytes=99-' });
    expect(await viewsOf(text)).toBe(2);
  });

  test('that resumes a download counts once', async () => {
    await asProgram(`${text.link}/download`);
    await asProgram(`${text.link}/download`, { range: 'bytes=4-' });
    expect(await viewsOf(text)).toBe(1);
  });

  test('that gets nothing does not count', async () => {
    const locked = await running.api.share(textSeed('x'), { password: 'pw' });
    const once = await running.api.share(textSeed('x'), { once: true });
    for (const shared of [locked, once]) {
      for (const path of ['', '/raw', '/download']) await asProgram(shared.link + path);
      expect(await viewsOf(shared)).toBe(0);
    }
    const key = keyIn((await get(once.link)).text);
    expect((await sendForm(once.link, { key })).status).toBe(200);
  });
});

describe('in Chromium', () => {
  async function open(url: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Cross-Origin-Opener-Policy/.test(message.text())) {
        problems.push(message.text());
      }
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    return { page, problems };
  }

  /** Answers of the pages' listener with status 200. */
  async function pagesSent(): Promise<number> {
    const { text } = await running.api.call('GET', '/metrics');
    return Number(/listener="pages",status="200"\} (\d+)/.exec(text)?.[1]);
  }

  const kinds: readonly (readonly [string, () => Promise<Shared>])[] = [
    ['text', () => running.api.share(textSeed('words', 'a', 'ts'))],
    ['Markdown', () => running.api.share(textSeed('# words', 'a', 'md'))],
    ['a picture', () => running.api.share(fileSeed(png(40, 40), 'a.png'))],
    ['sound', () => running.api.share(fileSeed(wav(), 'a.wav'))],
    ['a film', () => running.api.share(fileSeed(mp4(), 'a.mp4'))],
    ['a document', () => running.api.share(fileSeed(pdf(), 'a.pdf'))],
    ['a file', () => running.api.share(fileSeed(Buffer.from([0, 1, 2, 255]), 'a.bin'))],
    ['a collection', collection],
  ];

  describe.each([
    [true, '127.0.0.1'],
    [true, 'laptop.lan'],
    [false, '127.0.0.1'],
    [false, 'laptop.lan'],
  ])('JavaScript %s at %s', (javaScriptEnabled, hostname) => {
    test.each(kinds)('%s that someone looks at counts once', async (_what, share) => {
      const shared = await share();
      const link = new URL(shared.link);
      link.hostname = hostname;
      const { page, problems } = await open(link.href, { javaScriptEnabled });
      await expect.poll(() => viewsOf(shared)).toBe(1);
      expect(problems).toEqual([]);
      // What it offers belongs to the same open.
      const download = page.locator('a[href$="/download"], a[href$="/zip"]').first();
      if ((await download.count()) > 0) {
        const [saved] = await Promise.all([page.waitForEvent('download'), download.click()]);
        await saved.path();
      }
      expect(await viewsOf(shared)).toBe(1);
      await page.reload({ waitUntil: 'networkidle' });
      await expect.poll(() => viewsOf(shared)).toBe(2);
    });
  });

  test('a page that is prefetched or prerendered counts when it is shown', async () => {
    for (const how of ['prefetch', 'prerender']) {
      const shared = await running.api.share(textSeed('words'));
      const other = await running.api.share(textSeed('start'));
      const { page } = await open(other.link);
      // The pages' own policy lets in no rules, so they stand in the header of another page.
      await page.route('**/start', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<script type="speculationrules">{"${how}":[{"source":"list","urls":["${shared.link}"],"eagerness":"immediate"}]}</script><a href="${shared.link}">go</a>`,
        }),
      );
      const before = await pagesSent();
      await page.goto(new URL('/start', shared.link).href);
      // Fetched by now, and not counted.
      await expect.poll(pagesSent).toBeGreaterThan(before);
      expect(await viewsOf(shared)).toBe(0);
      await page.getByRole('link', { name: 'go' }).click();
      await page.getByText('words').waitFor();
      await expect.poll(() => viewsOf(shared)).toBe(1);
    }
  });

  test('a tab that nobody has looked at does not count before', async () => {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.addInitScript(() => {
      const state = { value: 'hidden' };
      Object.defineProperty(document, 'visibilityState', { get: () => state.value });
      Object.assign(window, { state });
    });
    await page.goto(text.link, { waitUntil: 'networkidle' });
    expect(await viewsOf(text)).toBe(0);
    await page.evaluate(() => {
      (window as unknown as { state: { value: string } }).state.value = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(() => viewsOf(text)).toBe(1);
  });
});
