import { LRUCache } from 'lru-cache';
import type { AssetRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { type PageKind, pageKind } from './content/content-kind.ts';
import { decoderOf } from './content/encoding.ts';
import { extensionOf, titleOf } from './content/names.ts';
import { createTextSource, joined } from './content/text-source.ts';
import type { PageWords } from './i18n.ts';
import type { InCollection } from './markup/frame.ts';
import { SafeHtml } from './markup/html.ts';
import { markdownView, textView } from './markup/text-view.ts';
import { fileView, imageView, mediaView, pdfView, type Shown } from './markup/views.ts';
import { hasEscapes, terminalText, withoutEscapes } from './render/ansi.ts';
import { type Highlighted, highlight, isCode } from './render/highlight.ts';
import { isMarkdown, type LinkedItems } from './render/item-links.ts';
import { renderOnce } from './render/render-cache.ts';
import type { Renderer } from './render/renderer.ts';

/** Pages that were made, kept for the next visitor; in characters of HTML, all together. */
const CACHE_CHARACTERS = 8 * 1024 * 1024;

/** Longer Markdown is shown as its source, in bytes. */
const MAX_MARKDOWN_BYTES = 512 * 1024;

/** A text in one part. */
const WHOLE = {
  index: 0,
  count: 1,
  firstLine: 1,
  start: 0,
  end: Number.MAX_SAFE_INTEGER,
  more: false,
};

/** What was found out about contents, which never change. */
const KNOWN_ASSETS = 2_000;

export interface AssetBodies {
  kindOf(asset: AssetRecord): Promise<PageKind>;
  /** The Content-Type of the bytes as they are; for plain text with its encoding, where that is known. */
  typeOf(asset: AssetRecord): Promise<string>;
  /** The first bytes of a content as text. */
  startOf(asset: AssetRecord, bytes: number): Promise<string>;
  /** Whether a text is shown on one page. */
  isOnePart(asset: AssetRecord): Promise<boolean>;
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
  /** The encoding that the reader chose for a file, one of `ENCODINGS`. */
  readonly encoding?: string | undefined;
  /** The items that Markdown may refer to. */
  readonly items?: (() => Promise<LinkedItems>) | undefined;
}

export interface Body {
  readonly html: SafeHtml;
  readonly script: boolean;
  /** Style rules for this page alone. */
  readonly styles?: string | undefined;
  /** It has a form that leads to this page. */
  readonly form?: boolean;
  /** Shows a document of this origin in a frame. */
  readonly frames?: boolean;
  /** Not to be kept: the next visitor may get more. */
  readonly isTemporary?: boolean | undefined;
}

/** The middle of an asset's page, by what its bytes are. */
export function createAssetBodies(
  store: Pick<ShareStore, 'open'>,
  renderer: Pick<Renderer, 'render'>,
): AssetBodies {
  const { render, forget } = renderOnce(renderer);
  const made = new LRUCache<string, Body>({
    maxSize: CACHE_CHARACTERS,
    sizeCalculation: ({ html }) => html.text.length + 1,
  });
  const kinds = new LRUCache<string, PageKind>({ max: KNOWN_ASSETS });
  const texts = createTextSource((asset, range) => store.open(asset, range));

  async function bytesOf(asset: AssetRecord, start: number, end: number): Promise<Buffer> {
    const last = Math.min(end, asset.sizeBytes) - 1;
    return last < start ? Buffer.alloc(0) : joined(await store.open(asset, { start, end: last }));
  }

  async function kindOf(asset: AssetRecord): Promise<PageKind> {
    const known = kinds.get(asset.id);
    if (known !== undefined) return known;
    const kind = await pageKind(asset, (bytes) => bytesOf(asset, 0, bytes));
    kinds.set(asset.id, kind);
    return kind;
  }

  async function textBody(
    asset: AssetRecord,
    shown: Shown,
    view: AssetView,
    ofHead: string,
  ): Promise<Body | undefined> {
    const ext = extensionOf(asset);
    const renders = isMarkdown(ext) && asset.sizeBytes <= MAX_MARKDOWN_BYTES;
    const known = await texts.encodingOf(asset, ofHead);
    const chosen = asset.form === 'file' ? view.encoding : undefined;
    const encoding = chosen ?? known.encoding;
    // Bytes that are all UTF-8 are nothing else; otherwise the reader may know better.
    const choice =
      chosen !== undefined || known.encoding !== 'utf-8' || !known.verified
        ? { chosen, found: known.encoding }
        : undefined;
    const form = choice !== undefined && view.path !== undefined;
    let isTemporary: boolean | undefined;
    // What cannot be rendered is shown as its source, in as many parts as that takes.
    if (renders && !view.source && view.part === 1) {
      const text = (await texts.textOf(asset, encoding, WHOLE)).replaceAll('\r\n', '\n');
      const items = await view.items?.();
      const others = items && { items, from: asset.name };
      const scope = items === undefined ? undefined : view.path;
      const rendered = await render({
        kind: 'markdown',
        text: withoutEscapes(text),
        scope,
        others,
      });
      if (rendered.kind === 'done') {
        const html = markdownView({ ...shown, choice }, new SafeHtml(rendered.value), text);
        return { html, script: true, form };
      }
      isTemporary = rendered.kind === 'busy';
    }
    const part = (await texts.partsOf(asset, encoding))[view.part - 1];
    if (part === undefined) return undefined;
    // A part ends with the end of a line; the last line of the whole may be empty.
    const text = (await texts.textOf(asset, encoding, part)).replaceAll('\r\n', '\n');
    const guess = asset.form === 'text' && ext === undefined;
    const { styles, ...lines }: Highlighted & { readonly styles: string } = hasEscapes(text)
      ? terminalText(text)
      : { ...(await highlight(text, ext, guess, render)), styles: '' };
    isTemporary ||= lines.isTemporary;
    const code = isCode(ext) || (lines.language !== undefined && lines.language !== 'markdown');
    const html = textView({ ...shown, choice }, { text: lines, part, toggle: renders, code });
    return { html, script: true, styles, form, isTemporary };
  }

  async function make(asset: AssetRecord, view: AssetView): Promise<Body | undefined> {
    const { words, path, collection } = view;
    const title = titleOf(asset, words);
    const shown = { words, title, asset, collection, ...(path === undefined ? {} : { path }) };
    const kind = await kindOf(asset);
    if (kind.kind === 'text') return await textBody(asset, shown, view, kind.encoding);
    if (view.part !== 1) return undefined;
    switch (kind.kind) {
      case 'image':
        return { html: imageView(shown, kind.size), script: true };
      case 'audio':
      case 'video':
        return { html: mediaView(shown, kind.kind, kind.rare), script: false };
      case 'pdf':
        return { html: pdfView(shown), script: false, frames: true };
      case 'file':
        return { html: fileView(shown, kind.size), script: false };
    }
  }

  return {
    kindOf,
    async typeOf(asset) {
      const kind = await kindOf(asset);
      if (kind.kind !== 'text') return kind.mime;
      const { encoding, verified } = await texts.encodingOf(asset, kind.encoding);
      return verified ? `text/plain; charset=${encoding}` : 'text/plain';
    },
    async startOf(asset, bytes) {
      const kind = await kindOf(asset);
      // The last character may be cut: the decoder waits for the rest of it.
      const decoder = decoderOf(kind.kind === 'text' ? kind.encoding : 'utf-8');
      return decoder.decode(await bytesOf(asset, 0, bytes));
    },
    isOnePart: async (asset) => {
      const kind = await kindOf(asset);
      if (kind.kind !== 'text') return true;
      const { encoding } = await texts.encodingOf(asset, kind.encoding);
      const [first, ...others] = await texts.partsOf(asset, encoding);
      return others.length === 0 && first?.more === false;
    },
    async bodyOf(asset, view) {
      const { path = '', source, part, encoding = '', words } = view;
      const key = `${asset.id} ${path} ${source} ${part} ${encoding} ${words.locale}`;
      const kept = made.get(key);
      if (kept !== undefined) return kept;
      const body = await make(asset, view);
      if (body !== undefined && !body.isTemporary) made.set(key, body);
      return body;
    },
    // What was found out about contents stays true: they never change.
    forget() {
      made.clear();
      forget();
    },
  };
}
