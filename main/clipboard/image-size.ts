import type { ImageMime } from './content.ts';

export interface ImageHeader {
  readonly mime: ImageMime;
  readonly widthPx?: number;
  readonly heightPx?: number;
}

/**
 * What an image's first bytes say about it, without decoding it; `undefined` when they are
 * of no kind that can be shared. The bytes decide, not the name they came under.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    // Width and height follow the signature, the first chunk's length and its name (PNG, 11.2.2).
    const whole = bytes.byteLength >= 24 && ascii(bytes, 12, 4) === 'IHDR';
    return sized('image/png', whole ? [view.getUint32(16), view.getUint32(20)] : undefined);
  }
  if (ascii(bytes, 0, 4) === 'GIF8') {
    const whole = bytes.byteLength >= 10;
    return sized(
      'image/gif',
      whole ? [view.getUint16(6, true), view.getUint16(8, true)] : undefined,
    );
  }
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return sized('image/jpeg', jpegSize(view));
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') {
    return sized('image/webp', webpSize(bytes, view));
  }
  if (ascii(bytes, 0, 2) === 'BM' && bytes.byteLength >= 26) {
    return sized('image/bmp', bmpSize(view));
  }
  if (ascii(bytes, 4, 4) === 'ftyp') return isoImage(ascii(bytes, 8, 4));
  if (startsWith(bytes, [0x49, 0x49, 0x2a, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 0x2a])) {
    return { mime: 'image/tiff' };
  }
  if (startsWith(bytes, [0, 0, 1, 0]) && bytes.byteLength >= 22) return { mime: 'image/x-icon' };
  return isSvg(bytes) ? { mime: 'image/svg+xml' } : undefined;
}

type Size = readonly [widthPx: number, heightPx: number];

function sized(mime: ImageMime, size: Size | undefined): ImageHeader {
  if (size === undefined || size[0] === 0 || size[1] === 0) return { mime };
  return { mime, widthPx: size[0], heightPx: size[1] };
}

/** Brands of ISO base media files that are still images (ISO 23000-22, AVIF 1.1). */
function isoImage(brand: string): ImageHeader | undefined {
  if (brand === 'avif' || brand === 'avis') return { mime: 'image/avif' };
  return ['heic', 'heix', 'mif1', 'msf1', 'heim', 'heis'].includes(brand)
    ? { mime: 'image/heic' }
    : undefined;
}

/** After the file header of 14 bytes: OS/2's first form has 16 bits a side, all later ones 32. */
function bmpSize(view: DataView): Size {
  return view.getUint32(14, true) === 12
    ? [view.getUint16(18, true), view.getUint16(20, true)]
    : [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
}

/** Its root element comes after a declaration, comments and a document type at most. */
function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4_096)).trimStart();
  return start.startsWith('<') && /<svg[\s>]/.test(start);
}

/** The frame header comes after metadata and a small picture at most. */
const JPEG_HEADER_WITHIN = 4 * 1024 * 1024;

/** Walks the segments to the frame header (JPEG, B.2.2), which holds height, then width. */
function jpegSize(view: DataView): Size | undefined {
  let at = 2;
  const end = Math.min(view.byteLength, JPEG_HEADER_WITHIN);
  while (at + 9 <= end && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The three forms of a WebP file's first chunk (RFC 9649, section 2). */
function webpSize(bytes: Uint8Array, view: DataView): Size | undefined {
  if (bytes.byteLength < 30) return undefined;
  switch (ascii(bytes, 12, 4)) {
    case 'VP8X': {
      const u24 = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
      return [u24(24) + 1, u24(27) + 1];
    }
    case 'VP8 ':
      return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    default:
      return undefined;
  }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
