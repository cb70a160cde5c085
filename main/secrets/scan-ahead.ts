import type { ScanResult } from './masking.ts';
import type { FindSecrets } from './scanner.ts';

export interface ScanAhead {
  /** Scans a text, or answers what the scan ahead of it found. */
  readonly find: FindSecrets;
  /**
   * Begins the scan of the text that was just copied, so that the key press finds it done; call it
   * with `undefined` when something else was copied, to forget the text before.
   */
  readonly copied: (text: string | undefined) => void;
}

/** Longest text whose scan is remembered, in UTF-16 units: it is held in memory until the next copy. */
const REMEMBERED_UP_TO = 4 * 1024 * 1024;

/** Scans large texts when they are copied, not when the key is pressed: a thread takes its time. */
export function createScanAhead(find: FindSecrets): ScanAhead {
  let last: { readonly text: string; readonly result: Promise<ScanResult> } | undefined;
  const remembered: FindSecrets = (text) => {
    if (last?.text === text) return last.result;
    const result = find(text);
    last = text.length <= REMEMBERED_UP_TO ? { text, result } : undefined;
    return result;
  };
  return {
    find: remembered,
    copied(text) {
      if (text === undefined) last = undefined;
      else void remembered(text);
    },
  };
}
