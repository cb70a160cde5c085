/** The starts of media files as programs write them: enough to know the format. */

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const rest = Buffer.alloc(600);
const padded = (...parts: readonly (string | Buffer | readonly number[])[]): Buffer =>
  Buffer.concat([
    ...parts.map((part) => (typeof part === 'string' ? ascii(part) : Buffer.from(part))),
    rest,
  ]);

/** ISO base media file format: its brand says what it is (ISO 14496-12, 4.3). */
const ftyp = (brand: string): Buffer => padded([0, 0, 0, 0x18], `ftyp${brand}\0\0\x02\0isomiso2`);

/** Ogg: the first packet names the codec (RFC 3533, 6). */
const ogg = (packet: string): Buffer =>
  padded('OggS\0\x02', Buffer.alloc(8), [1, 2, 3, 4], Buffer.alloc(8), [1, packet.length], packet);

/** Matroska: an EBML header with a document type (RFC 8794, 11.2.6). */
const ebml = (type: string): Buffer =>
  padded(
    [0x1a, 0x45, 0xdf, 0xa3, 0x80 | (4 + type.length + 3), 0x42, 0x86, 0x81, 1],
    [0x42, 0x82, 0x80 | type.length],
    type,
    [0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  );

const transportStream = Buffer.concat(
  Array.from({ length: 4 }, () => Buffer.concat([Buffer.from([0x47]), Buffer.alloc(187)])),
);

export interface MediaSample {
  readonly ext: string;
  readonly bytes: Buffer;
  readonly element: 'audio' | 'video';
  /** The type of its bytes, without parameters. */
  readonly type: string;
}

export const MEDIA_SAMPLES: readonly MediaSample[] = [
  ['mov', ftyp('qt  '), 'video', 'video/quicktime'],
  ['mov', padded([0, 0, 0, 8], 'wide', [0, 0, 1, 0], 'mdat'), 'video', 'video/quicktime'],
  ['mp4', ftyp('isom'), 'video', 'video/mp4'],
  ['m4v', ftyp('M4V '), 'video', 'video/x-m4v'],
  ['3gp', ftyp('3gp5'), 'video', 'video/3gpp'],
  ['3g2', ftyp('3g2a'), 'video', 'video/3gpp2'],
  ['mkv', ebml('matroska'), 'video', 'video/matroska'],
  ['webm', ebml('webm'), 'video', 'video/webm'],
  ['ogv', ogg('\x80theora\x03\x02\x01'), 'video', 'video/ogg'],
  ['ogv', ogg('unknown-'), 'video', 'video/ogg'],
  ['avi', padded('RIFF', [0, 1, 0, 0], 'AVI LIST'), 'video', 'video/vnd.avi'],
  ['mpg', padded([0, 0, 1, 0xba, 0x44, 0]), 'video', 'video/mpeg'],
  ['ts', transportStream, 'video', 'video/mp2t'],
  ['m4a', ftyp('M4A '), 'audio', 'audio/x-m4a'],
  // Phones write sound with the brand of films.
  ['m4a', ftyp('mp42'), 'audio', 'audio/mp4'],
  ['m4b', ftyp('isom'), 'audio', 'audio/mp4'],
  ['mp3', padded('ID3\x03\0\0\0\0\x10\0'), 'audio', 'audio/mpeg'],
  ['mp3', padded([0xff, 0xfb, 0x90, 0x64]), 'audio', 'audio/mpeg'],
  ['aac', padded([0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc]), 'audio', 'audio/aac'],
  ['ogg', ogg('\x01vorbis\0\0\0\0'), 'audio', 'audio/ogg'],
  ['oga', ogg('\x7fFLAC\x01\0\0\x01'), 'audio', 'audio/ogg'],
  ['opus', ogg('OpusHead\x01\x02'), 'audio', 'audio/ogg'],
  ['spx', ogg('Speex   1.2'), 'audio', 'audio/ogg'],
  ['flac', padded('fLaC\0\0\0\x22'), 'audio', 'audio/flac'],
  ['wav', padded('RIFF', [0, 1, 0, 0], 'WAVEfmt '), 'audio', 'audio/wav'],
  ['weba', ebml('webm'), 'audio', 'audio/webm'],
  ['mka', ebml('matroska'), 'audio', 'audio/matroska'],
  ['aiff', padded('FORM\0\0\x10\0AIFFCOMM'), 'audio', 'audio/aiff'],
  ['caf', padded('caff\0\x01\0\0desc'), 'audio', 'audio/x-caf'],
  ['amr', padded('#!AMR\n'), 'audio', 'audio/amr'],
].map(([ext, bytes, element, type]) => ({ ext, bytes, element, type }) as MediaSample);

/** What no browser plays. */
export const UNPLAYABLE_SAMPLES: readonly { readonly ext: string; readonly bytes: Buffer }[] = [
  { ext: 'flv', bytes: padded('FLV\x01') },
  { ext: 'mid', bytes: padded('MThd\0\0\0\x06') },
  {
    ext: 'wmv',
    bytes: padded([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9]),
  },
];
