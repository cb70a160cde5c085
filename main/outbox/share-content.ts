import { createHash } from 'node:crypto';
import type { ShareOptions } from '../../preload/contract.ts';
import type { Content } from '../clipboard/content.ts';
import type { OpenFile, Prepared, PreparedItem } from '../items/prepare-items.ts';
import type { ShareItem } from '../linkify/model.ts';
import type { PiecesProblem } from '../targets/pieces-status.ts';
import { type TargetRef, targetId } from '../targets/target-ref.ts';
import type { Entries } from './entries.ts';
import type { Entry } from './entry.ts';
import { readHead, type ShareHead, type StoredItem } from './schema.ts';

/** A longer text is a content of its own, in characters. */
const INLINE_CHARS = 16_000;
/** More than this is not stored; the user's own files are read again when they are sent. */
const MAX_CONTENT_BYTES = 100_000_000;

export interface NewEntryOptions {
  readonly id: string;
  readonly prepared: Prepared;
  readonly shareOptions: ShareOptions;
  readonly service: TargetRef;
  /** Why it goes to this computer, although Pieces OS is preferred. */
  readonly piecesProblem?: PiecesProblem | undefined;
  /** What was on the clipboard. */
  readonly clip: Content;
  /** In ms since 1970. */
  readonly nowMs: number;
}

export interface NewEntry {
  readonly head: ShareHead;
  readonly contents: ReadonlyMap<number, Uint8Array>;
}

/** Turns a share into what the outbox stores; `undefined` when it is too large for that. */
export async function toEntry({
  id,
  prepared,
  shareOptions,
  service,
  piecesProblem,
  clip,
  nowMs,
}: NewEntryOptions): Promise<NewEntry | undefined> {
  const contents = new Map<number, Uint8Array>();
  const digest = createHash('sha256').update(
    JSON.stringify([targetId(service), prepared.name, shareOptions]),
  );
  const items: StoredItem[] = [];
  let bytes = 0;
  for (const [index, item] of prepared.items.entries()) {
    digest.update(JSON.stringify([item.kind, item.name]));
    if (item.kind === 'file' && item.origin !== undefined) {
      const { path, modifiedMs, withoutLocation } = item.origin;
      const { name, sizeBytes } = item;
      digest.update(JSON.stringify([path, modifiedMs, sizeBytes, withoutLocation]));
      items.push({
        kind: 'path',
        name,
        path,
        sizeBytes,
        modifiedMs,
        ...(withoutLocation ? { withoutLocation } : {}),
      });
      continue;
    }
    if (item.kind === 'file' && bytes + item.sizeBytes > MAX_CONTENT_BYTES) return undefined;
    const content = item.kind === 'text' ? Buffer.from(item.text) : await bytesOf(item);
    bytes += content.byteLength;
    if (bytes > MAX_CONTENT_BYTES) return undefined;
    digest.update(content);
    const { name } = item;
    const ext = item.kind === 'text' && item.ext !== undefined ? { ext: item.ext } : {};
    if (item.kind === 'text' && item.text.length <= INLINE_CHARS) {
      items.push({ kind: 'text', name, text: item.text, ...ext });
    } else {
      contents.set(index, content);
      const kind = item.kind === 'text' ? 'long-text' : 'bytes';
      items.push({ kind, name, sizeBytes: content.byteLength, ...ext });
    }
  }
  const { kind, title, sizeBytes, description, name } = prepared;
  const head: ShareHead = {
    type: 'share',
    version: 1,
    id,
    createdAtMs: nowMs,
    service,
    ...(piecesProblem === undefined ? {} : { piecesProblem }),
    what: description.slice(0, 500),
    kind,
    title,
    sizeBytes,
    ...(name === undefined ? {} : { name }),
    shareOptions: { ...shareOptions },
    items,
    digest: digest.digest('base64url'),
    clipDigest: clipDigest(clip),
  };
  // What could not be read again would be lost after a restart: then it is not pending.
  return readHead(head) === undefined ? undefined : { contents, head };
}

async function bytesOf(item: ShareItem & { readonly kind: 'file' }): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of item.open()) {
    bytes += part.byteLength;
    if (bytes > MAX_CONTENT_BYTES) throw new RangeError('too large to be stored');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Compares the clipboard with what it was, without storing what was on it. */
export function clipDigest(content: Content): string {
  const digest = createHash('sha256').update(content.kind);
  if (content.kind === 'text') digest.update(content.text);
  if (content.kind === 'image') digest.update(content.bytes);
  if (content.kind === 'files') digest.update(content.paths.join('\0'));
  return digest.digest('base64url');
}

/** `undefined` when it can't be removed. */
export type RemoveLocation = (
  item: PreparedItem & { readonly kind: 'file' },
) => Promise<(PreparedItem & { readonly kind: 'file' }) | undefined>;

export type Restored =
  | { readonly ok: true; readonly prepared: Prepared }
  /** A file that is gone, or is not what it was. */
  | { readonly ok: false; readonly name: string; readonly why: 'gone' | 'changed' };

/**
 * What an entry shares, ready to be sent again.
 * @param useCurrentFiles files may have changed since: the user wants them as they are
 * @param removeLocation for files whose location the user had removed
 */
export async function restore(
  { head }: Entry<ShareHead>,
  entries: Pick<Entries, 'content'>,
  openFile: OpenFile,
  useCurrentFiles: boolean,
  removeLocation?: RemoveLocation,
): Promise<Restored> {
  const items: ShareItem[] = [];
  for (const [index, item] of head.items.entries()) {
    const { name } = item;
    const ext = 'ext' in item && item.ext !== undefined ? { ext: item.ext } : {};
    switch (item.kind) {
      case 'text':
        items.push({ kind: 'text', name, text: item.text, ...ext });
        break;
      case 'path': {
        const file = await openFile(item.path);
        if (!file.ok) return { ok: false, name, why: 'gone' };
        const { sizeBytes, origin } = file.item;
        const same = sizeBytes === item.sizeBytes && origin?.modifiedMs === item.modifiedMs;
        if (!same && !useCurrentFiles) return { ok: false, name, why: 'changed' };
        const sent = item.withoutLocation ? await removeLocation?.(file.item) : file.item;
        if (sent === undefined) return { ok: false, name, why: 'changed' };
        items.push({ ...sent, name });
        break;
      }
      case 'long-text':
      case 'bytes': {
        let content: Uint8Array;
        try {
          content = await entries.content(head.id, index);
        } catch {
          return { ok: false, name, why: 'gone' };
        }
        items.push(
          item.kind === 'long-text'
            ? { kind: 'text', name, text: Buffer.from(content).toString('utf8'), ...ext }
            : {
                kind: 'file',
                name,
                sizeBytes: content.byteLength,
                open: async function* () {
                  yield content;
                },
              },
        );
      }
    }
  }
  const [first, ...rest] = items;
  if (first === undefined) return { ok: false, name: head.title, why: 'gone' };
  return {
    ok: true,
    prepared: {
      kind: head.kind,
      title: head.title,
      sizeBytes: head.sizeBytes,
      description: head.what,
      items: [first, ...rest],
      ...(head.name === undefined ? {} : { name: head.name }),
    },
  };
}
