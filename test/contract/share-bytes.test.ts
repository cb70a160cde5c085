import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRange } from '../../main/server/pages/download/range.ts';
import {
  type Answer,
  fileSeed,
  get,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { pageText } from '../support/text.ts';

/** What someone who opens a link gets, and what their browser is told about it. */

const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

let running: TestService;
let origin = '';
beforeAll(async () => {
  running = await startTestService();
  origin = new URL((await running.api.share(textSeed('first'))).link).origin;
});
afterAll(() => running.end());

const linkOf = async (seed: unknown): Promise<string> => (await running.api.share(seed)).link;
const bytesOf = async (url: string, headers: HeadersInit = {}) => {
  const response = await fetch(url, { headers });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
};

function expectPageHeaders({ headers, text }: Answer, what: string): void {
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy, what).toContain("default-src 'none'");
  expect(policy, what).toContain("frame-ancestors 'none'");
  expect(policy, what).toContain("base-uri 'none'");
  expect(policy, what).not.toMatch(/unsafe|\*|https?:/);
  expect(headers.get('x-content-type-options'), what).toBe('nosniff');
  expect(headers.get('referrer-policy'), what).toBe('no-referrer');
  expect(headers.get('x-robots-tag'), what).toContain('noindex');
  expect(headers.get('cache-control'), what).toBe('no-store');
  expect(headers.get('cross-origin-resource-policy'), what).toBe('same-origin');
  expect(headers.get('content-type'), what).toBe('text/html; charset=utf-8');
  expect(headers.get('set-cookie'), what).toBeNull();
  expect(headers.get('access-control-allow-origin'), what).toBeNull();
  // The nonce is a new one each time, and nothing in the page is loaded from elsewhere.
  expect(text, what).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
}

test('every status of a page carries the same guards', async () => {
  const gone = await running.api.share(textSeed('gone'));
  await running.api.revoke(gone.id);
  const collection = await running.api.call('POST', '/linkify/multiple', {
    access: 'PUBLIC',
    assets: [await running.api.create(textSeed('a')), await running.api.create(textSeed('b'))],
  });
  const many = collection.json.iterable[0].link;
  const pages: readonly (readonly [number, string])[] = [
    [200, await linkOf(textSeed('x = 1', 'x.py', 'py'))],
    [200, await linkOf(fileSeed(PNG, 'dot.png', 'png'))],
    [200, await linkOf(fileSeed(new Uint8Array([0, 1, 2]), 'some.bin'))],
    [200, many],
    [200, `${many}/2`],
    [404, `${many}/3`],
    [404, `${many}/0`],
    [404, `${many}/raw`],
    [410, gone.link],
    [410, `${gone.link}/raw`],
    [404, `${origin}/s/11111111111111111111aa`],
    [404, `${origin}/`],
    [404, `${origin}/s/..%2f..%2fapi-token`],
    [404, `${origin}/s//`],
  ];
  const nonces = new Set<string>();
  for (const [status, url] of pages) {
    const page = await get(url);
    expect(page.status, url).toBe(status);
    expectPageHeaders(page, url);
    nonces.add(
      /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1] ?? '',
    );
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.status, url).toBe(status);
    expect(head.headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  expect(nonces.size).toBe(pages.length);
  const posted = await fetch(many, { method: 'POST', body: 'x' });
  expect(posted.status).toBe(405);
  expect(posted.headers.get('allow')).toContain('GET');
  expect(posted.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('raw bytes are sandboxed, never sniffed, and typed by what they are', async () => {
  const html = '<script>alert(1)</script>';
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
  const kinds: readonly (readonly [string, unknown, string, string])[] = [
    ['html as text', textSeed(html, 'a.html', 'html'), 'text/plain; charset=utf-8', 'inline'],
    [
      'html as file',
      fileSeed(Buffer.from(html), 'a.html', 'html'),
      'text/plain; charset=utf-8',
      'inline',
    ],
    [
      'xhtml',
      fileSeed(Buffer.from(`<?xml version="1.0"?><html>${html}</html>`), 'a.xml'),
      'text/plain; charset=utf-8',
      'inline',
    ],
    ['a script', fileSeed(Buffer.from('alert(1)'), 'a.js'), 'text/plain; charset=utf-8', 'inline'],
    ['svg', fileSeed(Buffer.from(svg), 'a.svg', 'svg'), 'text/plain; charset=utf-8', 'inline'],
    [
      'html named png',
      fileSeed(Buffer.from(html), 'a.png', 'png'),
      'text/plain; charset=utf-8',
      'inline',
    ],
    ['png', fileSeed(PNG, 'a.html', 'html'), 'image/png', 'inline'],
    [
      'zip',
      fileSeed(Buffer.from('PK\x03\x04\0\0\0\0'), 'a.zip'),
      'application/octet-stream',
      'attachment',
    ],
  ];
  for (const [what, seed, type, disposition] of kinds) {
    const link = await linkOf(seed);
    const { headers } = await get(`${link}/raw`);
    expect(headers.get('content-type'), what).toBe(type);
    expect(headers.get('content-disposition'), what).toMatch(new RegExp(`^${disposition}`));
    expect(headers.get('content-security-policy'), what).toContain('sandbox');
    expect(headers.get('x-content-type-options'), what).toBe('nosniff');
    const download = await get(`${link}/download`);
    expect(download.headers.get('content-type')).toBe('application/octet-stream');
    expect(download.headers.get('content-disposition')).toMatch(/^attachment/);
  }
});

describe('ranges', () => {
  const content = Uint8Array.from({ length: 40_000 }, (_, index) => (index * 7) % 251);
  let link = '';
  beforeAll(async () => {
    link = `${await linkOf(fileSeed(content, 'ranges.bin'))}/download`;
  });

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-199', 100, 200],
    ['bytes=39999-', 39_999, 40_000],
    ['bytes=39000-99999', 39_000, 40_000],
    ['bytes=-10', 39_990, 40_000],
    ['bytes=-99999', 0, 40_000],
  ])('%s', async (range, from, to) => {
    const { response, bytes } = await bytesOf(link, { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/40000`);
    expect(bytes).toEqual(content.slice(from, to));
  });

  test('what no range can be is answered with 416, what is no range with the whole', async () => {
    for (const range of ['bytes=40000-', 'bytes=-0']) {
      const { response } = await bytesOf(link, { range });
      expect(response.status).toBe(416);
      expect(response.headers.get('content-range')).toBe('bytes */40000');
    }
    for (const range of ['bytes=5-2', 'bytes=0-1,5-6', 'items=0-1', 'bytes=', 'bytes=a-b']) {
      const { response, bytes } = await bytesOf(link, { range });
      expect(response.status).toBe(200);
      expect(bytes).toHaveLength(content.length);
    }
  });

  test('a range lies within the content, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat({ max: 10_000 }), (junk, a, b, size) => {
        for (const header of [
          junk,
          `bytes=${a}-${b}`,
          `bytes=-${a}`,
          `bytes=${a}-`,
          `bytes=${junk}`,
        ]) {
          const range = parseRange(header, size);
          if (range === undefined || range === 'unsatisfiable') continue;
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThan(size);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test('an empty text and an empty file open, and download as nothing', async () => {
  for (const seed of [textSeed(''), fileSeed(new Uint8Array(), 'empty.bin')]) {
    const link = await linkOf(seed);
    expect((await get(link)).status).toBe(200);
    for (const part of ['raw', 'download']) {
      const answer = await get(`${link}/${part}`);
      expect(answer.status).toBe(200);
      expect(answer.text).toBe('');
      expect(answer.headers.get('content-length')).toBe('0');
    }
    expect((await get(`${link}/raw`, { range: 'bytes=0-' })).status).toBe(416);
  }
});

test('a long text is shown in part and downloads whole; one endless line does not stall', async () => {
  const lines = 'a line of some words\n'.repeat(150_000);
  const long = await linkOf(textSeed(lines, 'long.log'));
  const page = await get(long);
  expect(page.text).toContain(pageText('partOf', { part: 1, count: 8 }));
  expect(page.text.length).toBeLessThan(30_000_000);
  expect((await get(`${long}/raw`)).text).toBe(lines);
  const endless = await linkOf(textSeed(`var x = "${'y'.repeat(3_000_000)}";`, 'one.js', 'js'));
  expect((await get(endless)).text).toContain(pageText('partOf', { part: 1, count: 6 }));
});
