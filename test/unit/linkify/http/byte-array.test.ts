import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberList, numberListLength } from '../../../../main/linkify/http/byte-array.ts';

const text = (chunks: readonly Uint8Array[]) => Buffer.concat([...numberList(chunks)]).toString();

test('writes bytes exactly as JSON would, however they are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (chunks) => {
      const all = chunks.flatMap((chunk) => [...chunk]);
      const given = chunks.filter((chunk) => chunk.byteLength > 0);
      expect(`[${text(given)}]`).toBe(JSON.stringify(all));
      expect(numberListLength(given)).toBe(text(given).length);
    }),
  );
});

test('writes every byte value, and joins slices of a large file', () => {
  const bytes = new Uint8Array(100_000).map((_, index) => index % 256);
  expect(`[${text([bytes])}]`).toBe(JSON.stringify([...bytes]));
});

test('never makes a piece of more than 128 KiB', () => {
  const largest = [...numberList([new Uint8Array(1_000_000).fill(255)])].reduce(
    (most, piece) => Math.max(most, piece.byteLength),
    0,
  );
  expect(largest).toBeLessThanOrEqual(128 * 1024);
});
