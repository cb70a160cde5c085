import exifReader from 'exifreader';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  imageLocation,
  mayHaveLocation,
  movieLocation,
} from '../../../main/geotags/find-geotags.ts';
import { type Patch, patched, withPatches } from '../../../main/geotags/patches.ts';
import { boxesIn } from '../../../main/geotags/video.ts';
import { exif, heic, jpeg, movie, png, webp, XMP_PLACE } from '../../support/photo-samples.ts';

const read = (bytes: Uint8Array) =>
  exifReader.load(Uint8Array.from(bytes).buffer, { expanded: true, async: true });

const PHOTOS: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['JPEG', jpeg({ exif: exif() })],
  ['JPEG of a camera that writes big endian', jpeg({ exif: exif({ little: false }) })],
  ['JPEG with XMP only', jpeg({ xmp: XMP_PLACE })],
  ['JPEG with EXIF and XMP', jpeg({ exif: exif(), xmp: XMP_PLACE })],
  ['PNG', png({ exif: exif() })],
  ['PNG with XMP only', png({ xmp: XMP_PLACE })],
  ['WebP', webp(exif())],
  ['WebP with the mark of JPEG', webp(Buffer.concat([Buffer.from('Exif\0\0'), exif()]))],
  ['HEIC', heic(exif())],
  ['TIFF', exif()],
  ['TIFF, big endian', exif({ little: false })],
];

describe.each(PHOTOS)('a place in %s', (_name, bytes) => {
  test('is found', async () => {
    expect(mayHaveLocation(bytes)).toBe('image');
    expect((await imageLocation(bytes))?.patches).not.toHaveLength(0);
  });

  test('can be removed, and all else stays as it was', async () => {
    const found = await imageLocation(bytes);
    const clean = patched(bytes, 0, found?.patches ?? []);
    expect(clean.byteLength).toBe(bytes.byteLength);
    const [before, after] = [await read(bytes), await read(clean)];
    expect(before.gps ?? before.xmp).toBeDefined();
    expect(after.gps?.Latitude).toBeUndefined();
    expect(JSON.stringify(after)).not.toMatch(/gps(latitude|longitude)/i);
    expect(Buffer.from(clean).toString('latin1')).not.toMatch(/48,8\.5N|11,34\.5E/);
    expect(after.exif?.Orientation).toEqual(before.exif?.Orientation);
    expect(after.xmp?.title).toEqual(before.xmp?.title);
    expect(await imageLocation(clean)).toBeUndefined();
  });
});

test('the checksums of a PNG are right again', async () => {
  const { crc32 } = await import('node:zlib');
  for (const bytes of [png({ exif: exif() }), png({ xmp: XMP_PLACE })]) {
    const clean = Buffer.from(patched(bytes, 0, (await imageLocation(bytes))?.patches ?? []));
    expect(clean.equals(bytes)).toBe(false);
    for (let at = 8; at < clean.byteLength; ) {
      const end = at + 8 + clean.readUInt32BE(at);
      expect(clean.readUInt32BE(end)).toBe(crc32(clean.subarray(at + 4, end)));
      at = end + 4;
    }
  }
});

test.each([
  ['packed XMP', png({ packed: XMP_PLACE })],
  ['EXIF as packed digits', png({ profile: exif() })],
])('a place in a PNG as %s is found and removed', async (_name, bytes) => {
  const found = await imageLocation(bytes);
  expect(found?.patches).toBeDefined();
  const clean = patched(bytes, 0, found?.patches ?? []);
  expect(await imageLocation(clean)).toBeUndefined();
  expect((await read(clean)).pngFile?.['Image Width']?.value).toBe(1);
});

test.each([
  ['no EXIF at all', jpeg({})],
  ['no coordinates', jpeg({ exif: exif({ withGps: false }) })],
  ['coordinates without a fix', jpeg({ exif: exif({ degrees: 0 }) })],
  ['a screenshot', png({})],
])('%s: nothing to ask', async (_name, bytes) => {
  expect(await imageLocation(bytes)).toBeUndefined();
});

describe('videos', () => {
  const moovOf = (bytes: Buffer) => {
    const moov = boxesIn(bytes, 0, bytes.byteLength).find(({ type }) => type === 'moov');
    if (moov === undefined) throw new Error('no moov');
    return { moov: bytes.subarray(moov.at, moov.end), at: moov.at };
  };
  test.each(['xyz', 'loci', 'keys', 'xmp'] as const)('a place as %s is removed', (how) => {
    const bytes = movie('qt  ', how);
    expect(mayHaveLocation(bytes)).toBe('video');
    const { moov, at } = moovOf(bytes);
    const found = movieLocation(moov, at);
    const clean = Buffer.from(patched(bytes, 0, found?.patches ?? []));
    expect(clean.byteLength).toBe(bytes.byteLength);
    expect(clean.toString('latin1')).not.toMatch(/\+48|loci|home|48,8/);
    expect(clean.includes(Buffer.alloc(100_000, 7))).toBe(true);
    const again = moovOf(clean);
    expect(movieLocation(again.moov, again.at)).toBeUndefined();
    if (how === 'keys') expect(clean.includes('Apple')).toBe(true);
  });
  test('a video without one is left alone', () => {
    const { moov, at } = moovOf(movie('isom', 'none'));
    expect(movieLocation(moov, at)).toBeUndefined();
  });
});

test('patches land in their places, however the content is cut', async () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 40 });
  const patches = fc.array(
    fc.record({ at: fc.nat(60), bytes: fc.uint8Array({ minLength: 1, maxLength: 9 }) }),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(cuts, patches, async (lengths, given: readonly Patch[]) => {
      const whole = Buffer.from(Array.from({ length: 80 }, (_, index) => index));
      const expected = Buffer.from(whole);
      for (const { at, bytes } of given) expected.set(bytes, at);
      const chunks = async function* () {
        for (let at = 0, turn = 0; at < whole.byteLength; turn += 1) {
          const size = lengths[turn % lengths.length] ?? 1;
          yield whole.subarray(at, at + size);
          at += size;
        }
      };
      const parts: Uint8Array[] = [];
      for await (const part of withPatches(chunks(), given)) parts.push(part);
      expect(Buffer.concat(parts).equals(expected)).toBe(true);
    }),
  );
});

test('no bytes can crash it, and no patch leaves the image', async () => {
  const seeds = PHOTOS.map(([, bytes]) => bytes);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 12 }),
      fc.nat(400),
      async (seed, changes, cut) => {
        const bytes = Buffer.from(seed.subarray(0, Math.max(16, seed.byteLength - cut)));
        for (const [at, value] of changes) if (at < bytes.byteLength) bytes[at] = value;
        const found = await imageLocation(bytes);
        for (const { at, bytes: put } of found?.patches ?? []) {
          expect(at + put.byteLength).toBeLessThanOrEqual(bytes.byteLength);
        }
        movieLocation(bytes, 0);
      },
    ),
    { numRuns: 300 },
  );
});
