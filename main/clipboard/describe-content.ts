import type { ClipView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import { type Clip, type Content, imageExt } from './content.ts';
import { displayText } from './display-text.ts';
import { nameOfLocation } from './file-location.ts';
import { guessLanguage } from './guess-language.ts';

/** What content is, in a person's eyes. */
export type ContentSummaryKind =
  | 'text'
  | 'code'
  | 'url'
  | 'colour'
  | 'html'
  | 'image'
  | 'files'
  | 'empty'
  | 'unsupported';

export interface ContentSummary {
  readonly kind: ContentSummaryKind;
  /** First words, a file's name or an image's size in pixels; one line, safe to show. */
  readonly title: string;
  /** Content in bytes (UTF-8 for text); 0 for files, whose sizes are not looked up. */
  readonly sizeBytes: number;
  /** File extension that fits, where it is sure enough: for code, and `md` for Markdown. */
  readonly ext?: string;
}

/** Longest title made of a text's first words, in characters. */
const TITLE_CHARS = 80;

/** The first words of a text in one line: its title where it has no name. */
export const titleOfText = (text: string): string => displayText(text, TITLE_CHARS);

/** Looks at content without changing or keeping it. */
export function inspect(content: Content, messages: Messages): ContentSummary {
  switch (content.kind) {
    case 'text':
      return inspectText(content);
    case 'image':
      return {
        kind: 'image',
        title: describeContent(content, messages),
        sizeBytes: content.bytes.byteLength,
        ext: imageExt(content.mime),
      };
    case 'files':
      return { kind: 'files', title: filesTitle(content.paths, messages), sizeBytes: 0 };
    case 'empty':
    case 'unsupported':
      return { kind: content.kind, title: describeContent(content, messages), sizeBytes: 0 };
  }
}

function inspectText({ text, html }: Content & { readonly kind: 'text' }): ContentSummary {
  const seen = { title: titleOfText(text), sizeBytes: Buffer.byteLength(text) };
  if (isUrl(text)) return { kind: 'url', ...seen };
  if (isColour(text)) return { kind: 'colour', ...seen };
  const ext = guessLanguage(text);
  if (ext === 'md') return { kind: 'text', ...seen, ext };
  if (ext !== undefined) return { kind: 'code', ...seen, ext };
  return { kind: html === undefined ? 'text' : 'html', ...seen };
}

/** One web or mail address and nothing else. */
function isUrl(text: string): boolean {
  const trimmed = text.length > 4096 ? '' : text.trim();
  return /^(https?|ftp|mailto):\S+$/i.test(trimmed) && URL.canParse(trimmed);
}

/** One CSS colour: hexadecimal, or one of the colour functions. */
function isColour(text: string): boolean {
  const trimmed = text.length > 100 ? '' : text.trim();
  return (
    /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(trimmed) ||
    /^(rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([\d\s.,%/a-z+-]+\)$/i.test(trimmed)
  );
}

function filesTitle(paths: readonly string[], messages: Messages): string {
  const name = displayText(nameOfLocation(paths[0] ?? ''), 160) || messages.t('fileWithoutName');
  return paths.length > 1 ? messages.t('andMore', { name, count: paths.length - 1 }) : name;
}

/** "Text, 312 characters", "Image, 1280 × 720", "3 files". */
export function describeContent(content: Content, messages: Messages): string {
  switch (content.kind) {
    case 'text':
      return messages.t('clipText', { count: countCharacters(content.text) });
    case 'image':
      return content.widthPx === undefined || content.heightPx === undefined
        ? messages.t('clipImage')
        : messages.t('clipImageSize', {
            width: String(content.widthPx),
            height: String(content.heightPx),
          });
    case 'files':
      return messages.t('clipFiles', { count: content.paths.length });
    case 'empty':
      return messages.t('clipEmpty');
    case 'unsupported':
      return messages.t('clipUnsupported');
  }
}

/** Unicode characters, not UTF-16 units: an emoji is one. */
export function countCharacters(text: string): number {
  // Most texts have no pair of units: the expression sees that ten times as fast as the loop.
  if (!/[\uDC00-\uDFFF]/.test(text)) return text.length;
  let characters = text.length;
  for (let index = 0; index < text.length; index++) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xdc00) characters--;
  }
  return characters;
}

/** A clip as menus and window show it, without its content. */
export function viewOfClip({ content, concealed }: Clip, messages: Messages): ClipView {
  if (concealed) {
    return { kind: 'unknown', description: messages.t('clipConcealed'), shareable: false };
  }
  switch (content.kind) {
    case 'text':
    case 'image':
    case 'files':
      return {
        kind: content.kind,
        description: describeContent(content, messages),
        shareable: true,
      };
    case 'empty':
    case 'unsupported':
      return {
        kind: content.kind,
        description: describeContent(content, messages),
        shareable: false,
      };
  }
}

/** What the formats' names alone say, for when content must not be read without being asked. */
export function viewOfFormats(formats: readonly string[], messages: Messages): ClipView {
  if (formats.length === 0) {
    return viewOfClip({ content: { kind: 'empty' }, concealed: false }, messages);
  }
  const has = (start: string): boolean => formats.some((format) => format.startsWith(start));
  const some = (
    kind: 'text' | 'image' | 'files',
    key: 'clipSomeText' | 'clipImage' | 'clipSomeFiles',
  ): ClipView => ({ kind, description: messages.t(key), shareable: true });
  if (has('text/uri-list')) return some('files', 'clipSomeFiles');
  if (has('text/plain')) return some('text', 'clipSomeText');
  if (has('image/')) return some('image', 'clipImage');
  if (has('text/html')) return some('text', 'clipSomeText');
  return viewOfClip({ content: { kind: 'unsupported', formats }, concealed: false }, messages);
}
