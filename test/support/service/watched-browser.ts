import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** A browser's profile in which nothing of a page that runs, or tries to, stays unseen. */
export interface WatchedContext {
  readonly context: BrowserContext;
  /** What was seen since the last call: what happened, and on which page. */
  seen(): readonly string[];
}

/**
 * Watches for dialogs, calls of `canary`, breaches of the page's policy, errors, requests to
 * elsewhere, and for what would run later: handlers in attributes and addresses of script.
 */
export async function watchedContext(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedContext> {
  const context = await browser.newContext(options);
  let seen: string[] = [];
  const note = (what: string, page: Page | null): void => {
    seen.push(`${what} at ${page?.url()}`);
  };
  await context.addInitScript(() => {
    const tell = (what: string): void => console.error(`seen: ${what}`);
    Object.assign(globalThis, { canary: () => tell('canary') });
    addEventListener('securitypolicyviolation', (event) => {
      tell(`violation ${event.violatedDirective} ${event.blockedURI}`);
    });
    addEventListener('DOMContentLoaded', () => {
      for (const element of document.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          if (name.startsWith('on')) tell(`handler ${name}=${value}`);
          if (!/^(href|src|action|formaction|data|xlink:href)$/.test(name)) continue;
          const address = URL.parse(value, location.href)?.href ?? '';
          if (/^(javascript|vbscript|data:text)/.test(address)) tell(`${name}=${value}`);
        }
      }
    });
  });
  context.on('dialog', (dialog) => {
    note(`dialog ${dialog.message()}`, dialog.page());
    void dialog.dismiss();
  });
  context.on('console', (message) => {
    if (/^seen: |Content Security Policy|Refused to/.test(message.text())) {
      note(message.text(), message.page());
    }
  });
  context.on('weberror', (error) => note(`error ${error.error().message}`, error.page()));
  context.on('request', (request) => {
    const url = request.url();
    // What Chromium shows documents with is made of requests, too.
    const isBrowser = /^chrome(-extension)?:/.test(url);
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:') && !isBrowser) {
      note(`request ${url}`, request.frame().page());
    }
  });
  return {
    context,
    seen() {
      const all = seen;
      seen = [];
      return all;
    },
  };
}

/** Visits addresses in several tabs at once, each until it is loaded. */
export async function visitAll(
  context: BrowserContext,
  urls: readonly string[],
  tabs = 4,
): Promise<number> {
  let next = 0;
  let visited = 0;
  const walk = async (): Promise<void> => {
    const page = await context.newPage();
    for (let url = urls[next++]; url !== undefined; url = urls[next++]) {
      await page.goto(url, { waitUntil: 'load' });
      visited++;
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: tabs }, walk));
  return visited;
}
