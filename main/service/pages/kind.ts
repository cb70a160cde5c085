import type { AssetRecord } from '../store/model.ts';
import { MAX_PIXELS, type PictureSize, pictureSize } from './image-size.ts';

/** How an asset is shown, decided by its bytes and never by its name alone. */
export type PageKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'image'; readonly mime: string; readonly size: PictureSize }
  | { readonly kind: 'audio' | 'video'; readonly mime: string }
  | { readonly kind: 'pdf'; readonly mime: 'application/pdf' }
  | {
      readonly kind: 'file';
      readonly mime: 'application/octet-stream';
      /** Of a picture that is too large to be shown. */
      readonly size?: PictureSize;
    };

/** Raster images that a browser shows and that cannot hold a script. */
const IMAGES = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
]);
const MEDIA = new Set([
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/flac',
  'audio/x-m4a',
  'video/mp4',
  'video/webm',
  'video/ogg',
]);

const FILE = { kind: 'file', mime: 'application/octet-stream' } as const;

/** Enough of the start for magic bytes, in bytes. */
const HEAD_BYTES = 4100;

/** Pictures whose first bytes do not tell their size tell it within these, or are not shown. */
const PICTURE_HEAD_BYTES = 1024 * 1024;

/** @param readHead gives the first bytes of the content, or all of it where it is shorter */
export async function pageKind(
  asset: AssetRecord,
  readHead: (bytes: number) => Promise<Uint8Array>,
): Promise<PageKind> {
  if (asset.form === 'text' || asset.sizeBytes === 0) return { kind: 'text' };
  const head = await readHead(HEAD_BYTES);
  // Loaded when the first file is looked at, not with the service.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found !== undefined) {
    const { mime } = found;
    if (IMAGES.has(mime)) {
      const size =
        (await pictureSize(head)) ?? (await pictureSize(await readHead(PICTURE_HEAD_BYTES)));
      // Without a size nobody can say what it would take to show it.
      if (size === undefined) return FILE;
      return size.width * size.height > MAX_PIXELS
        ? { ...FILE, size }
        : { kind: 'image', mime, size };
    }
    if (MEDIA.has(mime)) return { kind: mime.startsWith('audio/') ? 'audio' : 'video', mime };
    if (mime === 'application/pdf') return { kind: 'pdf', mime };
    // SVG and XML are text, and shown as their source.
    if (!/xml/.test(mime)) return FILE;
  }
  return isText(head) ? { kind: 'text' } : FILE;
}

/** UTF-8 without control characters that no text has; the last character may be cut. */
function isText(head: Uint8Array): boolean {
  for (const byte of head) {
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) return false;
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
