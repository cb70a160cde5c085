import { isConcealed } from './concealed.ts';
import type { Clip, Content } from './content.ts';
import {
  filesOfGnomeList,
  filesOfUriList,
  GNOME_FILES,
  isGnomeCut,
  isLongList,
  KDE_CUT,
  MAX_LIST_CHARS,
  urisOf,
} from './file-list.ts';
import { type FileLocation, pathOfBytes } from './file-location.ts';
import { readImageHeader } from './image-size.ts';
import type { ClipboardPlatform, RawSnapshot, ReadableClipboard } from './raw-clipboard.ts';
import { textOfHtml } from './text-of-html.ts';

/**
 * PNG first: it loses nothing, and programs that offer several made the others from it. Then what
 * browsers show, and last what must be converted. BMP is all that some remote desktops offer.
 */
const IMAGE_FORMATS: readonly string[] = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/x-bmp',
  'image/x-MS-bmp',
  'image/x-ms-bmp',
  'image/svg+xml',
  'image/tiff',
];

/** Turns an image that browsers can't show into PNG; `undefined` where that can't be done. */
export type ConvertToPng = (bytes: Uint8Array) => Promise<Uint8Array | undefined>;

/** GNOME's and KDE's marks of a list that a file manager made. */
const FILE_MANAGER_FORMATS: readonly string[] = [
  'x-special/gnome-copied-files',
  'application/x-kde4-urilist',
  'application/x-kde-cutselection',
];

/**
 * Reads the clipboard once: marks of secrecy before anything else, then what was copied.
 * Files come before an image (file managers add an icon or a preview), and an image before
 * text only when the text is no more than the image's address.
 */
export async function readClip(
  raw: ReadableClipboard,
  platform: ClipboardPlatform,
  toPng?: ConvertToPng,
): Promise<Clip> {
  if (await isConcealed(raw, platform)) return { content: { kind: 'empty' }, concealed: true };
  return { content: await recognise(await raw.snapshot(), platform, toPng), concealed: false };
}

async function recognise(
  snapshot: RawSnapshot,
  platform: ClipboardPlatform,
  toPng: ConvertToPng | undefined,
): Promise<Content> {
  const text = snapshot.formats.includes('text/plain') ? await snapshot.text() : '';
  const paths = await copiedFiles(snapshot, platform, text);
  if (paths === 'too-many') return { kind: 'unsupported', formats: snapshot.formats };
  if (paths.length > 0) {
    const cut = platform === 'linux' && (await isCut(snapshot, text));
    return { kind: 'files', paths, ...(cut ? { cut } : {}) };
  }

  // Office programs add a picture of the text that was copied, and mean the text;
  // browsers add at most the address of the image that was copied, and mean the image.
  const meansText = text.trim() !== '' && !isOneAddress(text);
  if (!meansText) {
    const image = await copiedImage(snapshot, text, toPng);
    if (image !== undefined) return image;
  }
  return copiedText(snapshot, text);
}

async function copiedFiles(
  snapshot: RawSnapshot,
  platform: ClipboardPlatform,
  text: string,
): Promise<readonly FileLocation[] | 'too-many'> {
  const { formats, complete } = snapshot;
  if (formats.includes('text/uri-list')) {
    const byFileManager = formats.some((format) => FILE_MANAGER_FORMATS.includes(format));
    const list = await listOf(snapshot, 'text/uri-list');
    const files = filesOfUriList(list, byFileManager);
    if (files.length > 0) return isLongList(list) ? 'too-many' : files;
  }
  switch (platform) {
    case 'linux': {
      if (text.startsWith('x-special/nautilus-clipboard')) return wholeGnomeList(text);
      // Each question about a format that is not there is a trip to the other program:
      // where a text lies beside the files, it lists their paths or addresses.
      const likely = text === '' || /^\s{0,9}(\/|~|[a-z][a-z+.-]{0,30}:|copy|cut)/i.test(text);
      if (!formats.includes(GNOME_FILES) && (complete || !likely)) return [];
      return wholeGnomeList(await listOf(snapshot, GNOME_FILES));
    }
    case 'darwin': {
      if (!formats.includes('public.file-url') && complete) return [];
      return filesOfUriList(await listOf(snapshot, 'public.file-url'));
    }
    case 'win32': {
      if (!formats.includes('FileNameW') && complete) return [];
      const name = await snapshot.bytes('FileNameW');
      const path = new TextDecoder('utf-16le').decode(name).split('\0')[0] ?? '';
      return /^([a-z]:\\|\\\\)/i.test(path) ? [path] : [];
    }
  }
}

function wholeGnomeList(list: string): readonly FileLocation[] | 'too-many' {
  return isLongList(list) ? 'too-many' : filesOfGnomeList(list);
}

/** GNOME's file managers say so in their own format, KDE's in one beside the list. */
async function isCut(snapshot: RawSnapshot, text: string): Promise<boolean> {
  const { formats, complete } = snapshot;
  if (text.startsWith('x-special/nautilus-clipboard') && isGnomeCut(text)) return true;
  const has = (format: string): boolean => formats.includes(format) || !complete;
  if (has(GNOME_FILES) && isGnomeCut(await listOf(snapshot, GNOME_FILES))) return true;
  return has(KDE_CUT) && (await listOf(snapshot, KDE_CUT)).startsWith('1');
}

async function copiedImage(
  { formats, complete, bytes, renderedPng }: RawSnapshot,
  text: string,
  toPng: ConvertToPng | undefined,
): Promise<Content | undefined> {
  const others = formats.filter(
    (format) => format.startsWith('image/') && !IMAGE_FORMATS.includes(format),
  );
  for (const format of [...IMAGE_FORMATS, ...others]) {
    const listed = formats.includes(format);
    // Unlisted ones are worth a question only where nothing else was found.
    if (!listed && (complete || formats.length > 0 || text !== '')) continue;
    const image = toImage(await bytes(format));
    if (image === undefined) continue;
    if (image.mime !== 'image/tiff') return image;
    return toImage(await toPng?.(image.bytes)) ?? image;
  }
  return formats.some((format) => format.startsWith('image/'))
    ? toImage(await renderedPng())
    : undefined;
}

function toImage(
  bytes: Uint8Array | undefined,
): (Content & { readonly kind: 'image' }) | undefined {
  const header = bytes === undefined ? undefined : readImageHeader(bytes);
  return bytes === undefined || header === undefined
    ? undefined
    : { kind: 'image', bytes, ...header };
}

async function copiedText(snapshot: RawSnapshot, text: string): Promise<Content> {
  const { formats } = snapshot;
  const html = formats.includes('text/html') ? await snapshot.html() : '';
  const addresses = formats.includes('text/uri-list')
    ? urisOf(await listOf(snapshot, 'text/uri-list'))
        .join('\n')
        .toWellFormed()
    : '';
  const words = text || textOfHtml(html) || addresses;
  if (words !== '') return { kind: 'text', text: words, ...(html === '' ? {} : { html }) };
  const empty = formats.length === 0 || (formats.length === 1 && formats[0] === 'text/plain');
  return empty ? { kind: 'empty' } : { kind: 'unsupported', formats };
}

/** A list of files as text; names in it may be bytes that aren't UTF-8. */
async function listOf(snapshot: RawSnapshot, format: string): Promise<string> {
  const bytes = await snapshot.bytes(format);
  return bytes === undefined ? '' : pathOfBytes(bytes.subarray(0, MAX_LIST_CHARS + 1));
}

/** One address and nothing else; that of an image can be the image itself (`data:`). */
function isOneAddress(text: string): boolean {
  const trimmed = text.trim();
  return /^(https?|file|data|blob):\S/i.test(trimmed) && !/\s/.test(trimmed);
}
