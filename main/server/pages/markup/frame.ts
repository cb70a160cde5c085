import type { PageMessages } from '../i18n.ts';
import { html, type SafeHtml } from './html.ts';
import { ICON_PATH } from './icon.ts';
import { ICONS, type IconName } from './icons.ts';
import { SCRIPT, SEEN_SCRIPT } from './script.ts';
import { CODE_STYLE, PROSE_STYLE, STYLE } from './style.ts';

export interface PageParts {
  readonly title: string;
  readonly body: SafeHtml;
  readonly messages: PageMessages;
  /** `tools`: of a page that can be copied, wrapped or zoomed; `seen`: of one that counts its views. */
  readonly script: { readonly tools: boolean; readonly seen: boolean };
  /** Style rules for this page alone, of our own words and numbers. */
  readonly styles?: string | undefined;
  /** Such as how long the link still opens. */
  readonly note?: string | undefined;
  /** Path of the public URL, empty at the root. */
  readonly basePath: string;
}

/**
 * One page, whole, in pieces between which the nonce belongs that lets in its own style and
 * script, and nothing else, with the end of its tag. The second piece is within the style. Previews of it say that it is a link, and nothing of what it leads to.
 */
export interface PageTemplate {
  /** UTF-8, a character a byte: such a string goes out in one write, together with its head. */
  readonly pieces: readonly string[];
  /** Without the nonces. */
  readonly byteLength: number;
}

const LAST = '</body>\n</html>\n';

export function pageTemplate(parts: PageParts): PageTemplate {
  const { title, body, messages, script, styles = '', note, basePath } = parts;
  const { text: start } = html`<!doctype html>
<html lang="${messages.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<meta property="og:title" content="${messages.t('sharedLink')}">
<meta property="og:type" content="website">
<title>${title}</title>
<link rel="icon" href="${basePath}${ICON_PATH}" type="image/svg+xml">
<style nonce="`;
  const { text: end } = html`
<footer>${note === undefined ? undefined : html`<span>${note}</span>`}<span class="brand">${ICONS.link}${messages.t('brand')}</span></footer>
`;
  // Each page is sent whole every time, so that it carries no rules that it does not use.
  const forProse = body.text.includes('class="prose"') ? PROSE_STYLE : '';
  const forCode = body.text.includes('hljs-') ? CODE_STYLE : '';
  const middle = `${STYLE}${forProse}${forCode}${styles}</style>\n</head>\n<body>\n${body.text}${end}`;
  const code = `${script.tools ? SCRIPT : ''}${script.seen ? SEEN_SCRIPT : ''}`;
  if (code === '') return inBytes([start, `${middle}${LAST}`]);
  const said = script.tools ? '<p class="said" role="status"></p>\n' : '';
  return inBytes([start, `${middle}${said}<script nonce="`, `${code}</script>\n${LAST}`]);
}

function inBytes(texts: readonly string[]): PageTemplate {
  const pieces = texts.map((text) => Buffer.from(text).toString('latin1'));
  return { pieces, byteLength: pieces.reduce((sum, piece) => sum + piece.length, 0) };
}

/** Where an item stands in its collection. */
export interface InCollection {
  /** The collection's page, such as `/s/abc`. */
  readonly path: string;
  /** From 1. */
  readonly number: number;
  readonly count: number;
}

export interface FrameOptions {
  readonly messages: PageMessages;
  readonly icon: IconName;
  readonly title: string;
  /** What is known of it, such as its size. */
  readonly about: readonly string[];
  readonly collection?: InCollection | undefined;
  readonly tools: SafeHtml;
  readonly content: SafeHtml;
}

/** What a page of content looks like: its name, what can be done with it, and itself. */
export function frame({
  messages,
  icon,
  title,
  about,
  collection,
  tools,
  content,
}: FrameOptions): SafeHtml {
  return html`<main>
${collection === undefined ? undefined : collectionNav(messages, collection)}<header><span class="tile">${ICONS[icon]}</span><div class="name"><h1 dir="auto">${title}</h1><p class="about">${about.join(' · ')}</p></div><div class="tools">${tools}</div></header>
${content}
</main>`;
}

function collectionNav(messages: PageMessages, { path, number, count }: InCollection): SafeHtml {
  const previous = html`<a class="button" rel="prev" href="${path}/${number - 1}">${messages.t('previous')}</a>`;
  const next = html`<a class="button" rel="next" href="${path}/${number + 1}">${messages.t('next')}</a>`;
  return html`<nav aria-label="${messages.t('collection')}"><a class="button" href="${path}">${messages.t('allItems')}</a><span class="place">${messages.t('place', { number, count })}</span>${number > 1 ? previous : undefined}${number < count ? next : undefined}</nav>
`;
}
