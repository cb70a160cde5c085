import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { create as contentDisposition } from 'content-disposition';
import { COMMON_HEADERS, sendText } from '../http/answer.ts';
import type { AssetRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { type PageTemplate, pageTemplate } from './frame.ts';
import type { SafeHtml } from './html.ts';
import { fileNameOf } from './names.ts';
import { parseRange } from './range.ts';
import type { PageWords } from './words/en.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The address that it comes from. */
  readonly visitor: string;
  /** In the reader's language. */
  readonly words: PageWords;
}

export interface Page {
  readonly status: number;
  readonly title: string;
  readonly body: SafeHtml;
  readonly script?: boolean;
  /** The one place that its form may be sent to: this origin, or nowhere. */
  readonly form?: boolean;
  /** Lets in pictures that are part of the page itself. */
  readonly inlineImages?: boolean;
  /** Lets it show a document of this origin in a frame. */
  readonly frames?: boolean;
  /** In small type at its end, such as how long the link still opens. */
  readonly note?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** What someone at a terminal gets in place of HTML. */
  readonly plain?: string;
}

/** Sends a page with a policy that lets in its own style and script by their nonce, and nothing else. */
export function sendPage({ request, response, words }: Exchange, shown: Page): void {
  if (shown.plain !== undefined && isTerminal(request)) {
    sendText(response, shown.status, `${shown.plain}\n`, shown.headers);
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  const headers = {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'nonce-${nonce}'`,
      ...(shown.script ? [`script-src 'nonce-${nonce}'`] : []),
      `img-src 'self'${shown.inlineImages ? ' data:' : ''}`,
      "media-src 'self'",
      ...(shown.frames ? ["frame-src 'self'"] : []),
      "base-uri 'none'",
      `form-action ${shown.form ? "'self'" : "'none'"}`,
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    Vary: 'Accept-Language, User-Agent',
    ...shown.headers,
  };
  const { pieces, byteLength } = templateOf(shown, words);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(shown.status, {
    ...COMMON_HEADERS,
    ...headers,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': byteLength + (pieces.length - 1) * nonce.length,
  });
  if (request.method === 'HEAD') response.end();
  else response.end(pieces.join(nonce), 'latin1');
}

/** What was made of a body before, for as long as that body is kept. */
const templates = new WeakMap<SafeHtml, { readonly key: string; readonly made: PageTemplate }>();

function templateOf(shown: Page, words: PageWords): PageTemplate {
  const { title, body, note, script = false } = shown;
  const key = `${words.lang} ${script} ${title}\n${note ?? ''}`;
  const kept = templates.get(body);
  if (kept?.key === key) return kept.made;
  const made = pageTemplate({ title, body, words, script, note });
  templates.set(body, { key, made });
  return made;
}

/** Headers for bytes of someone else: never run, never taken for something else. */
export function bytesHeaders(
  type: string,
  name: string,
  disposition: 'inline' | 'attachment',
): Readonly<Record<string, string>> {
  // A sandboxed PDF is not shown by browsers; without scripts of its own it can do no harm. Its
  // own page shows it in a frame.
  const sandbox = type === 'application/pdf' ? '' : ' sandbox;';
  const ancestors = type === 'application/pdf' ? "'self'" : "'none'";
  // Browsers wrap a picture or a film in a page of their own, with a style within; the bytes
  // themselves can hold neither style nor script.
  const viewer = /^(image|audio|video)\//.test(type)
    ? " style-src 'unsafe-inline'; img-src 'self'; media-src 'self';"
    : '';
  return {
    ...COMMON_HEADERS,
    'Content-Type': type,
    'Content-Disposition': contentDisposition(name, { type: disposition }),
    'Content-Security-Policy': `default-src 'none';${viewer}${sandbox} frame-ancestors ${ancestors}`,
  };
}

/** Sends an asset's bytes, or the one range of them that is asked for. */
export async function sendBytes(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  store: Pick<ShareStore, 'open'>,
  asset: AssetRecord,
  type: string,
  disposition: 'inline' | 'attachment',
): Promise<void> {
  const range = parseRange(request.headers.range, asset.sizeBytes);
  const headers = {
    ...bytesHeaders(type, fileNameOf(asset), disposition),
    'Accept-Ranges': 'bytes',
  };
  if (range === 'unsatisfiable') {
    response.writeHead(416, {
      ...headers,
      'Content-Range': `bytes */${asset.sizeBytes}`,
      'Content-Length': 0,
    });
    response.end();
    return;
  }
  const length = range === undefined ? asset.sizeBytes : range.end - range.start + 1;
  // Opened before the head is sent: a content that is gone must not begin as a 200.
  const content =
    request.method === 'HEAD' || length === 0 ? undefined : await store.open(asset, range);
  response.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    'Content-Length': length,
    ...(range === undefined
      ? {}
      : { 'Content-Range': `bytes ${range.start}-${range.end}/${asset.sizeBytes}` }),
  });
  if (content === undefined) response.end();
  else await pipeline(content, response);
}

/** A program at a terminal, which wants the text itself. */
export function isTerminal(request: IncomingMessage): boolean {
  const agent = request.headers['user-agent'] ?? '';
  return /^(curl|Wget|HTTPie)\//i.test(agent) && !/text\/html/.test(request.headers.accept ?? '');
}
