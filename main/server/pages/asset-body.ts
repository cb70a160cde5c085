import { LRUCache } from 'lru-cache';
import type { AssetRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { type PageKind, pageKind } from './content/content-kind.ts';
import { decoderOf } from './content/encoding.ts';
import { extensionOf, titleOf } from './content/names.ts';
import type { TextPart } from './content/text-parts.ts';
import { createTextSource, joined, type TextSource } from './content/text-source.ts';
import type { PageMessages } from './i18n.ts';
import { type InCollection, type PageBody, pageBody, type Sender } from './markup/frame.ts';
import { SafeHtml } from './markup/html.ts';
import { markdownView, textView } from './markup/text-view.ts';
import { fileView, imageView, mediaView, pdfView, type ViewOptions } from './markup/views.ts';
import { hasEscapes, terminalText, withoutEscapes } from './render/ansi.ts';
import { type Highlighted, highlight, isCode } from './render/highlight.ts';
import { isMarkdown, type LinkedItems } from './render/item-links.ts';
import { linkAddresses } from './render/link-addresses.ts';
import { isProse } from './render/may-be-code.ts';
import { RenderCache } from './render/render-cache.ts';
import type { Rendered, Renderer } from './render/renderer.ts';
import { ShareCache } from './share-cache.ts';

/** Cached pages, all together, in bytes. */
const CACHE_BYTES = 28 * 1024 * 1024;

/** Longer Markdown is shown as its source, in bytes. */
const MAX_MARKDOWN_BYTES = 512 * 1024;

/** Extensions of files that may be prose. */
const PROSE_FILES: ReadonlySet<string | undefined> = new Set([undefined, 'txt', 'text']);
/** Extensions of texts that stand in columns or show their marks. */
const NOT_PROSE: ReadonlySet<string | undefined> = new Set(['md', 'markdown', 'log', 'csv', 'tsv']);

/** A text in one part. */
const WHOLE = {
  index: 0,
  count: 1,
  firstLine: 1,
  start: 0,
  end: Number.MAX_SAFE_INTEGER,
  more: false,
};

/** Assets whose kind is remembered: contents never change. */
const KNOWN_ASSETS = 10_000;

/** Which view of an asset is wanted. */
export interface AssetView {
  /** The share by which it is opened. */
  readonly shareId: string;
  readonly messages: PageMessages;
  readonly path?: string;
  readonly collection?: InCollection | undefined;
  readonly sender?: Sender | undefined;
  /** Markdown as its source, too. */
  readonly source: boolean;
  /** Of a long text, from 1. */
  readonly part: number;
  /** The encoding that the reader chose for a file, one of `ENCODINGS`. */
  readonly encoding?: string | undefined;
  /** The items that Markdown may refer to. */
  readonly items?: (() => Promise<LinkedItems>) | undefined;
}

/** A text in the encoding in which it is shown. */
type ShownText = ViewOptions & { readonly encoding: string };

export interface Body {
  readonly body: PageBody;
  /** It has a form that leads to this page. */
  readonly form?: boolean;
  /** Shows a document of this origin in a frame. */
  readonly frames?: boolean;
  /** Not to be cached: the next visitor may get more. */
  readonly isTemporary?: boolean | undefined;
}

/** The middle of an asset's page, by what its bytes are. */
export class AssetBodies {
  readonly #store: Pick<ShareStore, 'open'>;
  readonly #rendered: RenderCache;
  readonly #texts: TextSource;
  readonly #cache = new ShareCache<Body>({
    maxBytes: CACHE_BYTES,
    sizeOf: ({ body }) => body.bytes.length,
  });
  readonly #kinds = new LRUCache<string, PageKind>({ max: KNOWN_ASSETS });

  constructor(store: Pick<ShareStore, 'open'>, renderer: Pick<Renderer, 'render'>) {
    this.#store = store;
    this.#rendered = new RenderCache(renderer);
    this.#texts = createTextSource((asset, range) => store.open(asset, range));
  }

  async kindOf(asset: AssetRecord): Promise<PageKind> {
    const known = this.#kinds.get(asset.id);
    if (known !== undefined) return known;
    const kind = await pageKind(asset, (bytes) => this.#bytesOf(asset, 0, bytes));
    this.#kinds.set(asset.id, kind);
    return kind;
  }

  /** The Content-Type of the bytes as they are; for plain text with its encoding, if known. */
  async typeOf(asset: AssetRecord): Promise<string> {
    const kind = await this.kindOf(asset);
    if (kind.kind !== 'text') return kind.mime;
    const { encoding, verified } = await this.#texts.encodingOf(asset, kind.encoding);
    return verified ? `text/plain; charset=${encoding}` : 'text/plain';
  }

  /** The first bytes of a content as text. */
  async startOf(asset: AssetRecord, bytes: number): Promise<string> {
    const kind = await this.kindOf(asset);
    // The last character may be cut: the decoder waits for the rest of it.
    const decoder = decoderOf(kind.kind === 'text' ? kind.encoding : 'utf-8');
    return decoder.decode(await this.#bytesOf(asset, 0, bytes));
  }

  /** Whether a text is shown on one page. */
  async isOnePart(asset: AssetRecord): Promise<boolean> {
    const kind = await this.kindOf(asset);
    if (kind.kind !== 'text') return true;
    const { encoding } = await this.#texts.encodingOf(asset, kind.encoding);
    const [first, ...others] = await this.#texts.partsOf(asset, encoding);
    return others.length === 0 && first?.more === false;
  }

  /** `undefined` when a long text has no such part. */
  async bodyOf(asset: AssetRecord, view: AssetView): Promise<Body | undefined> {
    const { shareId, path = '', source, part, encoding = '', messages } = view;
    const key = `${asset.id} ${path} ${source} ${part} ${encoding} ${messages.locale}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const add = this.#cache.prepare(shareId, key);
    const body = await this.#create(asset, view);
    if (body !== undefined && !body.isTemporary) add(body);
    return body;
  }

  /** A share has changed or ended: removes its pages. What is known of contents stays true. */
  remove(shareId: string): void {
    this.#cache.remove(shareId);
    this.#rendered.remove(shareId);
  }

  clear(): void {
    this.#cache.clear();
    this.#rendered.clear();
  }

  async #bytesOf(asset: AssetRecord, start: number, end: number): Promise<Buffer> {
    const last = Math.min(end, asset.sizeBytes) - 1;
    if (last < start) return Buffer.alloc(0);
    return joined(await this.#store.open(asset, { start, end: last }));
  }

  async #create(asset: AssetRecord, view: AssetView): Promise<Body | undefined> {
    const { messages, path, collection, sender } = view;
    const title = titleOf(asset, messages);
    const shown = {
      messages,
      title,
      asset,
      collection,
      sender,
      ...(path === undefined ? {} : { path }),
    };
    const kind = await this.kindOf(asset);
    if (kind.kind === 'text') return await this.#textBody(shown, view, kind.encoding);
    if (view.part !== 1) return undefined;
    switch (kind.kind) {
      case 'image':
        return { body: pageBody(imageView(shown, kind.size)) };
      case 'audio':
      case 'video':
        return { body: pageBody(mediaView(shown, kind.kind, kind.hasLimitedSupport)) };
      case 'pdf':
        return { body: pageBody(pdfView(shown)), frames: true };
      case 'file':
        return { body: pageBody(fileView(shown, kind.size)) };
    }
  }

  /** @param ofHead the encoding of the first bytes */
  async #textBody(shown: ViewOptions, view: AssetView, ofHead: string): Promise<Body | undefined> {
    const { asset } = shown;
    const known = await this.#texts.encodingOf(asset, ofHead);
    const chosen = asset.form === 'file' ? view.encoding : undefined;
    // Bytes that are all UTF-8 are nothing else; otherwise the reader may know better.
    const choice =
      chosen !== undefined || known.encoding !== 'utf-8' || !known.verified
        ? { chosen, found: known.encoding }
        : undefined;
    const text: ShownText = { ...shown, choice, encoding: chosen ?? known.encoding };
    const form = choice !== undefined && view.path !== undefined;
    const renders = isMarkdown(extensionOf(asset)) && asset.sizeBytes <= MAX_MARKDOWN_BYTES;
    // What cannot be rendered is shown as its source, in as many parts as that takes.
    const markdown =
      renders && !view.source && view.part === 1 ? await this.#markdownBody(text, view) : undefined;
    if (markdown?.kind === 'done') return { body: pageBody(markdown.value), form };
    const body = await this.#sourceBody(text, view, renders);
    if (body === undefined) return undefined;
    return { ...body, form, isTemporary: markdown?.kind === 'busy' || body.isTemporary };
  }

  async #markdownBody(
    { encoding, ...shown }: ShownText,
    view: AssetView,
  ): Promise<Rendered<SafeHtml>> {
    const { asset } = shown;
    const text = await this.#linesOf(asset, encoding, WHOLE);
    const items = await view.items?.();
    const rendered = await this.#rendered.render(view.shareId, {
      kind: 'markdown',
      text: withoutEscapes(text),
      scope: items === undefined ? undefined : view.path,
      others: items && { items, from: asset.name },
    });
    if (rendered.kind !== 'done') return rendered;
    return { kind: 'done', value: markdownView(shown, new SafeHtml(rendered.value), text) };
  }

  /** @param toggle whether the reader can switch to the rendered view */
  async #sourceBody(
    { encoding, ...shown }: ShownText,
    { part: number, shareId }: AssetView,
    toggle: boolean,
  ): Promise<Body | undefined> {
    const { asset } = shown;
    const part = (await this.#texts.partsOf(asset, encoding))[number - 1];
    if (part === undefined) return undefined;
    const ext = extensionOf(asset);
    // A part ends with the end of a line; the last line of the whole may be empty.
    const text = await this.#linesOf(asset, encoding, part);
    const guess = asset.form === 'text' && ext === undefined;
    const isTerminal = hasEscapes(text);
    const { styles, ...lines }: Highlighted & { readonly styles: string } = isTerminal
      ? terminalText(text)
      : {
          ...(await highlight(text, ext, guess, (task) => this.#rendered.render(shareId, task))),
          styles: '',
        };
    const code = isCode(ext) || (lines.language !== undefined && lines.language !== 'markdown');
    const mayBeProse =
      asset.form === 'text' ? !isCode(ext) && !NOT_PROSE.has(ext) : PROSE_FILES.has(ext);
    const prose = mayBeProse && !isTerminal && lines.language === undefined && isProse(text);
    const shownLines = prose ? { lines: text.split('\n').map(linkAddresses) } : lines;
    const view = textView(shown, { text: shownLines, prose, part, toggle, code });
    const body = pageBody(view, styles);
    return { body, isTemporary: lines.isTemporary };
  }

  /** A part of a text, with `\n` at the end of its lines. */
  async #linesOf(asset: AssetRecord, encoding: string, part: TextPart): Promise<string> {
    return (await this.#texts.textOf(asset, encoding, part)).replaceAll('\r\n', '\n');
  }
}
