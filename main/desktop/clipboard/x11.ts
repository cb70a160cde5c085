import type { RawClipboard } from '../../clipboard/raw-clipboard.ts';
import type { X11Selection } from '../x11/selection.ts';

export interface RawX11Deps {
  readonly selection: Pick<X11Selection, 'targets' | 'read'>;
  /** Electron's, for writing, and for pictures that must be packed anew. */
  readonly electron: RawClipboard;
}

/** Names of text, the best first; the first two are UTF-8, `STRING` is Latin-1 (ICCCM, 2.6.2). */
const TEXTS = ['UTF8_STRING', 'text/plain;charset=utf-8', 'text/plain', 'STRING'] as const;

/**
 * The clipboard of X11, read from the X server itself, for one reading: its owner is asked once what
 * it offers, so marks and formats come by the same question.
 */
export function rawClipboardX11({ selection, electron }: RawX11Deps): RawClipboard {
  let asked: Promise<readonly string[]> | undefined;
  const offered = (): Promise<readonly string[]> => {
    asked ??= selection.targets();
    return asked;
  };
  return {
    ...electron,
    async mark(format, needsValue) {
      if (!(await offered()).includes(format)) return undefined;
      return needsValue ? ((await selection.read(format)) ?? new Uint8Array()) : new Uint8Array();
    },
    async snapshot() {
      const targets = await offered();
      const text = TEXTS.find((name) => targets.includes(name));
      return {
        formats: [
          ...(text === undefined ? [] : ['text/plain']),
          // The others are X11's own matters, not content.
          ...targets.filter((name) => name.includes('/') && !name.startsWith('text/plain')),
        ],
        complete: true,
        bytes: (format) => selection.read(format),
        async text() {
          const bytes = text === undefined ? undefined : await selection.read(text);
          return bytes === undefined
            ? ''
            : withoutEnd(new TextDecoder(text === 'STRING' ? 'latin1' : 'utf-8').decode(bytes));
        },
        async html() {
          const bytes = await selection.read('text/html');
          return bytes === undefined ? '' : withoutEnd(decoderOf(bytes).decode(bytes));
        },
        renderedPng: async () => (await electron.snapshot()).renderedPng(),
      };
    },
  };
}

/** Firefox gives HTML in UTF-16 with a byte order mark; everyone else in UTF-8. */
function decoderOf([first, second]: Uint8Array): TextDecoder {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder();
}

/** Some programs send the end mark of a C string with it. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}
