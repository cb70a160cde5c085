import { LinkifyError } from './errors.ts';
import { extOfName, knownExt } from './file-ext.ts';
import type { JsonParts } from './http/json-body.ts';
import { contentError } from './http/upload.ts';
import type { ShareItem } from './model.ts';

/** The application that a service knows us as; every seed carries it whole. */
export interface Application {
  readonly id: string;
  /** As the service gave it, fields that we don't know included. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Whether the server is our own, which can do more than the API. */
  readonly isOurServer: boolean;
}

/**
 * Longest request body sent, in bytes. No service documents a limit; this is ours, for a body
 * takes several times its size in a service's memory.
 */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** A file of this size always fits; up to twice as much may, for a byte takes 2 to 4 characters. */
export const MAX_FILE_BYTES = Math.floor((MAX_BODY_BYTES - 64 * 1024) / 4);

/** Longest name sent, in characters. */
const MAX_NAME_LENGTH = 200;

/**
 * What makes an asset: text as a fragment with its text, anything else as a file with its bytes.
 * The rules are those of the SDK's comments: `raw` is the only form a service implements, and of
 * the two ways to name a type only `ext` counts.
 * @throws LinkifyError `too-large`, `unreadable-content`, `cancelled`
 */
export async function seedOf(
  item: ShareItem,
  application: Application,
  signal?: AbortSignal,
): Promise<JsonParts> {
  const name = Array.from(item.name).slice(0, MAX_NAME_LENGTH).join('');
  const head =
    `{"type":"SEEDED_ASSET","asset":{"application":${JSON.stringify(application.raw)},` +
    `"metadata":${JSON.stringify({ name, mechanism: 'MANUAL' })},"format":`;
  switch (item.kind) {
    case 'text': {
      const ext = item.ext === undefined ? undefined : knownExt(item.ext);
      const fragment = {
        string: { raw: item.text },
        ...(ext === undefined ? {} : { metadata: { ext } }),
      };
      return { head: `${head}${JSON.stringify({ fragment })}}}`, content: [], tail: '' };
    }
    case 'file': {
      const content = await readAll(item, signal);
      const ext = extOfName(item.name);
      const size = content.reduce((sum, chunk) => sum + chunk.byteLength, 0);
      const metadata = { name, ...(ext === undefined ? {} : { ext }), size };
      return {
        head: `${head}{"file":{"bytes":{"raw":[`,
        content,
        tail: `]},"metadata":${JSON.stringify(metadata)}}}}}`,
      };
    }
  }
}

/** Reads a file whole; gives up as soon as no form of it could fit. */
async function readAll(
  item: ShareItem & { readonly kind: 'file' },
  signal: AbortSignal | undefined,
): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const refuseAbove = MAX_BODY_BYTES / 2;
  if (item.sizeBytes > refuseAbove) throw tooLarge(item.sizeBytes);
  try {
    for await (const chunk of item.open()) {
      if (signal?.aborted) throw new LinkifyError({ kind: 'cancelled' });
      sizeBytes += chunk.byteLength;
      if (sizeBytes > refuseAbove) throw tooLarge(Math.max(sizeBytes, item.sizeBytes));
      if (chunk.byteLength > 0) chunks.push(chunk);
    }
  } catch (error) {
    throw contentError(item.name, error);
  }
  return chunks;
}

export function tooLarge(sizeBytes: number): LinkifyError {
  return new LinkifyError({ kind: 'too-large', sizeBytes, limitBytes: MAX_FILE_BYTES });
}
