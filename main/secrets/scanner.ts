import { Worker } from 'node:worker_threads';
import type { ScanResult, Secret } from './masking.ts';

export interface SecretScannerOptions {
  /** The built `scan-secrets-worker`: a file of its own, beside the app's. */
  readonly workerUrl: URL;
  /** How much is scanned on the calling thread before others get their turn, in UTF-16 units. */
  readonly inlineUpTo?: number;
  /** Longest time that the scan of one text may take, in ms. */
  readonly limitMs?: number;
}

/** Finds credentials in a text. Never rejects: what could not be scanned says so. */
export type FindSecrets = (text: string) => Promise<ScanResult>;

/**
 * Some 2 ms of scanning. The rules are not all ours, so what a text that is made to be slow costs
 * is known up to here only (test/unit/clipboard/adversarial.test.ts); the rest goes to a thread
 * that can be ended.
 */
export const INLINE_UP_TO = 100_000;
const LIMIT_MS = 10_000;

const UNKNOWN: ScanResult = { ok: false };

/**
 * Scans small texts at once, and large or many ones in a thread that ends when nothing is left to
 * scan, so that nothing of it stays in memory. The rules are loaded with the first scan.
 */
export function createSecretFinder(deps: SecretScannerOptions): FindSecrets {
  const { workerUrl, inlineUpTo = INLINE_UP_TO, limitMs = LIMIT_MS } = deps;
  let left = inlineUpTo;
  let thread: ScanThread | undefined;

  const scanInline = async (text: string): Promise<ScanResult> => {
    if (left === inlineUpTo) {
      setImmediate(() => {
        left = inlineUpTo;
      });
    }
    left -= text.length;
    try {
      const { scanSecrets } = await import('./scan.ts');
      return { ok: true, secrets: await scanSecrets(text) };
    } catch {
      return UNKNOWN;
    }
  };

  return async (text) => {
    if (text.length <= left) return scanInline(text);
    thread ??= startScanThread(workerUrl, limitMs, () => {
      thread = undefined;
    });
    return thread.scan(text);
  };
}

interface ScanThread {
  scan(text: string): Promise<ScanResult>;
}

interface Waiting {
  readonly text: string;
  readonly resolve: (result: ScanResult) => void;
}

/**
 * A thread that scans one text after the other. Where one takes too long, or the thread fails,
 * that text and those behind it count as not scanned.
 * @param onEnd called before the last result is given: the thread takes no more texts
 */
function startScanThread(workerUrl: URL, limitMs: number, onEnd: () => void): ScanThread {
  const waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;
  let ended = false;

  const end = (): void => {
    if (ended) return;
    ended = true;
    onEnd();
    clearTimeout(timer);
    void worker?.terminate();
    for (const { resolve } of waiting.splice(0)) resolve(UNKNOWN);
  };
  const next = (): void => {
    clearTimeout(timer);
    const [first] = waiting;
    if (first === undefined) {
      end();
      return;
    }
    timer = setTimeout(end, limitMs);
    worker?.postMessage(first.text);
  };
  try {
    worker = new Worker(workerUrl);
    // The thread is ours and built from our own file, so its answer is what it sends.
    worker.on('message', (secrets: readonly Secret[]) => {
      waiting.shift()?.resolve({ ok: true, secrets });
      next();
    });
    worker.on('error', end);
    worker.on('exit', end);
  } catch {
    queueMicrotask(end);
  }
  return {
    scan: (text) =>
      new Promise((resolve) => {
        waiting.push({ text, resolve });
        if (waiting.length === 1) next();
      }),
  };
}
