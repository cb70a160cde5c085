import { ENCODINGS, encodingOfLabel } from '../content/encoding.ts';
import type { TextPart } from '../content/text-parts.ts';
import type { PageMessages } from '../i18n.ts';
import type { Highlighted } from '../render/highlight.ts';
import { frame } from './frame.ts';
import { html, SafeHtml } from './html.ts';
import type { ViewOptions } from './views.ts';

/** Lines of one block; a browser lays out only the blocks that are in sight. */
const BLOCK_LINES = 200;

export interface TextShown {
  readonly text: Highlighted;
  /** To be read, like a letter: without numbers, in lines of a readable length. */
  readonly prose: boolean;
  /** Which part of a long text it is, of how many. */
  readonly part: TextPart;
  /** Whether the same can be seen as rendered Markdown. */
  readonly toggle: boolean;
  /** Code, which is written from left to right whatever its words are. */
  readonly code: boolean;
}

export function textView(shown: ViewOptions, options: TextShown): SafeHtml {
  const { text, prose, part, toggle, code } = options;
  const { messages, title, asset, path, collection, sender } = shown;
  const { language, languageName } = text;
  // A text's last line end is no line of its own.
  const lines =
    text.lines.length > 1 && text.lines.at(-1)?.text === '' ? text.lines.slice(0, -1) : text.lines;
  const whole = part.count === 1 && !part.more;
  const wrap = language === undefined;
  return frame({
    messages,
    icon: language === undefined ? 'text' : 'code',
    title,
    about: [
      ...(languageName === undefined ? [] : [languageName]),
      ...(whole && !prose && asset.sizeBytes > 0
        ? [messages.t('lines', { count: lines.length })]
        : []),
      messages.size(asset.sizeBytes),
    ],
    collection,
    sender,
    tools: html`${whole ? copyButton(messages) : undefined}${otherWays(shown)}${
      toggle && path !== undefined
        ? html`<a class="button" href="${address(shown)}">${messages.t('rendered')}</a>`
        : undefined
    }${
      prose
        ? undefined
        : html`<button type="button" data-does="wrap" aria-pressed="${String(wrap)}" hidden>${messages.t('wrap')}</button>`
    }`,
    content:
      asset.sizeBytes === 0
        ? html`<p class="empty">${messages.t('empty')}</p>`
        : html`${encodingMenu(shown, toggle)}${partsNav(shown, part)}${prose ? html`<article class="text">${paragraphs(lines)}</article>` : html`<div class="code${wrap ? ' wrap' : ''} d${String(part.firstLine + lines.length).length}" tabindex="0" role="region" aria-label="${messages.t('content')}">${tables(lines, part.firstLine, code)}</div>`}${partsNav(shown, part)}`,
  });
}

/** @param source what Copy gives */
export function markdownView(shown: ViewOptions, rendered: SafeHtml, source: string): SafeHtml {
  const { messages, title, asset, collection, sender } = shown;
  return frame({
    messages,
    icon: 'text',
    title,
    about: ['Markdown', messages.size(asset.sizeBytes)],
    collection,
    sender,
    tools: html`${copyButton(messages)}${otherWays(shown)}<a class="button" href="${address(shown, ['source', ''])}">${messages.t('source')}</a>`,
    content: html`${encodingMenu(shown, false)}<article class="prose">${rendered}</article><textarea class="source" hidden readonly aria-hidden="true" tabindex="-1">
${source}</textarea>`,
  });
}

function copyButton(messages: PageMessages): SafeHtml {
  return html`<button type="button" class="first" data-does="copy" data-done="${messages.t('copied')}" data-failed="${messages.t('copyFailed')}" hidden>${messages.t('copy')}</button><span class="said" role="status"></span>`;
}

function otherWays({ messages, path }: ViewOptions): SafeHtml | undefined {
  if (path === undefined) return undefined;
  return html`<a class="button" href="${path}/download">${messages.t('download')}</a>
<a class="button" href="${path}/raw">${messages.t('raw')}</a>
`;
}

function paragraphs(lines: readonly SafeHtml[]): readonly SafeHtml[] {
  const made: SafeHtml[] = [];
  for (let at = 0; at < lines.length; at += BLOCK_LINES) {
    const block = lines.slice(at, at + BLOCK_LINES).map(({ text }) => text);
    // A line end right after the tag would be dropped.
    made.push(new SafeHtml(`<pre>\n${block.join('\n')}</pre>`));
  }
  return made;
}

function tables(
  lines: readonly SafeHtml[],
  firstLine: number,
  leftToRight: boolean,
): readonly SafeHtml[] {
  const made: SafeHtml[] = [];
  const cell = leftToRight ? html`<td>` : html`<td dir="auto">`;
  for (let at = 0; at < lines.length; at += BLOCK_LINES) {
    const rows = lines.slice(at, at + BLOCK_LINES).map((line, index) => {
      const number = firstLine + at + index;
      return html`<tr id="L${number}"><td class="n"><a href="#L${number}">${number}</a></td>${cell}${line}</td></tr>
`;
    });
    made.push(html`<div class="lines"><table role="presentation"><tbody>
${rows}</tbody></table></div>`);
  }
  return made;
}

/** This page, with the encoding that was chosen. */
function address({ path = '', choice }: ViewOptions, ...more: readonly [string, string][]): string {
  const { chosen } = choice ?? {};
  const query = new URLSearchParams([
    ...more,
    ...(chosen === undefined ? [] : [['encoding', chosen]]),
  ]);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** What this runtime decodes: Node with the ICU of some Linux systems has fewer. */
const offered = () => [...ENCODINGS].filter(([label]) => encodingOfLabel(label) !== undefined);

/** Lets the reader choose another encoding: a form, which needs no script. */
function encodingMenu(
  { messages, path, choice }: ViewOptions,
  source: boolean,
): SafeHtml | undefined {
  if (path === undefined || choice === undefined) return undefined;
  const { chosen, found } = choice;
  const option = (label: string, name: string) =>
    label === (chosen ?? '')
      ? html`<option value="${label}" selected>${name}</option>`
      : html`<option value="${label}">${name}</option>`;
  const automatic = messages.t('automatic', { name: ENCODINGS.get(found) ?? found });
  return html`<form class="encoding" action="${path}">${source ? html`<input type="hidden" name="source" value="">` : undefined}<label for="encoding">${messages.t('encoding')}</label><select id="encoding" name="encoding">${[option('', automatic), ...offered().map(([label, name]) => option(label, name))]}</select><button>${messages.t('apply')}</button></form>`;
}

function partsNav(shown: ViewOptions, part: TextPart): SafeHtml | undefined {
  const { messages } = shown;
  const { index, count, more } = part;
  if (count === 1) return more ? html`<p class="parts">${messages.t('restInRaw')}</p>` : undefined;
  const previous = html`<a class="button" rel="prev" href="${address(shown, ['part', String(index)])}">${messages.t('previous')}</a>`;
  const next = html`<a class="button" rel="next" href="${address(shown, ['part', String(index + 2)])}">${messages.t('next')}</a>`;
  return html`<div class="parts"><span>${messages.t('partOf', { part: index + 1, count })}</span>${index > 0 ? previous : undefined}${index + 1 < count ? next : undefined}</div>`;
}
