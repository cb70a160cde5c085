import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fileSeed,
  get,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { png } from '../support/service/samples.ts';

/** Markdown as on GitHub, and what its addresses lead to. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const BROWSER = { 'user-agent': 'Mozilla/5.0', accept: 'text/html' };
const articleOf = async (url: string): Promise<string> =>
  /<article class="prose">(.*)<\/article>/s.exec((await get(url, BROWSER)).text)?.[1] ?? '';
const rendered = async (source: string): Promise<string> =>
  articleOf((await running.api.share(textSeed(source, 'a.md', 'md'))).link);

describe('front matter', () => {
  test.each([
    '---\ntitle: Hello\ntags: [a, b]\n---\n# Words\n',
    '---\r\ntitle: Hello\r\n---\r\n# Words\r\n',
    '\ufeff---\ntitle: Hello\n---\n# Words\n',
    '+++\ntitle = "Hello"\n+++\n# Words\n',
    '---\n# a remark\ntitle: Hello\n---\n# Words\n',
  ])('is shown as data, not as a heading: %j', async (source) => {
    const html = await rendered(source);
    expect(html).toMatch(/<pre class="meta"><code>.*title.*<\/code><\/pre>/s);
    expect(html.match(/<h\d/g)).toEqual(['<h1']);
    expect(html).not.toContain('<hr');
  });

  test.each(['---\n\nJust words.\n\n---\n\nMore.\n', '---\ntitle: not closed\n\n# Words\n'])(
    'is only what looks like it: %j',
    async (source) => {
      const html = await rendered(source);
      expect(html).not.toContain('class="meta"');
      expect(html).toContain('<hr');
    },
  );
});

describe('a link within the page', () => {
  test.each([
    ['# Use\n\n[go](#use)', 'use'],
    ['# Use\n\n[go](#Use)', 'use'],
    ['# What is `new` & *good*?\n\n[go](#what-is-new--good)', 'what-is-new--good'],
    ['# A\n# A\n# A\n\n[go](#a-2)', 'a-2'],
    ['# Über uns\n\n[go](#über-uns)', 'über-uns'],
    ['# 使い方\n\n[go](#%E4%BD%BF%E3%81%84%E6%96%B9)', '使い方'],
    ['# constructor\n\n[go](#constructor)', 'constructor'],
    ['# __proto__\n# __proto__\n\n[go](#proto-1)', 'proto-1'],
    ['Setext\n======\n\n[go](#setext)', 'setext'],
  ])('leads to its heading: %j', async (source, slug) => {
    const html = await rendered(source);
    expect(html).toContain(`id="user-content-${slug}"`);
    const href = /<a href="#([^"]+)">go/.exec(html)?.[1] ?? '';
    expect(decodeURIComponent(href)).toBe(`user-content-${slug}`);
  });

  test('never has an id that a script of the page looks for', async () => {
    const html = await rendered('# zoom\n# L1\n# said\n# encoding\n# body\n# <img id=x>\n');
    for (const [, id] of html.matchAll(/ id="([^"]*)"/g)) expect(id).toMatch(/^user-content-/);
  });
});

describe('what GitHub adds', () => {
  test('tables are aligned, without a style of their own', async () => {
    const html = await rendered('| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n');
    expect(html).toMatch(/<td class="right"[^>]*>3</);
    expect(html).toMatch(/<th class="center"[^>]*>b</);
    expect(html).not.toContain('style=');
  });

  test('task lists have boxes that cannot be changed', async () => {
    const html = await rendered('- [ ] to do\n- [x] done\n1. [X] also\n\n- [y] no\n- [] no\n');
    expect(html.match(/<input type="checkbox" disabled( checked)? \/>/g)).toHaveLength(3);
    expect(html.match(/disabled checked/g)).toHaveLength(2);
    expect(html).toMatch(/<label><input[^>]*>to do<\/label>/);
  });

  test('addresses are links, names with a dot are not', async () => {
    const html = await rendered(
      'See https://example.com/a?b=c. Or www.example.com/x, me@example.com, README.md.\n',
    );
    expect(html).toContain('<a href="https://example.com/a?b=c"');
    expect(html).toContain('<a href="http://www.example.com/x"');
    expect(html).toContain('<a href="mailto:me@example.com"');
    expect(html).toContain('README.md.');
    expect(html).not.toMatch(/<a[^>]*>README/);
  });

  test('footnotes lead there and back', async () => {
    const html = await rendered('Words[^a].\n\n[^a]: A *note*.\n');
    expect(html).toContain('<a href="#user-content-fn1" id="user-content-fnref1">');
    expect(html).toContain('<li id="user-content-fn1"');
    expect(html).toContain('<a href="#user-content-fnref1">');
  });

  test('alerts, strikethrough and pictures that are links', async () => {
    const html = await rendered(
      '> [!WARNING]\n> Hot.\n\n~~old~~\n\n[![build](https://ci.test/b.svg)](https://ci.test)\n',
    );
    expect(html).toMatch(/<blockquote[^>]*class="alert warning"/);
    expect(html).toContain('<strong>Warning</strong>');
    expect(html).toContain('<s>old</s>');
    expect(html).toMatch(/<a href="https:\/\/ci\.test" [^>]*>build<\/a>/);
    expect(html).not.toContain('<img');
  });

  test('each block has its own direction', async () => {
    const html = await rendered('# שלום\n\nwords\n\n- مرحبا\n');
    expect(html).toMatch(/<h1 dir="auto"/);
    expect(html).toMatch(/<p dir="auto">words/);
    expect(html).toMatch(/<li dir="auto">/);
  });
});

describe('a relative address', () => {
  const source = [
    '[license](LICENSE) [guide](./guide.md#use) [line](src/a.ts#L3) [space](my%20file.txt)',
    '![chart](chart.png) ![text](LICENSE) ![gone](none.png) [back](/LICENSE)',
    '[none](none.txt) [up](../LICENSE) [root](/etc/passwd) [host](//evil.test/a) [tel](tel:1)',
    '[proto](constructor) [dots](..) [bad](%E0%A4%A) [self](README.md)',
  ].join('\n\n');

  async function collection(extension?: object): Promise<string> {
    const assets: string[] = [];
    for (const [name, bytes] of [
      ['README.md', Buffer.from(source)],
      ['LICENSE', Buffer.from('MIT')],
      ['guide.md', Buffer.from('# Use')],
      ['src/a.ts', Buffer.from('const a = 1;')],
      ['my file.txt', Buffer.from('x')],
      ['chart.png', png(4, 4)],
    ] as const) {
      assets.push(await running.api.create(fileSeed(bytes, name)));
    }
    const made = await running.api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets,
      ...(extension === undefined ? {} : { 'x-linkify': extension }),
    });
    return made.json.iterable[0].link;
  }

  test('leads to an item of the same collection, and a picture is shown', async () => {
    const link = await collection();
    const root = new URL(link).pathname;
    const html = await articleOf(`${link}/1`);
    const hrefs = [...html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)</g)].map((found) =>
      found.slice(1, 3),
    );
    expect(hrefs).toEqual([
      [`${root}/2`, 'license'],
      [`${root}/3#user-content-use`, 'guide'],
      [`${root}/4#L3`, 'line'],
      [`${root}/5`, 'space'],
      [`${root}/2`, 'text'],
      [`${root}/2`, 'back'],
      [`${root}/1`, 'self'],
    ]);
    expect(html).toContain(`<img src="${root}/6/raw" alt="chart" loading="lazy" />`);
    for (const [href = ''] of hrefs) {
      expect((await get(new URL(href, link).href, BROWSER)).status, href).toBe(200);
    }
  });

  test('that leads nowhere is plain text, and is never asked for', async () => {
    for (const url of [
      `${await collection()}/1`,
      (await running.api.share(fileSeed(Buffer.from(source), 'README.md'))).link,
    ]) {
      const html = await articleOf(url);
      for (const words of ['none', 'up', 'root', 'host', 'tel', 'proto', 'dots', 'bad', 'gone']) {
        expect(html).toMatch(new RegExp(`[ >]${words}[ <]`));
        expect(html).not.toMatch(new RegExp(`<a [^>]*>${words}<`));
      }
    }
    const alone = await articleOf(
      (await running.api.share(fileSeed(Buffer.from(source), 'README.md'))).link,
    );
    expect(alone).not.toMatch(/<a |<img /);
  });

  test('of an item that was deleted is plain text', async () => {
    const asset = await running.api.create(fileSeed(Buffer.from('x'), 'gone.txt'));
    const notes = await running.api.create(fileSeed(Buffer.from('[it](gone.txt)'), 'a.md'));
    const made = await running.api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets: [notes, asset],
    });
    const { link } = made.json.iterable[0];
    expect(await articleOf(`${link}/1`)).toContain('<a href=');
    expect((await running.api.call('POST', `/assets/${asset}/delete`)).status).toBeLessThan(300);
    expect(await articleOf(`${link}/1`)).not.toContain('<a href=');
  });

  test('stays behind the password of its collection', async () => {
    const link = await collection({ password: 'secret words' });
    const opened = await fetch(`${link}/open`, {
      method: 'POST',
      body: new URLSearchParams({ password: 'secret words' }),
    });
    const root = new URL(opened.url).pathname;
    expect(root).not.toBe(new URL(link).pathname);
    expect(await articleOf(`${opened.url}/1`)).toContain(`<a href="${root}/2">license</a>`);
  });
});
