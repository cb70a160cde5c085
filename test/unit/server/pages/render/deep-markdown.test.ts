import { expect, test } from 'vitest';
import { startTestService, textSeed } from '../../../../support/service/run.ts';

/** Markdown that nests without end, from whoever makes a share: it shows as something, and soon. */
const DEEP: readonly (readonly [string, string])[] = [
  ['quotes', '>'.repeat(100_000)],
  [
    'lists',
    Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(i * 2)}- x`)
      .join('\n')
      .slice(0, 400_000),
  ],
  ['brackets', `${'['.repeat(50_000)}x${'](y)'.repeat(50_000)}`],
  ['emphasis', `${'*a '.repeat(50_000)}${'*'.repeat(50_000)}`],
  ['pictures in links', `${'[!'.repeat(50_000)}x`],
  ['HTML', '<div>'.repeat(50_000)],
  ['a table of many columns', `${'|a'.repeat(20_000)}|\n${'|-'.repeat(20_000)}|\n`],
  ['back quotes', '`'.repeat(100_000)],
];

test.each(DEEP)('%s: the page opens, and the service goes on', async (_what, text) => {
  const running = await startTestService();
  const { link } = await running.api.share(textSeed(text, 'deep.md', 'md'));
  const page = await fetch(link);
  expect(page.status).toBe(200);
  expect((await page.text()).length).toBeGreaterThan(500);
  expect((await fetch(`${link}/raw`)).status).toBe(200);
  await running.end();
});
