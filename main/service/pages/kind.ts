import type { AssetRecord } from '../store/model.ts';

/** How an asset is shown, decided by its bytes and never by its name alone. */
export type PageKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'image'; readonly mime: string }
  | { readonly kind: 'audio' | 'video'; readonly mime: string }
  | { readonly kind: 'pdf'; readonly mime: 'application/pdf' }
  | { readonly kind: 'file'; readonly mime: string };

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

/** Enough of the start for magic bytes, in bytes. */
export const HEAD_BYTES = 4100;

/** @param head the first HEAD_BYTES of the content */
export async function pageKind(asset: AssetRecord, head: Uint8Array): Promise<PageKind> {
  if (asset.form === 'text') return { kind: 'text' };
  // Loaded when the first file is looked at, not with the service.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found !== undefined) {
    const { mime } = found;
    if (IMAGES.has(mime)) return { kind: 'image', mime };
    if (MEDIA.has(mime)) return { kind: mime.startsWith('audio/') ? 'audio' : 'video', mime };
    if (mime === 'application/pdf') return { kind: 'pdf', mime };
    // SVG and XML are text, and shown as their source.
    if (!/xml/.test(mime)) return { kind: 'file', mime: 'application/octet-stream' };
  }
  return isText(head) ? { kind: 'text' } : { kind: 'file', mime: 'application/octet-stream' };
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
