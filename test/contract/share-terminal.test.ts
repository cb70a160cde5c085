import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fileSeed,
  get,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';

/** Logs with the colors of a terminal, and text that is written from right to left. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const BROWSER = { 'user-agent': 'Mozilla/5.0', accept: 'text/html' };
const see = async (url: string) => (await get(url, BROWSER)).text;
const linkOf = async (seed: unknown): Promise<string> => (await running.api.share(seed)).link;

const LOG = '\x1b]0;build\x07\x1b[1;32m✓\x1b[0m passed\n\x1b[31mfailed: <b>\x1b[0m\x1b[K\n';

describe('a log with colors', () => {
  test.each(['build.log', 'build.txt', 'build', 'changes.diff'])(
    'is shown in color as %s, and its bytes are unchanged',
    async (name) => {
      for (const seed of [fileSeed(Buffer.from(LOG), name), textSeed(LOG, name)]) {
        const link = await linkOf(seed);
        const page = await see(link);
        expect(page).not.toContain('\x1b');
        expect(page).not.toContain('build\x07');
        expect(page).toMatch(/<span class="t0">✓<\/span> passed/);
        expect(page).toMatch(/<span class="t1">failed: &lt;b&gt;<\/span>/);
        expect(page).toMatch(/\.t0\{color:#\w{6};font-weight:700\}/);
        // In the page's own style sheet, which its policy lets in.
        expect(page.match(/<style/g)).toHaveLength(1);
        expect(page).not.toContain('style="');
        expect((await get(`${link}/raw`)).text).toBe(LOG);
      }
    },
  );

  test('is shown so in its parts, once, and without codes where a collection shows its start', async () => {
    const long = await linkOf(fileSeed(Buffer.from(LOG.repeat(15_000)), 'a.log'));
    for (const part of [1, 2]) {
      const page = await see(`${long}?part=${part}`);
      expect(page).toContain('class="t0"');
      expect(page).not.toContain('\x1b');
    }
    const once = (await running.api.share(textSeed(LOG, 'a.log'), { once: true })).link;
    const key = /name="key" value="([^"]+)"/.exec(await see(once))?.[1] ?? '';
    const body = new URLSearchParams({ key });
    const opened = await (await fetch(`${once}/open`, { method: 'POST', body })).text();
    expect(opened).toContain('<span class="t0">✓</span>');
    expect(opened).toContain('.t0{');
    const assets = [await running.api.create(textSeed(LOG, 'a.log'))];
    const made = await running.api.call('POST', '/linkify/multiple', { access: 'PUBLIC', assets });
    const collection = await see(made.json.iterable[0].link);
    expect(collection).toContain('✓ passed\nfailed: &lt;b&gt;');
    expect(collection).not.toContain('\x1b');
  });

  test('with a few other control characters is still a text', async () => {
    const page = await see(await linkOf(fileSeed(Buffer.from('done\x07\nnext\x01\n'), 'a.log')));
    expect(page).toContain('id="L2"');
  });

  test('with a NUL is a download', async () => {
    const page = await see(await linkOf(fileSeed(Buffer.from('done\0\n'), 'a.log')));
    expect(page).not.toContain('id="L1"');
  });
});

describe('text from right to left', () => {
  const arabic = 'مرحبا بالعالم';
  const hebrew = 'שלום עולם';

  test('has its direction in each line', async () => {
    const page = await see(await linkOf(textSeed(`${arabic}\nplain words\n${hebrew}\n`, 'a.log')));
    for (const line of [arabic, 'plain words', hebrew]) {
      expect(page).toContain(`<td dir="auto">${line}</td>`);
    }
  });

  test('has it in titles, names and cards', async () => {
    const name = `${arabic}.bin`;
    const link = await linkOf(fileSeed(Buffer.from([0, 1, 2]), name));
    const page = await see(link);
    expect(page).toContain(`<h1 dir="auto">${name}</h1>`);
    const assets = [await running.api.create(textSeed('x', name))];
    const made = await running.api.call('POST', '/linkify/multiple', { access: 'PUBLIC', assets });
    expect(await see(made.json.iterable[0].link)).toContain(`<b dir="auto">${name}</b>`);
  });

  test('stays from left to right within code', async () => {
    for (const seed of [
      textSeed(`// ${arabic}\nconst a = 1;\n`, 'a.ts', 'ts'),
      fileSeed(Buffer.from(`# ${hebrew}\na = 1\n`), 'a.py'),
      fileSeed(Buffer.from(`"${hebrew.repeat(1_000)}"\n`), 'long.json'),
    ]) {
      expect(await see(await linkOf(seed))).not.toContain('<td dir=');
    }
  });
});
