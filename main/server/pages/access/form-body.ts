import type { IncomingMessage } from 'node:http';
import { chunksOf } from '../../http/body.ts';
import { HttpFault } from '../../http/fault.ts';

const LIMIT_BYTES = 4_096;

/** A form that was sent to us. */
export interface Form {
  readonly fields: URLSearchParams;
  /** Whether it is known that no page of others sent it; else its key has to prove that. */
  readonly ours: boolean;
}

/** Reads a form of one of our own pages. @throws HttpFault 403, 413, 415 */
export async function readForm(request: IncomingMessage): Promise<Form> {
  const sender = senderOf(request);
  if (sender === 'foreign') throw new HttpFault(403, 'Cross-origin form submission rejected.');
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new HttpFault(415, 'Content-Type must be application/x-www-form-urlencoded.');
  }
  const tooLarge = () => new HttpFault(413, 'Form too large.');
  if (Number(request.headers['content-length'] ?? 0) > LIMIT_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(request)) {
    size += chunk.byteLength;
    if (size > LIMIT_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return {
    fields: new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
    ours: sender === 'ours',
  };
}

/**
 * Whose page sent a form. `Sec-Fetch-Site` tells, but browsers send it to trustworthy addresses
 * only: this computer's own, and behind TLS. `Origin` comes with every POST of a browser, but as
 * `null` from pages without a referrer, such as ours, and any other page can do the same. A proxy
 * may have put a name of its own into `Host`.
 */
function senderOf({ headers }: IncomingMessage): 'ours' | 'foreign' | 'unknown' {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'ours' : 'foreign';
  const { origin } = headers;
  // A program, which no page makes do anything.
  if (origin === undefined) return 'ours';
  return URL.parse(origin)?.host === headers.host ? 'ours' : 'unknown';
}
