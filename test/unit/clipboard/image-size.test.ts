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
  expect(readImageHeader(Buffer.from('<p>no <b>image</b></p>'))).toBeUndefined();
  expect(readImageHeader(Buffer.from('svg'))).toBeUndefined();
  expect(readImageHeader(Buffer.from('BM bitmap'))).toBeUndefined();
  expect(readImageHeader(hex('00000018 66747970 69736f6d'))).toBeUndefined();
});

test.each([
  ['BMP, top down', `424d 3a000000 0000 0000 36000000 28000000 80020000 20feffff`, 640, 480],
  ['BMP of OS/2', `424d 3a000000 0000 0000 1a000000 0c000000 8002 e001 0100 1800`, 640, 480],
])('%s has a size', (_name, bytes, widthPx, heightPx) => {
  expect(readImageHeader(hex(bytes))).toEqual({ mime: 'image/bmp', widthPx, heightPx });
});

test.each([
  ['AVIF', hex('0000001c 66747970 61766966'), 'image/avif'],
  ['HEIC', hex('0000001c 66747970 68656963'), 'image/heic'],
  ['TIFF of a PC', hex('49492a00 08000000'), 'image/tiff'],
  ['TIFF of a Mac', hex('4d4d002a 00000008'), 'image/tiff'],
  ['an icon', hex('000001000100 10100000 01002000 68040000 16000000'), 'image/x-icon'],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
  [
    'SVG with all before it',
    Buffer.from('<?xml version="1.0"?>\n<!-- a -->\n<svg>'),
    'image/svg+xml',
  ],
])('%s is an image without a known size', (_name, bytes, mime) => {
  expect(readImageHeader(bytes)).toEqual({ mime });
});

test('no bytes can crash it or keep it busy', () => {
  const starts = [
    '424d',
    '00000100',
    '0000001c66747970',
    '49492a00',
    '89504e470d0a1a0a',
    'ffd8ff',
    '474946383961',
    '524946460000000057454250',
  ];
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
