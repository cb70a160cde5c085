import { Worker } from 'node:worker_threads';
import { createTaskQueue } from '../../task-queue.ts';
import type { FromWorker, RenderTask, Results } from './render-worker.ts';

export type Rendered<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** It takes longer than the deadline, or cannot be rendered: it never can. */
  | { readonly kind: 'too-slow' }
  /** Others were rendered meanwhile, or no thread could be had: it can be asked for again. */
  | { readonly kind: 'busy' };

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

/** On a busy machine a task may take so many times longer than its deadline. */
const BUSY_FACTOR = 10;
/** Between two checks of the processor time used, in ms. */
const MIN_CHECK_MS = 20;

/** Memory of the thread: its libraries, a text and its rendering, in MB. */
const HEAP_MB = 256;

/**
 * Renders shared content in a thread of its own: a text can be written so that highlighting it takes
 * minutes. At its deadline the thread is terminated, and nothing else was blocked by it. The thread
 * is started when first needed, and ends when it has been idle for a while.
 */
export class Renderer {
  readonly #limits: Required<RendererLimits>;
  readonly #inTurn = createTaskQueue();
  #thread: Worker | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor({
    deadlineMs = 500,
    waitMs = 2_000,
    loadMs = 10_000,
    idleMs = 30_000,
  }: RendererLimits = {}) {
    this.#limits = { deadlineMs, waitMs, loadMs, idleMs };
  }

  /** Renders one content at a time, in the order in which they are requested. Never rejects. */
  async render<T extends RenderTask>(task: T): Promise<Rendered<Results[T['kind']]>> {
    const requestedAt = performance.now();
    return await this.#inTurn(async () => {
      if (performance.now() - requestedAt > this.#limits.waitMs) return { kind: 'busy' };
      clearTimeout(this.#idleTimer);
      try {
        return await this.#run(task);
      } catch {
        // The system could not start a thread.
        return { kind: 'busy' };
      } finally {
        this.#idleTimer = setTimeout(() => void this.#terminate(), this.#limits.idleMs).unref();
      }
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    await this.#terminate();
  }

  #run<T extends RenderTask>(task: T): Promise<Rendered<Results[T['kind']]>> {
    this.#thread ??= this.#start();
    const worker = this.#thread;
    return new Promise((resolve) => {
      const finish = (rendered: Rendered<Results[T['kind']]>): void => {
        deadline.cancel();
        worker.off('message', onMessage);
        worker.off('exit', abort);
        resolve(rendered);
      };
      const abort = (): void => {
        void this.#terminate();
        finish({ kind: deadline.hasBegun ? 'too-slow' : 'busy' });
      };
      const deadline = new Deadline(this.#limits, abort);
      const onMessage = (message: FromWorker): void => {
        switch (message.kind) {
          case 'begun':
            deadline.begin();
            break;
          case 'failed':
            finish({ kind: 'too-slow' });
            break;
          case 'done':
            // The result of this task, for there is one at a time.
            finish({ kind: 'done', value: message.value as Results[T['kind']] });
        }
      };
      worker.on('message', onMessage);
      worker.once('exit', abort);
      worker.postMessage(task);
    });
  }

  #start(): Worker {
    const started = new Worker(WORKER, {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    // It does not keep the process alive; its errors end in `exit`, which is handled.
    started.unref();
    started.on('error', () => {});
    started.once('exit', () => {
      if (this.#thread === started) this.#thread = undefined;
    });
    return started;
  }

  async #terminate(): Promise<void> {
    const ending = this.#thread;
    this.#thread = undefined;
    await ending?.terminate();
  }
}

/** Limits the time of one task: first to load its libraries, then to do the work. */
class Deadline {
  readonly #deadlineMs: number;
  readonly #onExceeded: () => void;
  #timer: NodeJS.Timeout;
  #endCpuMs = 0;
  #endMs = 0;
  hasBegun = false;

  constructor({ deadlineMs, loadMs }: Required<RendererLimits>, onExceeded: () => void) {
    this.#deadlineMs = deadlineMs;
    this.#onExceeded = onExceeded;
    this.#timer = setTimeout(onExceeded, loadMs);
  }

  /** The libraries are loaded. */
  begin(): void {
    this.hasBegun = true;
    clearTimeout(this.#timer);
    this.#endCpuMs = processorMs() + this.#deadlineMs;
    this.#endMs = performance.now() + this.#deadlineMs * BUSY_FACTOR;
    this.#check();
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  /** Exceeded once its processor time is used up, or far too much time has passed. */
  #check(): void {
    const leftMs = Math.min(this.#endCpuMs - processorMs(), this.#endMs - performance.now());
    if (leftMs <= 0) this.#onExceeded();
    else this.#timer = setTimeout(() => this.#check(), Math.max(MIN_CHECK_MS, leftMs));
  }
}

/** Processor time of all threads of this process, in ms: Node 20 has no figure for one of them. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
