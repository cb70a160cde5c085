/** In pixels, as the picture lies in the file. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A picture with more pixels than this is not shown: decoded it would take 256 MB of a phone's
 * memory and more. Decided by its header, nothing is decoded here.
 */
export const MAX_PIXELS = 64_000_000;

/**
 * How large a picture says it is.
 * @param head the start of the file; pictures with long metadata say it late
 * @returns `undefined` when the start does not tell
 */
export async function pictureSize(head: Uint8Array): Promise<PictureSize | undefined> {
  const { imageSize } = await import('image-size');
  try {
    // A copy in memory of its own: the library would look beyond the end of a part of a larger one.
    const { width, height } = imageSize(new Uint8Array(head));
    return width > 0 && height > 0 && Number.isFinite(width * height)
      ? { width, height }
      : undefined;
  } catch {
    return undefined;
  }
}
