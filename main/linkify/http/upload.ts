import { LinkifyError } from '../errors.ts';
import type { CallOptions, ShareItem } from '../model.ts';

/** The call's options without progress reports. */
export function withoutProgress(options: CallOptions = {}): CallOptions {
  const { onProgress: _told, ...rest } = options;
  return rest;
}

/** What is shared, in bytes. */
export function sizeOf(item: ShareItem): number {
  return item.kind === 'file' ? item.sizeBytes : Buffer.byteLength(item.text);
}

const PROGRESS_EVERY_MS = 100;

/** Progress in bytes of what is shared: its JSON is up to four times as long, which nobody expects. */
export function onUpload(
  tell: CallOptions['onProgress'],
  totalBytes: number,
): ((part: number) => void) | undefined {
  if (tell === undefined) return undefined;
  let lastMs = 0;
  let done = false;
  return (part) => {
    const nowMs = performance.now();
    if (done || (part < 1 && nowMs - lastMs < PROGRESS_EVERY_MS)) return;
    lastMs = nowMs;
    done = part >= 1;
    tell(Math.round(part * totalBytes), totalBytes);
  };
}

/** The error of a file that failed while it was read: what `open` said of it, else unreadable. */
export function contentError(name: string, cause: unknown): LinkifyError {
  return cause instanceof LinkifyError
    ? cause
    : new LinkifyError({ kind: 'unreadable-content', name }, { cause });
}

/**
 * A file's content, of exactly the size that was said.
 * @throws LinkifyError `unreadable-content`
 */
export async function* readWhole(
  item: ShareItem & { readonly kind: 'file' },
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const part of item.open()) {
      bytes += part.byteLength;
      if (bytes > item.sizeBytes) break;
      yield part;
    }
  } catch (cause) {
    throw contentError(item.name, cause);
  }
  if (bytes !== item.sizeBytes) {
    throw new LinkifyError({ kind: 'unreadable-content', name: item.name, changed: true });
  }
}
