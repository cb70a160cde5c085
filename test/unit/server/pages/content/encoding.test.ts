import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeText,
  ENCODINGS,
  encodingOfLabel,
  textEncoding,
} from '../../../../../main/server/pages/content/encoding.ts';
import { seededBytes } from '../../../../support/random.ts';
import { encodeText } from '../../../../support/service/encode-text.ts';
import { ENCODED_TEXTS } from '../../../../support/service/encoded-texts.ts';

test.each(ENCODED_TEXTS)('reads $text in $encoding', async ({ encoding, text }) => {
  const bytes = encodeText(text, encoding);
  const found = await textEncoding(bytes);
  expect(found).toBeDefined();
  // Several encodings may have the same characters at the same places.
  expect(decodeText(bytes, found ?? '')).toBe(text);
});

test.each(['utf-8', 'utf-16le', 'utf-16be'])('a byte order mark says %s', async (encoding) => {
  const bytes = encodeText('\ufeffSüß\n', encoding);
  expect(await textEncoding(bytes)).toBe(encoding);
  expect(decodeText(bytes, encoding)).toBe('Süß\n');
});

describe('control characters', () => {
  test.each([
    ['a bell\x07\n', 'utf-8'],
    ['\x0c\npage 2\x1b[31mred\x1b[0m', 'utf-8'],
    ['N\bNA\bAM\bME\bE', 'utf-8'],
    ['Grüße\x01 aus München', 'windows-1252'],
  ])('a few are in a text: %j', async (text, encoding) => {
    expect(await textEncoding(encodeText(text, encoding))).toBe(encoding);
  });

  test.each([
    [[0, 1]],
    [[0, 1, 2]],
    [[0, 1, 2, 3, 0xff, 0xfe, 0, 9]],
    [[0x61, 0x62, 0x00, 0x63]],
    [[1, 2, 3, 4, 0x61]],
    [[0xff, 0xfe, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00]],
  ])('a NUL or many of them are in none: %j', async (bytes) => {
    expect(await textEncoding(Uint8Array.from(bytes))).toBeUndefined();
  });

  test('random bytes are no text', async () => {
    for (let count = 0; count < 100; count++) {
      const bytes = seededBytes(`no text ${count}`, 512);
      // One sample in 33,000 would begin with a byte order mark, which says that it is text.
      bytes[0] = (bytes[0] ?? 0) & 0x7f;
      expect(await textEncoding(bytes), bytes.toString('hex')).toBeUndefined();
    }
  });
});

test('a text that is cut within a character is what it was', async () => {
  const bytes = Buffer.from('Grüße 日本語 😀');
  for (let end = 1; end <= bytes.length; end++) {
    expect(await textEncoding(bytes.subarray(0, end))).toBe('utf-8');
  }
});

test('labels are those of the standard', () => {
  expect(encodingOfLabel('latin1')).toBe('windows-1252');
  expect(encodingOfLabel('GBK')).toBe('gb18030');
  expect(encodingOfLabel(' sjis ')).toBe('shift_jis');
  for (const label of ['', 'x', 'constructor', 'utf-7', 'hex', 'base64', 'utf-8'.repeat(1_000)]) {
    expect(encodingOfLabel(label)).toBeUndefined();
  }
  for (const encoding of ENCODINGS.keys()) expect(encodingOfLabel(encoding)).toBe(encoding);
});

test('whatever the bytes are, an encoding of the menu is found or none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const found = await textEncoding(bytes);
      if (found === undefined) return;
      expect(ENCODINGS.has(found)).toBe(true);
      expect(decodeText(bytes, found).length).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 500 },
  );
});
