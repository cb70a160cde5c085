import { sizeText } from '../size-text.ts';
import type { AssetRecord } from '../store/model.ts';
import type { Highlighted } from './highlight.ts';
import { html, type SafeHtml } from './html.ts';
import { SCRIPT, STYLE } from './look.ts';

/** One page, whole. The style and the script are let in by their nonce alone. */
export function page(title: string, body: SafeHtml, nonce: string, script: boolean): string {
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<meta property="og:title" content="A shared link">
<title>${title}</title>
<style nonce="${nonce}">`;
  return `${text}${STYLE}</style>\n</head>\n<body>\n${body.text}\n${
    script
      ? `<p class="said" role="status"></p>\n<script nonce="${nonce}">${SCRIPT}</script>\n`
      : ''
  }</body>\n</html>\n`;
}

export interface Shown {
  readonly title: string;
  readonly asset: AssetRecord;
  /** Path of this item's page, such as `/s/abc/2`; absent when it is gone with this view. */
  readonly path?: string;
  /** Where a picture comes from, when it is not `path`. */
  readonly source?: string;
  /** Where the collection is, when it is part of one. */
  readonly collection?: string;
}

/** @param toggle whether the same can be seen as rendered Markdown */
export function textView(
  { title, asset, path, collection }: Shown,
  { lines, language }: Highlighted,
  toggle = false,
): SafeHtml {
  // A text's last line end is no line of its own.
  const shown = lines.length > 1 && lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines;
  const about = [
    sizeText(asset.sizeBytes),
    `${shown.length} ${shown.length === 1 ? 'line' : 'lines'}`,
    ...(language === undefined ? [] : [language]),
  ];
  const rows = shown.map(
    (line, index) =>
      html`<tr id="L${index + 1}"><td class="n"><a href="#L${index + 1}" aria-label="Line ${index + 1}">${index + 1}</a></td><td>${line}</td></tr>
`,
  );
  const wrap = language === undefined;
  return frame(
    title,
    about.join(' · '),
    collection,
    html`<button type="button" class="first" data-does="copy" hidden>Copy</button>
<button type="button" data-does="wrap" aria-pressed="${wrap ? 'true' : 'false'}" hidden>Wrap lines</button>
${toggle && path !== undefined ? html`<a class="button" href="${path}">Rendered</a>` : undefined}${rawLinks(path)}`,
    html`<div class="code${wrap ? ' wrap' : ''}" tabindex="0" role="region" aria-label="Content"><table role="presentation"><tbody>
${rows}</tbody></table></div>`,
  );
}

export function markdownView(
  { title, asset, path, collection }: Shown,
  rendered: SafeHtml,
): SafeHtml {
  return frame(
    title,
    `${sizeText(asset.sizeBytes)} · markdown`,
    collection,
    html`<a class="button" href="${path ?? ''}?source">Source</a>
${rawLinks(path)}`,
    html`<article class="prose">${rendered}</article>`,
  );
}

function rawLinks(path: string | undefined): SafeHtml | undefined {
  if (path === undefined) return undefined;
  return html`<a class="button" href="${path}/raw">Raw</a>
<a class="button" href="${path}/download">Download</a>`;
}

export function imageView({ title, asset, path, source, collection }: Shown): SafeHtml {
  const from = source ?? `${path ?? ''}/raw`;
  const picture = html`<img class="picture" src="${from}" alt="${title}">`;
  return frame(
    title,
    sizeText(asset.sizeBytes),
    collection,
    path === undefined
      ? html``
      : html`<a class="button first" href="${path}/download">Download</a>
<a class="button" href="${path}/raw">Full size</a>`,
    html`<div class="stage">${path === undefined ? picture : html`<a href="${from}">${picture}</a>`}</div>`,
  );
}

export function mediaView(
  { title, asset, path = '', collection }: Shown,
  kind: 'audio' | 'video',
): SafeHtml {
  return frame(
    title,
    sizeText(asset.sizeBytes),
    collection,
    html`<a class="button first" href="${path}/download">Download</a>`,
    kind === 'audio'
      ? html`<div class="stage"><audio controls preload="metadata" src="${path}/raw"></audio></div>`
      : html`<div class="stage"><video controls preload="metadata" src="${path}/raw"></video></div>`,
  );
}

export function pdfView({ title, asset, path = '', collection }: Shown): SafeHtml {
  return frame(
    title,
    `${sizeText(asset.sizeBytes)} · PDF`,
    collection,
    html`<a class="button" href="${path}/download">Download</a>`,
    html`<div class="stage file"><div class="glyph" aria-hidden="true">📄</div><p>A PDF document</p>
<a class="button first" href="${path}/raw">Open</a></div>`,
  );
}

export function fileView({ title, asset, path = '', collection }: Shown): SafeHtml {
  return frame(
    title,
    sizeText(asset.sizeBytes),
    collection,
    html``,
    html`<div class="stage file"><div class="glyph" aria-hidden="true">📦</div><p class="filename">${title}</p><p>${sizeText(asset.sizeBytes)}</p>
<a class="button first" href="${path}/download">Download</a></div>`,
  );
}

export function collectionView(
  title: string,
  path: string,
  items: readonly { readonly title: string; readonly sizeBytes: number }[],
): SafeHtml {
  const total = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return frame(
    title,
    `${items.length} ${items.length === 1 ? 'item' : 'items'} · ${sizeText(total)}`,
    undefined,
    html`<a class="button first" href="${path}/zip">Download all</a>`,
    html`<ol class="items">${items.map(
      (item, index) =>
        html`<li><a href="${path}/${index + 1}"><b>${item.title}</b><span>${sizeText(item.sizeBytes)}</span></a></li>`,
    )}</ol>`,
  );
}

/** @param more a form, say */
export function messageView(
  glyph: string,
  title: string,
  sentence: string,
  more?: SafeHtml,
): SafeHtml {
  return html`<main><div class="card"><div class="glyph" aria-hidden="true">${glyph}</div><h1>${title}</h1><p>${sentence}</p>${more}</div></main>`;
}

function frame(
  title: string,
  about: string,
  collection: string | undefined,
  tools: SafeHtml,
  content: SafeHtml,
): SafeHtml {
  return html`<main>
<header><div class="name"><h1>${title}</h1><p class="about">${about}</p></div><div class="tools">${
    collection === undefined
      ? undefined
      : html`<a class="button" href="${collection}">All items</a>`
  }${tools}</div></header>
${content}
</main>`;
}
