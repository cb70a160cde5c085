import type { IncomingMessage } from 'node:http';
import { chunksOf } from '../http/body.ts';
import { HttpFault } from '../http/fault.ts';
import { queryOf } from '../http/router.ts';
import type { NewAsset } from '../store/add-asset.ts';

export const tooLarge = (limitBytes: number): HttpFault =>
  new HttpFault(413, `File exceeds ${limitBytes} bytes.`, {
    'X-Linkify-Limit-Bytes': String(limitBytes),
  });

/**
 * A file as it comes: the body is its bytes, `?name=` its name (UTF-8, percent-encoded).
 * @throws HttpFault 400 without a usable name, 411 without a length, 413 above the limit, 415 for another type
 */
export function assetOfUpload(request: IncomingMessage, limitBytes: number): NewAsset {
  if (request.headers['content-type'] !== 'application/octet-stream') {
    throw new HttpFault(415, 'Content-Type must be application/octet-stream.');
  }
  if (request.headers['content-encoding'] !== undefined) {
    throw new HttpFault(415, "Compressed bodies aren't supported.");
  }
  const length = request.headers['content-length'];
  if (length === undefined) throw new HttpFault(411, 'Content-Length required.');
  const sizeBytes = Number(length);
  if (sizeBytes > limitBytes) {
    throw tooLarge(limitBytes);
  }
  const name = queryOf(request).get('name') ?? '';
  if (name === '' || name.length > 1_000) {
    throw new HttpFault(400, 'Query parameter "name" required (1 to 1000 characters).');
  }
  const ext = /\.([A-Za-z0-9]{1,12})$/.exec(name)?.[1]?.toLowerCase();
  return {
    name,
    form: 'file',
    ...(ext === undefined ? {} : { ext }),
    content: chunksOf(request),
    sizeBytes,
  };
}
