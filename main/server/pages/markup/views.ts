import type { AssetRecord } from '../../store/model.ts';
import type { PictureSize } from '../content/picture-size.ts';
import type { PageMessages } from '../i18n.ts';
import { cardFrame, frame, type InCollection, type Sender } from './frame.ts';
import { html, type SafeHtml } from './html.ts';
import { ICONS } from './icons.ts';

/** What every view of one thing is told. */
export interface ViewOptions {
  readonly messages: PageMessages;
  readonly title: string;
  readonly asset: AssetRecord;
  /** Path of this item's page, such as `/s/abc/2`; absent when it is gone with this view. */
  readonly path?: string;
  readonly collection?: InCollection | undefined;
  readonly sender?: Sender | undefined;
  /** Of a text whose encoding the reader may choose. */
  readonly choice?: EncodingChoice | undefined;
}

export interface EncodingChoice {
  readonly chosen: string | undefined;
  readonly found: string;
}

/** "1600 × 400 pixels"; without separators, as dimensions are written. */
const pixels = (messages: PageMessages, { width, height }: PictureSize): string =>
  messages.t('pixels', { width: String(width), height: String(height) });

/** @param source where the picture comes from, when it is not at its path */
export function imageView(shown: ViewOptions, size: PictureSize, source?: string): SafeHtml {
  const { messages, title, asset, path, collection, sender } = shown;
  return frame({
    messages,
    icon: 'image',
    title,
    about: [pixels(messages, size), messages.size(asset.sizeBytes)],
    collection,
    sender,
    // A check box and no script: it works without one, and with the keyboard.
    tools: html`${
      path === undefined
        ? undefined
        : html`<a class="button first" href="${path}/download">${messages.t('download')}</a>
<a class="button" href="${path}/raw">${messages.t('openOriginal')}</a>
`
    }<label class="button"><input type="checkbox" id="zoom">${messages.t('actualSize')}</label>`,
    content: html`<div class="stage pictures" tabindex="0" role="region" aria-label="${messages.t('picture')}"><img class="picture" src="${source ?? `${path ?? ''}/raw`}" alt="${title}" width="${size.width}" height="${size.height}"></div>`,
  });
}

export function mediaView(
  { messages, title, asset, path = '', collection, sender }: ViewOptions,
  kind: 'audio' | 'video',
  rare: boolean,
): SafeHtml {
  const hint = rare ? html`<p>${messages.t('rareMedia')}</p>` : undefined;
  return frame({
    messages,
    icon: kind,
    title,
    about: [messages.t(kind), messages.size(asset.sizeBytes)],
    collection,
    sender,
    tools: html`<a class="button first" href="${path}/download">${messages.t('download')}</a>`,
    content:
      kind === 'audio'
        ? html`<div class="stage"><audio controls preload="metadata" src="${path}/raw" aria-label="${title}"></audio>${hint}</div>`
        : html`<div class="stage"><video controls playsinline preload="metadata" src="${path}/raw" aria-label="${title}"></video>${hint}</div>`,
  });
}

export function pdfView({
  messages,
  title,
  asset,
  path = '',
  collection,
  sender,
}: ViewOptions): SafeHtml {
  return frame({
    messages,
    icon: 'pdf',
    title,
    about: [messages.t('pdf'), messages.size(asset.sizeBytes)],
    collection,
    sender,
    tools: html`<a class="button first" href="${path}/download">${messages.t('download')}</a>
<a class="button" href="${path}/raw">${messages.t('open')}</a>`,
    // Phones do not show a document within a page: there it is hidden, and never loaded.
    content: html`<iframe class="document" loading="lazy" src="${path}/raw" title="${title}"></iframe><div class="stage file">${ICONS.pdf}<a class="button" href="${path}/raw">${messages.t('open')}</a></div>`,
  });
}

/** @param size of a picture that is too large to be shown */
export function fileView(
  { messages, title, asset, path = '', collection, sender }: ViewOptions,
  size?: PictureSize,
): SafeHtml {
  const bytes = messages.size(asset.sizeBytes);
  const hint = size === undefined ? undefined : html`<p>${messages.t('tooManyPixels')}</p>`;
  return cardFrame({
    messages,
    icon: size === undefined ? 'file' : 'image',
    title,
    about: size === undefined ? [bytes] : [pixels(messages, size), bytes],
    collection,
    sender,
    content: html`${hint}<a class="button first" href="${path}/download">${messages.t('download')}</a>`,
  });
}
