import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../support/chromium.ts';
import { textSeed } from '../../support/service/run.ts';
import { round } from '../statistics.ts';
import { compare, interleave, type Measured, type Row } from './interleave.ts';
import { startBare, startOurs, withFolder } from './subjects.ts';

const TEXT = 'A line of text.\n'.repeat(63);

/**
 * A visit with an empty cache in Chromium, from the navigation to the first paint with content: our
 * page beside the same text as a file of HTML, and beside the same page as a file, which tells what
 * the server takes from what the design takes.
 */
export function measureFirstPaint(visits: number): Promise<Measured> {
  return withFolder(async (folder) => {
    const browser = await launchChromium().catch((error: Error) => error);
    if (browser instanceof Error) return { rows: [], skipped: [`first paint: ${browser.message}`] };
    const ours = await startOurs();
    const bare = await startBare(folder);
    try {
      const { link } = await ours.api.share(textSeed(TEXT, 'bench', 'txt'));
      const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title><pre>${TEXT}</pre></html>`;
      await writeFile(join(folder, 'page.html'), html);
      const ourPage = await fetch(link, { headers: { accept: 'text/html' } });
      await writeFile(join(folder, 'same.html'), await ourPage.text());
      const samples = await interleave(visits, {
        bare: () => firstPaintMs(browser, `http://127.0.0.1:${bare.port}/file/page.html`),
        same: () => firstPaintMs(browser, `http://127.0.0.1:${bare.port}/file/same.html`),
        ours: () => firstPaintMs(browser, link),
      });
      const row = (against: string, reference: readonly number[]): Row =>
        compare(
          { what: 'first paint of a page with 1 KB of text, ms', against, better: 'lower' },
          samples.ours.map(round),
          reference.map(round),
        );
      return {
        rows: [
          row('bare handler: the text as a file of HTML', samples.bare),
          row('bare handler: our page as a file', samples.same),
        ],
      };
    } finally {
      await browser.close();
      await bare.end();
      await ours.end();
    }
  });
}

/** In a context of its own, which shares no cache with others. */
async function firstPaintMs(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'load' });
    const paint = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    return (await paint.jsonValue()) ?? Number.NaN;
  } finally {
    await context.close();
  }
}
