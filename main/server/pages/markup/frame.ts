import type { ShareRecord } from '../../store/model.ts';
import type { PageMessages } from '../i18n.ts';
import { cleanName, html, type SafeHtml } from './html.ts';
import { ICON_PATH } from './icon.ts';
import { ICONS, type IconName } from './icons.ts';
import { SEEN_SCRIPT, scriptsOf } from './script.ts';
import { stylesOf } from './style.ts';

/**
 * The middle of a page with the style rules and the parts of the script that it uses, as it is sent:
 * in UTF-8, a character a byte. Such a string goes out in one write, together with the head of its
 * response.
 */
export interface PageBody {
  readonly bytes: string;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

/** @param ownStyle style rules for this page alone, of our own words and numbers */
export function pageBody({ text }: SafeHtml, ownStyle = ''): PageBody {
  const own = ownStyle === '' ? [] : [ownStyle];
  return {
    bytes: inBytes(text),
    styles: [...stylesOf(text), ...own],
    scripts: scriptsOf(text),
  };
}

export interface PageParts {
  readonly title: string;
  readonly body: PageBody;
  readonly messages: PageMessages;
  /** Lets in the page's own style and script, and nothing else. */
  readonly nonce: string;
  /** Path that the page requests once it is visible, if it counts its opens; in ASCII. */
  readonly seen?: string | undefined;
  /** Such as how long the link still opens. */
  readonly note?: string | undefined;
  /** Path of the public URL, empty at the root. */
  readonly basePath: string;
}

/**
 * One page, whole; in UTF-8, a character a byte. Previews of it say that it is a link, and nothing
 * of what it leads to.
 */
export function pageText(parts: PageParts): string {
  const { title, body, messages, nonce, seen, note, basePath } = parts;
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
<style nonce="${nonce}">`;
  const { text: footer } = html`
<footer>${note === undefined ? undefined : html`<span>${note}</span>`}<span class="brand">${ICONS.link}${messages.t('brand')}</span></footer>
`;
  const seenStyle = seen === undefined ? '' : `:root{--seen:url(${seen})}`;
  const scripts = seen === undefined ? body.scripts : [...body.scripts, SEEN_SCRIPT];
  const script =
    scripts.length === 0
      ? ''
      : `<script nonce="${nonce}">'use strict';\n${scripts.join('\n')}</script>\n`;
  return `${inBytes(start)}${seenStyle}${body.styles.join('')}</style>
</head>
<body>
${body.bytes}${inBytes(footer)}${script}</body>
</html>
`;
}

/** Text in UTF-8, a character a byte. */
function inBytes(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1');
}

/** Who shared it, if its page says so, and when. */
export interface Sender {
  readonly name: string;
  /** In ms since 1970. */
  readonly atMs: number;
}

export function senderOf({
  options,
  createdAtMs,
}: Pick<ShareRecord, 'options' | 'createdAtMs'>): Sender | undefined {
  const name = cleanName(options.sharedBy ?? '');
  return name === '' ? undefined : { name, atMs: createdAtMs };
}

/**
 * "Shared by Ada", and the date; the script writes date and time as the reader's browser does, in
 * its time zone.
 */
export function sentBy(messages: PageMessages, sender: Sender | undefined): SafeHtml | undefined {
  if (sender === undefined) return undefined;
  const time = new Date(sender.atMs).toISOString();
  return html`<span class="by">${messages.t('sharedBy', { name: sender.name })}&nbsp;· <time datetime="${time}">${time.slice(0, 10)}</time></span>`;
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
  readonly sender?: Sender | undefined;
  /** What can be done with it: the usual thing first, as a button of its own. */
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
  sender,
  tools,
  content,
}: FrameOptions): SafeHtml {
  return html`<main>
${collection === undefined ? undefined : collectionNav(messages, collection)}<header><span class="tile">${ICONS[icon]}</span><div class="name"><h1 dir="auto">${title}</h1><p class="about"><span>${about.join(' · ')}</span>${sentBy(messages, sender)}</p></div></header>
<div class="tools">${tools}</div>
${content}
</main>`;
}

/** What a page looks like that has nothing to show: name and size, and one thing to do. */
export function cardFrame({
  messages,
  icon,
  title,
  about,
  collection,
  sender,
  content,
}: Omit<FrameOptions, 'tools'>): SafeHtml {
  return html`<main>
${collection === undefined ? undefined : collectionNav(messages, collection)}<div class="card"><span class="tile">${ICONS[icon]}</span><h1 dir="auto">${title}</h1><p class="about"><span>${about.join(' · ')}</span>${sentBy(messages, sender)}</p>${content}</div>
</main>`;
}

function collectionNav(messages: PageMessages, { path, number, count }: InCollection): SafeHtml {
  const previous = html`<a class="button" rel="prev" href="${path}/${number - 1}">${messages.t('previous')}</a>`;
  const next = html`<a class="button" rel="next" href="${path}/${number + 1}">${messages.t('next')}</a>`;
  return html`<nav aria-label="${messages.t('collection')}"><a class="button" href="${path}">${messages.t('allItems')}</a><span class="place">${messages.t('place', { number, count })}</span>${number > 1 ? previous : undefined}${number < count ? next : undefined}</nav>
`;
}
