import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { preact } from '@preact/preset-vite';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import type { AppState } from '../../preload/contract.ts';
import { launchChromium } from './chromium.ts';
import { installFakeBridge } from './fake-bridge.ts';

/** The built renderer in a plain Chromium, with a fake bridge in the preload's place. */
export interface PopoverStage {
  open(state: AppState, options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface OpenOptions extends BrowserContextOptions {
  /** Such as `#preferences`. */
  readonly hash?: string;
  /** With every optional part of the contract. */
  readonly full?: boolean;
}

const ORIGIN = 'http://popover.test';

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Builds the renderer as it ships, and starts a browser for it. */
export async function openPopoverStage(): Promise<PopoverStage> {
  const outDir = await mkdtemp(join(tmpdir(), 'linkify-popover-'));
  await build({
    configFile: false,
    root: join(import.meta.dirname, '../../renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [preact()],
    build: { outDir, emptyOutDir: true, target: 'chrome130' },
  });
  // Scroll bars take room on the desktop, so they do here.
  const browser = await launchChromium({ ignoreDefaultArgs: ['--hide-scrollbars'] });
  return {
    open: (state, options = {}) => openPage(browser, outDir, state, options),
    async close() {
      await browser.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

async function openPage(browser: Browser, outDir: string, state: AppState, options: OpenOptions) {
  const { hash = '', full = false, ...contextOptions } = options;
  const context = await browser.newContext({
    viewport: { width: 400, height: 600 },
    locale: 'en-GB',
    ...contextOptions,
  });
  const page = await context.newPage();
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const body = await readFile(join(outDir, pathname));
    await route.fulfill({ body, contentType: MIME[extname(pathname)] ?? 'text/plain' });
  });
  await page.addInitScript(installFakeBridge, { state, full });
  await page.goto(`${ORIGIN}/index.html${hash}`);
  await page.locator('main').waitFor();
  return page;
}
