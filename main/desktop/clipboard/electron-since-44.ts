import type { ClipboardItem as ElectronClipboardItem } from 'electron';
import type { RawClipboard, RawPart } from '../../clipboard/raw-clipboard.ts';

/** Electron's `clipboard` since version 44, as far as it is used here. */
export type ClipboardSince44 = Pick<
  Electron.Clipboard,
  'has' | 'read' | 'writeText' | 'write' | 'clear'
>;

export interface Since44Deps {
  readonly clipboard: ClipboardSince44;
  readonly ClipboardItem: new (items: Record<string, string | Blob>) => ElectronClipboardItem;
}

/** A platform's own format, as Electron names it beside the MIME types. */
const osFormat = (name: string): string => `electron application/osclipboard;format="${name}"`;
const OS_FORMAT = /^electron application\/osclipboard;\s*format="(.*)"$/;

/** The asynchronous clipboard of Electron 44 and later, modelled after the W3C's. */
export function rawClipboardSince44({ clipboard, ClipboardItem }: Since44Deps): RawClipboard {
  return {
    async mark(format, needsValue) {
      // `has` alone reads no content, so it comes before `read`.
      if (!(await clipboard.has(osFormat(format)))) return undefined;
      if (!needsValue) return new Uint8Array();
      const { bytes } = openItems(await clipboard.read());
      return (await bytes(format)) ?? new Uint8Array();
    },
    async snapshot() {
      const { formats, bytes } = openItems(await clipboard.read());
      const text = async (format: string): Promise<string> => {
        const found = await bytes(format);
        return found === undefined ? '' : new TextDecoder().decode(found);
      };
      return {
        formats,
        complete: true,
        bytes,
        text: () => text('text/plain'),
        html: () => text('text/html'),
        // Images arrive encoded on every platform: there is nothing to render.
        renderedPng: async () => undefined,
      };
    },
    async writeText(text) {
      await clipboard.writeText(text);
    },
    async write(parts) {
      await clipboard.write([new ClipboardItem(Object.fromEntries(parts.map(toEntry)))]);
    },
    async clear() {
      clipboard.clear();
    },
  };
}

/** MIME types pass as they are; names that are none are the platform's own. */
function toEntry(part: RawPart): readonly [format: string, payload: string | Blob] {
  if ('text' in part) return [part.format, part.text];
  const standard = /^(text\/.+|image\/(png|jpeg|gif|webp))$/.test(part.format);
  // The copy gives the Blob a buffer of its own, as its type asks for.
  const payload = new Blob([new Uint8Array(part.bytes)], standard ? { type: part.format } : {});
  return [standard ? part.format : osFormat(part.format), payload];
}

function openItems(items: readonly ElectronClipboardItem[]): {
  readonly formats: readonly string[];
  bytes(format: string): Promise<Uint8Array | undefined>;
} {
  const entries = items.flatMap((item) =>
    item.types.map((type) => ({ item, type, format: OS_FORMAT.exec(type)?.[1] ?? type })),
  );
  return {
    formats: [...new Set(entries.map(({ format }) => format))],
    async bytes(wanted) {
      const found = entries.filter(({ format }) => format === wanted);
      // macOS has one item a file; their lists are one list. Of all else the first item counts.
      const wantedEntries = wanted === 'text/uri-list' ? found : found.slice(0, 1);
      const parts = await Promise.all(wantedEntries.map(({ item, type }) => payload(item, type)));
      const whole = Buffer.concat(parts.flatMap((part) => (part.length > 0 ? [part, LF] : [])));
      return whole.length === 0 ? undefined : whole.subarray(0, -1);
    },
  };
}

const LF = Buffer.from('\n');

async function payload(item: ElectronClipboardItem, type: string): Promise<Buffer> {
  const found = await item.getType(type);
  // Bookmarks alone are no Blobs, and are never asked for.
  return found instanceof Blob ? Buffer.from(await found.arrayBuffer()) : Buffer.alloc(0);
}
