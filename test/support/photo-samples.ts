import { crc32, deflateSync } from 'node:zlib';

/** Images and videos that say where they were taken, built byte by byte. */

const u16 = (value: number, little: boolean): Buffer => {
  const bytes = Buffer.alloc(2);
  if (little) bytes.writeUInt16LE(value);
  else bytes.writeUInt16BE(value);
  return bytes;
};
const u32 = (value: number, little = false): Buffer => {
  const bytes = Buffer.alloc(4);
  if (little) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
};

export interface ExifOptions {
  readonly little?: boolean;
  /** Degrees of latitude; 0 is what cameras write without a fix. */
  readonly degrees?: number;
  readonly withGps?: boolean;
}

/** Orientation 6, a copyright after the pointer to the coordinates, and the coordinates. */
export function exif({ little = true, degrees = 48, withGps = true }: ExifOptions = {}): Buffer {
  const short = (tag: number, value: number) =>
    Buffer.concat([
      u16(tag, little),
      u16(3, little),
      u32(1, little),
      u16(value, little),
      u16(0, little),
    ]);
  const long = (tag: number, value: number) =>
    Buffer.concat([u16(tag, little), u16(4, little), u32(1, little), u32(value, little)]);
  const ascii = (tag: number, text: string) =>
    Buffer.concat([
      u16(tag, little),
      u16(2, little),
      u32(text.length + 1, little),
      Buffer.from(text.padEnd(4, '\0')),
    ]);
  const fractions = (tag: number, at: number) =>
    Buffer.concat([u16(tag, little), u16(5, little), u32(3, little), u32(at, little)]);
  const entries = [
    short(0x112, 6),
    ...(withGps ? [long(0x8825, 50 + (withGps ? 0 : -12))] : []),
    ascii(0xffff, 'me'),
  ];
  const ifd = Buffer.concat([u16(entries.length, little), ...entries, u32(0, little)]);
  const header = Buffer.concat([
    Buffer.from(little ? 'II' : 'MM'),
    u16(42, little),
    u32(8, little),
  ]);
  const front = Buffer.concat([header, ifd]);
  if (!withGps) return front;
  const gpsAt = front.byteLength;
  const gps = [ascii(1, 'N'), fractions(2, gpsAt + 54), ascii(3, 'E'), fractions(4, gpsAt + 78)];
  const place = (value: number) =>
    Buffer.concat(
      [value, 1, 8, 1, value === 0 ? 0 : 1234, 100].map((part, index) =>
        u32(index === 2 && value === 0 ? 0 : part, little),
      ),
    );
  return Buffer.concat([
    header,
    Buffer.from(ifd.map((byte) => byte)),
    u16(gps.length, little),
    ...gps,
    u32(0, little),
    place(degrees),
    place(degrees === 0 ? 0 : 11),
  ]);
}

export const XMP_PLACE =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:title="kept" exif:GPSLatitude="48,8.5N"><exif:GPSLongitude>11,34.5E</exif:GPSLongitude></rdf:Description></rdf:RDF></x:xmpmeta>';

/** The smallest picture of a JPEG: one grey pixel. */
const PIXEL = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
  'base64',
);

const segment = (marker: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([0xff, marker]), u16(body.byteLength + 2, false), body]);
};

export function jpeg(more: { readonly exif?: Buffer; readonly xmp?: string }): Buffer {
  return Buffer.concat([
    PIXEL.subarray(0, 2),
    ...(more.exif ? [segment(0xe1, Buffer.from('Exif\0\0'), more.exif)] : []),
    ...(more.xmp
      ? [segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0'), Buffer.from(more.xmp))]
      : []),
    PIXEL.subarray(2),
  ]);
}

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  return Buffer.concat([u32(data.byteLength), body, u32(crc32(body))]);
};

export function png(more: {
  readonly exif?: Buffer;
  readonly xmp?: string;
  readonly packed?: string;
  readonly profile?: Buffer;
}): Buffer {
  const itxt = (packed: boolean, text: string): Buffer =>
    chunk(
      'iTXt',
      Buffer.concat([
        Buffer.from(`XML:com.adobe.xmp\0${packed ? '\x01' : '\0'}\0\0\0`, 'latin1'),
        packed ? deflateSync(text) : Buffer.from(text),
      ]),
    );
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.concat([u32(1), u32(1), Buffer.from([8, 0, 0, 0, 0])])),
    ...(more.exif ? [chunk('eXIf', more.exif)] : []),
    ...(more.xmp ? [itxt(false, more.xmp)] : []),
    ...(more.packed ? [itxt(true, more.packed)] : []),
    ...(more.profile
      ? [
          chunk(
            'zTXt',
            Buffer.concat([
              Buffer.from('Raw profile type exif\0\0'),
              deflateSync(
                `\nexif\n${more.profile.byteLength + 6}\n${Buffer.concat([Buffer.from('Exif\0\0'), more.profile]).toString('hex')}\n`,
              ),
            ]),
          ),
        ]
      : []),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function webp(exifBlock: Buffer): Buffer {
  const part = (name: string, data: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(name),
      u32(data.byteLength, true),
      data,
      Buffer.alloc(data.byteLength % 2),
    ]);
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    part('VP8X', Buffer.from('08000000000000000000', 'hex')),
    part('VP8L', Buffer.from('2f0000001007108811110008', 'hex')),
    part('EXIF', exifBlock),
  ]);
  return Buffer.concat([Buffer.from('RIFF'), u32(body.byteLength, true), body]);
}

export const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.byteLength + 8), Buffer.from(type, 'latin1'), body]);
};

/** One EXIF item, which the `iloc` box points to (ISO 23008-12, annex A). */
export function heic(exifBlock: Buffer): Buffer {
  const full = Buffer.alloc(4);
  const item = Buffer.concat([u32(6), Buffer.from('Exif\0\0'), exifBlock]);
  const front = (at: number): Buffer =>
    Buffer.concat([
      box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
      box(
        'meta',
        full,
        box('hdlr', full, Buffer.from('\0\0\0\0pict', 'latin1'), Buffer.alloc(13)),
        box(
          'iinf',
          full,
          u16(1, false),
          box(
            'infe',
            Buffer.from([2, 0, 0, 0]),
            u16(1, false),
            u16(0, false),
            Buffer.from('Exif\0'),
          ),
        ),
        box(
          'iloc',
          full,
          Buffer.from([0x44, 0]),
          u16(1, false),
          u16(1, false),
          u16(0, false),
          u16(1, false),
          u32(at),
          u32(item.byteLength),
        ),
      ),
    ]);
  return Buffer.concat([front(front(0).byteLength + 8), box('mdat', item)]);
}

/** A place in each of the ways that phones and cameras write one; media first, as cameras do. */
export function movie(brand: string, how: 'xyz' | 'loci' | 'keys' | 'xmp' | 'none'): Buffer {
  const text = '+48.1371+011.5754/';
  const full = Buffer.alloc(4);
  const ways = {
    xyz: box(
      'udta',
      box('\xa9xyz', u16(text.length, false), u16(0x15c7, false), Buffer.from(text)),
    ),
    loci: box(
      'udta',
      box(
        'loci',
        full,
        u16(0x15c7, false),
        Buffer.from('home\0\0'),
        u32(0xb8ae),
        u32(0x30231a),
        u32(0),
      ),
    ),
    keys: box(
      'meta',
      box('hdlr', full, Buffer.from('\0\0\0\0mdta', 'latin1'), Buffer.alloc(13)),
      box(
        'keys',
        full,
        u32(2),
        box('mdta', Buffer.from('com.apple.quicktime.make')),
        box('mdta', Buffer.from('com.apple.quicktime.location.ISO6709')),
      ),
      box(
        'ilst',
        box('\0\0\0\x01', box('data', u32(1), u32(0), Buffer.from('Apple'))),
        box('\0\0\0\x02', box('data', u32(1), u32(0), Buffer.from(text))),
      ),
    ),
    xmp: box('udta', box('XMP_', Buffer.from(XMP_PLACE))),
    none: box('udta', box('name', Buffer.from('holiday'))),
  };
  return Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0`, 'latin1')),
    box('mdat', Buffer.alloc(100_000, 7)),
    box('moov', box('mvhd', Buffer.alloc(100)), ways[how]),
  ]);
}
