import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { COMMON_HEADERS } from '../../http/response.ts';
import { type AssetRecord, isTombstone, type ShareRecord } from '../../store/model.ts';
import { hasSameAccess } from '../../store/share-life.ts';
import type { ShareStore } from '../../store/share-store.ts';
import { AssetBodies } from '../asset-body.ts';
import { fileNameOf, titleOf } from '../content/names.ts';
import { joined } from '../content/text-source.ts';
import { pageBody, senderOf } from '../markup/frame.ts';
import { changedMessage, endedMessage } from '../markup/messages.ts';
import { imageView } from '../markup/views.ts';
import type { Renderer } from '../render/renderer.ts';
import { bytesHeaders, type Exchange, sendPage } from '../send.ts';

/** A picture up to this size is shown within the page; everything larger is a download. In bytes. */
const INLINE_BYTES = 8 * 1024 * 1024;

/** Whether opening it shows it; all else is a download, which cannot be resumed. */
export async function isShownOnce(
  asset: AssetRecord,
  bodies: Pick<AssetBodies, 'kindOf' | 'isOnePart'>,
): Promise<boolean> {
  if (asset.sizeBytes > INLINE_BYTES) return false;
  const { kind } = await bodies.kindOf(asset);
  // There is no second page: what does not go onto one is a download.
  return kind === 'image' || (kind === 'text' && (await bodies.isOnePart(asset)));
}

/**
 * Sends a one-time share: its content is removed from the disk before the first byte is sent.
 * Texts and pictures are shown, all else is a download; the page refers to nothing, for there is
 * nothing left to refer to. A program gets the bytes.
 *
 * A download that breaks off is lost, and the form says so before: to resume it, the content would
 * have to stay on the disk after it was opened.
 */
export async function openOnce(
  exchange: Exchange,
  { store, renderer }: { readonly store: ShareStore; readonly renderer: Renderer },
  share: ShareRecord,
  { asPage }: { readonly asPage: boolean },
): Promise<void> {
  const { messages } = exchange;
  const opened = await store.openOnce(share);
  if (opened === undefined) {
    const now = await store.share(share.id);
    const isChanged = now !== undefined && !isTombstone(now) && !hasSameAccess(now, share);
    return sendPage(
      exchange,
      isChanged ? changedMessage(messages) : endedMessage(messages, 'used-up'),
    );
  }
  const { asset, content } = opened;
  if (!asPage) return sendDownload(exchange, asset, content);
  const title = titleOf(asset, messages);
  if (asset.sizeBytes <= INLINE_BYTES) {
    const bytes = await joined(content);
    const inMemory: Pick<ShareStore, 'open'> = {
      open: async (_asset, range) =>
        Readable.from([range === undefined ? bytes : bytes.subarray(range.start, range.end + 1)]),
    };
    const bodies = new AssetBodies(inMemory, renderer);
    const kind = await bodies.kindOf(asset);
    // There is no second page: what does not go onto one is a download.
    if (kind.kind === 'text' && (await bodies.isOnePart(asset))) {
      return sendText(exchange, bodies, share, asset);
    }
    if (kind.kind === 'image') {
      const source = `data:${kind.mime};base64,${bytes.toString('base64')}`;
      const body = pageBody(
        imageView({ messages, title, asset, sender: senderOf(share) }, kind.size, source),
      );
      const page = { status: 200, title, body, inlineImages: true };
      return sendPage(exchange, { ...page, note: messages.t('shownOnce') });
    }
    return sendDownload(exchange, asset, Readable.from([bytes]));
  }
  return sendDownload(exchange, asset, content);
}

async function sendText(
  exchange: Exchange,
  bodies: AssetBodies,
  share: ShareRecord,
  asset: AssetRecord,
): Promise<void> {
  const { messages } = exchange;
  const shown = await bodies.bodyOf(asset, {
    shareId: share.id,
    messages,
    sender: senderOf(share),
    source: true,
    part: 1,
  });
  if (shown === undefined) throw new Error('a text without a first part');
  const title = titleOf(asset, messages);
  sendPage(exchange, { ...shown, status: 200, title, note: messages.t('shownOnce') });
}

async function sendDownload(
  { response }: Exchange,
  asset: AssetRecord,
  content: Readable,
): Promise<void> {
  try {
    response.writeHead(200, {
      ...COMMON_HEADERS,
      ...bytesHeaders('application/octet-stream', fileNameOf(asset), 'attachment'),
      'Content-Length': asset.sizeBytes,
      // It is gone by now: what breaks off cannot be had again.
      'Accept-Ranges': 'none',
    });
    await pipeline(content, response);
  } finally {
    content.destroy();
  }
}
