import type { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import type { AssetRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import type { InCollection } from './frame.ts';
import { highlight } from './highlight.ts';
import type { SafeHtml } from './html.ts';
import { type PageKind, pageKind } from './kind.ts';
import { MAX_MARKDOWN_BYTES, renderMarkdown } from './markdown.ts';
import { extensionOf, titleOf } from './names.ts';
import { MAX_PARTED_BYTES, PART_LIMITS, type TextPart, textParts } from './text-parts.ts';
import { markdownView, textView } from './text-view.ts';
import { fileView, imageView, mediaView, pdfView, type Shown } from './views.ts';
import type { PageWords } from './words/en.ts';

/** Pages that were made, kept for the next visitor; in characters of HTML, all together. */
const CACHE_CHARACTERS = 8 * 1024 * 1024;

/** What was found out about contents, which never change. */
const KNOWN_ASSETS = 2_000;

export interface AssetBodies {
  kindOf(asset: AssetRecord): Promise<PageKind>;
  /** The first bytes of a content as text. */
  startOf(asset: AssetRecord, bytes: number): Promise<string>;
  /** `undefined` when a long text has no such part. */
  bodyOf(asset: AssetRecord, view: AssetView): Promise<Body | undefined>;
  /** Forgets what was made: something has changed or gone. */
  forget(): void;
}

/** Which view of an asset is wanted. */
export interface AssetView {
  readonly words: PageWords;
  readonly path?: string;
  readonly collection?: InCollection | undefined;
  /** Markdown as its source, too. */
  readonly source: boolean;
  /** Of a long text, from 1. */
  readonly part: number;
}

export interface Body {
  readonly html: SafeHtml;
  readonly script: boolean;
  /** Shows a document of this origin in a frame. */
  readonly frames?: boolean;
}

/** The middle of an asset's page, by what its bytes are. */
export function createAssetBodies(store: Pick<ShareStore, 'open'>): AssetBodies {
  const made = new LRUCache<string, Body>({
    maxSize: CACHE_CHARACTERS,
    sizeCalculation: ({ html }) => html.text.length + 1,
  });
  const kinds = new LRUCache<string, PageKind>({ max: KNOWN_ASSETS });
  const parts = new LRUCache<string, Promise<readonly TextPart[]>>({ max: 100 });

  async function bytesOf(asset: AssetRecord, start: number, end: number): Promise<Buffer> {
    const last = Math.min(end, asset.sizeBytes) - 1;
    return last < start ? Buffer.alloc(0) : readAll(await store.open(asset, { start, end: last }));
  }

  async function kindOf(asset: AssetRecord): Promise<PageKind> {
    const known = kinds.get(asset.id);
    if (known !== undefined) return known;
    const kind = await pageKind(asset, (bytes) => bytesOf(asset, 0, bytes));
    kinds.set(asset.id, kind);
    return kind;
  }

  async function partsOf(asset: AssetRecord): Promise<readonly TextPart[]> {
    const { sizeBytes } = asset;
    const alone = { index: 0, count: 1, firstLine: 1, start: 0 };
    // With fewer bytes it cannot have too many lines.
    if (sizeBytes <= PART_LIMITS.lines) return [{ ...alone, end: sizeBytes, more: false }];
    if (sizeBytes > MAX_PARTED_BYTES) {
      const [first] = await textParts(
        [await bytesOf(asset, 0, PART_LIMITS.bytes)],
        PART_LIMITS.bytes,
      );
      return [{ ...alone, end: first?.end ?? 0, more: true }];
    }
    const known = parts.get(asset.id);
    if (known !== undefined) return known;
    const found = store.open(asset).then((content) => textParts(content, sizeBytes));
    parts.set(asset.id, found);
    found.catch(() => parts.delete(asset.id));
    return found;
  }

  async function textBody(
    asset: AssetRecord,
    shown: Shown,
    view: AssetView,
  ): Promise<Body | undefined> {
    const ext = extensionOf(asset);
    const isMarkdown =
      /^(md|markdown|mdown)$/.test(ext ?? '') && asset.sizeBytes <= MAX_MARKDOWN_BYTES;
    if (isMarkdown && !view.source) {
      const source = new TextDecoder().decode(await bytesOf(asset, 0, asset.sizeBytes));
      return { html: markdownView(shown, await renderMarkdown(source), source), script: true };
    }
    const part = (await partsOf(asset))[view.part - 1];
    if (part === undefined) return undefined;
    const bytes = await bytesOf(asset, part.start, part.end);
    // A part ends with the end of a line; the last line of the whole may be empty.
    const text = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n');
    const highlighted = await highlight(text, ext, asset.form === 'text' && ext === undefined);
    return { html: textView(shown, { text: highlighted, part, toggle: isMarkdown }), script: true };
  }

  async function make(asset: AssetRecord, view: AssetView): Promise<Body | undefined> {
    const { words, path, collection } = view;
    const title = titleOf(asset, words);
    const shown = { words, title, asset, collection, ...(path === undefined ? {} : { path }) };
    const kind = await kindOf(asset);
    if (kind.kind === 'text') return await textBody(asset, shown, view);
    if (view.part !== 1) return undefined;
    switch (kind.kind) {
      case 'image':
        return { html: imageView(shown, kind.size), script: true };
      case 'audio':
      case 'video':
        return { html: mediaView(shown, kind.kind), script: false };
      case 'pdf':
        return { html: pdfView(shown), script: false, frames: true };
      case 'file':
        return { html: fileView(shown, kind.size), script: false };
    }
  }

  return {
    kindOf,
    startOf: async (asset, bytes) => new TextDecoder().decode(await bytesOf(asset, 0, bytes)),
    async bodyOf(asset, view) {
      const key = `${asset.id} ${view.path ?? ''} ${view.source} ${view.part} ${view.words.lang}`;
      const kept = made.get(key);
      if (kept !== undefined) return kept;
      const body = await make(asset, view);
      if (body !== undefined) made.set(key, body);
      return body;
    },
    // What was found out about contents stays true: they never change.
    forget: () => made.clear(),
  };
}

export async function readAll(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
