import { performance } from 'node:perf_hooks';
import hljs from 'highlight.js/lib/common';
import { startTestService, textSeed } from '../support/service/run.ts';
import { measureCreates } from './server/create.ts';
import { median } from './server/interleave.ts';
import { measureOpens, type OpenPlan } from './server/open.ts';
import { round } from './statistics.ts';

/** Creating and opening shares beside plain handlers, and the first view of a large source file. */
export async function measureService(plan: OpenPlan) {
  return {
    creating: await measureCreates(plan),
    opening: await measureOpens(plan),
    highlighting: await measureHighlighting(),
  };
}

/** First and second view of 50 KB of TypeScript beside the highlighter alone. In ms. */
async function measureHighlighting() {
  const line = (i: number) =>
    `export const value${i}: readonly string[] = items.map(({ name }) => \`\${name} ${i}\`);\n`;
  const source = Array.from({ length: 640 }, (_, i) => line(i))
    .join('')
    .slice(0, 49_900);
  const timed = async (task: () => unknown): Promise<number> => {
    const begin = performance.now();
    await task();
    return performance.now() - begin;
  };
  const headers = { accept: 'text/html', 'user-agent': 'Mozilla/5.0' };
  const view = async (link: string) => (await fetch(link, { headers })).text();
  const highlight = (text: string) => hljs.highlight(text, { language: 'typescript' }).value;
  const first: number[] = [];
  const again: number[] = [];
  const alone: number[] = [];
  highlight(source);
  const running = await startTestService();
  try {
    for (let i = 0; i < 7; i++) {
      const own = `${source}// ${i}\n`;
      const share = await running.api.share(textSeed(own, 'bench', 'ts'));
      alone.push(await timed(() => highlight(own)));
      first.push(await timed(() => view(share.link)));
      again.push(await timed(() => view(share.link)));
    }
  } finally {
    await running.end();
  }
  return {
    firstViewMs: median(first),
    secondViewMs: median(again),
    highlighterMs: median(alone),
    ratio: round(median(first) / median(alone)),
  };
}
