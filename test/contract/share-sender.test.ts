import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fileSeed,
  get,
  keyIn,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { pageText } from '../support/text.ts';

/** A page says who shared it, if the sender gave a name. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const share = async (seed: unknown, options: object): Promise<string> =>
  (await running.api.share(seed, { sharedBy: 'Ada', ...options })).link;
const by = (name: string) => pageText('sharedBy', { name });
const TIME = /<time datetime="(\d{4}-\d\d-\d\d)T[\d:.]+Z">\1<\/time>/;

test.each([
  ['a text', textSeed('Dear all,\n', 'a.txt', 'txt')],
  ['code', textSeed('const a = 1;\n', 'a.ts', 'ts')],
  ['Markdown', textSeed('# One\n', 'a.md', 'md')],
  ['a file', fileSeed(Buffer.from([1, 0, 2]), 'a.bin')],
])('%s: who and when', async (_, seed) => {
  const { text } = await get(await share(seed, {}));
  expect(text).toContain(by('Ada'));
  const time = /datetime="([^"]+)"/.exec(text)?.[1] ?? '';
  expect(Math.abs(Date.now() - Date.parse(time))).toBeLessThan(60_000);
  // Without a script it shows the date.
  expect(text).toMatch(TIME);
});

test('a collection and its items: who and when', async () => {
  const assets = [
    await running.api.create(textSeed('one')),
    await running.api.create(textSeed('2')),
  ];
  const { json } = await running.api.call('POST', '/linkify/multiple', {
    access: 'PUBLIC',
    assets,
    'x-linkify': { sharedBy: 'Ada' },
  });
  const { link } = json.iterable[0];
  for (const path of ['', '/1', '/2']) {
    expect((await get(link + path)).text).toContain(by('Ada'));
  }
});

test('the form of a password or a one-time link says so too, and what it opens', async () => {
  const locked = await share(textSeed('x'), { password: 'pw' });
  expect((await get(locked)).text).toContain(by('Ada'));
  const once = await share(textSeed('x'), { once: true });
  const form = (await get(once)).text;
  expect(form).toContain(by('Ada'));
  expect((await sendForm(once, { key: keyIn(form) })).text).toContain(by('Ada'));
});

test('nobody is named without a name, and no time is given', async () => {
  const { link } = await running.api.share(textSeed('x'));
  const { text } = await get(link);
  expect(text).not.toContain('class="by"');
  expect(text).not.toContain('<time');
});

test('a preview of the link names nobody', async () => {
  const { text } = await get(await share(textSeed('x', 'a.txt'), {}));
  expect(text.slice(0, text.indexOf('<style'))).not.toContain('Ada');
});

describe('the name', () => {
  test.each([
    ['<b>Ada</b>', '&lt;b&gt;Ada&lt;/b&gt;'],
    ['\u202EAda\u0007\nL.', 'Ada L.'],
    ['  Ada ', 'Ada'],
  ])('%j is shown as %s', async (sharedBy, shown) => {
    const { text } = await get(await share(textSeed('x'), { sharedBy }));
    expect(text).toContain(by('\0').replace('\0', shown));
  });

  test('of nothing but invisible characters is none', async () => {
    const { text } = await get(await share(textSeed('x'), { sharedBy: '\u202E\u200F' }));
    expect(text).not.toContain('class="by"');
  });

  test('is kept over a restart, and told by the API', async () => {
    const { id, link } = await running.api.share(textSeed('x'), { sharedBy: 'Ada' });
    const own = await startTestService();
    try {
      const made = await own.api.share(textSeed('x'), { sharedBy: 'Grace' });
      await own.stop();
      const again = await startTestService({ dataDir: own.dataDir });
      Object.assign(own, again);
      expect((await own.api.call('GET', `/share/${made.id}`)).json['x-linkify'].sharedBy).toBe(
        'Grace',
      );
    } finally {
      await own.end();
    }
    expect((await running.api.call('GET', `/share/${id}`)).json['x-linkify'].sharedBy).toBe('Ada');
    expect((await get(link)).text).toContain(by('Ada'));
  });

  test.each(['', ' ', 'x'.repeat(61), 7, null])('%j is refused', async (sharedBy) => {
    const body = { access: 'PUBLIC', seed: textSeed('x'), 'x-linkify': { sharedBy } };
    expect((await running.api.call('POST', '/linkify', body)).status).toBe(400);
  });
});
