import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { create as contentDisposition } from 'content-disposition';
import { COMMON_HEADERS, send } from '../http/answer.ts';
import { createRouter, type PathParameters } from '../http/router.ts';
import { type AssetRecord, isGone, type ShareRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { highlight } from './highlight.ts';
import { cleanName, type SafeHtml } from './html.ts';
import { HEAD_BYTES, type PageKind, pageKind } from './kind.ts';
import { parseRange } from './range.ts';
import {
  collectionView,
  fileView,
  imageView,
  mediaView,
  messageView,
  page,
  textView,
} from './views.ts';

/** A longer text is shown up to here; Raw and Download have all of it. In bytes. */
const SHOWN_BYTES = 1_000_000;

export interface PagesNeeds {
  readonly store: ShareStore;
  readonly onFault: (cause: unknown) => void;
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly parameters: PathParameters;
}

type Found =
  | { readonly kind: 'found'; readonly share: ShareRecord }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' };

const GONE = messageView(
  '🔒',
  'This link is gone',
  'Whoever shared it has taken it back. Its content was deleted.',
);
const UNKNOWN = messageView(
  '🔍',
  'Nothing is here',
  'The address may be incomplete. Ask for the link again.',
);
const BROKEN = messageView(
  '⚠',
  'This did not work',
  'The page could not be made. Please try again.',
);

/** The pages that links lead to. Only GET and HEAD; there is no list and no way to change anything. */
export function createPages({
  store,
  onFault,
}: PagesNeeds): (request: IncomingMessage, response: ServerResponse) => void {
  const find = createRouter<(visit: Visit) => Promise<void>>([
    { method: 'GET', path: '/s/{share}', handle: showShare },
    { method: 'GET', path: '/s/{share}/raw', handle: (visit) => withItem(visit, sendRaw) },
    {
      method: 'GET',
      path: '/s/{share}/download',
      handle: (visit) => withItem(visit, sendDownload),
    },
    { method: 'GET', path: '/s/{share}/{item}', handle: (visit) => withItem(visit, showItem) },
    { method: 'GET', path: '/s/{share}/{item}/raw', handle: (visit) => withItem(visit, sendRaw) },
    {
      method: 'GET',
      path: '/s/{share}/{item}/download',
      handle: (visit) => withItem(visit, sendDownload),
    },
  ]);

  async function shareOf({ parameters }: Visit): Promise<Found> {
    const share = await store.share(parameters.share ?? '');
    if (share === undefined) return { kind: 'unknown' };
    return isGone(share) ? { kind: 'gone' } : { kind: 'found', share };
  }

  function refuse(visit: Visit, kind: 'gone' | 'unknown'): void {
    if (kind === 'gone') sendPage(visit, 410, 'Gone', GONE);
    else sendPage(visit, 404, 'Not found', UNKNOWN);
  }

  async function showShare(visit: Visit): Promise<void> {
    const found = await shareOf(visit);
    if (found.kind !== 'found') return refuse(visit, found.kind);
    const { share } = found;
    const path = `/s/${share.id}`;
    if (!share.collection) {
      const asset = await liveAsset(share, 0);
      return asset === undefined ? refuse(visit, 'gone') : showAsset(visit, asset, path, undefined);
    }
    const items: { title: string; sizeBytes: number }[] = [];
    for (const index of share.assetIds.keys()) {
      const asset = await liveAsset(share, index);
      items.push(
        asset === undefined
          ? { title: 'Deleted', sizeBytes: 0 }
          : { title: titleOf(asset), sizeBytes: asset.sizeBytes },
      );
    }
    const title = cleanName(share.name ?? '') || 'Collection';
    sendPage(visit, 200, title, collectionView(title, path, items));
  }

  async function liveAsset(share: ShareRecord, index: number): Promise<AssetRecord | undefined> {
    const id = share.assetIds[index];
    const asset = id === undefined ? undefined : await store.asset(id);
    return asset === undefined || isGone(asset) ? undefined : asset;
  }

  async function withItem(
    visit: Visit,
    show: (
      visit: Visit,
      asset: AssetRecord,
      path: string,
      collection: string | undefined,
    ) => Promise<void>,
  ): Promise<void> {
    const found = await shareOf(visit);
    if (found.kind !== 'found') return refuse(visit, found.kind);
    const { share } = found;
    const { item } = visit.parameters;
    // A collection's items are numbered from 1; a single share has no numbers.
    const fits = share.collection ? /^[1-9]\d{0,3}$/.test(item ?? '') : item === undefined;
    const asset = fits
      ? await liveAsset(share, item === undefined ? 0 : Number(item) - 1)
      : undefined;
    if (asset === undefined) return refuse(visit, 'unknown');
    const root = `/s/${share.id}`;
    return show(
      visit,
      asset,
      item === undefined ? root : `${root}/${item}`,
      share.collection ? root : undefined,
    );
  }

  const showItem = (
    visit: Visit,
    asset: AssetRecord,
    path: string,
    collection: string | undefined,
  ) => showAsset(visit, asset, path, collection);

  async function showAsset(
    visit: Visit,
    asset: AssetRecord,
    path: string,
    collection: string | undefined,
  ): Promise<void> {
    const kind = await kindOf(asset);
    const title = titleOf(asset);
    const shown = { title, asset, path, ...(collection === undefined ? {} : { collection }) };
    switch (kind.kind) {
      case 'text': {
        // Someone at a terminal gets the text itself.
        if (isTerminal(visit.request)) return sendRaw(visit, asset);
        const text = await textOf(asset);
        const ext = asset.ext ?? extensionIn(asset.name);
        const lines = await highlight(text, ext, asset.form === 'text' && ext === undefined);
        return sendPage(visit, 200, title, textView(shown, lines), true);
      }
      case 'image':
        return sendPage(visit, 200, title, imageView(shown));
      case 'audio':
      case 'video':
        return sendPage(visit, 200, title, mediaView(shown, kind.kind));
      case 'file':
        return sendPage(visit, 200, title, fileView(shown));
    }
  }

  async function kindOf(asset: AssetRecord): Promise<PageKind> {
    if (asset.form === 'text' || asset.sizeBytes === 0) return { kind: 'text' };
    return pageKind(asset, await headOf(asset, HEAD_BYTES));
  }

  async function headOf(asset: AssetRecord, bytes: number): Promise<Uint8Array> {
    const content = await store.open(asset, {
      start: 0,
      end: Math.min(bytes, asset.sizeBytes) - 1,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  async function textOf(asset: AssetRecord): Promise<string> {
    if (asset.sizeBytes === 0) return '';
    const text = new TextDecoder().decode(await headOf(asset, SHOWN_BYTES));
    if (asset.sizeBytes <= SHOWN_BYTES) return text.replaceAll('\r\n', '\n');
    const end = text.lastIndexOf('\n');
    return `${end > 0 ? text.slice(0, end) : text}\n… (the rest is in Raw and Download)`;
  }

  /** The bytes as they are: inline for what can do no harm, as plain text or as a download else. */
  async function sendRaw(visit: Visit, asset: AssetRecord): Promise<void> {
    const kind = await kindOf(asset);
    const type = kind.kind === 'text' ? 'text/plain; charset=utf-8' : kind.mime;
    return sendBytes(visit, asset, type, kind.kind === 'file' ? 'attachment' : 'inline');
  }

  const sendDownload = (visit: Visit, asset: AssetRecord): Promise<void> =>
    sendBytes(visit, asset, 'application/octet-stream', 'attachment');

  async function sendBytes(
    { request, response }: Visit,
    asset: AssetRecord,
    type: string,
    disposition: 'inline' | 'attachment',
  ): Promise<void> {
    const range = parseRange(request.headers.range, asset.sizeBytes);
    const headers = {
      ...COMMON_HEADERS,
      'Content-Type': type,
      'Content-Disposition': contentDisposition(fileName(asset), { type: disposition }),
      'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'X-Robots-Tag': 'noindex, nofollow',
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
    response.writeHead(range === undefined ? 200 : 206, {
      ...headers,
      'Content-Length': length,
      ...(range === undefined
        ? {}
        : { 'Content-Range': `bytes ${range.start}-${range.end}/${asset.sizeBytes}` }),
    });
    if (request.method === 'HEAD' || length === 0) {
      response.end();
      return;
    }
    await pipeline(await store.open(asset, range), response);
  }

  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const found = find(request.method === 'HEAD' ? 'GET' : (request.method ?? ''), path);
    const visit: Visit = {
      request,
      response,
      parameters: found.kind === 'found' ? found.parameters : {},
    };
    if (found.kind === 'unknown') return sendPage(visit, 404, 'Not found', UNKNOWN);
    if (found.kind === 'wrong-method') {
      response.setHeader('Allow', 'GET, HEAD');
      return sendPage(visit, 405, 'Not allowed', BROKEN);
    }
    found.handle(visit).catch((error: unknown) => {
      // A visitor who left in the middle of a download is no fault.
      if (response.destroyed || response.headersSent) {
        response.destroy();
        return;
      }
      onFault(error);
      sendPage(visit, 500, 'Error', BROKEN);
    });
  };
}

function sendPage(
  { request, response }: Visit,
  status: number,
  title: string,
  body: SafeHtml,
  script = false,
): void {
  const nonce = randomBytes(16).toString('base64');
  const headers = {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'nonce-${nonce}'`,
      ...(script ? [`script-src 'nonce-${nonce}'`] : []),
      "img-src 'self'",
      "media-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Robots-Tag': 'noindex, nofollow',
  };
  const text = page(title, body, nonce, script);
  if (request.method === 'HEAD') {
    response.writeHead(status, {
      ...COMMON_HEADERS,
      ...headers,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
    });
    response.end();
    return;
  }
  send(response, status, 'text/html; charset=utf-8', text, headers);
}

function titleOf(asset: AssetRecord): string {
  return cleanName(asset.name) || (asset.form === 'text' ? 'Text' : 'File');
}

/** The extension of a file's name, lower case; names without a dot may be a language's own. */
function extensionIn(name: string): string | undefined {
  const match = /\.([A-Za-z0-9]{1,12})$/.exec(name);
  if (match?.[1] !== undefined) return match[1].toLowerCase();
  return /^makefile$/i.test(name) ? 'makefile' : undefined;
}

/** A file name without a path, for a download; texts get an extension. */
function fileName(asset: AssetRecord): string {
  const name = titleOf(asset).replace(/[/\\]/g, '_').replace(/^\.+/, '_');
  if (asset.form === 'file') return name;
  const ext = /^[a-z0-9]{1,12}$/.test(asset.ext ?? '') ? asset.ext : 'txt';
  return name.toLowerCase().endsWith(`.${ext}`)
    ? name
    : `${[...name].slice(0, 60).join('')}.${ext}`;
}

function isTerminal(request: IncomingMessage): boolean {
  const agent = request.headers['user-agent'] ?? '';
  return /^(curl|Wget|HTTPie)\//i.test(agent) && !/text\/html/.test(request.headers.accept ?? '');
}
