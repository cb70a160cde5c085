import { parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENCODINGS } from '../../main/server/pages/content/encoding.ts';
import { encodeText } from '../support/service/encode-text.ts';
import { ENCODED_TEXTS } from '../support/service/encoded-texts.ts';
import { fileSeed, get, startTestService, type TestService } from '../support/service/run.ts';

/** Files with text that is not UTF-8: what a reader sees, and what the headers say. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const BROWSER = { 'user-agent': 'Mozilla/5.0', accept: 'text/html' };
const see = async (url: string) => (await get(url, BROWSER)).text;

/** The text of a page, as a browser's parser reads it. */
function textOf(page: string): string {
  const visit = (node: object): string => {
    if ('tagName' in node && /^(script|style)$/.test(String(node.tagName))) return '';
    if ('value' in node) return String(node.value);
    return 'childNodes' in node ? (node.childNodes as object[]).map(visit).join('') : '';
  };
  return visit(parse(page));
}

async function upload(bytes: Buffer, name: string): Promise<string> {
  const { api } = running;
  const made = await fetch(
    `${running.service.apiBaseUrl}/x-linkify/assets?name=${encodeURIComponent(name)}`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${running.service.token}`,
        'content-type': 'application/octet-stream',
      },
      body: new Uint8Array(bytes),
    },
  );
  const { id } = (await made.json()) as { id: string };
  const linked = await api.call('POST', '/linkify', { access: 'PUBLIC', asset: { id } });
  return linked.json.iterable[0].link;
}

const shareBytes = async (bytes: Buffer, name: string): Promise<string> =>
  (await running.api.share(fileSeed(bytes, name))).link;

const charsetOf = (type: string | null): string | undefined =>
  /charset=(.+)$/.exec(type ?? '')?.[1]?.toLowerCase();

describe.each(ENCODED_TEXTS)('$text in $encoding', ({ encoding, text }) => {
  const bytes = encodeText(text, encoding);
  const lines = text.trimEnd().split('\n');

  test('is shown as text, whichever way it came', async () => {
    for (const link of [await shareBytes(bytes, 'a.txt'), await upload(bytes, 'a')]) {
      const page = textOf(await see(link));
      for (const line of lines) expect(page).toContain(line);
    }
  });

  test('is said to be in its own encoding, and its bytes are unchanged', async () => {
    const link = await shareBytes(bytes, 'a.csv');
    for (const [path, headers] of [
      ['/raw', BROWSER],
      ['', { 'user-agent': 'curl/8', accept: '*/*' }],
    ] as const) {
      const answer = await fetch(link + path, { headers });
      const charset = charsetOf(answer.headers.get('content-type')) ?? '';
      const body = Buffer.from(await answer.arrayBuffer());
      expect(body.equals(bytes)).toBe(true);
      expect(new TextDecoder(charset).decode(body)).toBe(text);
    }
  });

  test('is shown with its highlighting, as Markdown and in a collection', async () => {
    for (const name of ['a.py', 'a.md']) {
      const page = textOf(await see(await shareBytes(bytes, name)));
      for (const line of lines) expect(page).toContain(line.slice(0, 20));
    }
    const assets = [
      await running.api.create(fileSeed(bytes, 'a.txt')),
      await running.api.create(fileSeed(bytes, 'b.md')),
    ];
    const made = await running.api.call('POST', '/linkify/multiple', { access: 'PUBLIC', assets });
    const { link } = made.json.iterable[0];
    for (const path of ['', '/1', '/2', '/2?source']) {
      expect(textOf(await see(link + path)), path).toContain(lines[0]);
    }
  });
});

describe('the menu of encodings', () => {
  const russian = 'Привет, мир! Как дела?\n';

  test('shows the text in the encoding that was chosen, without a script', async () => {
    const link = await shareBytes(encodeText(russian, 'koi8-r'), 'a.txt');
    for (const [label, encoding] of [
      ['windows-1251', 'windows-1251'],
      ['cp866', 'ibm866'],
      ['LATIN1', 'windows-1252'],
    ] as const) {
      const page = await see(`${link}?encoding=${label}`);
      const expected = new TextDecoder(encoding).decode(encodeText(russian, 'koi8-r'));
      expect(textOf(page)).toContain(expected.trimEnd());
      expect(page).toContain(`<option value="${encoding}" selected>`);
    }
  });

  test('offers all that browsers know, and its form leads to the page itself', async () => {
    const link = await shareBytes(encodeText(russian, 'koi8-r'), 'a.txt');
    const answer = await get(link, BROWSER);
    for (const encoding of ENCODINGS.keys()) {
      expect(answer.text).toContain(`<option value="${encoding}">`);
    }
    expect(answer.text).toContain(`<form class="encoding" action="${new URL(link).pathname}">`);
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'");
  });

  test('is kept from part to part and between source and rendered Markdown', async () => {
    const long = await shareBytes(encodeText(russian.repeat(30_000), 'koi8-r'), 'a.txt');
    const first = await see(`${long}?encoding=windows-1251`);
    expect(first).toContain('?part=2&amp;encoding=windows-1251');
    const notes = await shareBytes(encodeText(`# ${russian}`, 'koi8-r'), 'a.md');
    const rendered = await see(`${notes}?encoding=koi8-r`);
    const source = /href="([^"]*\?source[^"]*)"/.exec(rendered)?.[1]?.replaceAll('&amp;', '&');
    const page = await see(new URL(source ?? '', notes).href);
    expect(page).toContain('<option value="koi8-r" selected>');
    expect(page).toContain('<input type="hidden" name="source"');
    expect(textOf(page)).toContain(`# ${russian.trimEnd()}`);
  });

  test.each(['x', 'constructor', '__proto__', 'utf-7', '%00', '<b>', 'utf-8,gbk'])(
    'takes %s for no choice',
    async (label) => {
      const link = await shareBytes(encodeText(russian, 'koi8-r'), 'a.txt');
      const answer = await get(`${link}?encoding=${encodeURIComponent(label)}`, BROWSER);
      expect(answer.status).toBe(200);
      expect(textOf(answer.text)).toContain(russian.trimEnd());
    },
  );

  test('is not there for UTF-8, nor where the page is shown once', async () => {
    expect(await see(await shareBytes(Buffer.from('Grüße\n'), 'a.txt'))).not.toContain('<select');
    const seed = fileSeed(encodeText(russian, 'koi8-r'), 'a.txt');
    const { link } = await running.api.share(seed, { once: true });
    const key = /name="key" value="([^"]+)"/.exec(await see(link))?.[1] ?? '';
    const opened = await fetch(`${link}/open`, {
      method: 'POST',
      body: new URLSearchParams({ key }),
    });
    const page = await opened.text();
    expect(textOf(page)).toContain(russian.trimEnd());
    expect(page).not.toContain('<select');
  });
});

describe('a long text', () => {
  test.each(['gb18030', 'utf-16le', 'utf-16be', 'shift_jis'])(
    'in %s has all its lines, in parts, each with its number',
    async (encoding) => {
      const line = encoding === 'shift_jis' ? '会議は木曜日の午前です' : '会议将于星期四举行';
      const text = Array.from({ length: 45_000 }, (_, index) => `${index + 1} ${line}\n`).join('');
      const link = await upload(encodeText(text, encoding), 'a.log');
      const seen: string[] = [];
      for (let part = 1; part <= 20; part++) {
        const answer = await get(`${link}?part=${part}`, BROWSER);
        if (answer.status === 404) break;
        for (const [, number, cell] of answer.text.matchAll(
          /<tr id="L(\d+)">.*?<\/a><\/td><td[^>]*>(.*?)<\/td>/g,
        )) {
          expect(cell).toBe(`${number} ${line}`);
          seen.push(number ?? '');
        }
      }
      expect(seen).toHaveLength(45_000);
    },
  );

  test('of one line without a break is cut between characters', async () => {
    const text = '会议将于星期四举行'.repeat(40_000);
    const link = await upload(encodeText(text, 'gb18030'), 'a.log');
    let all = '';
    for (let part = 1; part <= 5; part++) {
      const page = (await get(`${link}?part=${part}`, BROWSER)).text;
      all += /<tr id="L1">.*?<\/a><\/td><td[^>]*>(.*?)<\/td>/s.exec(page)?.[1] ?? '';
    }
    expect(all).toBe(text);
  });

  test('that is ASCII for a long while is read in the encoding of what follows', async () => {
    const text = `${'nothing but words of seven bits\n'.repeat(5_000)}Grüße aus München, schöne Tage\n`;
    const link = await upload(encodeText(text, 'windows-1252'), 'a.log');
    expect(textOf(await see(link))).toContain('Grüße aus München');
    const { headers } = await fetch(`${link}/raw`, { method: 'HEAD' });
    expect(charsetOf(headers.get('content-type'))).toBe('windows-1252');
  });

  test('in UTF-8 with a few wrong bytes is UTF-8 to read, and no header claims it', async () => {
    const text = Buffer.concat([
      Buffer.from('Grüße aus München, schöne Tage, viele Grüße\n'.repeat(3_000)),
      Buffer.from([0xe2, 0x82, 10]),
      Buffer.from('Grüße zurück\n'),
    ]);
    for (const bytes of [text, text.subarray(text.length - 1_000)]) {
      const link = await upload(bytes, 'a.log');
      expect(textOf(await see(link))).toContain('Grüße');
      const { headers } = await fetch(`${link}/raw`, { method: 'HEAD' });
      expect(headers.get('content-type')).toBe('text/plain');
    }
  });
});
