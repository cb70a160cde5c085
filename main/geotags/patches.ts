/** Bytes that take the place of as many others: nothing moves, so that every offset stays true. */
export interface Patch {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** The same content with the patches over it, as it streams by. */
export async function* withPatches(
  content: AsyncIterable<Uint8Array>,
  patches: readonly Patch[],
): AsyncIterable<Uint8Array> {
  let at = 0;
  for await (const chunk of content) {
    yield patched(chunk, at, patches);
    at += chunk.byteLength;
  }
}

/** @param from where the chunk begins in the whole content */
export function patched(chunk: Uint8Array, from: number, patches: readonly Patch[]): Uint8Array {
  const end = from + chunk.byteLength;
  let copy: Uint8Array | undefined;
  for (const { at, bytes } of patches) {
    if (at >= end || at + bytes.byteLength <= from) continue;
    copy ??= Uint8Array.from(chunk);
    const part = bytes.subarray(Math.max(0, from - at), end - at);
    copy.set(part, Math.max(0, at - from));
  }
  return copy ?? chunk;
}
