import type { Patch } from './patches.ts';

/** A TIFF structure: a TIFF file, or the EXIF block of another one (TIFF 6.0; EXIF 2.32, section 4.6). */
const GPS_POINTER = 0x8825;
const GPS_LATITUDE = 2;
const GPS_LONGITUDE = 4;
/** Bytes of one value, by its type. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;
const ENTRY_BYTES = 12;
/** No directory of a real file has more entries, or a longer chain. */
const MAX_ENTRIES = 4_096;
const MAX_DIRECTORIES = 16;

/**
 * What takes the place out of a TIFF structure, without moving anything: the directory with the
 * coordinates becomes zeros, and the entry that points to it is closed up.
 * @param base where the structure begins in `bytes`; offsets inside it count from there
 * @returns no patches where it has no coordinates; it never reads or patches beyond `bytes`
 */
export function tiffLocation(bytes: Uint8Array, base: number): readonly Patch[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return patchesOf(view, base);
  } catch (error) {
    // It ends before its own directories do.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function patchesOf(view: DataView, base: number): readonly Patch[] {
  const little = view.getUint16(base) === 0x4949;
  const u16 = (at: number): number => view.getUint16(base + at, little);
  const u32 = (at: number): number => view.getUint32(base + at, little);
  const patches: Patch[] = [];
  const seen = new Set<number>();
  for (let at = u32(4); at !== 0 && !seen.has(at) && seen.size < MAX_DIRECTORIES; ) {
    seen.add(at);
    const count = u16(at);
    if (count > MAX_ENTRIES) break;
    const end = at + 2 + count * ENTRY_BYTES;
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + index * ENTRY_BYTES;
      if (u16(entry) !== GPS_POINTER) continue;
      const gps = gpsPatches(view, base, u32(entry + 8), little);
      if (gps === undefined) break;
      // What follows the entry moves up, the offset of the next directory with it.
      const rest = new Uint8Array(
        view.buffer,
        view.byteOffset + base + entry + ENTRY_BYTES,
        end + 4 - entry - ENTRY_BYTES,
      );
      const moved = new Uint8Array(rest.byteLength + ENTRY_BYTES);
      moved.set(rest);
      const fewer = new Uint8Array(2);
      new DataView(fewer.buffer).setUint16(0, count - 1, little);
      patches.push(...gps, { at: base + at, bytes: fewer }, { at: base + entry, bytes: moved });
      break;
    }
    at = u32(end);
  }
  return patches;
}

/** `undefined` for a directory without coordinates: many cameras write an empty one. */
function gpsPatches(
  view: DataView,
  base: number,
  at: number,
  little: boolean,
): readonly Patch[] | undefined {
  const count = view.getUint16(base + at, little);
  if (count > MAX_ENTRIES) return undefined;
  const size = 2 + count * ENTRY_BYTES;
  const patches: Patch[] = [{ at: base + at, bytes: new Uint8Array(size) }];
  let isPlace = false;
  for (let index = 0; index < count; index += 1) {
    const entry = base + at + 2 + index * ENTRY_BYTES;
    const tag = view.getUint16(entry, little);
    const bytes =
      (TYPE_BYTES[view.getUint16(entry + 2, little)] ?? 0) * view.getUint32(entry + 4, little);
    const value = bytes > 4 ? base + view.getUint32(entry + 8, little) : entry + 8;
    if (value + bytes > view.byteLength) continue;
    const isCoordinate = tag === GPS_LATITUDE || tag === GPS_LONGITUDE;
    const content = new Uint8Array(view.buffer, view.byteOffset + value, Math.min(bytes, 24));
    // Three fractions; where there is no fix they are all 0.
    if (isCoordinate && hasNumerator(content)) isPlace = true;
    if (bytes > 4) patches.push({ at: value, bytes: new Uint8Array(bytes) });
  }
  return isPlace ? patches : undefined;
}

function hasNumerator(fractions: Uint8Array): boolean {
  return fractions.some((byte, index) => index % 8 < 4 && byte !== 0);
}
