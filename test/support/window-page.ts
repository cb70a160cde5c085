import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { preact } from '@preact/preset-vite';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { type AppState, CALL_NAMES } from '../../preload/contract.ts';
import { launchHeadlessShell } from './chromium.ts';
import { installFakeBridge } from './fake-bridge.ts';

/** The built renderer in a plain Chromium, with a fake bridge in the preload's place. */
export interface WindowStage {
  open(state: AppState, options?: OpenOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface OpenOptions extends BrowserContextOptions {
  /** Such as `settings`. */
  readonly hash?: string;
}

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Builds the renderer as it ships, and starts a browser for it. */
export async function openWindowStage(): Promise<WindowStage> {
  const outDir = await mkdtemp(join(tmpdir(), 'linkify-window-'));
  await build({
    configFile: false,
    root: join(import.meta.dirname, '../../renderer'),
    base: './',
    logLevel: 'warn',
    plugins: [preact()],
    build: { outDir, emptyOutDir: true, target: 'chrome130' },
  });
  // Scroll bars take room on the desktop, so they do here.
  const browser = await launchHeadlessShell({ ignoreDefaultArgs: ['--hide-scrollbars'] });
  const server = await serve(outDir);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    open: (state, options = {}) => openPage(browser, origin, state, options),
    async close() {
      await browser.close();
      server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

/** Serves the built files. Interception by Playwright would take longer for each page. */
async function serve(folder: string): Promise<Server> {
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const body = await readFile(join(folder, pathname)).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': MIME[extname(pathname)] ?? 'text/plain',
    });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function openPage(browser: Browser, origin: string, state: AppState, options: OpenOptions) {
  const { hash = '', ...contextOptions } = options;
  const context = await browser.newContext({
    viewport: { width: 400, height: 600 },
    locale: 'en-GB',
    ...contextOptions,
  });
  const page = await context.newPage();
  await page.addInitScript(installFakeBridge, { state, names: CALL_NAMES });
  await page.goto(`${origin}/index.html${hash}`);
  await page.locator('main').waitFor();
  return page;
}
