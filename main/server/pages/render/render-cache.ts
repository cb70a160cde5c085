import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { RenderTask, Results } from './render-worker.ts';
import type { Rendered, Renderer } from './renderer.ts';

/** Kept of what was rendered, in characters of HTML, all together. */
const CACHE_CHARACTERS = 4 * 1024 * 1024;

/** What takes too long is not tried again for so long, in ms. */
const TOO_SLOW_MS = 10 * 60 * 1_000;

export interface RenderCache {
  readonly render: Renderer['render'];
  /** Forgets what was made: something has changed or gone. */
  clear(): void;
}

type Any = Rendered<Results[RenderTask['kind']]>;

/** Renders each text once, for all who ask for it: at the same time, later, in any language. */
export function createRenderCache(renderer: Pick<Renderer, 'render'>): RenderCache {
  const underWay = new Map<string, Promise<Any>>();
  const made = new LRUCache<string, Any>({
    maxSize: CACHE_CHARACTERS,
    sizeCalculation: (rendered) => 1 + lengthOf(rendered),
  });
  /** By hash alone, so nothing of a text is left when it has gone. */
  const tooSlow = new LRUCache<string, Any>({ max: 2_000, ttl: TOO_SLOW_MS });
  let changes = 0;

  async function make(key: string, task: RenderTask): Promise<Any> {
    const before = changes;
    const rendered = await renderer.render(task);
    if (rendered.kind === 'done' && before === changes) made.set(key, rendered);
    if (rendered.kind === 'too-slow') tooSlow.set(key, rendered);
    return rendered;
  }

  return {
    render<T extends RenderTask>(task: T) {
      const key = keyOf(task);
      const known = made.get(key) ?? tooSlow.get(key) ?? underWay.get(key);
      const rendering =
        known ??
        make(key, task).finally(() => {
          underWay.delete(key);
        });
      if (known === undefined) underWay.set(key, rendering as Promise<Any>);
      // The key holds the kind of task, which decides what comes of it.
      return Promise.resolve(rendering) as Promise<Rendered<Results[T['kind']]>>;
    },
    clear() {
      changes++;
      made.clear();
    },
  };
}

/** By its scope, in place of the items that are found there. */
function keyOf({ text, ...task }: RenderTask): string {
  const known = { ...task, others: undefined };
  return `${JSON.stringify(known)} ${createHash('sha256').update(text).digest('base64')}`;
}

function lengthOf(rendered: Any): number {
  if (rendered.kind !== 'done' || rendered.value === undefined) return 0;
  return typeof rendered.value === 'string' ? rendered.value.length : rendered.value.html.length;
}
