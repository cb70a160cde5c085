import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchHeadlessShell } from '../support/chromium.ts';
import { SCRIPT_PAYLOADS } from '../support/service/payloads.ts';
import { fileSeed, startTestService, type TestService, textSeed } from '../support/service/run.ts';
import { pageText } from '../support/text.ts';

/** Share pages in a real Chromium: nothing that is shared ever runs there. */

let running: TestService;
let browser: Browser;
beforeAll(async () => {
  running = await startTestService();
  browser = await launchHeadlessShell();
});
afterAll(async () => {
  await browser?.close();
  await running.end();
});

interface Seen {
  readonly page: Page;
  /** Dialogs, calls of the canary, violations of the policy, and requests to elsewhere. */
  readonly bad: string[];
}

async function watchedPage(origin: string): Promise<Seen> {
  const context = await browser.newContext();
  const bad: string[] = [];
  await context.exposeFunction('canary', () => bad.push('canary'));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`violation ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    bad.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/violation|Content Security Policy|Refused to/.test(message.text()))
      bad.push(message.text());
  });
  page.on('pageerror', (error) => bad.push(`error ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) bad.push(`request ${url}`);
  });
  return { page, bad };
}

test('the test itself would notice: a page without guards runs what it is told to', async () => {
  const { page, bad } = await watchedPage('http://none.test');
  await page.setContent('<img src="data:x" onerror="canary(1)">');
  await expect.poll(() => bad).toContain('canary');
  await page.context().close();
});

test('no payload runs, whatever it is put into and however it is looked at', async () => {
  const where = new URL((await running.api.share(textSeed('where'))).link);
  const { page, bad } = await watchedPage(where.origin);
  const visit = async (url: string, what: string) => {
    await page.goto(url, { waitUntil: 'load' });
    expect(bad, what).toEqual([]);
  };
  const assets: string[] = [];
  for (const [index, payload] of SCRIPT_PAYLOADS.entries()) {
    const name = payload.slice(0, 900);
    // As each kind in turn, so that every view and the highlighter see many of them.
    const ext = ['html', 'md', 'js', 'svg', payload.slice(0, 50), 'py'][index % 6] ?? 'txt';
    const share = await running.api.share(
      index % 3 === 0
        ? fileSeed(Buffer.from([0, 1]), name)
        : index % 3 === 1
          ? fileSeed(Buffer.from(payload), name)
          : textSeed(payload, name, ext),
    );
    assets.push(share.asset.id);
    await visit(share.link, `${share.link} ${payload}`);
  }
  for (let first = 0; first < assets.length; first += 7) {
    const collection = await running.api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets: assets.slice(first, first + 7),
      name: SCRIPT_PAYLOADS.slice(first, first + 7)
        .join(' ')
        .slice(0, 200),
    });
    await visit(collection.json.iterable[0].link, `collection from ${first}`);
  }
  // All of them in one document, as each kind, from each place.
  for (const ext of ['md', 'html', 'txt', 'xml', 'ts']) {
    const all = await running.api.share(textSeed(SCRIPT_PAYLOADS.join('\n\n'), `all.${ext}`, ext));
    for (const part of ['', '/raw', '?source']) await visit(all.link + part, `${ext} ${part}`);
  }
  await page.context().close();
}, 60_000);

test('an SVG, an HTML page and a picture full of script show as source, text or a still picture', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>canary(1)</script></svg>';
  // A GIF that is a script, too.
  const polyglot = Buffer.from('GIF89a/*\x01\0\0\0*/=1;canary(1);');
  const where = new URL((await running.api.share(textSeed('where'))).link);
  const { page, bad } = await watchedPage(where.origin);
  for (const seed of [
    fileSeed(Buffer.from(svg), 'a.svg', 'svg'),
    fileSeed(Buffer.from(svg.replace('<svg', '<html')), 'a.xhtml'),
    fileSeed(polyglot, 'a.gif', 'gif'),
  ]) {
    const { link } = await running.api.share(seed);
    for (const part of ['', '/raw']) {
      await page.goto(link + part, { waitUntil: 'load' });
      expect(bad, link + part).toEqual([]);
    }
  }
  await page.context().close();
});

test('copying, wrapping and line links work, and break no rule of the page', async () => {
  const code = 'const a = "<b>";\nconst c = 2;\nconst d = 3;\n';
  const { link } = await running.api.share(textSeed(code, 'a.ts', 'ts'));
  const { page, bad } = await watchedPage(new URL(link).origin);
  await page.goto(`${link}#L2-L3`);
  expect(await page.locator('tr.on').count()).toBe(2);
  await page.getByRole('button', { name: pageText('wrap') }).click();
  expect(await page.locator('.code.wrap').count()).toBe(1);
  await page.getByRole('button', { name: pageText('copy') }).click();
  await page.getByRole('button', { name: pageText('copied') }).waitFor();
  expect(bad).toEqual([]);
  await page.context().close();
});
