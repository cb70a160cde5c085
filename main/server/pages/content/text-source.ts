import type { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import type { AssetRecord } from '../../store/model.ts';
import { DETECTION_BYTES, decoderOf, isMostlyUtf8, textEncoding } from './encoding.ts';
import { MAX_PARTED_BYTES, PART_LIMITS, type TextPart, textParts } from './text-parts.ts';

/** What was found out about contents, which never change. */
const REMEMBERED = 10_000;

/**
 * A text that is not UTF-8 is converted from its beginning for each part: one that is larger shows
 * its first part only. In bytes.
 */
const MAX_CONVERTED_BYTES = 32 * 1024 * 1024;

/** How the bytes of a text are read. */
export interface TextEncoding {
  /** One of `ENCODINGS`. */
  readonly encoding: string;
  /** Whether all bytes are known to be in it; else no header may claim it. */
  readonly verified: boolean;
}

export interface TextSource {
  /** @param ofHead the encoding of the first bytes */
  encodingOf(asset: AssetRecord, ofHead: string): Promise<TextEncoding>;
  partsOf(asset: AssetRecord, encoding: string): Promise<readonly TextPart[]>;
  textOf(asset: AssetRecord, encoding: string, part: TextPart): Promise<string>;
}

export type OpenContent = (
  asset: AssetRecord,
  range?: { readonly start: number; readonly end: number },
) => Promise<Readable>;

/** The texts of assets, in whatever encoding their bytes are. */
export function createTextSource(open: OpenContent): TextSource {
  const encodings = new LRUCache<string, Promise<TextEncoding>>({ max: REMEMBERED });
  const parts = new LRUCache<string, Promise<readonly TextPart[]>>({ max: 100 });

  const contentOf = async (asset: AssetRecord, bytes: number): Promise<Readable | readonly []> =>
    bytes === 0 ? [] : open(asset, { start: 0, end: Math.min(bytes, asset.sizeBytes) - 1 });

  async function findEncoding(asset: AssetRecord, ofHead: string): Promise<TextEncoding> {
    if (asset.form === 'text') return { encoding: 'utf-8', verified: true };
    if (ofHead !== 'utf-8') {
      const sample = await joined(await contentOf(asset, DETECTION_BYTES));
      return { encoding: (await textEncoding(sample)) ?? ofHead, verified: true };
    }
    if (asset.sizeBytes > MAX_PARTED_BYTES) return { encoding: 'utf-8', verified: false };
    const sample = await notUtf8(await contentOf(asset, asset.sizeBytes));
    if (sample === undefined) return { encoding: 'utf-8', verified: true };
    const found = isMostlyUtf8(sample) ? undefined : await textEncoding(sample);
    return found === undefined || found === 'utf-8'
      ? { encoding: 'utf-8', verified: false }
      : { encoding: found, verified: true };
  }

  async function findParts(asset: AssetRecord, encoding: string): Promise<readonly TextPart[]> {
    const { sizeBytes } = asset;
    const alone = { index: 0, count: 1, firstLine: 1, start: 0 };
    // With fewer bytes it cannot have too many lines.
    if (encoding === 'utf-8' && sizeBytes <= PART_LIMITS.lines) {
      return [{ ...alone, end: sizeBytes, more: false }];
    }
    const longest = encoding === 'utf-8' ? MAX_PARTED_BYTES : MAX_CONVERTED_BYTES;
    const content = await contentOf(asset, sizeBytes > longest ? PART_LIMITS.bytes : sizeBytes);
    const found = await textParts(encoding === 'utf-8' ? content : converted(content, encoding));
    return sizeBytes > longest ? [{ ...alone, end: found[0]?.end ?? 0, more: true }] : found;
  }

  return {
    encodingOf: (asset, ofHead) =>
      remembered(encodings, asset.id, () => findEncoding(asset, ofHead)),
    partsOf: (asset, encoding) =>
      remembered(parts, `${asset.id} ${encoding}`, () => findParts(asset, encoding)),
    async textOf(asset, encoding, { start, end }) {
      if (end <= start) return '';
      if (encoding === 'utf-8') {
        const last = Math.min(end, asset.sizeBytes) - 1;
        const bytes = await joined(await open(asset, { start, end: last }));
        return new TextDecoder().decode(bytes);
      }
      const content = await contentOf(asset, MAX_CONVERTED_BYTES);
      return (await slice(converted(content, encoding), start, end)).toString();
    },
  };
}

async function remembered<T>(
  known: LRUCache<string, Promise<T>>,
  key: string,
  find: () => Promise<T>,
): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The bytes around the first place that is not UTF-8; `undefined` where all of it is. */
async function notUtf8(content: Chunks): Promise<Uint8Array | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let before: Uint8Array = new Uint8Array();
  for await (const chunk of content) {
    try {
      decoder.decode(chunk, { stream: true });
    } catch {
      return around(Buffer.concat([before, chunk]), before.length);
    }
    before = chunk;
  }
  try {
    decoder.decode();
    return undefined;
  } catch {
    return around(before, before.length);
  }
}

/** @param from where the place begins to be looked for */
function around(bytes: Uint8Array, from: number): Uint8Array {
  let at = bytes.findIndex((byte, index) => index >= from && byte > 0x7f);
  if (at < 0) at = bytes.length;
  const start = Math.max(0, Math.min(at - DETECTION_BYTES / 4, bytes.length - DETECTION_BYTES));
  return bytes.subarray(start, start + DETECTION_BYTES);
}

/** The same text in UTF-8, without a byte order mark. */
async function* converted(content: Chunks, encoding: string): AsyncGenerator<Buffer> {
  const decoder = decoderOf(encoding);
  for await (const chunk of content) yield Buffer.from(decoder.decode(chunk));
  yield Buffer.from(decoder.end());
}

async function slice(content: Chunks, start: number, end: number): Promise<Buffer> {
  const found: Uint8Array[] = [];
  let passed = 0;
  for await (const chunk of content) {
    if (passed + chunk.length > start) {
      found.push(chunk.subarray(Math.max(0, start - passed), end - passed));
    }
    passed += chunk.length;
    if (passed >= end) break;
  }
  return Buffer.concat(found);
}

export async function joined(content: Chunks): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}
