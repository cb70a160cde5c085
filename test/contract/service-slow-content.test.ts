import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  fileSeed,
  get,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';

/** Texts that are made so that highlighting or rendering them takes for ever, and who else asks. */

/** As much as is highlighted. */
const CODE_CHARS = 50_000;
const MARKDOWN_BYTES = 512 * 1024;

/** What one page may take of the thread that answers everybody, in ms of its processor time. */
const MAIN_THREAD_MS = 500;

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

/** A seed again and again, in lines that are as long as those that are highlighted. */
function repeated(seed: string, length = CODE_CHARS): string {
  const text = seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
  return seed.includes('\n') ? text : text.replace(/[^\n]{4990}/g, '$&\n').slice(0, length);
}

/** What a page takes of this thread, and how often the service answers others meanwhile. */
async function visit(...urls: readonly string[]) {
  let left = urls.length;
  const before = process.threadCpuUsage();
  const pages = urls.map(async (url) => {
    const page = await get(url);
    left--;
    return page;
  });
  let answers = 0;
  // Some are enough: asking takes time of this thread, too.
  for (let asked = 0; left > 0 && asked < 20; asked++) {
    const { status } = await get(`${running.service.apiBaseUrl}/healthz`);
    if (status === 200) answers++;
  }
  const shown = await Promise.all(pages);
  const { user, system } = process.threadCpuUsage(before);
  return { answers, threadMs: (user + system) / 1_000, pages: shown };
}

/** One extension of each language that has a name of its own, with what is slow in it. */
const WORST: readonly (readonly [string, string])[] = [
  ...['ts', 'js', 'py', 'rs', 'go', 'java', 'kt', 'swift', 'c', 'cpp', 'cs', 'sql', 'json'].map(
    (ext) => [ext, 'a'] as const,
  ),
  ...['yaml', 'ini', 'css', 'scss', 'less', 'md', 'diff', 'lua', 'pl', 'r', 'm', 'vb'].map(
    (ext) => [ext, 'a'] as const,
  ),
  ...['graphql', 'makefile', 'rb'].map((ext) => [ext, 'a'] as const),
  ['rb', '<<A\n'],
  ['php', '<<A\n'],
  ['js', ' '],
  ['ts', 'a<'],
  ['xml', '<a b='],
  ['html', '<<A\n'],
  ['sh', '"'],
  ['c', '('],
];

describe('holds up nobody:', () => {
  test.each(WORST)('%s made of %j', async (ext, seed) => {
    const { link } = await running.api.share(textSeed(repeated(seed), `notes.${ext}`, ext));
    const { pages, answers, threadMs } = await visit(ext === 'md' ? `${link}?source` : link);
    expect(pages[0]?.status).toBe(200);
    expect(answers).toBeGreaterThan(0);
    expect(threadMs).toBeLessThan(MAIN_THREAD_MS);
  });

  test.each(['<<A\n', 'a', '"', '<a b=', ' ', '(', 'if '])(
    'a text without a name, of %j',
    async (seed) => {
      const { link } = await running.api.share(textSeed(repeated(seed), 'notes'));
      const { pages, threadMs } = await visit(link);
      expect(pages[0]?.status).toBe(200);
      expect(threadMs).toBeLessThan(MAIN_THREAD_MS);
    },
  );

  test.each(['[', '![', '*a_', '`a', '> ', '- ', '[a](', '|a', '<!--', '&#', '**a', '[^a]'])(
    'Markdown of %j',
    async (seed) => {
      const text = repeated(seed, MARKDOWN_BYTES - 100);
      const { link } = await running.api.share(fileSeed(Buffer.from(text), 'notes.md'));
      const { pages, threadMs } = await visit(link);
      expect(pages[0]?.status).toBe(200);
      // The page itself has half a megabyte.
      expect(threadMs).toBeLessThan(2 * MAIN_THREAD_MS);
    },
  );
});

test('the same text is tried once, for all who ask at once and in every language', async () => {
  const { link } = await running.api.share(textSeed(repeated('<<A\n'), 'same.rb', 'rb'));
  let givenUp = 0;
  const count = (worker: Worker): void => void worker.once('exit', () => givenUp++);
  const code = await running.api.share(textSeed('const a = 1;\n', 'a.ts', 'ts'));
  process.on('worker', count);
  onTestFinished(() => void process.off('worker', count));
  // The thread that is there may be one from before, whose end nobody counts.
  const languages = ['en', 'de', 'es', 'ja', 'zh'];
  const visits = [...languages, ...languages].map((language) =>
    get(link, { 'accept-language': language }),
  );
  for (const { status } of await Promise.all(visits)) expect(status).toBe(200);
  for (const language of languages) await get(link, { 'accept-language': language });
  expect((await get(code.link)).text).toContain('<span class="hljs-keyword">const</span>');
  expect(givenUp).toBeLessThanOrEqual(1);
});

test('what can be highlighted is, right after what cannot', async () => {
  const slow = await running.api.share(textSeed(repeated('<<A\n'), 'notes.rb', 'rb'));
  const code = await running.api.share(textSeed('const a = 1;\n', 'a.ts', 'ts'));
  const [first, second] = await Promise.all([get(slow.link), get(code.link)]);
  expect(first?.text).not.toContain('<span class="hljs');
  expect(second?.text).toContain('<span class="hljs-keyword">const</span>');
});
