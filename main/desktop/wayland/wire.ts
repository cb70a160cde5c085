/**
 * The wire format of Wayland: each message is a header of 8 bytes (object, then size in bytes and
 * opcode) and arguments in units of 4 bytes. File descriptors travel beside the bytes, in order. Words
 * are in the byte order of the machine; Electron runs on little-endian ones only.
 * @see Wayland documentation, "Wire Format"
 */

/** `u`: a number of 32 bits, or an object's id (0: none). `s`: text. `h`: a file descriptor. */
export type Signature = readonly ('u' | 's' | 'h')[];
export type Argument = number | string;

/** One message as it is sent. */
export interface Encoded {
  readonly bytes: Buffer;
  readonly fds: readonly number[];
}

/** One message as it came, its arguments not yet decoded. */
export interface Received {
  readonly object: number;
  readonly opcode: number;
  readonly body: Buffer;
}

/** What came is not a message, so that nothing after it can be understood either. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

const HEADER_BYTES = 8;
/** The size has 16 bits. */
const MAX_MESSAGE_BYTES = 0xffff;

const padded = (length: number): number => (length + 3) & ~3;

/**
 * @param args one for each letter of the signature
 * @throws WireError if the message would be too long
 */
export function encode(
  object: number,
  opcode: number,
  signature: Signature,
  args: readonly Argument[],
): Encoded {
  const parts: Buffer[] = [];
  const fds: number[] = [];
  for (const [index, type] of signature.entries()) {
    const value = args[index] ?? 0;
    if (type === 'h') fds.push(Number(value));
    else if (type === 'u') parts.push(word(Number(value)));
    else parts.push(text(String(value)));
  }
  const body = Buffer.concat(parts);
  const length = HEADER_BYTES + body.byteLength;
  if (length > MAX_MESSAGE_BYTES) throw new WireError('a message is too long');
  return { bytes: Buffer.concat([word(object), word(length * 0x10000 + opcode), body]), fds };
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Length with the end mark, the text, the end mark, and zeros up to a multiple of 4. */
function text(value: string): Buffer {
  const length = Buffer.byteLength(value) + 1;
  const bytes = Buffer.alloc(4 + padded(length));
  bytes.writeUInt32LE(length);
  bytes.write(value, 4);
  return bytes;
}

/** Splits what the socket gives, in pieces of any size, into messages. */
export class MessageSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /**
   * The messages that are complete with these bytes.
   * @throws WireError
   */
  push(bytes: Uint8Array): readonly Received[] {
    const all = Buffer.concat([this.#rest, bytes]);
    const messages: Received[] = [];
    let at = 0;
    while (all.byteLength - at >= HEADER_BYTES) {
      const second = all.readUInt32LE(at + 4);
      const length = second >>> 16;
      if (length < HEADER_BYTES || length % 4 !== 0) throw new WireError('a message has no length');
      if (all.byteLength - at < length) break;
      messages.push({
        object: all.readUInt32LE(at),
        opcode: second & 0xffff,
        body: all.subarray(at + HEADER_BYTES, at + length),
      });
      at += length;
    }
    this.#rest = all.subarray(at);
    return messages;
  }
}

/**
 * The arguments of a message. What follows them belongs to a newer version of the protocol.
 * @param takeFd gives the descriptors that came beside the bytes, one after the other
 * @throws WireError
 */
export function decode(
  body: Buffer,
  signature: Signature,
  takeFd: () => number | undefined,
): readonly Argument[] {
  let at = 0;
  const takeWord = (): number => {
    if (body.byteLength - at < 4) throw new WireError('an argument is missing');
    at += 4;
    return body.readUInt32LE(at - 4);
  };
  return signature.map((type) => {
    if (type === 'u') return takeWord();
    if (type === 'h') {
      const fd = takeFd();
      if (fd === undefined) throw new WireError('a file descriptor is missing');
      return fd;
    }
    const length = takeWord();
    // Text that is absent, rather than empty, has no end mark.
    if (length === 0) return '';
    if (body.byteLength - at < padded(length)) throw new WireError('a text is cut off');
    const value = body.toString('utf8', at, at + length - 1);
    at += padded(length);
    return value;
  });
}
