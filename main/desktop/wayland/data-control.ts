import { closeSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ClipboardBusyError } from '../clipboard/errors.ts';
import { SilentError, within } from '../x11/connection.ts';
import type { Answer, FromWorker, Request } from './clipboard-service.ts';
import type { Selection } from './protocol.ts';
import { CLOSING, WAKE_FD, type WorkerData } from './worker-data.ts';

/** Beside this file, also in the bundle. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? 'clipboard-worker.ts' : 'wayland-clipboard-worker.js',
  import.meta.url,
);

/** Longest time that the compositor may take to answer, in ms; it takes less than 1. */
const RESPONSE_TIMEOUT_MS = 2_000;

/** Something else was copied while it was read. */
export class SelectionChangedError extends Error {
  override readonly name = 'SelectionChangedError';
}

/** The compositor's socket, as libwayland finds it; `undefined` where the session has none. */
export function waylandSocket(
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { WAYLAND_DISPLAY: name = 'wayland-0', XDG_RUNTIME_DIR: folder } = env;
  if (name.startsWith('/')) return name;
  return folder === undefined ? undefined : join(folder, name);
}

/** The clipboard of a Wayland compositor by data-control: needs no focus and no window. */
export class DataControlClient {
  readonly #worker: Worker;
  readonly #shared = new Int32Array(new SharedArrayBuffer(8));
  readonly #pending = new Map<number, (answer: Answer | Error) => void>();
  readonly #listeners = new Set<() => void>();
  readonly #isAvailable: Promise<boolean>;
  /** Once the connection has ended. */
  readonly exited: Promise<void>;
  /** What was written last, by the id of its request, until it is replaced. */
  #copied: { readonly id: number; readonly parts: ReadonlyMap<string, Uint8Array> } | undefined;
  #lastId = 0;
  #hasEnded = false;

  /**
   * Connects to a compositor.
   * @returns `undefined` where it has no data-control, or can't be reached
   */
  static async open(path: string): Promise<DataControlClient | undefined> {
    const client = new DataControlClient(path);
    if (await client.#isAvailable) return client;
    await client.close();
    return undefined;
  }

  private constructor(path: string) {
    const workerData: WorkerData = { path, shared: this.#shared };
    this.#worker = new Worker(WORKER, { workerData });
    // A thread that waits in a call of the C library can't be terminated, and Node ends only after it.
    const endWithProcess = (): void => this.#end();
    process.on('exit', endWithProcess);
    this.exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        process.off('exit', endWithProcess);
        this.#onEnded(new Error('the thread has ended'));
        const fd = Atomics.load(this.#shared, WAKE_FD);
        if (fd > 0) closeSync(fd);
        resolve();
      });
    });
    this.#isAvailable = new Promise((resolve) => {
      this.#worker.on('error', (error) => {
        console.error("Can't use the clipboard of Wayland:", error.message);
        this.#onEnded(error);
      });
      this.#worker.on('message', (message: FromWorker) => {
        this.#onMessage(message);
        if (message.kind !== 'ready') return;
        this.#worker.unref();
        resolve(true);
      });
      void this.exited.then(() => resolve(false));
    });
  }

  /** Whether the compositor has ended the connection; then open another one. */
  hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * What is on the clipboard now.
   * @throws ClipboardBusyError if the compositor doesn't answer within 2 s
   */
  async current(): Promise<Selection> {
    const answer = await this.#answered({ kind: 'current' });
    if (typeof answer === 'string' || answer instanceof Uint8Array) throw unexpected(answer);
    return answer;
  }

  /**
   * Content of the selection `serial` of `current()`; `undefined` if it is empty.
   * @throws SelectionChangedError
   * @throws ClipboardBusyError if the program that copied is silent for 2 s
   */
  async read(serial: number, type: string): Promise<Uint8Array | undefined> {
    const answer = await this.#request({ kind: 'read', serial, type });
    if (answer === 'changed') throw new SelectionChangedError();
    if (answer === 'silent') throw new ClipboardBusyError();
    if (!(answer instanceof Uint8Array)) throw unexpected(answer);
    return answer.byteLength === 0 ? undefined : answer;
  }

  /**
   * Copies contents by type, the best type first; none clears the clipboard. Resolves once the
   * compositor gives back what was written.
   * @throws ClipboardBusyError if it gives something else: it refused, or another program was faster
   */
  async write(parts: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const answered = this.#answered({ kind: 'write', parts });
    this.#copied = parts.size === 0 ? undefined : { id: this.#lastId, parts };
    const answer = await answered;
    if (answer !== 'written') throw new ClipboardBusyError();
  }

  /** What we wrote, while it is on the clipboard. */
  copied(): ReadonlyMap<string, Uint8Array> | undefined {
    return this.#copied?.parts;
  }

  /** Calls back after each copy, our own included; returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the connection, and with it what we copied. */
  async close(): Promise<void> {
    if (!this.#hasEnded) this.#worker.ref();
    this.#end();
    await this.exited;
  }

  #end(): void {
    Atomics.store(this.#shared, CLOSING, 1);
    this.#wake();
  }

  /** @throws ClipboardBusyError if there is no answer in time */
  async #answered(request: NewRequest): Promise<Answer> {
    try {
      return await within(RESPONSE_TIMEOUT_MS, this.#request(request));
    } catch (error) {
      throw error instanceof SilentError ? new ClipboardBusyError() : error;
    }
  }

  /** A request that is still on its way keeps the process alive; waiting for copies doesn't. */
  #request(request: NewRequest): Promise<Answer> {
    if (this.#hasEnded) return Promise.reject(new Error('the compositor is gone'));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#worker.ref();
      this.#pending.set(id, (answer) => {
        this.#pending.delete(id);
        if (this.#pending.size === 0) this.#worker.unref();
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
      this.#worker.postMessage({ ...request, id });
      this.#wake();
    });
  }

  #wake(): void {
    const fd = Atomics.load(this.#shared, WAKE_FD);
    try {
      if (fd > 0) writeSync(fd, '\0');
    } catch {
      // It is full, so the thread is awake; or the thread has ended, which is reported.
    }
  }

  #onMessage(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        break;
      case 'unavailable':
      case 'ended':
        this.#onEnded(new Error('the compositor is gone'));
        break;
      case 'selection':
        for (const listener of [...this.#listeners]) listener();
        break;
      case 'replaced':
        if (this.#copied?.id === message.id) this.#copied = undefined;
        break;
      case 'answer':
        this.#pending.get(message.id)?.(message.answer);
        break;
    }
  }

  #onEnded(error: Error): void {
    this.#hasEnded = true;
    this.#copied = undefined;
    for (const settle of [...this.#pending.values()]) settle(error);
  }
}

/** A request without its id. */
type NewRequest = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

const unexpected = (answer: unknown): Error =>
  new Error(
    `the clipboard could not be read: ${typeof answer === 'string' ? answer : 'no answer'}`,
  );
