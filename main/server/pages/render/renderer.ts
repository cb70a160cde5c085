import { Worker } from 'node:worker_threads';
import { createSerial } from '../../serial.ts';
import type { FromWorker, RenderTask, Results } from './render-worker.ts';

export type Rendered<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** It takes longer than the deadline, or cannot be rendered: it never can. */
  | { readonly kind: 'too-slow' }
  /** Others were rendered meanwhile, or no thread could be had: it can be asked for again. */
  | { readonly kind: 'busy' };

export interface Renderer {
  /**
   * Renders one content at a time, in the order in which they are asked for. Never rejects.
   */
  render<T extends RenderTask>(task: T): Promise<Rendered<Results[T['kind']]>>;
  close(): Promise<void>;
}

/** Times in ms. */
export interface RendererLimits {
  /** From the beginning of the work, when its libraries are loaded, to its end; of the processor. */
  readonly deadlineMs?: number;
  /** Behind other contents. */
  readonly waitMs?: number;
  /** To start the thread and to load the libraries. */
  readonly loadMs?: number;
  /** Without work, before the thread ends. */
  readonly idleMs?: number;
}

/** Beside this file, also in the bundle. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? 'render-worker.ts' : 'render-worker.js',
  import.meta.url,
);

/** On a busy machine a content may take so many times longer than its deadline. */
const BUSY_FACTOR = 10;
/** Between two looks at how much time was used, in ms. */
const MIN_LOOK_MS = 20;

/** What the thread may take for a text, its libraries and what it makes of it, in MB. */
const HEAP_MB = 256;

/**
 * Renders what was shared in a thread of its own: a text can be made so that highlighting it takes
 * minutes. At its deadline the thread is ended, and nothing else has waited for it. The thread is
 * started when first needed, and ends when it has had nothing to do for a while.
 */
export function createRenderer({
  deadlineMs = 500,
  waitMs = 2_000,
  loadMs = 10_000,
  idleMs = 30_000,
}: RendererLimits = {}): Renderer {
  const inTurn = createSerial();
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;

  function start(): Worker {
    const started = new Worker(WORKER, {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    // It keeps no process alive; what it dies of is told by its end.
    started.unref();
    started.on('error', () => {});
    started.once('exit', () => {
      if (thread === started) thread = undefined;
    });
    return started;
  }

  async function end(): Promise<void> {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  }

  function perform<T extends RenderTask>(task: T): Promise<Rendered<Results[T['kind']]>> {
    thread ??= start();
    const worker = thread;
    return new Promise((resolve) => {
      let begun = false;
      const finish = (rendered: Rendered<Results[T['kind']]>): void => {
        clearTimeout(timer);
        worker.off('message', hear);
        worker.off('exit', giveUp);
        resolve(rendered);
      };
      const giveUp = (): void => {
        void end();
        finish({ kind: begun ? 'too-slow' : 'busy' });
      };
      let timer = setTimeout(giveUp, loadMs);
      let lastMs = 0;
      let untilMs = 0;
      /** Gives up when its time of the processor is used up, or far too long has passed. */
      const look = (): void => {
        const leftMs = Math.min(lastMs - processorMs(), untilMs - performance.now());
        if (leftMs <= 0) giveUp();
        else timer = setTimeout(look, Math.max(MIN_LOOK_MS, leftMs));
      };
      const begin = (): void => {
        begun = true;
        clearTimeout(timer);
        lastMs = processorMs() + deadlineMs;
        untilMs = performance.now() + deadlineMs * BUSY_FACTOR;
        look();
      };
      const hear = (message: FromWorker): void => {
        switch (message.kind) {
          case 'begun':
            begin();
            break;
          case 'failed':
            finish({ kind: 'too-slow' });
            break;
          case 'done':
            // Of this task, for there is one at a time.
            finish({ kind: 'done', value: message.value as Results[T['kind']] });
        }
      };
      worker.on('message', hear);
      worker.once('exit', giveUp);
      worker.postMessage(task);
    });
  }

  return {
    async render(task) {
      const askedAt = performance.now();
      return await inTurn(async () => {
        if (performance.now() - askedAt > waitMs) return { kind: 'busy' };
        clearTimeout(idle);
        try {
          return await perform(task);
        } catch {
          // The system has no thread to give.
          return { kind: 'busy' };
        } finally {
          idle = setTimeout(end, idleMs).unref();
        }
      });
    },
    async close() {
      clearTimeout(idle);
      await end();
    },
  };
}

/** What all threads of this process have used of the processor: Node 20 does not tell it of one. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
