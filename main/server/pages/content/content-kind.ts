import type { AssetRecord } from '../../store/model.ts';
import type { PageMessages } from '../i18n.ts';
import { textEncoding } from './encoding.ts';
import { extensionOf } from './names.ts';
import { MAX_PIXELS, type PictureSize, pictureSize } from './picture-size.ts';

/** How an asset is shown, decided by its bytes and never by its name alone. */
export type PageKind =
  /** `encoding` is that of its first bytes. */
  | { readonly kind: 'text'; readonly encoding: string }
  | { readonly kind: 'image'; readonly mime: string; readonly size: PictureSize }
  | {
      readonly kind: 'audio' | 'video';
      readonly mime: string;
      /** Whether only some browsers play it. */
      readonly hasLimitedSupport: boolean;
    }
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
/** Sound and film that every browser plays, without parameters such as codecs. */
const MEDIA = new Set([
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'audio/flac',
  'audio/aac',
  'audio/mp4',
  'audio/x-m4a',
  'audio/webm',
  'video/mp4',
  'video/x-m4v',
  'video/webm',
  'video/ogg',
]);

/** What some browsers play: one of the current Chromium, Firefox or Safari. */
const RARE_MEDIA = new Set([
  'audio/3gpp',
  'audio/3gpp2',
  'audio/aiff',
  'audio/amr',
  'audio/matroska',
  'audio/vnd.dolby.dd-raw',
  'audio/x-caf',
  'video/3gpp',
  'video/3gpp2',
  'video/matroska',
  'video/mp2t',
  'video/mpeg',
  'video/quicktime',
  'video/vnd.avi',
]);

/** The registered names of types that the library calls by one of its own. */
const REGISTERED: ReadonlyMap<string, string> = new Map([
  ['application/ogg', 'video/ogg'],
  ['video/MP1S', 'video/mpeg'],
  ['video/MP2P', 'video/mpeg'],
]);

/** Extensions of sound in a container that may hold film, too. */
const SOUND = new Set(['3ga', 'aac', 'm4a', 'm4b', 'm4r', 'mka', 'oga', 'opus', 'spx', 'weba']);

/** Formats that may be plain text all through, and are made to be opened by a program. */
const TEXT_FORMATS = new Set([
  'application/pdf',
  'application/rtf',
  'application/postscript',
  'application/eps',
]);

/**
 * Shorter ones may be the start of something else. Longer ones that are text from their first byte
 * to the last are text, even where they begin like a picture ("BM") or a sound (0xFF 0xF1 is "яс" in
 * Windows-1251).
 */
const TEXT_BYTES = 32;

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
  if (asset.form === 'text' || asset.sizeBytes === 0) return { kind: 'text', encoding: 'utf-8' };
  const head = await readHead(HEAD_BYTES);
  // Loaded when the first file is looked at, not with the service.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const encoding = await textEncoding(head);
  const mime = mediaType(found?.mime ?? '', extensionOf(asset));
  if (encoding !== undefined && isText(mime, head)) return { kind: 'text', encoding };
  if (found !== undefined) {
    if (IMAGES.has(mime)) {
      const size =
        (await pictureSize(head)) ?? (await pictureSize(await readHead(PICTURE_HEAD_BYTES)));
      // Without a size nobody can say what it would take to show it.
      if (size === undefined) return FILE;
      return size.width * size.height > MAX_PIXELS
        ? { ...FILE, size }
        : { kind: 'image', mime, size };
    }
    const hasLimitedSupport = RARE_MEDIA.has(mime);
    if (hasLimitedSupport || MEDIA.has(mime)) {
      return { kind: mime.startsWith('audio/') ? 'audio' : 'video', mime, hasLimitedSupport };
    }
    if (mime === 'application/pdf') return { kind: 'pdf', mime };
  }
  return FILE;
}

/** A media type without its parameters; of sound in a container for film, that of sound. */
function mediaType(found: string, ext: string | undefined): string {
  const [type = ''] = found.split(';', 1);
  const registered = REGISTERED.get(type) ?? type;
  return SOUND.has(ext ?? '') ? registered.replace(/^video\//, 'audio/') : registered;
}

/** SVG and XML are text, too, and shown as their source. */
function isText(mime: string, head: Uint8Array): boolean {
  if (mime === '' || /^text\/|xml|pgp/.test(mime)) return true;
  return head.length >= TEXT_BYTES && !TEXT_FORMATS.has(mime);
}

/**
 * What an asset is, before it is shown: "Text", "Image", "ZIP file".
 * @param kind what its bytes are
 */
export function typeNameOf(
  asset: AssetRecord,
  kind: PageKind['kind'],
  messages: PageMessages,
): string {
  if (asset.form === 'text') return messages.t('text');
  if (kind === 'image') return messages.t('picture');
  const ext = extensionOf(asset) ?? '';
  if (/^[a-z0-9]{1,8}$/i.test(ext)) return messages.t('fileOfType', { type: ext.toUpperCase() });
  return messages.t(kind);
}
