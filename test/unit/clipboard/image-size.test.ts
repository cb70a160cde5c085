import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readImageHeader } from '../../../main/clipboard/image-size.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

test.each([
  [
    'PNG',
    '89504e470d0a1a0a 0000000d 49484452 00000500 000002d0 0806000000',
    'image/png',
    1280,
    720,
  ],
  ['GIF', '474946383961 2003 5802 f70000', 'image/gif', 800, 600],
  [
    'JPEG with an EXIF segment before its frame',
    'ffd8 ffe1 0008 457869660000 ffc2 0011 08 0258 0320 03 012200 021101 031101',
    'image/jpeg',
    800,
    600,
  ],
  [
    'lossy WebP',
    `52494646 00000000 57454250 56503820 00000000 000000 9d012a 2003 5802`,
    'image/webp',
    800,
    600,
  ],
  [
    'lossless WebP',
    `52494646 00000000 57454250 5650384c 00000000 2f 1fc39500 0000000000`,
    'image/webp',
    800,
    600,
  ],
  [
    'extended WebP',
    `52494646 00000000 57454250 56503858 0a000000 10000000 1f0300 570200`,
    'image/webp',
    800,
    600,
  ],
])('%s tells its size', (_name, bytes, mime, widthPx, heightPx) => {
  expect(readImageHeader(hex(bytes))).toEqual({ mime, widthPx, heightPx });
});

test('a header that is cut short keeps its kind, without a size', () => {
  expect(readImageHeader(hex('89504e470d0a1a0a'))).toEqual({ mime: 'image/png' });
  expect(readImageHeader(hex('ffd8ffe000'))).toEqual({ mime: 'image/jpeg' });
});

test('bytes of anything else are no image', () => {
  expect(readImageHeader(new Uint8Array())).toBeUndefined();
  expect(readImageHeader(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined();
  expect(readImageHeader(Buffer.from('BM bitmap'))).toBeUndefined();
});

test('no bytes can crash it or keep it busy', () => {
  const starts = ['89504e470d0a1a0a', 'ffd8ff', '474946383961', '524946460000000057454250'];
  const bytes = fc
    .tuple(fc.constantFrom('', ...starts), fc.uint8Array({ maxLength: 200 }))
    .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'hex'), rest]));
  fc.assert(
    fc.property(bytes, (input) => {
      const header = readImageHeader(input);
      if (header?.widthPx !== undefined) expect(header.widthPx).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});
