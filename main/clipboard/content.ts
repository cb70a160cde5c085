import type { FileLocation } from './file-location.ts';

/** Kinds of images that are recognized by their bytes. */
export type ImageMime =
  | 'image/png'
  | 'image/jpeg'
  | 'image/gif'
  | 'image/webp'
  | 'image/avif'
  | 'image/bmp'
  | 'image/x-icon'
  | 'image/svg+xml'
  | 'image/heic'
  | 'image/tiff';

/** The file extension of an image, without a dot. */
export function imageExt(mime: ImageMime): string {
  return EXTENSIONS[mime] ?? mime.slice('image/'.length);
}

const EXTENSIONS: Readonly<Partial<Record<ImageMime, string>>> = {
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'image/x-icon': 'ico',
  'image/tiff': 'tif',
};

/** What is on the clipboard, as far as it can be shared. */
export type Content =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly html?: string;
      /** Written with the mark that keeps it out of clipboard histories; never read. */
      readonly concealed?: true;
    }
  | {
      readonly kind: 'image';
      /** The clipboard's own bytes, never re-encoded. */
      readonly bytes: Uint8Array;
      /** What the bytes are, whatever they were offered as. */
      readonly mime: ImageMime;
      readonly widthPx?: number;
      readonly heightPx?: number;
    }
  | {
      readonly kind: 'files';
      readonly paths: readonly FileLocation[];
      /** Cut in a file manager: a paste moves them. */
      readonly cut?: true;
    }
  | { readonly kind: 'empty' }
  /** Something is there, but of no kind that can be shared. */
  | { readonly kind: 'unsupported'; readonly formats: readonly string[] };

/** Content with what its owner said about it. */
export interface Clip {
  readonly content: Content;
  /** Its owner marked it as secret or not to be kept; then `content` was not read and is `empty`. */
  readonly concealed: boolean;
}

/** The only access to the system clipboard. All methods are asynchronous. */
export interface SystemClipboard {
  /** Reads what is there, once. Marks are looked at before any byte is read. */
  read(): Promise<Clip>;
  /** Names of the formats that are there, without reading any content. */
  formats(): Promise<readonly string[]>;
  /** Puts a text on the clipboard and answers once it is there. */
  writeText(text: string): Promise<void>;
  /** Puts content back that was read before (text with its HTML, an image's own bytes, files). */
  write(content: Content): Promise<void>;
  /**
   * Calls back after each change, our own writes included; returns how to stop.
   * @param onReady called once watching has begun; earlier changes are not reported
   */
  onChange(listener: () => void, onReady?: () => void): () => void;
}
