import type { ClipboardItem } from 'electron';
import type {
  ClipboardBefore44,
  ImageBefore44,
} from '../../main/desktop/clipboard/electron-before-44.ts';
import type { ClipboardSince44 } from '../../main/desktop/clipboard/electron-since-44.ts';
import type { X11Selection } from '../../main/desktop/x11/selection.ts';

/** What is on a fake clipboard, by the platform's format names, and what was asked of it. */
export interface FakeClipboard {
  contents: Map<string, Uint8Array>;
  /** Formats whose bytes were read. */
  readonly read: string[];
  /** How many of the next writes another program swallows. */
  swallow: number;
}

export function fakeContents(
  contents: Readonly<Record<string, string | Uint8Array>>,
): FakeClipboard {
  const entries = Object.entries(contents).map(
    ([format, value]) => [format, typeof value === 'string' ? Buffer.from(value) : value] as const,
  );
  return { contents: new Map(entries), read: [], swallow: 0 };
}

/** The same clipboard as an X server has it: texts go by the name of `UTF8_STRING`. */
export function selectionOf(fake: FakeClipboard): X11Selection {
  const nameOf = (target: string): string => (target === 'UTF8_STRING' ? 'text/plain' : target);
  return {
    targets: async () => [
      'TARGETS',
      ...[...fake.contents.keys()].map((name) => (name === 'text/plain' ? 'UTF8_STRING' : name)),
    ],
    async read(target) {
      fake.read.push(nameOf(target));
      const bytes = fake.contents.get(nameOf(target));
      return bytes === undefined || bytes.byteLength === 0 ? undefined : bytes;
    },
    close: () => {},
  };
}

/** What Electron before 44 lists; all else answers only when it is asked for by its name. */
const LISTED_BEFORE_44 = ['text/plain', 'text/html', 'text/rtf', 'image/png', 'text/uri-list'];

/** A clipboard with the synchronous shape of Electron 43 and older. */
export function clipboardBefore44(fake: FakeClipboard): {
  clipboard: ClipboardBefore44;
  nativeImage: { createFromBuffer(bytes: Buffer): ImageBefore44 };
} {
  const bytes = (format: string): Buffer => {
    fake.read.push(format);
    return Buffer.from(fake.contents.get(format) ?? []);
  };
  const replace = (contents: Readonly<Record<string, string | Uint8Array>>): void => {
    if (fake.swallow-- > 0) return;
    fake.contents = fakeContents(contents).contents;
  };
  const image = (png: Buffer): ImageBefore44 => ({
    isEmpty: () => png.byteLength === 0,
    toPNG: () => png,
  });
  return {
    clipboard: {
      availableFormats: () => LISTED_BEFORE_44.filter((format) => fake.contents.has(format)),
      has: (format) => fake.contents.has(format),
      readText: () => bytes('text/plain').toString(),
      readHTML: () => bytes('text/html').toString(),
      readBuffer: bytes,
      readImage: () => image(bytes('bitmap')),
      writeText: (text) => replace({ 'text/plain': text }),
      write: ({ text, html }) =>
        replace({
          ...(text === undefined ? {} : { 'text/plain': text }),
          ...(html === undefined ? {} : { 'text/html': html }),
        }),
      writeBuffer: (format, buffer) => replace({ [format]: buffer }),
      writeImage: (written) => replace({ 'image/png': written.toPNG() }),
      clear: () => replace({}),
    },
    nativeImage: { createFromBuffer: image },
  };
}

const osName = (format: string): string =>
  /^(text|image)\//.test(format) ? format : `electron application/osclipboard;format="${format}"`;
const platformName = (type: string): string => /format="(.*)"$/.exec(type)?.[1] ?? type;

/** A clipboard with the asynchronous shape of Electron 44 and later. */
export function clipboardSince44(fake: FakeClipboard): {
  clipboard: ClipboardSince44;
  ClipboardItem: new (items: Record<string, string | Blob>) => ClipboardItem;
} {
  class FakeItem {
    readonly types: string[];
    readonly items: Record<string, string | Blob>;
    constructor(items: Record<string, string | Blob>) {
      this.items = items;
      this.types = Object.keys(items);
    }
    async getType(type: string): Promise<Blob> {
      const item = this.items[type];
      if (item === undefined) throw new Error(`${type} is not there`);
      fake.read.push(platformName(type));
      return item instanceof Blob ? item : new Blob([item]);
    }
  }
  const blob = (bytes: Uint8Array): Blob => new Blob([new Uint8Array(bytes)]);
  const clipboard: ClipboardSince44 = {
    has: async (type) => fake.contents.has(platformName(type)),
    async read() {
      const items = [...fake.contents].map(([format, bytes]) => [osName(format), blob(bytes)]);
      const item = new FakeItem(Object.fromEntries(items));
      // getType's overload for bookmarks is not used here, and not faked.
      return items.length === 0 ? [] : [item as unknown as ClipboardItem];
    },
    async writeText(text) {
      if (fake.swallow-- > 0) return;
      fake.contents = fakeContents({ 'text/plain': text }).contents;
    },
    async write(items) {
      fake.contents = new Map();
      for (const item of items) {
        for (const type of item.types) {
          const written = await (item as unknown as FakeItem).getType(type);
          fake.contents.set(platformName(type), new Uint8Array(await written.arrayBuffer()));
        }
      }
    },
    clear() {
      fake.contents = new Map();
    },
  };
  return { clipboard, ClipboardItem: FakeItem as unknown as new () => ClipboardItem };
}
