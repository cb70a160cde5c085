import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchHeadlessShell } from '../support/chromium.ts';
import { PLACES } from '../support/service/payload-places.ts';
import { PAYLOAD_TABLE, SCRIPT_PAYLOADS } from '../support/service/payloads.ts';
import { startTestService, type TestService, textSeed } from '../support/service/run.ts';
import { visitAll, watchedContext } from '../support/service/watched-browser.ts';

/** The whole table of payloads in a real Chromium: each of them in each place. */

let running: TestService;
let browser: Browser;
let origin = '';
beforeAll(async () => {
  running = await startTestService();
  origin = new URL((await running.api.share(textSeed('where'))).link).origin;
  browser = await launchHeadlessShell();
});
afterAll(async () => {
  await browser?.close();
  await running?.end();
});

/** Pages that hold payloads as they are, and how many of them the watcher notices. */
async function noticed(headers: Record<string, string>): Promise<readonly string[]> {
  const server = createServer((request, response) => {
    const payload = SCRIPT_PAYLOADS[Number(request.url?.slice(1))] ?? '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(`<!doctype html><title>x</title><main>${payload}</main>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { context, seen } = await watchedContext(browser, own);
  await visitAll(
    context,
    SCRIPT_PAYLOADS.map((_payload, index) => `${own}/${index}`),
  );
  const told = new Set(seen().map((what) => what.slice(what.lastIndexOf('/') + 1)));
  await context.close();
  return SCRIPT_PAYLOADS.filter((_payload, index) => told.has(String(index)));
}

describe('the watcher', () => {
  test('notices what runs on a page without guards', async () => {
    const payloads = await noticed({});
    expect(payloads.length).toBeGreaterThan(40);
    expect(payloads).toContain('<script>canary(1)</script>');
    expect(payloads).toContain('<img src=x onerror=canary(1)>');
    expect(payloads).toContain('<input autofocus onfocus=canary(1)>');
  });

  test('notices what a policy stops, for it should not have been there', async () => {
    const payloads = await noticed({ 'content-security-policy': "default-src 'none'" });
    expect(payloads.length).toBeGreaterThan(40);
  });
});

let visited = 0;

/** Links to all payloads, each in the place that is named for it. */
async function share(placeOf: (index: number) => string): Promise<readonly string[]> {
  const links: string[] = [];
  for (const [index, payload] of PAYLOAD_TABLE.entries()) {
    links.push((await running.api.share(PLACES[placeOf(index)]?.(payload))).link);
  }
  return links;
}

const names = Object.keys(PLACES);

/**
 * The places that take content and names in the most ways see the whole table. Over the others it
 * is spread, for a page takes a browser some 20 ms; `XSS_PAGES=all` visits every page there is.
 */
const IN_FULL = new Set(['plain text, its name and extension', 'Markdown']);
const all = process.env.XSS_PAGES === 'all';
const others = names.filter((name) => !all && !IN_FULL.has(name));

async function visit(links: readonly string[], options?: BrowserContextOptions): Promise<void> {
  const { context, seen } = await watchedContext(browser, origin, options);
  visited += await visitAll(context, links);
  expect(seen()).toEqual([]);
  await context.close();
}

describe(`none of ${PAYLOAD_TABLE.length} payloads runs in Chromium`, () => {
  test.each(names.filter((name) => !others.includes(name)))(
    'in %s',
    async (place) => {
      await visit(await share(() => place));
    },
    120_000,
  );

  test.runIf(!all)(
    'nor in one of the other places',
    async () => {
      await visit(await share((index) => others[index % others.length] ?? ''));
    },
    120_000,
  );

  test('nor, without JavaScript, makes a request to elsewhere', async () => {
    const links = await share((index) => names[Math.floor(index / 3) % names.length] ?? '');
    await visit(all ? links : links.filter((_link, index) => index % 3 === 0), {
      javaScriptEnabled: false,
    });
  }, 120_000);

  test('a thousand pages were visited', () => {
    expect(visited).toBeGreaterThan(PAYLOAD_TABLE.length * 3);
  });
});
