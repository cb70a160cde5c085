import { crc32, inflateSync } from 'node:zlib';
import { type Patch, patched } from './patches.ts';

/** Chunks of a PNG (section 5.3): length, name, data, and a checksum over name and data. */
interface Chunk {
  readonly name: string;
  readonly at: number;
  readonly dataAt: number;
  readonly end: number;
}

/** Text that unpacks to more is no metadata, in bytes. */
const MAX_TEXT_BYTES = 4_000_000;

/** What hides a whole text chunk: a name that no reader knows, in which case it is skipped, and zeros. */
const HIDDEN_NAME = 'liNk';

/**
 * Chunks whose text can't be patched in place, packed or in hexadecimal digits, go as a whole where a
 * place is in them.
 * @param holdsPlace whether unpacked text, or an EXIF block, has coordinates
 */
export function packedLocation(
  png: Buffer,
  holdsPlace: (content: Buffer) => boolean,
): readonly Patch[] {
  return chunksOf(png).flatMap(({ name, dataAt, end, at }) => {
    const content = textOf(name, png.subarray(dataAt, end));
    if (content === undefined || !holdsPlace(content)) return [];
    return [
      { at: at + 4, bytes: Buffer.from(HIDDEN_NAME) },
      { at: dataAt, bytes: new Uint8Array(end - dataAt) },
    ];
  });
}

/** Whether there is any chunk that EXIF or XMP may be in: most screenshots have none. */
export function hasMetadata(png: Buffer): boolean {
  return chunksOf(png).some(({ name }) => ['eXIf', 'iTXt', 'zTXt', 'tEXt'].includes(name));
}

/** The checksums that are right once the patches are made. */
export function checksums(png: Buffer, patches: readonly Patch[]): readonly Patch[] {
  return chunksOf(png).flatMap(({ at, end }) => {
    const isTouched = patches.some(
      (patch) => patch.at < end && patch.at + patch.bytes.byteLength > at,
    );
    if (!isTouched) return [];
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(patched(png.subarray(at + 4, end), at + 4, patches)));
    return [{ at: end, bytes: sum }];
  });
}

function chunksOf(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= png.byteLength; ) {
    const end = at + 8 + png.readUInt32BE(at);
    if (end + 4 > png.byteLength) break;
    chunks.push({ name: png.toString('latin1', at + 4, at + 8), at, dataAt: at + 8, end });
    at = end + 4;
  }
  return chunks;
}

/** Packed text, or a profile that ImageMagick wrote as digits; `undefined` for all else. */
function textOf(name: string, data: Buffer): Buffer | undefined {
  const keyEnd = data.indexOf(0);
  if (keyEnd === -1 || !['iTXt', 'zTXt', 'tEXt'].includes(name)) return undefined;
  const isProfile = data.toString('latin1', 0, keyEnd).startsWith('Raw profile type');
  const isPacked = name === 'zTXt' || (name === 'iTXt' && data[keyEnd + 1] === 1);
  if (!isPacked && !isProfile) return undefined;
  try {
    const text = isPacked
      ? inflateSync(data.subarray(packedAt(name, data, keyEnd)), {
          maxOutputLength: MAX_TEXT_BYTES,
        })
      : data.subarray(keyEnd + 1);
    // A line with the name, one with the length, then digits.
    return isProfile
      ? Buffer.from(
          text
            .toString('latin1')
            .replace(/^\s*\w+\s+\d+/, '')
            .replace(/\s/g, ''),
          'hex',
        )
      : text;
  } catch {
    return undefined;
  }
}

/** iTXt: a flag, a method, a language and a translated keyword come between; zTXt: a method. */
function packedAt(name: string, data: Buffer, keyEnd: number): number {
  if (name === 'zTXt') return keyEnd + 2;
  return data.indexOf(0, data.indexOf(0, keyEnd + 3) + 1) + 1;
}
