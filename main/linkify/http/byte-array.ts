/** Bytes of a file turned into JSON at a time: short enough that nothing else waits for it. */
const SLICE_BYTES = 32 * 1024;

const COMMA = 0x2c;
const ZERO = 0x30;

/** Length of `1,2,255` for these bytes, in characters, without brackets. */
export function numberListLength(chunks: readonly Uint8Array[]): number {
  let length = 0;
  let count = 0;
  for (const chunk of chunks) {
    count += chunk.byteLength;
    for (const byte of chunk) length += byte < 10 ? 1 : byte < 100 ? 2 : 3;
  }
  return count === 0 ? 0 : length + count - 1;
}

/**
 * The bytes as JSON numbers, `1,2,255`, in pieces of at most 128 KiB and made as they are asked for.
 * The API takes files as arrays of numbers only; written by hand because `JSON.stringify`
 * of ten million numbers stops everything else for seconds and takes ten times their memory.
 */
export function* numberList(chunks: readonly Uint8Array[]): Generator<Uint8Array> {
  let first = true;
  for (const chunk of chunks) {
    for (let start = 0; start < chunk.byteLength; start += SLICE_BYTES) {
      const slice = chunk.subarray(start, start + SLICE_BYTES);
      yield writeNumbers(slice, first);
      first = false;
    }
  }
}

function writeNumbers(bytes: Uint8Array, first: boolean): Uint8Array {
  const out = new Uint8Array(bytes.byteLength * 4);
  let at = 0;
  for (const byte of bytes) {
    out[at++] = COMMA;
    if (byte >= 100) out[at++] = ZERO + ((byte / 100) | 0);
    if (byte >= 10) out[at++] = ZERO + (((byte / 10) | 0) % 10);
    out[at++] = ZERO + (byte % 10);
  }
  return out.subarray(first ? 1 : 0, at);
}
