import { expect, test, vi } from 'vitest';
import { highlight } from '../../../../../main/server/pages/render/highlight.ts';

const PROSE = `Dear all, the meeting on Thursday (room 4) moves to 10:30. Please bring the figures of last
month; we won't have time to collect them there. See https://example.com/agenda for the agenda.\n`;
const CODE = {
  TypeScript: 'export const sum = (a: number, b: number): number => a + b;\n',
  Python: 'def total(items):\n    return sum(item["price"] for item in items)\n',
  Shell: 'for f in *.txt; do\n  mv "$f" "old-$f"\ndone\n',
  JSON: '{"name": "linkify-tray", "version": "0.1.0", "private": true}\n',
  HTML: '<ul>\n  <li><a href="/s/abc">One</a></li>\n</ul>\n',
  SQL: 'select id, count(*) from shares where ended_at < 5 group by id;\n',
};

test('prose without an extension costs no guess of its language', async () => {
  const render = vi.fn();
  const { lines } = await highlight(PROSE.repeat(10), undefined, true, render);
  expect(render).not.toHaveBeenCalled();
  expect(lines).toHaveLength(21);
});

test.each(Object.entries(CODE))('%s without an extension is guessed', async (_, code) => {
  const render = vi.fn(async () => ({ kind: 'busy' as const }));
  await highlight(code.repeat(5), undefined, true, render);
  expect(render).toHaveBeenCalled();
});
