import type { ClipboardPlatform, RawClipboard, RawPart } from '../../clipboard/raw-clipboard.ts';

/** Electron's `clipboard` before version 44, as far as it is used here; its types ship no more. */
export interface ClipboardBefore44 {
  availableFormats(): string[];
  has(format: string): boolean;
  readText(): string;
  readHTML(): string;
  readBuffer(format: string): Buffer;
  readImage(): ImageBefore44;
  writeText(text: string): void;
  write(data: { text?: string; html?: string }): void;
  writeBuffer(format: string, buffer: Buffer): void;
  writeImage(image: ImageBefore44): void;
  clear(): void;
}

export interface ImageBefore44 {
  isEmpty(): boolean;
  toPNG(): Buffer;
}

export interface Before44Deps {
  readonly clipboard: ClipboardBefore44;
  readonly nativeImage: { createFromBuffer(bytes: Buffer): ImageBefore44 };
  readonly platform: ClipboardPlatform;
}

/**
 * The synchronous clipboard of Electron 43 and older. On X11 each question is a trip to the
 * program that owns the clipboard, 1 to 5 ms each, so no more is asked than is needed.
 */
export function rawClipboardBefore44({
  clipboard,
  nativeImage,
  platform,
}: Before44Deps): RawClipboard {
  const bytesOf = (format: string): Uint8Array | undefined => {
    // On X11 reading what is not there takes about 5 ms, and asking first about 1.
    if (!clipboard.has(format)) return undefined;
    const bytes = clipboard.readBuffer(format);
    return bytes.byteLength === 0 ? undefined : bytes;
  };

  const writeBytes = (format: string, bytes: Uint8Array): void => {
    // A registered format of that name means something to X11 programs only.
    if (format.startsWith('image/') && platform !== 'linux') {
      const image = nativeImage.createFromBuffer(Buffer.from(bytes));
      if (!image.isEmpty()) {
        clipboard.writeImage(image);
        return;
      }
    }
    clipboard.writeBuffer(format, Buffer.from(bytes));
  };

  return {
    async mark(format, needsValue) {
      if (!clipboard.has(format)) return undefined;
      return needsValue ? clipboard.readBuffer(format) : new Uint8Array();
    },
    async snapshot() {
      return {
        formats: clipboard.availableFormats(),
        complete: false,
        bytes: async (format) => bytesOf(format),
        text: async () => clipboard.readText(),
        html: async () => clipboard.readHTML(),
        async renderedPng() {
          const image = clipboard.readImage();
          return image.isEmpty() ? undefined : image.toPNG();
        },
      };
    },
    async writeText(text) {
      clipboard.writeText(text);
    },
    async write(parts) {
      const { text, html } = textsOf(parts);
      if (text !== undefined || html !== undefined) {
        clipboard.write({
          ...(text === undefined ? {} : { text }),
          ...(html === undefined ? {} : { html }),
        });
        return;
      }
      // Each writeBuffer clears what was there: only one format can be kept.
      const first = parts.find((part) => 'bytes' in part);
      if (first !== undefined) writeBytes(first.format, first.bytes);
    },
    async clear() {
      clipboard.clear();
    },
  };
}

function textsOf(parts: readonly RawPart[]): { readonly text?: string; readonly html?: string } {
  const found: { text?: string; html?: string } = {};
  for (const part of parts) {
    if (!('text' in part)) continue;
    found[part.format === 'text/html' ? 'html' : 'text'] = part.text;
  }
  return found;
}
