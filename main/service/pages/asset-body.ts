import type { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import type { AssetRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { highlight } from './highlight.ts';
import type { SafeHtml } from './html.ts';
import { HEAD_BYTES, type PageKind, pageKind } from './kind.ts';
import { MAX_MARKDOWN_BYTES, renderMarkdown } from './markdown.ts';
import { extensionOf, titleOf } from './names.ts';
import {
  fileView,
  imageView,
  markdownView,
  mediaView,
  pdfView,
  type Shown,
  textView,
} from './views.ts';

/** A longer text is shown up to here; Raw and Download have all of it. In bytes. */
const SHOWN_BYTES = 1_000_000;

/** Pages that were made, kept for the next visitor; in characters of HTML, all together. */
const CACHE_CHARACTERS = 8 * 1024 * 1024;

export interface AssetBodies {
  kindOf(asset: AssetRecord): Promise<PageKind>;
  /** @param source Markdown as its source, too */
  bodyOf(asset: AssetRecord, shown: Omit<Shown, 'title' | 'asset'>, source: boolean): Promise<Body>;
  /** Forgets what was made: something has changed or gone. */
  forget(): void;
}

export interface Body {
  readonly html: SafeHtml;
  readonly script: boolean;
}

/** The middle of an asset's page, by what its bytes are. */
export function createAssetBodies(store: Pick<ShareStore, 'open'>): AssetBodies {
  const made = new LRUCache<string, Body>({
    maxSize: CACHE_CHARACTERS,
    sizeCalculation: ({ html }) => html.text.length + 1,
  });

  async function headOf(asset: AssetRecord, bytes: number): Promise<Buffer> {
    if (asset.sizeBytes === 0) return Buffer.alloc(0);
    return readAll(
      await store.open(asset, { start: 0, end: Math.min(bytes, asset.sizeBytes) - 1 }),
    );
  }

  async function kindOf(asset: AssetRecord): Promise<PageKind> {
    if (asset.form === 'text' || asset.sizeBytes === 0) return { kind: 'text' };
    return pageKind(asset, await headOf(asset, HEAD_BYTES));
  }

  async function textOf(asset: AssetRecord): Promise<string> {
    const text = new TextDecoder().decode(await headOf(asset, SHOWN_BYTES));
    if (asset.sizeBytes <= SHOWN_BYTES) return text.replaceAll('\r\n', '\n');
    const end = text.lastIndexOf('\n');
    return `${end > 0 ? text.slice(0, end) : text}\n… (the rest is in Raw and Download)`;
  }

  async function textBody(asset: AssetRecord, shown: Shown, source: boolean): Promise<Body> {
    const ext = extensionOf(asset);
    const isMarkdown =
      /^(md|markdown|mdown)$/.test(ext ?? '') && asset.sizeBytes <= MAX_MARKDOWN_BYTES;
    const text = await textOf(asset);
    if (isMarkdown && !source) {
      return { html: markdownView(shown, await renderMarkdown(text)), script: true };
    }
    const guess = asset.form === 'text' && ext === undefined;
    return { html: textView(shown, await highlight(text, ext, guess), isMarkdown), script: true };
  }

  async function make(asset: AssetRecord, shown: Shown, source: boolean): Promise<Body> {
    const kind = await kindOf(asset);
    switch (kind.kind) {
      case 'text':
        return await textBody(asset, shown, source);
      case 'image':
        return { html: imageView(shown), script: false };
      case 'audio':
      case 'video':
        return { html: mediaView(shown, kind.kind), script: false };
      case 'pdf':
        return { html: pdfView(shown), script: false };
      case 'file':
        return { html: fileView(shown), script: false };
    }
  }

  return {
    kindOf,
    async bodyOf(asset, place, source) {
      const key = `${asset.id} ${place.path ?? ''} ${place.collection ?? ''} ${source}`;
      const kept = made.get(key);
      if (kept !== undefined) return kept;
      const body = await make(asset, { ...place, title: titleOf(asset), asset }, source);
      made.set(key, body);
      return body;
    },
    forget: () => made.clear(),
  };
}

export async function readAll(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
