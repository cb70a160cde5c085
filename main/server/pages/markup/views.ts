import type { AssetRecord } from '../../store/model.ts';
import type { PictureSize } from '../content/picture-size.ts';
import type { PageWords } from '../i18n.ts';
import { frame, type InCollection } from './frame.ts';
import { html, type SafeHtml } from './html.ts';
import { ICONS, type IconName } from './icons.ts';

/** What every view of one thing is told. */
export interface Shown {
  readonly words: PageWords;
  readonly title: string;
  readonly asset: AssetRecord;
  /** Path of this item's page, such as `/s/abc/2`; absent when it is gone with this view. */
  readonly path?: string;
  readonly collection?: InCollection | undefined;
  /** Of a text whose encoding the reader may choose. */
  readonly choice?: EncodingChoice | undefined;
}

export interface EncodingChoice {
  readonly chosen: string | undefined;
  readonly found: string;
}

/** "1600 × 400 pixels"; without separators, as dimensions are written. */
const pixels = (words: PageWords, { width, height }: PictureSize): string =>
  words.say('pixels', { width: String(width), height: String(height) });

/** @param source where the picture comes from, when it is not at its path */
export function imageView(shown: Shown, size: PictureSize, source?: string): SafeHtml {
  const { words, title, asset, path, collection } = shown;
  return frame({
    words,
    icon: 'image',
    title,
    about: [pixels(words, size), words.size(asset.sizeBytes)],
    collection,
    // A check box and no script: it works without one, and with the keyboard.
    tools: html`<label class="button"><input type="checkbox" id="zoom">${words.say('actualSize')}</label>${
      path === undefined
        ? undefined
        : html`
<a class="button" href="${path}/raw">${words.say('openOriginal')}</a>
<a class="button first" href="${path}/download">${words.say('download')}</a>`
    }`,
    content: html`<div class="stage pictures" tabindex="0" role="region" aria-label="${words.say('picture')}"><img class="picture" src="${source ?? `${path ?? ''}/raw`}" alt="${title}" width="${size.width}" height="${size.height}"></div>`,
  });
}

export function mediaView(
  { words, title, asset, path = '', collection }: Shown,
  kind: 'audio' | 'video',
  rare: boolean,
): SafeHtml {
  const hint = rare ? html`<p>${words.say('rareMedia')}</p>` : undefined;
  return frame({
    words,
    icon: kind,
    title,
    about: [words.say(kind), words.size(asset.sizeBytes)],
    collection,
    tools: html`<a class="button first" href="${path}/download">${words.say('download')}</a>`,
    content:
      kind === 'audio'
        ? html`<div class="stage"><audio controls preload="metadata" src="${path}/raw" aria-label="${title}"></audio>${hint}</div>`
        : html`<div class="stage"><video controls playsinline preload="metadata" src="${path}/raw" aria-label="${title}"></video>${hint}</div>`,
  });
}

export function pdfView({ words, title, asset, path = '', collection }: Shown): SafeHtml {
  return frame({
    words,
    icon: 'pdf',
    title,
    about: [words.say('pdf'), words.size(asset.sizeBytes)],
    collection,
    tools: html`<a class="button" href="${path}/raw">${words.say('open')}</a>
<a class="button first" href="${path}/download">${words.say('download')}</a>`,
    // Phones do not show a document within a page: there it is hidden, and never loaded.
    content: html`<iframe class="document" loading="lazy" src="${path}/raw" title="${title}"></iframe>${card('pdf', title, words.say('pdf'), html`<a class="button first" href="${path}/raw">${words.say('open')}</a>`)}`,
  });
}

/** @param size of a picture that is too large to be shown */
export function fileView(
  { words, title, asset, path = '', collection }: Shown,
  size?: PictureSize,
): SafeHtml {
  const bytes = words.size(asset.sizeBytes);
  return frame({
    words,
    icon: size === undefined ? 'file' : 'image',
    title,
    about: size === undefined ? [bytes] : [pixels(words, size), bytes],
    collection,
    tools: html``,
    content: card(
      size === undefined ? 'file' : 'image',
      title,
      size === undefined ? bytes : words.say('tooManyPixels'),
      html`<a class="button first" href="${path}/download">${words.say('download')}</a>`,
    ),
  });
}

function card(icon: IconName, name: string, sentence: string, tools: SafeHtml): SafeHtml {
  return html`<div class="stage file">${ICONS[icon]}<p class="filename" dir="auto">${name}</p><p>${sentence}</p>
${tools}</div>`;
}
