import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { ShareCache } from '../share-cache.ts';
import type { RenderTask, Results } from './render-worker.ts';
import type { Rendered, Renderer } from './renderer.ts';

/** What was rendered, all together, in bytes. */
const CACHE_BYTES = 8 * 1024 * 1024;

/** What takes too long is not tried again for so long, in ms. */
const TOO_SLOW_MS = 10 * 60 * 1_000;

type AnyResult = Rendered<Results[RenderTask['kind']]>;

/** Renders each text of a share once, for all who ask for it: at the same time, later, in any language. */
export class RenderCache {
  readonly #renderer: Pick<Renderer, 'render'>;
  readonly #inProgress = new Map<string, Promise<AnyResult>>();
  readonly #rendered = new ShareCache<AnyResult>({ maxBytes: CACHE_BYTES, sizeOf });
  /** By hash alone, so nothing of a text is left when it has gone. */
  readonly #tooSlow = new LRUCache<string, AnyResult>({ max: 2_000, ttl: TOO_SLOW_MS });

  constructor(renderer: Pick<Renderer, 'render'>) {
    this.#renderer = renderer;
  }

  render<T extends RenderTask>(shareId: string, task: T): Promise<Rendered<Results[T['kind']]>> {
    const key = keyOf(shareId, task);
    let rendering = this.#inProgress.get(key);
    if (rendering === undefined) {
      const known = this.#rendered.get(key) ?? this.#tooSlow.get(key);
      rendering = known === undefined ? this.#start(shareId, key, task) : Promise.resolve(known);
    }
    // The key holds the kind of task, which decides what comes of it.
    return rendering as Promise<Rendered<Results[T['kind']]>>;
  }

  /** A share has changed or ended. */
  remove(shareId: string): void {
    this.#rendered.remove(shareId);
  }

  clear(): void {
    this.#rendered.clear();
  }

  #start(shareId: string, key: string, task: RenderTask): Promise<AnyResult> {
    const add = this.#rendered.prepare(shareId, key);
    const rendering = this.#renderer
      .render(task)
      .then((rendered: AnyResult) => {
        if (rendered.kind === 'done') add(rendered);
        if (rendered.kind === 'too-slow') this.#tooSlow.set(key, rendered);
        return rendered;
      })
      .finally(() => this.#inProgress.delete(key));
    this.#inProgress.set(key, rendering);
    return rendering;
  }
}

/** By its scope, in place of the items that are found there. */
function keyOf(shareId: string, { text, ...task }: RenderTask): string {
  const known = { ...task, others: undefined };
  return `${shareId} ${JSON.stringify(known)} ${hash('sha256', text, 'base64')}`;
}

/** At most, for text that is not ASCII takes two bytes a character. */
function sizeOf(rendered: AnyResult): number {
  if (rendered.kind !== 'done' || rendered.value === undefined) return 0;
  const { value } = rendered;
  return 2 * (typeof value === 'string' ? value.length : value.html.length);
}
