import { OWN_MARKS } from '../../clipboard/concealed.ts';
import type { Content } from '../../clipboard/content.ts';
import { GNOME_FILES, gnomeFilesOf, KDE_CUT, uriListOf } from '../../clipboard/file-list.ts';
import type { ReadableClipboard } from '../../clipboard/raw-clipboard.ts';

/** What a program offers on a clipboard that other programs read by asking it (X11, Wayland). */
export interface OfferedTypes {
  /** Names of what its owner offers; none when nobody owns it. */
  targets(): Promise<readonly string[]>;
  /** Its content in one of them; `undefined` when it is empty or refused. */
  read(target: string): Promise<Uint8Array | undefined>;
}

/** Names of text, the best first; the first two are UTF-8, `STRING` is Latin-1 (ICCCM, 2.6.2). */
const TEXTS = ['UTF8_STRING', 'text/plain;charset=utf-8', 'text/plain', 'STRING'] as const;

/**
 * Reads what is offered, for one reading: the owner is asked once what it offers, so marks and formats
 * come by the same question.
 * @param renderedPng the image as pixels packed anew, where that can be had
 */
export function readOfferedTypes(
  offer: OfferedTypes,
  renderedPng: () => Promise<Uint8Array | undefined> = async () => undefined,
): ReadableClipboard {
  let asked: Promise<readonly string[]> | undefined;
  const offered = (): Promise<readonly string[]> => {
    asked ??= offer.targets();
    return asked;
  };
  return {
    async mark(format, needsValue) {
      if (!(await offered()).includes(format)) return undefined;
      return needsValue ? ((await offer.read(format)) ?? new Uint8Array()) : new Uint8Array();
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
        bytes: (format) => offer.read(format),
        async text() {
          const bytes = text === undefined ? undefined : await offer.read(text);
          return bytes === undefined
            ? ''
            : withoutEnd(new TextDecoder(text === 'STRING' ? 'latin1' : 'utf-8').decode(bytes));
        },
        async html() {
          const bytes = await offer.read('text/html');
          return bytes === undefined ? '' : withoutEnd(decoderOf(bytes).decode(bytes));
        },
        renderedPng,
      };
    },
  };
}

/**
 * What to offer for content, by the names of X11 and Wayland, the best first; nothing for an empty
 * clipboard. `undefined` for what was never read, so there is nothing to put back.
 */
export function offeredTypes(content: Content): ReadonlyMap<string, Uint8Array> | undefined {
  switch (content.kind) {
    case 'text': {
      const offered = textTypes(content.text);
      if (content.html !== undefined) offered.set('text/html', encode(content.html));
      if (content.concealed) for (const [name, mark] of OWN_MARKS.linux) offered.set(name, mark);
      return offered;
    }
    case 'image':
      return new Map([[content.mime, content.bytes]]);
    case 'files': {
      const { paths, cut = false } = content;
      return new Map([
        // File managers of each desktop look for a format of their own.
        ['text/uri-list', encode(uriListOf(paths))],
        [GNOME_FILES, encode(gnomeFilesOf(paths, cut))],
        [KDE_CUT, encode(cut ? '1' : '0')],
        // As text, file managers offer the paths.
        ...textTypes(paths.join('\n')),
      ]);
    }
    case 'empty':
      return new Map();
    case 'unsupported':
      return undefined;
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Names of text in UTF-8; older X11 programs know only `STRING`, which is the same for ASCII. */
function textTypes(text: string): Map<string, Uint8Array> {
  const bytes = encode(text);
  const names = ['UTF8_STRING', 'text/plain;charset=utf-8', 'text/plain'];
  const isAscii = bytes.every((byte) => byte < 0x80);
  return new Map((isAscii ? [...names, 'STRING'] : names).map((name) => [name, bytes]));
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
