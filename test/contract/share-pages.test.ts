import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fileSeed,
  get,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { pageText } from '../support/text.ts';

/** What someone who opens a link gets. */

let running: TestService;

beforeAll(async () => {
  running = await startTestService();
});

afterAll(() => running.end());

const BROWSER = { 'user-agent': 'Mozilla/5.0', accept: 'text/html' };
const see = (url: string) => get(url, BROWSER);
const shareFile = async (content: string | Uint8Array, name: string) =>
  (
    await running.api.share(
      fileSeed(typeof content === 'string' ? Buffer.from(content) : content, name),
    )
  ).link as string;

describe('pages', () => {
  test('code has its language, numbered lines that can be linked, and no effect', async () => {
    const link = await shareFile(
      'const a = "</script><script>alert(1)</script>";\n/* one\ntwo */\n',
      'a.ts',
    );
    const { text } = await see(link);
    expect(text).toContain('TypeScript');
    expect(text).toContain('id="L3"');
    expect(text).not.toContain('id="L4"');
    expect(text).toContain('&lt;/script&gt;');
    expect(text.match(/<script/g)).toHaveLength(1);
    // A comment over two lines is closed and opened again in each.
    expect(text).toMatch(/<tr id="L3">.*<span class="hljs-comment">two \*\/<\/span>/);
  });

  test('a text to be read has no line numbers, and its addresses are links', async () => {
    const link = await shareFile('Dear Anna,\n\nsee <https://example.com/a?b=1&c>.\n', 'a.txt');
    const { text } = await see(link);
    expect(text).not.toContain('id="L1"');
    expect(text).toContain(
      '<article class="text"><pre>\nDear Anna,\n\nsee &lt;<a href="https://example.com/a?b=1&amp;c" rel="noopener noreferrer nofollow">',
    );
  });

  test('a text in columns has numbered lines, in characters of one width', async () => {
    const { text } = await see(await shareFile('name     size\na.txt    10\n', 'a.txt'));
    expect(text).toContain('id="L2"');
  });

  test('Markdown is rendered without its HTML, scripts and pictures; its source is one click away', async () => {
    const link = await shareFile(
      '# Title\n\n<img src=x onerror=alert(1)>\n\n[go](javascript:alert(1)) [ok](https://example.com) ![pic](https://example.com/a.png)\n',
      'readme.md',
    );
    const { text } = await see(link);
    expect(text).toMatch(/<h1 [^>]*>Title<\/h1>/);
    expect(text).not.toContain('<img');
    expect(text).not.toContain('href="javascript:');
    expect(text).toContain('href="https://example.com" rel="noopener noreferrer nofollow"');
    expect((await see(`${link}?source`)).text).toContain('id="L1"');
  });

  test('someone at a terminal gets the text itself', async () => {
    const link = await shareFile('plain\n', 'a.txt');
    const answer = await get(link, { 'user-agent': 'curl/8.5.0', accept: '*/*' });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.text).toBe('plain\n');
  });

  test('the title of a preview tells nothing of the content', async () => {
    const link = await shareFile('secret words', 'secret-name.txt');
    const { text } = await see(link);
    expect(text).toContain(`<meta property="og:title" content="${pageText('sharedLink')}">`);
    expect(text).not.toContain('og:description');
  });
});

describe('addresses', () => {
  test('a slash at the end leads to the page without it, with its query', async () => {
    const link = await shareFile('# Title', 'readme.md');
    for (const path of ['/', '//', '/raw/', '/download/', '/?source', '/?a=1?b#c']) {
      const answer = await fetch(`${link}${path}`, { redirect: 'manual' });
      expect(answer.status, path).toBe(308);
      const to = new URL(answer.headers.get('location') ?? '', `${link}${path}`);
      const plain = new URL(`${link}${path.replace(/\/+(?=\?|$)/, '')}`);
      expect(to.pathname + to.search).toBe(plain.pathname + plain.search);
      expect((await fetch(to)).status).toBe(200);
    }
    expect((await fetch(`${link}/`, { method: 'HEAD', redirect: 'manual' })).status).toBe(308);
    // Below a proxy's path the browser stays below it.
    const answer = await fetch(`${link}/`, { redirect: 'manual' });
    const below = new URL(answer.headers.get('location') ?? '', `https://proxy.example/x/s/abc/`);
    expect(below.href).toBe(`https://proxy.example/x/s/${link.split('/').at(-1)}`);
  });

  test('a slash at the end of nothing stays a 404, and leads nowhere else', async () => {
    const { origin } = new URL(await shareFile('x', 'a.txt'));
    for (const path of ['/nothing/', '/s/', '//evil.example/', '/s//', '/s/a/b/c/d/']) {
      const answer = await fetch(`${origin}${path}`, { redirect: 'manual' });
      expect(answer.status, path).toBe(404);
      expect(answer.headers.get('location')).toBeNull();
    }
  });
});

describe('headers', () => {
  test('each page lets in its own style and script by a new nonce, and nothing else', async () => {
    const link = await shareFile('x', 'a.txt');
    const nonces = new Set<string>();
    for (let i = 0; i < 50; i++) {
      const { headers, text } = await see(link);
      const policy = headers.get('content-security-policy') ?? '';
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      nonces.add(nonce);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(text).toContain(`<script nonce="${nonce}">`);
    }
    expect(nonces.size).toBe(50);
  });

  test.each([
    'a"; filename="b.html',
    'a\r\nX-Evil: 1.txt',
    '../../etc/passwd',
    '..\\..\\boot.ini',
    '\u202Egnp.exe',
    'CON.txt',
    '日本語のファイル.txt',
    '.bashrc',
    'x'.repeat(900),
    '<img src=x onerror=alert(1)>.txt',
  ])('the name %j stays a harmless name', async (name) => {
    const link = await shareFile('x', name);
    const { headers } = await see(`${link}/download`);
    const disposition = headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="?/);
    expect(headers.get('x-evil')).toBeNull();
    const plain = /filename="?([^";]*)/.exec(disposition)?.[1] ?? '';
    const full = decodeURIComponent(/filename\*=UTF-8''(.*)/.exec(disposition)?.[1] ?? plain);
    expect(full).not.toMatch(/[/\\\r\n<>"]|[\u202A-\u202E]/);
    expect(full).not.toMatch(/^\.{0,2}$|^con\./i);
    expect(Buffer.byteLength(full)).toBeLessThanOrEqual(200);
    const page = (await see(link)).text;
    expect(page).not.toContain('<img src=x');
    expect(page).not.toContain('\u202E');
  });
});

describe('collections', () => {
  const collect = async (names: readonly string[], name?: string) => {
    const assets: string[] = [];
    for (const [index, file] of names.entries()) {
      assets.push(await running.api.create(fileSeed(Buffer.from(`content ${index}`), file)));
    }
    const made = await running.api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets,
      ...(name === undefined ? {} : { name }),
    });
    return made.json.iterable[0].link as string;
  };

  test('list their items in order, each with a page of its own', async () => {
    const link = await collect(['b.txt', 'a.txt'], '<b>Plans</b>');
    const { text } = await see(link);
    expect(text).toContain('&lt;b&gt;Plans&lt;/b&gt;');
    expect(text.indexOf('b.txt')).toBeLessThan(text.indexOf('a.txt'));
    expect((await see(`${link}/2`)).text).toContain('content 1');
    expect((await get(`${link}/1/raw`)).text).toBe('content 0');
    for (const path of ['/0', '/3', '/01', '/1x', '/-1']) {
      expect((await see(link + path)).status, path).toBe(404);
    }
  });

  test('have a card for each item, and are a list from 12 items on', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}.txt`);
    const cards = (await see(await collect(names(11)))).text;
    expect(cards).toContain('<ol class="items">');
    expect(cards).toContain('content 10');
    const list = (await see(await collect(names(12)))).text;
    expect(list).toContain('<ol class="items list">');
    expect(list).not.toContain('content 10');
  });

  test('say how large all items together are', async () => {
    const { text } = await see(await collect(['a.txt', 'b.txt']));
    expect(text).toContain(pageText('downloadAll', { size: '18 bytes' }));
  });

  test('come as one archive whose names stay in their folder and are unique', async () => {
    const link = await collect(['../../evil.txt', 'a.txt', 'A.txt', 'nul', '/abs.txt']);
    const answer = await fetch(`${link}/zip`);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    const zip = Buffer.from(await answer.arrayBuffer());
    const names = centralNames(zip);
    expect(names).toHaveLength(5);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5);
    for (const name of names) expect(name).not.toMatch(/[/\\]|^\.|^nul$/i);
    for (let i = 0; i < 5; i++) expect(zip.includes(`content ${i}`)).toBe(true);
  });

  test('come with names that every system can use, and dotfiles as they are', async () => {
    const link = await collect([
      '.gitignore',
      '.GitIgnore',
      'a:b?.txt',
      'a_b_.txt',
      'con.txt',
      'COM¹.txt',
      'desktop.ini',
      'end.',
      'é.txt',
      'e\u0301.txt',
    ]);
    const zip = Buffer.from(await (await fetch(`${link}/zip`)).arrayBuffer());
    expect(centralNames(zip)).toEqual([
      '.gitignore',
      '.GitIgnore (2)',
      'a_b_.txt',
      'a_b_ (2).txt',
      '_con.txt',
      '_COM¹.txt',
      '_desktop.ini',
      'end',
      'é.txt',
      'e\u0301 (2).txt',
    ]);
  });

  /** Names in a ZIP's central directory (APPNOTE 4.3.12). */
  function centralNames(zip: Buffer): readonly string[] {
    const names: string[] = [];
    let at = zip.indexOf(Buffer.from('PK\x01\x02'));
    while (at >= 0) {
      const length = zip.readUInt16LE(at + 28);
      names.push(zip.toString('utf8', at + 46, at + 46 + length));
      at = zip.indexOf(Buffer.from('PK\x01\x02'), at + 46 + length);
    }
    return names;
  }
});

test('only opening is possible: every other method is refused, and no route of the API is there', async () => {
  const link = await shareFile('x', 'a.txt');
  const { origin } = new URL(link);
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    expect((await fetch(link, { method })).status).toBe(405);
  }
  for (const path of [
    '/linkify',
    '/shares',
    '/user',
    '/connect',
    '/x-linkify/service',
    '/s/',
    '/s',
  ]) {
    expect((await see(origin + path)).status, path).toBe(404);
  }
});

test('guessing ids is slowed down, and a real reader is still served', async () => {
  const own = await startTestService();
  const share = await own.api.share(textSeed('real'));
  const { origin } = new URL(share.link);
  const statuses: number[] = [];
  for (let i = 0; i < 60; i++) statuses.push((await see(`${origin}/s/guess${i}`)).status);
  expect(statuses.slice(0, 20).every((status) => status === 404)).toBe(true);
  expect(statuses.slice(20).every((status) => status === 429)).toBe(true);
  expect((await see(share.link)).status).toBe(200);
  await own.end();
});

test.each([{ password: 'pw' }, { once: true }])(
  'a page with a form has no tie to the page that opened it: %o',
  async (options) => {
    const coop = async (link: string) =>
      (await see(link)).headers.get('cross-origin-opener-policy');
    expect(await coop((await running.api.share(textSeed('x'), options)).link)).toBe('same-origin');
    // Chromium takes longer to show a page that has it.
    expect(await coop((await running.api.share(textSeed('x'))).link)).toBeNull();
  },
);
