import { Worker } from 'node:worker_threads';
import type { ScanResult, Secret } from './secrets.ts';

export interface SecretFinderNeeds {
  /** The built `scan-secrets-worker`: a file of its own, beside the app's. */
  readonly workerUrl: URL;
  /** Longest text that is scanned on the calling thread, in UTF-16 units. */
  readonly inlineUpTo?: number;
  /** Longest time that a scan may take, in ms. */
  readonly limitMs?: number;
}

/** Finds credentials in a text. Never rejects: what could not be scanned says so. */
export type FindSecrets = (text: string) => Promise<ScanResult>;

/** About 4 ms of scanning; beyond it the tray and the popover would feel it. */
const INLINE_UP_TO = 256 * 1024;
const LIMIT_MS = 10_000;

/**
 * Scans small texts at once and large ones in a thread of their own, which ends with the scan,
 * so that nothing of it stays in memory. The rules are loaded with the first scan.
 */
export function createSecretFinder(needs: SecretFinderNeeds): FindSecrets {
  const { workerUrl, inlineUpTo = INLINE_UP_TO, limitMs = LIMIT_MS } = needs;
  return async (text) => {
    try {
      if (text.length > inlineUpTo) return await scanInWorker(workerUrl, text, limitMs);
      const { scanSecrets } = await import('./scan-secrets.ts');
      return { ok: true, secrets: await scanSecrets(text) };
    } catch {
      return { ok: false };
    }
  };
}

async function scanInWorker(workerUrl: URL, text: string, limitMs: number): Promise<ScanResult> {
  const worker = new Worker(workerUrl, { workerData: text });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ScanResult>((resolve, reject) => {
      // The thread is ours and built from our own file, so its answer is what it sends.
      worker.once('message', (secrets: readonly Secret[]) => resolve({ ok: true, secrets }));
      worker.once('error', reject);
      worker.once('exit', () => resolve({ ok: false }));
      timer = setTimeout(() => resolve({ ok: false }), limitMs);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
