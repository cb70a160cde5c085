import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER_ACCEPTS } from '../support/as-browser.ts';
import {
  FROM_ELSEWHERE,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';

/** What pages take on the wire. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

/** What Chromium sends to plain http. */
const BROWSER = {
  accept: BROWSER_ACCEPTS,
  'accept-encoding': 'gzip, deflate',
  'accept-language': 'en-US,en;q=0.9',
};

/** The response as it arrives: nothing is unpacked. */
async function arrived(url: string, headers: Record<string, string>, method = 'GET') {
  return await new Promise<{
    status: number;
    headers: NodeJS.Dict<string | string[]>;
    bytes: Buffer;
    wireBytes: number;
  }>((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, async (response) => {
      const { statusCode: status = 0, socket } = response;
      const bytes = await buffer(response);
      resolve({ status, headers: response.headers, bytes, wireBytes: socket.bytesRead });
    });
    sent.once('error', reject).end();
  });
}

// 1 KB that repeats little, as a letter does.
const LETTER = Array.from({ length: 160 }, (_, index) =>
  ((index * 7_919 + 104_729) % 60_466_176).toString(36).slice(-5),
)
  .join(' ')
  .slice(0, 1_000);

describe('a page', () => {
  test('of 1 KB of text arrives in under 6 kB, head included', async () => {
    const { link } = await running.api.share(textSeed(LETTER, 'Letter.txt', 'txt'));
    const answer = await arrived(link, { ...BROWSER, ...FROM_ELSEWHERE });
    expect(answer.headers['content-encoding']).toBe('gzip');
    const page = gunzipSync(answer.bytes).toString();
    expect(page).toContain(LETTER);
    // Nothing but its icon, which browsers ask for last, is loaded besides.
    expect(page.match(/(?:src|href)="\/(?!s\/)[^"]*"/g)).toEqual(['href="/icon.svg"']);
    expect(answer.wireBytes).toBeLessThan(6_000);
  });

  test.each([1_000, 200_000])('with %i characters is the same packed and plain', async (length) => {
    const text = LETTER.repeat(length / 1_000);
    const { link } = await running.api.share(textSeed(`${text} – ä`, 'a.txt', 'txt'));
    const plain = await arrived(link, { accept: BROWSER_ACCEPTS, ...FROM_ELSEWHERE });
    const packed = await arrived(link, { ...BROWSER, ...FROM_ELSEWHERE });
    const stable = (bytes: Buffer) => bytes.toString().replaceAll(/nonce="[^"]+"|seen\/[^)]+/g, '');
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(stable(gunzipSync(packed.bytes))).toBe(stable(plain.bytes));
    for (const { headers, bytes } of [plain, packed]) {
      expect(Number(headers['content-length'])).toBe(bytes.length);
      expect(headers.vary).toContain('Accept-Encoding');
      expect(headers['content-security-policy']).toContain("script-src 'nonce-");
    }
  });

  test('has the same head for HEAD, without a length that would be another one', async () => {
    const { link } = await running.api.share(textSeed(LETTER));
    const { headers, bytes, status } = await arrived(
      link,
      { ...BROWSER, ...FROM_ELSEWHERE },
      'HEAD',
    );
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBe('gzip');
    expect(headers['content-length']).toBeUndefined();
    expect(bytes).toHaveLength(0);
  });

  test.each([
    undefined,
    'identity',
    'br',
    'gzip;q=0, *;q=1',
    'identity, gzip;q=0.5',
    'x'.repeat(500),
  ])('is sent as it is to a client that accepts %j', async (accepted) => {
    const { link } = await running.api.share(textSeed(LETTER));
    const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
    const answer = await arrived(link, {
      accept: BROWSER_ACCEPTS,
      ...headers,
      ...FROM_ELSEWHERE,
    });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.bytes.toString()).toContain(LETTER);
  });

  test('is not packed within this computer', async () => {
    const { link } = await running.api.share(textSeed(LETTER));
    expect((await arrived(link, BROWSER)).headers['content-encoding']).toBeUndefined();
  });

  test('that says why there is nothing is packed too, its status as it was', async () => {
    const { origin } = new URL((await running.api.share(textSeed('x'))).link);
    const answer = await arrived(`${origin}/s/unknown`, { ...BROWSER, ...FROM_ELSEWHERE });
    expect(answer.status).toBe(404);
    expect(gunzipSync(answer.bytes).toString()).toContain('<h1>');
  });
});

test('content is never packed: its length and its ranges are those of the file', async () => {
  const { link } = await running.api.share(textSeed(LETTER));
  for (const path of ['/raw', '/download']) {
    const answer = await arrived(link + path, { ...BROWSER, ...FROM_ELSEWHERE });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.bytes.toString()).toBe(LETTER);
  }
});

test('a page is sent the parts of the script that it uses', async () => {
  const scriptOf = async (seed: unknown) => {
    const { link } = await running.api.share(seed);
    const { bytes } = await arrived(link, { accept: BROWSER_ACCEPTS });
    return /<script[^>]*>([\s\S]*)<\/script>/.exec(bytes.toString())?.[1] ?? '';
  };
  const letter = await scriptOf(textSeed(LETTER, 'a.txt', 'txt'));
  expect(letter).toContain('data-does=copy');
  for (const unused of ['#zoom', 'data-does=wrap', 'hashchange']) {
    expect(letter).not.toContain(unused);
  }
  const code = await scriptOf(textSeed('const a = 1;\n', 'a.ts', 'ts'));
  expect(code).toContain('data-does=wrap');
  expect(code).not.toContain('user-content-');
});
