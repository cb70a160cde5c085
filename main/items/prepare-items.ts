import { extname } from 'node:path';
import type { ContentKind } from '../../preload/contract.ts';
import { type Clip, imageExt } from '../clipboard/content.ts';
import { describeContent, inspect } from '../clipboard/describe-content.ts';
import { displayText } from '../clipboard/display-text.ts';
import { filesOfUriList } from '../clipboard/file-list.ts';
import { addressOf, type FileLocation, isUri, nameOfLocation } from '../clipboard/file-location.ts';
import type { Fault } from '../failures/faults.ts';
import type { Messages } from '../i18n/messages.ts';
import type { ShareItem } from '../linkify/model.ts';

/** A file as the scan for credentials reads it. */
export interface ReadableFile {
  readonly name: string;
  readonly sizeBytes: number;
  open(): AsyncIterable<Uint8Array>;
  /** Its bytes from there on, where they can be had without those before. */
  openFrom?(offset: number): AsyncIterable<Uint8Array>;
}

/** The files that a zip is made of, so that the scan for credentials sees them. */
export interface Inside {
  readonly files: readonly (ReadableFile & {
    /** Where it is on disk, unless other text takes its place. */
    readonly path?: string;
  })[];
  /** Names of what may not be read, and is left out of the zip. */
  readonly unreadable: readonly string[];
  /** How many links, pipes, sockets and devices are left out of the zip. */
  readonly skipped: number;
  /** The same zip with other texts in place of some files, by their places in the list. */
  replaced(texts: ReadonlyMap<number, string>): Promise<FolderItem>;
}

export type FolderItem = ShareItem & { readonly kind: 'file'; readonly inside: Inside };
export type PreparedItem = ShareItem &
  Pick<ReadableFile, 'openFrom'> & { readonly inside?: Inside };

/** What one press shares: the items, and the words that describe them. */
export interface Prepared {
  readonly kind: ContentKind;
  readonly title: string;
  readonly sizeBytes: number;
  /** "Text, 312 characters". */
  readonly description: string;
  readonly items: readonly [PreparedItem, ...PreparedItem[]];
  /** A collection's name, where the user gave one. */
  readonly name?: string;
  /** Names of what can't be read: without the user's consent nothing is sent. */
  readonly unreadable?: readonly string[];
}

/** Whether it is one file as it is: then its name says all. */
export const isOneFile = ({ kind, items: [first, ...others] }: Prepared): boolean =>
  kind === 'file' && others.length === 0 && first.kind === 'file' && first.inside === undefined;

export type Preparation =
  | { readonly ok: true; readonly prepared: Prepared }
  | { readonly ok: false; readonly fault: Fault };

/** Opens a file or folder for sharing; returns a fault when that can't be done. */
export type OpenFile = (
  location: FileLocation,
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
  messages: Messages,
): Promise<Preparation> {
  if (clip.concealed) return failed({ kind: 'concealed' });
  const { content } = clip;
  switch (content.kind) {
    case 'empty':
      return failed({ kind: 'nothing-to-share' });
    case 'unsupported':
      return failed({ kind: 'unsupported-content', formats: content.formats });
    case 'files':
      return prepareFiles(content.paths, openFile, messages);
    case 'text': {
      if (content.text.trim() === '') return failed({ kind: 'nothing-to-share' });
      return { ok: true, prepared: prepareText(content.text, messages) };
    }
    case 'image': {
      const seen = inspect(content, messages);
      const ext = imageExt(content.mime);
      const { bytes } = content;
      return {
        ok: true,
        prepared: {
          kind: 'image',
          title: seen.title,
          sizeBytes: bytes.byteLength,
          description: describeContent(content, messages),
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
export function prepareText(text: string, messages: Messages, name?: string): Prepared {
  const content = { kind: 'text', text } as const;
  const seen = inspect(content, messages);
  const title = name === undefined ? seen.title : displayText(name);
  return {
    kind: seen.kind === 'code' ? 'code' : 'text',
    title,
    sizeBytes: seen.sizeBytes,
    description: describeContent(content, messages),
    items: [
      { kind: 'text', name: title, text, ...(seen.ext === undefined ? {} : { ext: seen.ext }) },
    ],
  };
}

/** The same under a name that the user gave; `undefined`: none. */
export function named(preparation: Preparation, name: string | undefined): Preparation {
  if (!preparation.ok || name === undefined) return preparation;
  const { prepared } = preparation;
  const [first, ...rest] = prepared.items;
  const title = displayText(name);
  // A text is called what its link is; a file keeps its own name.
  const renamed = first.kind === 'text' && rest.length === 0 ? { ...first, name: title } : first;
  return { ok: true, prepared: { ...prepared, title, name: title, items: [renamed, ...rest] } };
}

/** Bytes as a text; `undefined` where they are not UTF-8, or have a zero byte. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Bytes without a place on disk: a text where they are one, else a file.
 * @param name with an extension, the content is a file of this name
 */
export function prepareContent(
  bytes: Uint8Array,
  name: string | undefined,
  messages: Messages,
): Preparation {
  const isFileName = name !== undefined && extname(name) !== '';
  const text = isFileName ? undefined : textOf(bytes);
  if (bytes.byteLength === 0 || text?.trim() === '') return failed({ kind: 'nothing-to-share' });
  if (text !== undefined) return { ok: true, prepared: prepareText(text, messages, name) };
  const item: PreparedItem = {
    kind: 'file',
    name: name ?? messages.t('fileWithoutName'),
    sizeBytes: bytes.byteLength,
    async *open() {
      yield bytes;
    },
  };
  const described = messages.t('clipFiles', { count: 1 });
  return bundle([item], bytes.byteLength, undefined, described, messages);
}

/** Several texts as one collection, in the order given. */
export function prepareTexts(
  texts: readonly { readonly text: string; readonly name?: string }[],
  name: string | undefined,
  messages: Messages,
): Preparation {
  if (texts.length > MAX_ITEMS) {
    return failed({ kind: 'too-many-items', count: texts.length, limit: MAX_ITEMS });
  }
  const parts = texts.filter(({ text }) => text.trim() !== '');
  const prepared = parts.map((part) => prepareText(part.text, messages, part.name));
  return bundle(
    prepared.flatMap(({ items }) => items),
    prepared.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    name,
    messages.t('texts', { count: prepared.length }),
    messages,
  );
}

/** One file as a file, several as one collection. */
export async function prepareFiles(
  locations: readonly FileLocation[],
  openFile: OpenFile,
  messages: Messages,
): Promise<Preparation> {
  if (locations.length > MAX_ITEMS) {
    return failed({ kind: 'too-many-items', count: locations.length, limit: MAX_ITEMS });
  }
  const opened = await Promise.all(locations.map(openFile));
  const items: PreparedItem[] = [];
  const faults: Fault[] = [];
  const unreadable: string[] = [];
  let sizeBytes = 0;
  for (const file of opened) {
    if (file.ok) {
      items.push(file.item);
      unreadable.push(...(file.item.inside?.unreadable ?? []));
      sizeBytes += file.item.sizeBytes;
    } else {
      faults.push(file.fault);
      unreadable.push(...unreadableNames(file.fault));
    }
  }
  const whole = faults.find((fault) => unreadableNames(fault).length === 0);
  if (whole !== undefined) return failed(whole);
  const [first, ...others] = faults;
  if (items.length === 0 && first !== undefined) {
    return failed(first.kind === 'remote-file' ? allRemote(first, others) : first);
  }
  return bundle(items, sizeBytes, undefined, describeFiles(items, messages), messages, unreadable);
}

/** What a share can go on without; none when the fault is about all of it. */
function unreadableNames(fault: Fault): readonly string[] {
  switch (fault.kind) {
    case 'unreadable-file':
    case 'special-file':
      return [fault.name];
    case 'remote-file':
      return fault.names;
    default:
      return [];
  }
}

type RemoteFault = Extract<Fault, { readonly kind: 'remote-file' }>;

function allRemote(first: RemoteFault, others: readonly Fault[]): RemoteFault {
  return { ...first, names: [...first.names, ...others.flatMap(unreadableNames)] };
}

/**
 * The fault of a text that is nothing but URIs of files elsewhere: what is left of them when they
 * are dragged into the window. They are never read: a web page can put any text into a drag.
 */
export function remoteFiles(text: string): RemoteFault | undefined {
  const files = filesOfUriList(text);
  const [first] = files;
  if (first === undefined || !files.every((file) => isUri(file))) return undefined;
  return { kind: 'remote-file', names: files.map(nameOfLocation), address: addressOf(first) };
}

function describeFiles(items: readonly PreparedItem[], messages: Messages): string {
  const inside = items.length === 1 ? items[0]?.inside : undefined;
  const what =
    inside === undefined
      ? messages.t('clipFiles', { count: items.length })
      : messages.t('clipFolder', { count: inside.files.length });
  const skipped = items.reduce((sum, item) => sum + (item.inside?.skipped ?? 0), 0);
  return skipped === 0 ? what : messages.t('clipSkipped', { what, count: skipped });
}

/** One thing as it is, several as one collection. */
export function bundle(
  items: readonly PreparedItem[],
  sizeBytes: number,
  name: string | undefined,
  description: string,
  messages: Messages,
  unreadable: readonly string[] = [],
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
          (many ? messages.t('andMore', { name: first.name, count: rest.length }) : first.name),
      ),
      sizeBytes,
      description,
      items: [first, ...rest],
      ...(shownName === '' ? {} : { name: shownName }),
      ...(unreadable.length === 0 ? {} : { unreadable }),
    },
  };
}
