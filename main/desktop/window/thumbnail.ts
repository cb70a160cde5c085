import { type NativeImage, nativeImage } from 'electron';
import { readImageHeader } from '../../clipboard/image-size.ts';

/** Larger pictures are not decoded for a preview: they could fill the memory. */
const MAX_PIXELS = 64_000_000;
const HEIGHT_PX = 64;

/** Of links: each side, for a square of 29 px on screens with twice as many. */
const SIDE_PX = 64;

/** The middle of an image as a small square, as the bytes of a PNG. Decodes the image, as below. */
export function squareThumbnailOf(bytes: Uint8Array): Uint8Array | undefined {
  const image = decoded(bytes);
  if (image === undefined) return undefined;
  const { width, height } = image.getSize();
  const side = Math.min(width, height);
  const x = Math.floor((width - side) / 2);
  const y = Math.floor((height - side) / 2);
  const square = image.crop({ x, y, width: side, height: side });
  return square.resize({ width: SIDE_PX, height: SIDE_PX, quality: 'good' }).toPNG();
}

/**
 * A small picture of an image, as the bytes of a PNG; `undefined` for what cannot be shown small. Decodes the image: call it only when someone looks.
 */
export function thumbnailOf(bytes: Uint8Array): Uint8Array | undefined {
  const image = decoded(bytes);
  if (image === undefined) return undefined;
  const { width, height } = image.getSize();
  // A very wide one is made narrow instead: it must fit into a row.
  const size = width > height * 4 ? { width: HEIGHT_PX * 4 } : { height: HEIGHT_PX };
  return image.resize({ ...size, quality: 'good' }).toPNG();
}

/** Longest side of a preview. */
const PREVIEW_PX = 480;

/** A larger picture of an image, as the bytes of a PNG; never larger than the image. Decodes as above. */
export function previewImage(bytes: Uint8Array): Uint8Array | undefined {
  const image = decoded(bytes);
  if (image === undefined) return undefined;
  const { width, height } = image.getSize();
  if (Math.max(width, height) <= PREVIEW_PX) return image.toPNG();
  const size = width > height ? { width: PREVIEW_PX } : { height: PREVIEW_PX };
  return image.resize({ ...size, quality: 'good' }).toPNG();
}

/** `undefined` for what can't be decoded, or would take too much memory. */
function decoded(bytes: Uint8Array): NativeImage | undefined {
  const { widthPx, heightPx } = readImageHeader(bytes) ?? {};
  if (widthPx === undefined || heightPx === undefined) return undefined;
  if (widthPx * heightPx > MAX_PIXELS) return undefined;
  const image = nativeImage.createFromBuffer(Buffer.from(bytes));
  return image.isEmpty() ? undefined : image;
}
