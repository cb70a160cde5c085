import type { IncomingMessage } from 'node:http';
import { HttpFault } from '../http/fault.ts';

const LIMIT_BYTES = 4_096;

/** The fields of a form that one of our own pages sent. @throws HttpFault 403, 413, 415 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  // Browsers say so at trustworthy addresses: this computer's own, and behind TLS.
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') {
    throw new HttpFault(403, 'Only this page can send its form.');
  }
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    throw new HttpFault(415, 'Only a form of this page can be sent here.');
  }
  const tooLarge = () => new HttpFault(413, 'The form is too large.');
  if (Number(request.headers['content-length'] ?? 0) > LIMIT_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > LIMIT_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
