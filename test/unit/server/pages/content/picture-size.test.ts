import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageKind } from '../../../../../main/server/pages/content/content-kind.ts';
import type { AssetRecord } from '../../../../../main/server/store/model.ts';
import { bombPng, png } from '../../../../support/service/samples.ts';

const assetOf = (bytes: Uint8Array): AssetRecord => ({
  id: 'a',
  name: 'picture.png',
  form: 'file',
  sizeBytes: bytes.byteLength,
  content: { at: 'record' },
  createdAtMs: 0,
});

const kindOf = (bytes: Uint8Array) =>
  pageKind(assetOf(bytes), async (length) => bytes.subarray(0, length));

test('a picture is shown with its size, up to 64 megapixels', async () => {
  expect(await kindOf(png(3, 2))).toEqual({
    kind: 'image',
    mime: 'image/png',
    size: { width: 3, height: 2 },
  });
  expect((await kindOf(bombPng(8_000, 8_000))).kind).toBe('image');
  for (const [width, height] of [
    [8_001, 8_000],
    [60_000, 60_000],
    [2 ** 31 - 1, 1],
    [2 ** 31 - 1, 2 ** 31 - 1],
  ] as const) {
    expect(await kindOf(bombPng(width, height))).toEqual({
      kind: 'file',
      mime: 'application/octet-stream',
      size: { width, height },
    });
  }
});

test('a picture whose header does not tell its size is a file', async () => {
  expect((await kindOf(bombPng(0, 5))).kind).toBe('file');
  expect((await kindOf(png(3, 2).subarray(0, 18))).kind).toBe('file');
});

test('a picture with a damaged header is shown as a small one, or is a file, and never takes long', async () => {
  const whole = png(40, 30);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 255 })), { maxLength: 8 }),
      fc.constantFrom('png', 'gif', 'webp', 'jpeg', 'bmp', 'avif'),
      async (changes, format) => {
        const bytes = Buffer.concat([Buffer.from(HEADS[format]), whole]);
        for (const [at, value] of changes) bytes[at] = value;
        const found = await kindOf(bytes);
        if (found.kind !== 'image') return;
        expect(found.size.width * found.size.height).toBeLessThanOrEqual(64_000_000);
      },
    ),
    { numRuns: 2_000 },
  );
});

const HEADS = {
  png: [],
  gif: [71, 73, 70, 56, 57, 97],
  webp: [82, 73, 70, 70, 1, 1, 0, 0, 87, 69, 66, 80, 86, 80, 56, 88],
  jpeg: [255, 216, 255, 224, 0, 16],
  bmp: [66, 77],
  avif: [0, 0, 0, 28, 102, 116, 121, 112, 97, 118, 105, 102],
} as const;
