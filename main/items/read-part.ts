/**
 * Part of a content that streams; shorter where the content ends. What comes before it is not kept,
 * and what comes after it is not read.
 * @param at where the part begins, in bytes
 * @param bytes its length; absent: up to the end
 * @throws what the content throws while it is read
 */
export async function partOf(
  content: AsyncIterable<Uint8Array>,
  at: number,
  bytes = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let end = 0;
  for await (const part of content) {
    const skipped = Math.max(0, at - end);
    if (skipped < part.byteLength) parts.push(part.subarray(skipped));
    end += part.byteLength;
    if (end >= at + bytes) break;
  }
  const [only] = parts;
  // A picture on the clipboard is one part: it is not copied.
  const whole = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  return whole.subarray(0, bytes);
}
