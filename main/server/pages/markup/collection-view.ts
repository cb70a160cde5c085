import type { AssetRecord } from '../../store/model.ts';
import type { AssetBodies } from '../asset-body.ts';
import { extensionOf, titleOf } from '../content/names.ts';
import type { PageMessages } from '../i18n.ts';
import { withoutEscapes } from '../render/ansi.ts';
import { isCode } from '../render/highlight.ts';
import { frame, type Sender } from './frame.ts';
import { html, type SafeHtml } from './html.ts';
import { ICONS, type IconName } from './icons.ts';

/** One item of a collection, as the collection's page shows it. */
export type ItemShown =
  | { readonly gone: true }
  | {
      readonly gone: false;
      readonly title: string;
      readonly sizeBytes: number;
      readonly preview: ItemPreview;
    };

/** A picture that the browser fetches when it comes into sight, the first lines, or a sign. */
export type ItemPreview =
  | { readonly as: 'picture' }
  | { readonly as: 'lines'; readonly text: string }
  | { readonly as: 'icon'; readonly icon: IconName };

/** A collection of so many items is a list, else it has a card for each. */
const LIST_FROM = 12;

/** A larger picture is not loaded for a preview of it: a phone would load it whole. In bytes. */
const MAX_PREVIEW_BYTES = 20 * 1024 * 1024;
const START_BYTES = 1_500;
const START_LINES = 12;
const LINE_CHARACTERS = 80;

/**
 * What a collection's page shows of an item.
 * @param count items of the collection
 */
export async function itemShown(
  asset: AssetRecord | undefined,
  bodies: Pick<AssetBodies, 'kindOf' | 'startOf'>,
  messages: PageMessages,
  count: number,
): Promise<ItemShown> {
  if (asset === undefined) return { gone: true };
  const { sizeBytes } = asset;
  return {
    gone: false,
    title: titleOf(asset, messages),
    sizeBytes,
    preview: await previewOf(asset, bodies, count < LIST_FROM),
  };
}

async function previewOf(
  asset: AssetRecord,
  bodies: Pick<AssetBodies, 'kindOf' | 'startOf'>,
  hasCards: boolean,
): Promise<ItemPreview> {
  const { kind } = await bodies.kindOf(asset);
  if (kind === 'text') {
    const text = hasCards ? firstLines(await bodies.startOf(asset, START_BYTES)) : '';
    if (text !== '') return { as: 'lines', text };
    return { as: 'icon', icon: isCode(extensionOf(asset)) ? 'code' : 'text' };
  }
  if (kind === 'image' && asset.sizeBytes <= MAX_PREVIEW_BYTES) return { as: 'picture' };
  return { as: 'icon', icon: kind };
}

function firstLines(text: string): string {
  const lines = withoutEscapes(text).split(/\r?\n/, START_LINES);
  return lines
    .map((line) => [...line].slice(0, LINE_CHARACTERS).join(''))
    .join('\n')
    .trimEnd();
}

export function collectionView(
  messages: PageMessages,
  title: string,
  path: string,
  items: readonly ItemShown[],
  sender?: Sender,
): SafeHtml {
  const total = items.reduce((sum, item) => sum + (item.gone ? 0 : item.sizeBytes), 0);
  return frame({
    messages,
    icon: 'collection',
    title,
    about: [messages.t('items', { count: items.length })],
    sender,
    tools: html`<a class="button first" href="${path}/zip">${messages.t('downloadAll', { size: messages.size(total) })}</a>`,
    content: html`<ol class="items${items.length < LIST_FROM ? '' : ' list'}">${items.map(
      (item, index) => html`<li>${card(messages, item, `${path}/${index + 1}`)}</li>
`,
    )}</ol>`,
  });
}

function card(messages: PageMessages, item: ItemShown, path: string): SafeHtml {
  if (item.gone) {
    return html`<span class="item"><span class="sight">${ICONS.gone}</span><span class="what"><b>${messages.t('deleted')}</b></span></span>`;
  }
  return html`<a class="item" href="${path}"><span class="sight">${sight(item.preview, path)}</span><span class="what"><b dir="auto">${item.title}</b><span>${messages.size(item.sizeBytes)}</span></span></a>`;
}

function sight(preview: ItemPreview, path: string): SafeHtml {
  switch (preview.as) {
    case 'picture':
      // The sign stands there until the picture is loaded.
      return html`${ICONS.image}<img loading="lazy" decoding="async" src="${path}/raw" alt="">`;
    case 'lines':
      return html`<span class="start" aria-hidden="true">${preview.text}</span>`;
    case 'icon':
      return ICONS[preview.icon];
  }
}
