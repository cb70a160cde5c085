import type { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { RenderCache } from '../../../../../main/server/pages/render/render-cache.ts';
import type { RenderTask } from '../../../../../main/server/pages/render/render-worker.ts';
import {
  type Rendered,
  Renderer,
  type RendererLimits,
} from '../../../../../main/server/pages/render/renderer.ts';

/** The thread that renders what was shared, and what it is asked for. */

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function open(limits: RendererLimits = {}): Renderer {
  const renderer = new Renderer({ deadlineMs: 20_000, waitMs: 60_000, ...limits });
  ends.push(() => renderer.close());
  return renderer;
}

const code = (text: string): Extract<RenderTask, { kind: 'code' }> => ({
  kind: 'code',
  text,
  language: 'typescript',
});
/** Takes minutes. */
const ENDLESS = { kind: 'code', text: '<<A\n'.repeat(50_000), language: 'ruby' } as const;
/** Threads that run: those that were started, without those that have ended. */
function watchThreads(): () => number {
  let running = 0;
  const count = (worker: Worker): void => {
    running++;
    worker.once('exit', () => running--);
  };
  process.on('worker', count);
  ends.push(() => process.off('worker', count));
  return () => running;
}

test('code and Markdown come back as HTML, one after the other', async () => {
  const renderer = open();
  const [first, second, third] = await Promise.all([
    renderer.render(code('const a = "\n";')),
    renderer.render({ kind: 'markdown', text: '# Title <b>' }),
    renderer.render({ kind: 'code', text: 'just words' }),
  ]);
  expect(first).toMatchObject({ kind: 'done', value: { language: 'typescript' } });
  expect(second).toMatchObject({ kind: 'done' });
  expect(JSON.stringify(second)).toContain('Title &lt;b&gt;');
  expect(third).toEqual({ kind: 'done', value: undefined });
});

test('a text that takes too long is given up, and the next one is rendered', async () => {
  const renderer = open({ deadlineMs: 300 });
  const [slow, next] = await Promise.all([
    renderer.render(ENDLESS),
    renderer.render(code('let a')),
  ]);
  expect(slow).toEqual({ kind: 'too-slow' });
  expect(next).toMatchObject({ kind: 'done' });
});

test('who would wait too long behind others is not kept waiting', async () => {
  const renderer = open({ deadlineMs: 300, waitMs: 0 });
  const [, next] = await Promise.all([renderer.render(ENDLESS), renderer.render(code('let a'))]);
  expect(next).toEqual({ kind: 'busy' });
  // Later there is room again.
  const later = open();
  expect(await later.render(code('let a'))).toMatchObject({ kind: 'done' });
});

test('a thread that cannot load is no failure of the page', async () => {
  const renderer = open({ loadMs: 0 });
  expect(await renderer.render(code('let a'))).toEqual({ kind: 'busy' });
});

test('there is no thread before it is needed, nor when it was idle for a while', async () => {
  const threads = watchThreads();
  const renderer = open({ idleMs: 50 });
  expect(threads()).toBe(0);
  await renderer.render(code('let a'));
  expect(threads()).toBe(1);
  await expect.poll(threads, { timeout: 15_000 }).toBe(0);
  expect(await renderer.render(code('let b'))).toMatchObject({ kind: 'done' });
  await renderer.close();
  expect(threads()).toBe(0);
});

test('ten at once take one thread', async () => {
  const threads = watchThreads();
  const renderer = open();
  await Promise.all(Array.from({ length: 10 }, (_, i) => renderer.render(code(`let a${i}`))));
  expect(threads()).toBe(1);
});

test('who asks for the same at the same time or later gets the same, made once', async () => {
  const tasks: RenderTask[] = [];
  const answers: ((rendered: Rendered<never>) => void)[] = [];
  const once = new RenderCache({
    render: (task) => {
      tasks.push(task);
      return new Promise((resolve) => answers.push(resolve as (typeof answers)[number]));
    },
  });
  const both = [once.render('share', code('let a')), once.render('share', code('let a'))];
  void once.render('share', code('let b'));
  void once.render('share', { ...code('let a'), language: 'javascript' });
  expect(tasks).toHaveLength(3);
  const value = { html: 'a', language: 'typescript' };
  answers[0]?.({ kind: 'done', value } as Rendered<never>);
  for (const rendered of [...both, once.render('share', code('let a'))]) {
    expect(await rendered).toEqual({ kind: 'done', value });
  }
  expect(tasks).toHaveLength(3);
});

test('what took too long is not tried again; what others delayed is', async () => {
  let tries = 0;
  const answers: Rendered<never>[] = [{ kind: 'busy' }, { kind: 'too-slow' }];
  const once = new RenderCache({
    render: async () => answers[tries++] ?? { kind: 'busy' },
  });
  for (const kind of ['busy', 'too-slow', 'too-slow', 'too-slow']) {
    expect(await once.render('share', code('let a'))).toEqual({ kind });
  }
  once.clear();
  expect(await once.render('share', code('let a'))).toEqual({ kind: 'too-slow' });
  expect(tries).toBe(2);
});

test('nothing of what is gone is left', async () => {
  let made = 0;
  const once = new RenderCache({
    render: async () => ({ kind: 'done', value: String(++made) }) as Rendered<never>,
  });
  const markdown = { kind: 'markdown', text: 'x' } as const;
  await once.render('share', markdown);
  expect(await once.render('share', markdown)).toMatchObject({ value: '1' });
  const late = once.render('share', { kind: 'markdown', text: 'y' });
  once.remove('share');
  await late;
  expect(await once.render('share', markdown)).toMatchObject({ value: '3' });
  expect(await once.render('share', { kind: 'markdown', text: 'y' })).toMatchObject({ value: '4' });
});
