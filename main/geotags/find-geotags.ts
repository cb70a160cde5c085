import { type Patch, patched } from './patches.ts';
import { checksums, hasMetadata, packedLocation } from './png.ts';
import { tiffLocation } from './tiff.ts';
import { videoLocation } from './video.ts';

/** Location data in an image or a video. */
export interface LocationFound {
  /** What removes it, losslessly and without moving anything; `undefined` where that can't be done. */
  readonly patches: readonly Patch[] | undefined;
}

/** Beginnings of kinds of files that may say where they were made. */
export function mayHaveLocation(head: Uint8Array): 'image' | 'video' | undefined {
  const text = Buffer.from(head.subarray(0, 16)).toString('latin1');
  if (/^(\xff\xd8\xff|\x89PNG|II\*\0|MM\0\*)/.test(text)) return 'image';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image';
  if (text.slice(4, 8) === 'ftyp') {
    return /^(hei|hev|mif1|msf1|avif|avis)/.test(text.slice(8, 12)) ? 'image' : 'video';
  }
  return /^....(moov|mdat|wide|free|skip)/s.test(text) ? 'video' : undefined;
}

/**
 * Looks for coordinates in an image's EXIF and XMP (JPEG, PNG, WebP, HEIC, AVIF, TIFF and the raw
 * formats made of it). A maintained parser has the last word: about what is there, and about what is
 * left after a removal.
 * @param bytes the whole image, or its first part
 */
export async function imageLocation(bytes: Uint8Array): Promise<LocationFound | undefined> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPng = buffer.toString('latin1', 1, 4) === 'PNG';
  if (isPng && !hasMetadata(buffer)) return undefined;
  if (exifBlocks(buffer).length === 0 && !XMP_SIGNS.some((sign) => buffer.includes(sign)))
    return undefined;
  const plain = placesIn(buffer);
  const patches = isPng
    ? [...plain, ...packedLocation(buffer, (content) => placesIn(content).length > 0)]
    : plain;
  if (patches.length === 0 && !(await hasCoordinates(bytes))) return undefined;
  const whole = isPng ? [...patches, ...checksums(buffer, patches)] : patches;
  const isClean = patches.length > 0 && !(await hasCoordinates(patched(bytes, 0, whole)));
  return { patches: isClean ? whole : undefined };
}

/**
 * Looks for a place in the `moov` box of an MP4 or QuickTime file.
 * @param at where the box begins in the file
 */
export function movieLocation(moov: Uint8Array, at: number): LocationFound | undefined {
  const inXmp = xmpLocation(Buffer.from(moov.buffer, moov.byteOffset, moov.byteLength));
  const patches = [
    ...videoLocation(moov, at),
    ...inXmp.map((patch) => ({ ...patch, at: patch.at + at })),
  ];
  return patches.length === 0 ? undefined : { patches };
}

const XMP_SIGNS = ['<x:xmpmeta', '<rdf:RDF', 'XML:com.adobe.xmp', 'Raw profile type'] as const;

/** What removes every place from EXIF and XMP that is there as it is. */
const placesIn = (buffer: Buffer): readonly Patch[] => [
  ...exifBlocks(buffer).flatMap((at) => tiffLocation(buffer, at)),
  ...xmpLocation(buffer),
];

/** Where EXIF's TIFF structures begin: at the start, or behind the mark of their container. */
function exifBlocks(buffer: Buffer): readonly number[] {
  const found = new Set<number>();
  const isTiff = (at: number): boolean =>
    /^(II\*\0|MM\0\*)/.test(buffer.toString('latin1', at, at + 4));
  if (isTiff(0)) found.add(0);
  for (const [mark, gaps] of [
    // JPEG, HEIC; WebP has it with and without, behind the chunk's name and length.
    ['Exif\0\0', [6]],
    ['EXIF', [8, 14]],
    ['eXIf', [4]],
  ] as const) {
    for (let at = buffer.indexOf(mark); at !== -1; at = buffer.indexOf(mark, at + 1)) {
      for (const gap of gaps) if (isTiff(at + gap)) found.add(at + gap);
    }
  }
  return [...found];
}

/** XMP's properties of places: EXIF's, and those of drones. As attributes, or as elements. */
const XMP_PLACE =
  /[\w-]{1,40}:gps[\w-]{1,40}\s{0,8}=\s{0,8}(?:"[^"<]{0,400}"|'[^'<]{0,400}')|<([\w-]{1,40}:gps[\w-]{1,40})(?:\s[^<>]{0,400})?(?<!\/)>.{0,2000}?<\/\1\s{0,8}>/gis;

/** Blanks take their place, so that the packet keeps its length. */
function xmpLocation(buffer: Buffer): readonly Patch[] {
  const patches: Patch[] = [];
  for (let from = buffer.indexOf('<rdf:RDF'); from !== -1; ) {
    const end = buffer.indexOf('</rdf:RDF>', from);
    if (end === -1) break;
    for (const { index, 0: found } of buffer.toString('latin1', from, end).matchAll(XMP_PLACE)) {
      if (!/gps(latitude|longitude|longtitude|position|dest)/i.test(found)) continue;
      patches.push({ at: from + index, bytes: Buffer.alloc(found.length, ' ') });
    }
    from = buffer.indexOf('<rdf:RDF', end);
  }
  return patches;
}

async function hasCoordinates(bytes: Uint8Array): Promise<boolean> {
  const { default: exif } = await import('exifreader');
  try {
    const copy = Uint8Array.from(bytes);
    const { gps, xmp = {} } = await exif.load(copy.buffer, { expanded: true, async: true });
    const coordinates = [gps?.Latitude, gps?.Longitude];
    if (coordinates.some((value) => typeof value === 'number' && value !== 0)) return true;
    return Object.keys(xmp).some((name) => /^gps(latitude|longitude|longtitude)$/i.test(name));
  } catch {
    // No image that it knows: nothing that a viewer would show either.
    return false;
  }
}
