import { stat } from 'node:fs/promises';
import type { ClipPreview } from '../../preload/contract.ts';
import type { Content } from './content.ts';
import { displayText } from './display-text.ts';
import {
  type FileLocation,
  fsPath,
  isUri,
  locationOfUri,
  nameOfLocation,
} from './file-location.ts';

/** Longest text that is shown, in UTF-16 units. */
const MAX_TEXT_LENGTH = 2_000;
const MAX_FILES = 20;

/** A larger picture of an image, as the bytes of a PNG; `undefined` for what can't be decoded. */
export type PreviewImage = (image: Uint8Array) => Uint8Array | undefined;

/** The beginning of content that was copied, made anew each time and stored nowhere. */
export async function previewOf(
  content: Content,
  previewImage: PreviewImage,
): Promise<ClipPreview> {
  switch (content.kind) {
    case 'text': {
      // A pair of units isn't cut in half.
      const text = content.text.slice(0, MAX_TEXT_LENGTH).toWellFormed();
      const isCut = content.text.length > MAX_TEXT_LENGTH;
      return { kind: 'text', text: isCut ? `${text.replace(/\uFFFD$/, '')}…` : text };
    }
    case 'image': {
      const png = previewImage(content.bytes);
      if (png === undefined) return { kind: 'none' };
      return { kind: 'image', src: `data:image/png;base64,${Buffer.from(png).toString('base64')}` };
    }
    case 'files': {
      const files = await Promise.all(content.paths.slice(0, MAX_FILES).map(fileView));
      return { kind: 'files', files, moreCount: content.paths.length - files.length };
    }
    case 'empty':
    case 'unsupported':
      return { kind: 'none' };
  }
}

async function fileView(
  location: FileLocation,
): Promise<{ readonly name: string; readonly sizeBytes?: number }> {
  const name = displayText(nameOfLocation(location));
  const sizeBytes = await sizeOf(isUri(location) ? locationOfUri(location) : location);
  return sizeBytes === undefined ? { name } : { name, sizeBytes };
}

/** In bytes; `undefined` for folders, for what is elsewhere, and for what can't be read. */
async function sizeOf(location: FileLocation): Promise<number | undefined> {
  if (isUri(location)) return undefined;
  const stats = await stat(fsPath(location)).catch(() => undefined);
  return stats?.isFile() === true ? stats.size : undefined;
}
