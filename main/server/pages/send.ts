import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { create as contentDisposition } from 'content-disposition';
import { hasUnreadBody } from '../http/body.ts';
import { COMMON_HEADERS, endAnswer, sendText } from '../http/response.ts';
import type { ByteRange } from '../store/blobs/blobs.ts';
import type { AssetRecord } from '../store/model.ts';
import { VARY, wantsPage } from './client-kind.ts';
import { acceptsGzip, compress } from './compress.ts';
import { fileNameOf } from './content/names.ts';
import {
  entityTag,
  evaluatePreconditions,
  type Validators,
  validatorHeaders,
} from './download/conditions.ts';
import type { PageMessages } from './i18n.ts';
import { type PageBody, pageText } from './markup/frame.ts';
import { createNonces } from './markup/nonces.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The address that it comes from. */
  readonly visitor: string;
  /** Whether a program on this computer sent it. @see isFromThisComputer */
  readonly isOwnComputer: boolean;
  /** What links begin with at the address that was asked, such as `http://192.168.1.2:4180`. */
  readonly origin: string;
  /** In the reader's language. */
  readonly messages: PageMessages;
  /** Path of the public URL, such as `/links`: every URL on a page begins with it. Empty at the root. */
  readonly basePath: string;
}

export interface Page {
  readonly status: number;
  readonly title: string;
  readonly body: PageBody;
  /** The one place that its form may be sent to: this origin, or nowhere. */
  readonly form?: boolean;
  /** Lets in pictures that are part of the page itself. */
  readonly inlineImages?: boolean;
  /** Lets it show a document of this origin in a frame. */
  readonly frames?: boolean;
  /** In small type at its end, such as how long the link still opens. */
  readonly note?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Path that the page asks for once it is in front of someone. */
  readonly seen?: string;
  /** What a program gets in place of HTML. */
  readonly plain?: PlainPage;
}

export interface PlainPage {
  /** @param origin what links begin with */
  readonly text: (origin: string) => string;
  /**
   * Where it is not the content that was asked for: a status that keeps programs from saving it as
   * such, with a reason phrase, which is all that some programs show.
   */
  readonly refusal?: { readonly status: number; readonly reason: string };
}

const nextNonce = createNonces();

/** Sends a page with a policy that lets in its own style and script by their nonce, and nothing else. */
export function sendPage(exchange: Exchange, shown: Page): void {
  const { request, response, messages, basePath, origin } = exchange;
  if (shown.plain !== undefined && !wantsPage(request)) {
    const { text, refusal } = shown.plain;
    if (refusal !== undefined) response.statusMessage = refusal.reason;
    const headers = { ...shown.headers, Vary: VARY };
    sendText(response, refusal?.status ?? shown.status, `${text(origin)}\n`, headers);
    return;
  }
  const nonce = nextNonce();
  const headers = {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'nonce-${nonce}'`,
      ...(shown.body.scripts.length > 0 || shown.seen ? [`script-src 'nonce-${nonce}'`] : []),
      `img-src 'self'${shown.inlineImages ? ' data:' : ''}`,
      "media-src 'self'",
      ...(shown.frames ? ["frame-src 'self'"] : []),
      "base-uri 'none'",
      `form-action ${shown.form ? "'self'" : "'none'"}`,
      "frame-ancestors 'none'",
    ].join('; '),
    // A page that opened this one keeps no hold of it while a password is entered. Not for all
    // pages: Chromium changes the process for it, which takes some 40 ms.
    ...(shown.form ? { 'Cross-Origin-Opener-Policy': 'same-origin' } : {}),
    Vary: VARY,
    ...shown.headers,
  };
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  // A page differs each time by its nonce, so that it has no validators of its own.
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const { status } = isRead && shown.status === 200 ? evaluatePreconditions(request, {}) : shown;
  if (status !== shown.status) {
    response.writeHead(status, { ...COMMON_HEADERS, ...headers, 'Content-Length': 0 }).end();
    return;
  }
  const { title, body, note, seen } = shown;
  const text = pageText({ title, body, messages, nonce, seen, note, basePath });
  sendHtml(exchange, shown.status, headers, text);
}

/** @param text a character a byte */
function sendHtml(
  { request, response, isOwnComputer }: Exchange,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): void {
  const all = {
    ...COMMON_HEADERS,
    ...headers,
    'Content-Type': 'text/html; charset=utf-8',
    ...(hasUnreadBody(request) ? { Connection: 'close' } : {}),
  };
  const isHead = request.method === 'HEAD';
  // Within this computer, bytes cost less than their compression.
  if (isOwnComputer || !acceptsGzip(request)) {
    response.writeHead(status, { ...all, 'Content-Length': text.length });
    if (isHead) response.end();
    else endAnswer(response, text, 'latin1');
    return;
  }
  const compressed = { ...all, 'Content-Encoding': 'gzip' };
  // Each page has another compressed length, for it has another nonce.
  if (isHead) {
    response.writeHead(status, compressed).end();
    return;
  }
  compress(Buffer.from(text, 'latin1'), (error, bytes) => {
    if (error !== null || response.destroyed || response.headersSent) {
      response.destroy();
      return;
    }
    response.writeHead(status, { ...compressed, 'Content-Length': bytes.length });
    endAnswer(response, bytes);
  });
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

/** Bytes that a visitor may have, whole or a range of them. */
export interface Content {
  readonly type: string;
  /** As which it is saved. */
  readonly name: string;
  readonly disposition: 'inline' | 'attachment';
  readonly sizeBytes: number;
  readonly validators: Validators;
  /** Otherwise no browser or cache may keep it. */
  readonly isCacheable: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** Small contents come whole. */
  open(range?: ByteRange): Promise<Readable | Uint8Array>;
  /** Called before the first byte is sent. @returns a page to be sent instead, if any */
  admit(): Promise<Page | undefined>;
}

/**
 * Sends bytes, or the one range of them that is asked for, unless a precondition says otherwise
 * (RFC 9110, sections 13 and 14). What is open to whoever has the link may be kept by a browser,
 * which asks each time whether it may still be shown.
 */
export async function sendContent(
  exchange: Exchange,
  { type, name, disposition, sizeBytes, validators, isCacheable, ...content }: Content,
): Promise<void> {
  const { request, response } = exchange;
  const answer = evaluatePreconditions(request, validators, sizeBytes);
  const { status } = answer;
  const headers = {
    ...bytesHeaders(type, name, disposition),
    ...content.headers,
    ...validatorHeaders(validators),
    'Cache-Control': isCacheable ? 'private, no-cache, no-transform' : 'no-store',
    'Accept-Ranges': 'bytes',
  };
  if (status === 304 || status === 412 || status === 416) {
    const unsatisfied = status === 416 ? { 'Content-Range': `bytes */${sizeBytes}` } : {};
    const length = status === 304 ? {} : { 'Content-Length': 0 };
    response.writeHead(status, { ...headers, ...unsatisfied, ...length }).end();
    return;
  }
  const range = status === 206 ? answer.range : undefined;
  const length = range === undefined ? sizeBytes : range.end - range.start + 1;
  // Opened before the head is sent: a content that is gone must not begin as a 200.
  const bytes = request.method === 'HEAD' || length === 0 ? undefined : await content.open(range);
  try {
    const refusal = await content.admit();
    if (refusal !== undefined) return sendPage(exchange, refusal);
    response.writeHead(status, {
      ...headers,
      'Content-Length': length,
      ...(range === undefined
        ? {}
        : { 'Content-Range': `bytes ${range.start}-${range.end}/${sizeBytes}` }),
    });
    if (bytes instanceof Readable) await pipeline(bytes, response);
    else response.end(bytes);
  } finally {
    // A response that was ended meanwhile, by a time limit for instance, takes no head any more.
    if (bytes instanceof Readable) bytes.destroy();
  }
}

/** Sends an asset's bytes. They never change, so its id tells them from all others. */
export function sendBytes(
  exchange: Exchange,
  {
    asset,
    ...content
  }: Omit<Content, 'name' | 'sizeBytes' | 'validators'> & { readonly asset: AssetRecord },
): Promise<void> {
  const { sizeBytes, createdAtMs } = asset;
  return sendContent(exchange, {
    ...content,
    name: fileNameOf(asset),
    sizeBytes,
    validators: {
      etag: entityTag(asset.id),
      // A clock that was set back must not date it in the future (RFC 9110, section 8.8.2.1).
      ...(createdAtMs > Date.now() ? {} : { modifiedAtMs: createdAtMs }),
    },
  });
}
