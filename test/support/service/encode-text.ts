/**
 * Text in a legacy encoding, which the platform can decode only: by the bytes of one or two that
 * decode to each character.
 * @throws RangeError for a character that the encoding does not have
 */
export function encodeText(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  if (encoding === 'iso-2022-jp') return encodeJis(text);
  const bytes = bytesIn(encoding);
  return Buffer.concat(
    [...text].map((character) => {
      const found = bytes.get(character);
      if (found === undefined) throw new RangeError(`${encoding} has no ${character}`);
      return found;
    }),
  );
}

const tables = new Map<string, ReadonlyMap<string, Buffer>>();

function bytesIn(encoding: string): ReadonlyMap<string, Buffer> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const add = (bytes: Buffer): void => {
    try {
      const character = decoder.decode(bytes);
      if ([...character].length === 1 && !table.has(character)) table.set(character, bytes);
    } catch {
      // No character has these bytes.
    }
  };
  for (let first = 0; first < 256; first++) add(Buffer.from([first]));
  if (/^(gb|big5|shift|euc)/.test(encoding)) {
    for (let first = 0x81; first < 256; first++) {
      for (let second = 0x40; second < 256; second++) add(Buffer.from([first, second]));
    }
  }
  tables.set(encoding, table);
  return table;
}

/** JIS X 0208 between escapes, each byte of EUC-JP without its eighth bit (RFC 1468). */
function encodeJis(text: string): Buffer {
  const runs = text.match(/[\0-\x7f]+|[^\0-\x7f]+/g) ?? [];
  return Buffer.concat(
    runs.map((run) => {
      const bytes = encodeText(run, 'euc-jp');
      if (run < '\x80') return bytes;
      const inJis = bytes.map((byte) => byte & 0x7f);
      return Buffer.concat([Buffer.from('\x1b$B'), inJis, Buffer.from('\x1b(B')]);
    }),
  );
}
