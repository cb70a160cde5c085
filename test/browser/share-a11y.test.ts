import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runAxe } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type PageKinds, sharePageKinds } from '../support/service/page-kinds.ts';
import { FROM_ELSEWHERE, startTestService, type TestService } from '../support/service/run.ts';

/** Every kind of share page, in light and dark, on a phone and on a desktop. */

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

const KINDS: readonly (keyof PageKinds)[] = [
  'code',
  'code-lines',
  'markdown',
  'markdown-source',
  'text',
  'long',
  'empty',
  'terminal',
  'rtl',
  'legacy',
  'movie',
  'image',
  'audio',
  'video',
  'pdf',
  'file',
  'collection',
  'collection-item',
  'collection-list',
  'once',
  'once-password',
  'password',
  'soon',
  'revoked',
  'expired',
  'used-up',
  'max-opens',
  'unknown',
];

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1100, height: 720 };

it.each(KINDS)('axe finds nothing in %s, and it is no wider than the window', async (kind) => {
  const context = await browser.newContext({ extraHTTPHeaders: FROM_ELSEWHERE });
  try {
    const page = await context.newPage();
    await page.goto(pages[kind]);
    for (const viewport of [PHONE, DESKTOP]) {
      await page.setViewportSize(viewport);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(viewport.width);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { passes, findings } = await runAxe(page);
        expect(passes, 'rules that looked at something').toBeGreaterThan(10);
        expect(findings, `${colorScheme}, ${viewport.width} wide`).toEqual([]);
      }
    }
  } finally {
    await context.close();
  }
});
