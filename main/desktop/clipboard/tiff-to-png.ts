import { nativeImage } from 'electron';

/** A larger picture is not decoded: it could fill the memory, in pixels. */
const MAX_PIXELS = 64_000_000;

/**
 * The first page of a TIFF as PNG, for browsers can't show TIFF.
 * @returns `undefined` for what can't be decoded, or is larger than 64 megapixels
 */
export async function tiffToPng(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const { decode } = await import('tiff');
  try {
    const [head] = decode(bytes, { pages: [0], ignoreImageData: true });
    if (head === undefined || head.width * head.height > MAX_PIXELS) return undefined;
    const [page] = decode(bytes, { pages: [0] });
    if (page === undefined) return undefined;
    const { width, height } = page;
    const image = nativeImage.createFromBitmap(bgraOf(page), { width, height });
    return image.isEmpty() ? undefined : image.toPNG();
  } catch {
    return undefined;
  }
}

/** Samples of one page, as the decoder gives them. */
interface Samples {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
  readonly samplesPerPixel: number;
  readonly bitsPerSample: number;
  readonly alpha: boolean;
}

/** Electron's bitmap: BGRA, 8 bits a sample, the colors multiplied by alpha. */
export function bgraOf({ width, height, data, samplesPerPixel, bitsPerSample, alpha }: Samples) {
  const pixels = width * height;
  const colors = samplesPerPixel - (alpha ? 1 : 0);
  const most = bitsPerSample >= 32 ? 1 : 2 ** bitsPerSample - 1;
  const out = Buffer.alloc(pixels * 4);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const at = pixel * samplesPerPixel;
    const sample = (index: number): number => (data[at + index] ?? 0) / most;
    const opacity = alpha ? sample(colors) : 1;
    const color = (index: number): number =>
      Math.round(Math.min(1, Math.max(0, sample(colors < 3 ? 0 : index))) * opacity * 255);
    out[pixel * 4] = color(2);
    out[pixel * 4 + 1] = color(1);
    out[pixel * 4 + 2] = color(0);
    out[pixel * 4 + 3] = Math.round(opacity * 255);
  }
  return out;
}
