import type { IncomingMessage } from 'node:http';
import { hasBody } from './body.ts';
import { HttpFault } from './fault.ts';

/**
 * Reads a JSON body whole.
 * @param limitBytes beyond it the answer is 413, and no more than that is ever held
 * @returns `undefined` for an empty body (some generated clients send a POST without one)
 * @throws HttpFault 400 for text that is no JSON, 413 above the limit, 415 for another type
 */
export async function readJsonBody(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const type = request.headers['content-type'];
  if (hasBody(request) && !isJson(type)) {
    throw new HttpFault(415, 'Content-Type must be application/json.');
  }
  if (request.headers['content-encoding'] !== undefined) {
    throw new HttpFault(415, "Compressed bodies aren't supported.");
  }
  const text = (await readBytes(request, limitBytes)).toString('utf8');
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's message quotes the text, which may be content: it is dropped on purpose.
    throw new HttpFault(400, 'Invalid JSON.');
  }
}

/** `application/json`, alone or as UTF-8; none of the types that a web form can send. */
function isJson(type: string | undefined): boolean {
  return (
    type !== undefined && /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i.test(type.trim())
  );
}

async function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new HttpFault(413, `Request body exceeds ${limitBytes} bytes.`, {
      'X-Linkify-Limit-Bytes': String(limitBytes),
    });
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  // By events: the iterator of a stream costs more than all else that is done with a small body.
  await new Promise<void>((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      size += chunk.byteLength;
      if (size <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      request.off('data', onData).pause();
      reject(tooLarge());
    };
    // A client that left before now is told of by no event any more.
    if (request.destroyed) reject(new Error('the client has left'));
    request.on('data', onData).once('end', resolve).once('error', reject);
  });
  return Buffer.concat(chunks, size);
}
