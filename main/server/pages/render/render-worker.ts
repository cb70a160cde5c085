import { parentPort } from 'node:worker_threads';
import type { CodeHtml } from './highlight-code.ts';
import type { LinkedItems } from './item-links.ts';

// A thread that renders what was shared, one content at a time; see renderer.ts.

export type RenderTask =
  | {
      readonly kind: 'code';
      readonly text: string;
      /** As highlight.js names it; absent: to be guessed. */
      readonly language?: string | undefined;
    }
  | {
      readonly kind: 'markdown';
      readonly text: string;
      /** The collection's other items, and this one's name there; absent: there are none. */
      readonly others?: { readonly items: LinkedItems; readonly from: string } | undefined;
      /** What they depend on: where the item is for this visitor. */
      readonly scope?: string | undefined;
    };

/** What comes of each task; HTML that is safe. */
export interface Results {
  /** `undefined` where no language is likely. */
  readonly code: CodeHtml | undefined;
  readonly markdown: string;
}

export type FromWorker =
  /** The libraries are loaded, and the work begins. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'done'; readonly value: Results[RenderTask['kind']] }
  | { readonly kind: 'failed' };

const say = (message: FromWorker): void => parentPort?.postMessage(message);

/** Loads what a task needs. */
async function prepared(task: RenderTask): Promise<() => Results[RenderTask['kind']]> {
  switch (task.kind) {
    case 'code': {
      const { highlightCode } = await import('./highlight-code.ts');
      return () => highlightCode(task.text, task.language);
    }
    case 'markdown': {
      const { renderMarkdown } = await import('./markdown.ts');
      return () => renderMarkdown(task.text, task.others).text;
    }
  }
}

parentPort?.on('message', (task: RenderTask) => {
  void work(task);
});

async function work(task: RenderTask): Promise<void> {
  try {
    const render = await prepared(task);
    say({ kind: 'begun' });
    say({ kind: 'done', value: render() });
  } catch {
    say({ kind: 'failed' });
  }
}
