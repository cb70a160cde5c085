import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { startTestService, type TestService } from '../support/service/run.ts';

/** A download that is paused in a real Chromium. */

const SIZE = 80_000_000;
const CONTENT = Uint8Array.from({ length: SIZE }, (_, index) => (index * 7) % 251);
/** What comes before the download is paused, in bytes. */
const PASSES = 4_000_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function upload({ service }: TestService): Promise<string> {
  const made = await fetch(`${service.apiBaseUrl}/x-linkify/assets?name=long.bin`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${service.token}`,
      'content-type': 'application/octet-stream',
    },
    body: CONTENT,
  });
  return ((await made.json()) as { id: string }).id;
}

/** A network before the pages that lets the start of an answer through, and the rest on demand. */
async function haltingNetwork(toPort: number) {
  let downloads = 0;
  let passedAt = performance.now();
  let goOn = (): void => {};
  const released = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const server = createServer((reader) => {
    const pages = connect(toPort, '127.0.0.1');
    let passed = 0;
    reader.on('data', (data) => {
      if (/^GET \S+\/download /.test(data.toString('latin1'))) downloads++;
    });
    reader.on('error', () => {});
    reader.pipe(pages);
    pages.once('error', () => {});
    pages.once('close', () => reader.destroy());
    reader.once('close', () => pages.destroy());
    pages.on('data', async (data) => {
      passed += data.length;
      passedAt = performance.now();
      pages.pause();
      if (!reader.write(data)) await once(reader, 'drain').catch(() => undefined);
      if (passed > PASSES) await released;
      pages.resume();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    port,
    goOn,
    downloads: () => downloads,
    idleMs: () => performance.now() - passedAt,
  };
}

/** In the menu of the first download of the list. */
async function press(list: Page, what: 'Pause' | 'Resume'): Promise<void> {
  const item = list.locator('#pause-or-resume', { hasText: what });
  // Without a pointer, which would wait for the page to be drawn.
  const click = (element: HTMLElement): void => element.click();
  await list.locator('#more-actions').first().evaluate(click);
  await item.evaluate(click);
}

async function download(link: string) {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const list = await context.newPage();
  await list.goto('chrome://downloads');
  const page = await context.newPage();
  await page.goto(link);
  const begun = page.waitForEvent('download');
  await page.locator('a.first').click();
  const saved = await begun;
  return { list, bytes: async () => new Uint8Array(await readFile(await saved.path())) };
}

const DEFAULT_TIMEOUTS = { timeout: 30_000 };

test('a download that was paused for longer than a connection may be idle goes on', async () => {
  const running = await startTestService({ limits: { pages: { idleMs: 1_000 } } });
  onTestFinished(() => running.end());
  const id = await upload(running);
  const shared = await running.api.call('POST', '/linkify', { access: 'PUBLIC', asset: { id } });
  const link = new URL(shared.json.iterable[0].link);
  const network = await haltingNetwork(Number(link.port));
  link.port = String(network.port);
  const { list, bytes } = await download(link.href);
  await press(list, 'Pause');
  network.goOn();
  // Several times as long as that, nothing has been taken.
  await expect.poll(() => network.idleMs(), DEFAULT_TIMEOUTS).toBeGreaterThan(4_000);
  await press(list, 'Resume');
  expect(Buffer.compare(await bytes(), CONTENT)).toBe(0);
  expect(network.downloads()).toBe(1);
}, 90_000);
