import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textParts } from '../../../../../main/server/pages/content/text-parts.ts';

const LIMITS = { bytes: 40, lines: 5 };

/** In pieces of any size, as a disk gives them. */
function* pieces(bytes: Buffer, size: number): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const someText = fc
  .array(fc.oneof(fc.constant('\n'), fc.string({ unit: 'grapheme', maxLength: 60 })), {
    maxLength: 40,
  })
  .map((parts) => Buffer.from(parts.join('')));

test('the parts of a text are all of it, small enough, and number their lines on', async () => {
  await fc.assert(
    fc.asyncProperty(someText, fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
      const parts = await textParts(pieces(bytes, size), LIMITS);
      expect(parts[0]?.start).toBe(0);
      expect(parts.at(-1)?.end).toBe(bytes.length);
      for (const [index, part] of parts.entries()) {
        const own = bytes.subarray(part.start, part.end);
        expect(part).toMatchObject({ index, count: parts.length, more: false });
        expect(part.start).toBe(index === 0 ? 0 : parts[index - 1]?.end);
        // A character that would be cut goes with the part before it.
        expect(own.length).toBeLessThanOrEqual(LIMITS.bytes + 3);
        if (bytes.length > 0) expect(own.length).toBeGreaterThan(0);
        const lineEnds = own.filter((byte) => byte === 10).length;
        expect(lineEnds).toBeLessThanOrEqual(LIMITS.lines);
        const before = bytes.subarray(0, part.start).filter((byte) => byte === 10).length;
        expect(part.firstLine).toBe(before + 1);
        expect(Buffer.from(own.toString('utf8')).equals(own), 'whole characters').toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a part ends with a line where there is one, and within a line only when it must', async () => {
  const bytes = Buffer.from(`${'a'.repeat(30)}\n${'b'.repeat(30)}\n${'c'.repeat(90)}\nd\n`);
  const parts = await textParts([bytes], LIMITS);
  expect(parts.map(({ start, end }) => bytes.toString('utf8', start, end))).toEqual([
    `${'a'.repeat(30)}\n`,
    `${'b'.repeat(30)}\n`,
    'c'.repeat(40),
    'c'.repeat(40),
    `${'c'.repeat(10)}\nd\n`,
  ]);
  expect(parts.map(({ firstLine }) => firstLine)).toEqual([1, 2, 3, 3, 3]);
});

test('bytes that are no text at all are divided, too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      const parts = await textParts([bytes], LIMITS);
      expect(parts.at(-1)?.end).toBe(bytes.length);
    }),
  );
});
