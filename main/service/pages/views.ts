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

interface Shown {
  readonly title: string;
  readonly asset: AssetRecord;
  /** Path of this item's page, such as `/s/abc/2`. */
  readonly path: string;
  /** Where the collection is, when it is part of one. */
  readonly collection?: string;
}

export function textView(
  { title, asset, path, collection }: Shown,
  { lines, language }: Highlighted,
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
  return frame(
    title,
    about.join(' · '),
    collection,
    html`<button type="button" class="first" data-does="copy" hidden>Copy</button>
<button type="button" data-does="wrap" aria-pressed="${language === undefined ? 'true' : 'false'}" hidden>Wrap lines</button>
<a class="button" href="${path}/raw">Raw</a>
<a class="button" href="${path}/download">Download</a>`,
    html`<div class="code${language === undefined ? ' wrap' : ''}" tabindex="0" role="region" aria-label="Content"><table role="presentation"><tbody>
${rows}</tbody></table></div>`,
  );
}

export function imageView({ title, asset, path, collection }: Shown): SafeHtml {
  return frame(
    title,
    sizeText(asset.sizeBytes),
    collection,
    html`<a class="button first" href="${path}/download">Download</a>
<a class="button" href="${path}/raw">Full size</a>`,
    html`<div class="stage"><a href="${path}/raw"><img class="picture" src="${path}/raw" alt="${title}"></a></div>`,
  );
}

export function mediaView(
  { title, asset, path, collection }: Shown,
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

export function fileView({ title, asset, path, collection }: Shown): SafeHtml {
  return frame(
    title,
    sizeText(asset.sizeBytes),
    collection,
    html``,
    html`<div class="stage"><p>This file cannot be shown here.</p>
<a class="button first" href="${path}/download">Download ${title}</a></div>`,
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
    html``,
    html`<ol class="items">${items.map(
      (item, index) =>
        html`<li><a href="${path}/${index + 1}"><b>${item.title}</b><span>${sizeText(item.sizeBytes)}</span></a></li>`,
    )}</ol>`,
  );
}

export function messageView(glyph: string, title: string, sentence: string): SafeHtml {
  return html`<main><div class="card"><div class="glyph" aria-hidden="true">${glyph}</div><h1>${title}</h1><p>${sentence}</p></div></main>`;
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
