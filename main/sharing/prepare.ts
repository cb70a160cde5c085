import type { ContentKind } from '../../preload/contract.ts';
import type { Clip } from '../clipboard/content.ts';
import { displayText } from '../clipboard/display-text.ts';
import { describeContent, inspect } from '../clipboard/inspect.ts';
import type { ShareItem } from '../linkify/model.ts';
import type { Words } from '../words/words.ts';
import type { Fault } from './faults.ts';

/** The files that a zip is made of, so that a look for credentials sees them. */
export interface Inside {
  readonly files: readonly { readonly sizeBytes: number; open(): AsyncIterable<Uint8Array> }[];
  /** The same zip with other texts in place of some files, by their places in the list. */
  replaced(texts: ReadonlyMap<number, string>): Promise<FolderItem>;
}

export type FolderItem = ShareItem & { readonly kind: 'file'; readonly inside: Inside };
export type PreparedItem = ShareItem & { readonly inside?: Inside };

/** What one press shares: the items, and the words that describe them. */
export interface Prepared {
  readonly kind: ContentKind;
  readonly title: string;
  readonly sizeBytes: number;
  /** "Text, 312 characters". */
  readonly description: string;
  readonly items: readonly [PreparedItem, ...PreparedItem[]];
  /** A collection's name, where the person gave one. */
  readonly name?: string;
}

export type Preparation =
  | { readonly ok: true; readonly prepared: Prepared }
  | { readonly ok: false; readonly fault: Fault };

/** Opens a file for sharing; answers a fault when it cannot be read. */
export type OpenFile = (
  path: string,
) => Promise<
  | { readonly ok: true; readonly item: PreparedItem & { readonly kind: 'file' } }
  | { readonly ok: false; readonly fault: Fault }
>;

/** The API documents no limit; ours keeps a slip of the hand from sharing a whole disk. */
export const MAX_ITEMS = 500;

const failed = (fault: Fault): Preparation => ({ ok: false, fault });

/** Turns what is on the clipboard into what is shared, or says why it cannot be. */
export async function prepareClip(
  clip: Clip,
  openFile: OpenFile,
  words: Words,
): Promise<Preparation> {
  if (clip.concealed) return failed({ kind: 'concealed' });
  const { content } = clip;
  switch (content.kind) {
    case 'empty':
      return failed({ kind: 'nothing-to-share' });
    case 'unsupported':
      return failed({ kind: 'unsupported-content', formats: content.formats });
    case 'files':
      return prepareFiles(content.paths, openFile, words);
    case 'text': {
      if (content.text.trim() === '') return failed({ kind: 'nothing-to-share' });
      return { ok: true, prepared: prepareText(content.text, words) };
    }
    case 'image': {
      const seen = inspect(content, words);
      const ext = content.mime.slice('image/'.length).replace('jpeg', 'jpg');
      const { bytes } = content;
      return {
        ok: true,
        prepared: {
          kind: 'image',
          title: seen.title,
          sizeBytes: bytes.byteLength,
          description: describeContent(content, words),
          items: [
            {
              kind: 'file',
              name: `clipboard.${ext}`,
              sizeBytes: bytes.byteLength,
              open: async function* () {
                yield bytes;
              },
            },
          ],
        },
      };
    }
  }
}

/** One text, with a title of its first words unless a name is given. */
export function prepareText(text: string, words: Words, name?: string): Prepared {
  const content = { kind: 'text', text } as const;
  const seen = inspect(content, words);
  const title = name === undefined ? seen.title : displayText(name);
  return {
    kind: seen.kind === 'code' ? 'code' : 'text',
    title,
    sizeBytes: seen.sizeBytes,
    description: describeContent(content, words),
    items: [
      { kind: 'text', name: title, text, ...(seen.ext === undefined ? {} : { ext: seen.ext }) },
    ],
  };
}

/** Several texts as one collection, in the order given. */
export function prepareTexts(
  texts: readonly { readonly text: string; readonly name?: string }[],
  name: string | undefined,
  words: Words,
): Preparation {
  if (texts.length > MAX_ITEMS) {
    return failed({ kind: 'too-many-items', count: texts.length, limit: MAX_ITEMS });
  }
  const parts = texts.filter(({ text }) => text.trim() !== '');
  const prepared = parts.map((part) => prepareText(part.text, words, part.name));
  return bundle(
    prepared.flatMap(({ items }) => items),
    prepared.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    name,
    words.say('texts', { count: prepared.length }),
    words,
  );
}

/** One file as a file, several as one collection. */
export async function prepareFiles(
  paths: readonly string[],
  openFile: OpenFile,
  words: Words,
): Promise<Preparation> {
  if (paths.length > MAX_ITEMS) {
    return failed({ kind: 'too-many-items', count: paths.length, limit: MAX_ITEMS });
  }
  const opened = await Promise.all(paths.map(openFile));
  const items: PreparedItem[] = [];
  let sizeBytes = 0;
  for (const file of opened) {
    if (!file.ok) return failed(file.fault);
    items.push(file.item);
    sizeBytes += file.item.sizeBytes;
  }
  return bundle(items, sizeBytes, undefined, describeFiles(items, words), words);
}

function describeFiles(items: readonly PreparedItem[], words: Words): string {
  const inside = items.length === 1 ? items[0]?.inside : undefined;
  return inside === undefined
    ? words.say('clipFiles', { count: items.length })
    : words.say('clipFolder', { count: inside.files.length });
}

/** One thing as it is, several as one collection. */
export function bundle(
  items: readonly PreparedItem[],
  sizeBytes: number,
  name: string | undefined,
  description: string,
  words: Words,
): Preparation {
  const [first, ...rest] = items;
  if (first === undefined) return failed({ kind: 'nothing-to-share' });
  const many = rest.length > 0;
  const shownName = name === undefined ? '' : displayText(name);
  return {
    ok: true,
    prepared: {
      kind: many ? 'collection' : first.kind === 'text' ? 'text' : 'file',
      title: displayText(
        shownName ||
          (many ? words.say('andMore', { name: first.name, count: rest.length }) : first.name),
      ),
      sizeBytes,
      description,
      items: [first, ...rest],
      ...(shownName === '' ? {} : { name: shownName }),
    },
  };
}
