import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENCODINGS } from '../../main/server/pages/content/encoding.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { unexpectedMarkup } from '../support/service/inspect-page.ts';
import { SCRIPT_PAYLOADS } from '../support/service/payloads.ts';
import { fileSeed, startTestService, type TestService } from '../support/service/run.ts';

/** Random content on share pages: there is always a page, made of our own elements alone. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

async function inspect(url: string): Promise<void> {
  const response = await fetch(url, AS_BROWSER);
  const page = await response.text();
  expect(response.status, url).toBe(200);
  const policy = response.headers.get('content-security-policy') ?? '';
  const nonce = /style-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(unexpectedMarkup(page, nonce), url).toEqual([]);
}

const linkOf = async (bytes: Uint8Array, name: string): Promise<string> =>
  (await running.api.share(fileSeed(bytes, name))).link;

const payload = fc.constantFrom(...SCRIPT_PAYLOADS);

test('bytes of any kind, in whatever encoding a reader chooses', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    payload.map((text) => Buffer.from(text, 'utf16le')),
    fc
      .tuple(fc.uint8Array({ maxLength: 8 }), payload)
      .map(([first, text]) => Buffer.concat([first, Buffer.from(text, 'latin1'), first])),
  );
  const label = fc.oneof(fc.constantFrom(...ENCODINGS.keys()), fc.string({ maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(
      bytes,
      label,
      fc.constantFrom('a.txt', 'a.md', 'a', 'a.ts'),
      async (...all) => {
        const [content, encoding, name] = all;
        const link = await linkOf(content, name);
        await inspect(link);
        await inspect(`${link}?encoding=${encodeURIComponent(encoding)}`);
        const raw = await fetch(`${link}/raw`);
        const type = raw.headers.get('content-type') ?? '';
        const sent = Buffer.from(await raw.arrayBuffer());
        expect(sent.equals(content)).toBe(true);
        // What is said to be in an encoding is.
        const charset = /charset=(.+)$/.exec(type)?.[1];
        if (charset === 'utf-8') new TextDecoder('utf-8', { fatal: true }).decode(sent);
      },
    ),
    { numRuns: 100 },
  );
}, 120_000);

test('Markdown of any kind, in a collection', async () => {
  const word = fc.oneof(
    payload,
    fc.string({ maxLength: 12 }),
    fc.constantFrom('a.md', 'b.png', ''),
  );
  const block = fc.oneof(
    word.map((text) => `# ${text}`),
    fc.tuple(word, word).map(([text, to]) => `[${text}](<${to}>) ![${text}](${to})`),
    fc.tuple(word, word).map(([text, to]) => `[![${text}](${to})](#${to}) [${text}][${to}]`),
    fc.tuple(word, word).map(([text, to]) => `[${text}]: ${to} "${text}"`),
    fc.tuple(word, word).map(([text, to]) => `x[^${text}]\n\n[^${text}]: ${to}`),
    word.map((text) => `- [x] ${text}\n- [ ] ${text}`),
    word.map((text) => `> [!NOTE]\n> ${text}`),
    word.map((text) => `| ${text} | b |\n|:-:|--:|\n| ${text} | ${text} |`),
    word.map((text) => `\`\`\`${text}\n${text}\n\`\`\``),
    word,
  );
  const source = fc
    .tuple(fc.option(word), fc.array(block, { maxLength: 8 }))
    .map(
      ([meta, blocks]) => `${meta === null ? '' : `---\na: ${meta}\n---\n`}${blocks.join('\n\n')}`,
    );
  await fc.assert(
    fc.asyncProperty(fc.array(source, { minLength: 1, maxLength: 3 }), word, async (all, name) => {
      const assets = await Promise.all(
        all.map((text, index) =>
          running.api.create(fileSeed(Buffer.from(text), `${index ? name : 'a'}.md`)),
        ),
      );
      const body = { access: 'PUBLIC', assets };
      const made = await running.api.call('POST', '/linkify/multiple', body);
      const { link } = made.json.iterable[0];
      await inspect(link);
      for (const number of all.keys()) {
        await inspect(`${link}/${number + 1}`);
        await inspect(`${link}/${number + 1}?source`);
      }
    }),
    { numRuns: 50 },
  );
}, 120_000);

test('terminal output of any kind', async () => {
  const part = fc.oneof(
    payload,
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      '\x1b[',
      '\x1b]8;;',
      '\x1b\\',
      '\x07',
      'm',
      ';',
      '38;2;',
      ':',
      '31',
      '\n',
      '\u009b',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (parts) => {
      await inspect(await linkOf(Buffer.from(`\x1b[1m${parts.join('')}`), 'a.log'));
    }),
    { numRuns: 100 },
  );
}, 120_000);
