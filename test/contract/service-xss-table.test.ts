import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AS_BROWSER } from '../support/as-browser.ts';
import { unexpectedMarkup } from '../support/service/inspect-page.ts';
import { PLACES } from '../support/service/payload-places.ts';
import { PAYLOAD_TABLE } from '../support/service/payloads.ts';
import { get, startTestService, type TestService, textSeed } from '../support/service/run.ts';

/**
 * Each payload in each place of each kind of page, read by a parser of the browsers' own standard:
 * what comes out is made of our elements and attributes alone.
 */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

let looked = 0;

async function look(url: string, init: RequestInit, what: string): Promise<void> {
  const response = await fetch(url, { ...AS_BROWSER, ...init });
  const text = await response.text();
  expect(response.headers.get('content-type'), what).toBe('text/html; charset=utf-8');
  const policy = response.headers.get('content-security-policy') ?? '';
  const nonce = /style-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(unexpectedMarkup(text, nonce), what).toEqual([]);
  looked++;
}

test('the judge would notice: an element, a handler, an address and a script of another', () => {
  const page = (inside: string) => `<!doctype html><main>${inside}</main>`;
  for (const inside of [
    '<svg onload=canary(1)>',
    '<object data=x>',
    '<a href="javascript:canary(1)">',
    '<a href=" java\tscript:canary(1)">',
    '<a href="//evil.test/">',
    '<script>canary(1)</script>',
    '<style>@import "x"</style>',
    '<p style="color:red">',
  ]) {
    expect(unexpectedMarkup(page(inside), 'n'), inside).not.toEqual([]);
  }
  expect(unexpectedMarkup(page('<a href="/s/1">&lt;script></a>'), 'n')).toEqual([]);
});

describe.each(Object.entries(PLACES))('%s', (place, seed) => {
  test(`holds none of ${PAYLOAD_TABLE.length} payloads that run`, async () => {
    const assets: string[] = [];
    for (const payload of PAYLOAD_TABLE) {
      const { link, asset } = await running.api.share(seed(payload));
      assets.push(asset.id);
      await look(link, {}, payload);
      if (place.startsWith('Markdown')) await look(`${link}?source`, {}, payload);
    }
    // As items of collections whose name is a payload, too: previews and the way through.
    for (let first = 0; first < assets.length; first += 40) {
      const name = `${first} ${place} ${PAYLOAD_TABLE.slice(first, first + 40).join(' ')}`;
      const body = {
        access: 'PUBLIC',
        assets: assets.slice(first, first + 40),
        name: name.slice(0, 200),
      };
      const made = await running.api.call('POST', '/linkify/multiple', body);
      expect(made.status, made.text).toBe(200);
      await look(made.json.iterable[0].link, {}, `collection from ${first}`);
      await look(`${made.json.iterable[0].link}/2`, {}, `item of the collection from ${first}`);
    }
  }, 120_000);
});

test('a page that opens once shows a payload as it is', async () => {
  for (const payload of PAYLOAD_TABLE.slice(0, 70)) {
    const { link } = await running.api.share(textSeed(payload, payload, 'md'), { once: true });
    const key = /name="key" value="([^"]+)"/.exec((await get(link)).text)?.[1] ?? '';
    await look(`${link}/open`, { method: 'POST', body: new URLSearchParams({ key }) }, payload);
  }
});

test('thousands of combinations were looked at', () => {
  expect(PAYLOAD_TABLE.length).toBeGreaterThan(300);
  expect(looked).toBeGreaterThan(3_000);
});
