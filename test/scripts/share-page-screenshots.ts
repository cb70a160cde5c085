import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../support/chromium.ts';
import { sharePageKinds } from '../support/service/page-kinds.ts';
import { FROM_ELSEWHERE, startTestService } from '../support/service/run.ts';

// Pictures of every kind of share page, light and dark, on a desktop and on a phone, in
// test-results/share-pages: to be looked at. With a language, such as `ja`, in that one.

const FOLDER = join(
  import.meta.dirname,
  `../../test-results/share-pages${process.argv[2] ? `-${process.argv[2]}` : ''}`,
);

const DEVICES = {
  desktop: { width: 1100, height: 720 },
  phone: { width: 360, height: 740 },
} as const;

const locale = process.argv[2] ?? 'en';
const running = await startTestService();
const browser = await launchChromium({ args: ['--disable-gpu'] });
try {
  const pages = await sharePageKinds(running.api);
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [device, viewport] of Object.entries(DEVICES)) {
      const extraHTTPHeaders = FROM_ELSEWHERE;
      const context = await browser.newContext({ viewport, colorScheme, locale, extraHTTPHeaders });
      const tab = await context.newPage();
      for (const [name, url] of Object.entries(pages)) {
        await tab.goto('about:blank');
        await tab.goto(url);
        await tab.screenshot({ path: join(FOLDER, `${name}-${device}-${colorScheme}.png`) });
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await running.end();
}
console.log(FOLDER);
