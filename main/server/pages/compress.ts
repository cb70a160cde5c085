import type { IncomingMessage } from 'node:http';
import { gzip, gzipSync } from 'node:zlib';
import Negotiator from 'negotiator';

/** Longer pages are compressed in another thread; 64 KiB take about a millisecond. In bytes. */
const MAX_SYNC_BYTES = 64 * 1024;

/** Most of what compression gains, in a third of the time of the usual level. */
const OPTIONS = { level: 1 };

/** Whether the client takes a compressed response, and likes it as much as a plain one (RFC 9110, 12.5.3). */
export function acceptsGzip({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const accepted = headers['accept-encoding'];
  // No browser sends a longer one, and it would only cost time.
  if (accepted === undefined || accepted.length > 200) return false;
  return new Negotiator({ headers }).encoding(['gzip', 'identity']) === 'gzip';
}

/**
 * Compresses a page. Nothing on a page repeats what its request says, so its compressed length
 * tells nothing of its secrets (BREACH).
 * @param whenDone called at once for a short page, later for a long one
 */
export function compress(
  page: Uint8Array,
  whenDone: (error: Error | null, compressed: Buffer) => void,
): void {
  if (page.length <= MAX_SYNC_BYTES) whenDone(null, gzipSync(page, OPTIONS));
  else gzip(page, OPTIONS, whenDone);
}
