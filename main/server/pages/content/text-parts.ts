/** A part of a text that one page shows: whole lines, but for lines that are longer than a part. */
export interface TextPart {
  readonly index: number;
  readonly count: number;
  /** The number of its first line, from 1. */
  readonly firstLine: number;
  /** Where it is, in bytes; `end` is the first byte after it. */
  readonly start: number;
  readonly end: number;
  /** There is more of the text than all parts show. */
  readonly more: boolean;
}

/** What one page shows of a text: as much as a phone lays out without a stop. */
export const PART_LIMITS = { bytes: 512 * 1024, lines: 20_000 } as const;

/** Longer texts are not looked through for their parts: only their start is shown. In bytes. */
export const MAX_PARTED_BYTES = 256 * 1024 * 1024;

const LINE_END = 10;

/**
 * Divides a text (UTF-8) in one pass over its bytes: between lines, and within a line that is
 * longer than a part, but never within a character.
 */
export async function textParts(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: { readonly bytes: number; readonly lines: number } = PART_LIMITS,
): Promise<readonly TextPart[]> {
  const starts: { readonly start: number; readonly firstLine: number }[] = [];
  let start = 0;
  let firstLine = 1;
  let line = 1;
  let lineStart = 0;
  const cutAt = (offset: number): void => {
    starts.push({ start, firstLine });
    start = offset;
    firstLine = line;
  };
  let passed = 0;
  for await (const chunk of content) {
    let at = 0;
    while (at < chunk.length) {
      const limit = start + limits.bytes;
      const next = chunk.indexOf(LINE_END, at);
      if (next >= 0 && passed + next < limit) {
        at = next + 1;
        line++;
        lineStart = passed + at;
        if (line - firstLine >= limits.lines) cutAt(lineStart);
        continue;
      }
      if (next < 0 && passed + chunk.length <= limit) break;
      if (lineStart > start) {
        cutAt(lineStart);
        continue;
      }
      at = Math.max(at, limit - passed);
      while (at < chunk.length && ((chunk[at] ?? 0) & 0xc0) === 0x80) at++;
      if (at < chunk.length) cutAt(passed + at);
    }
    passed += chunk.length;
  }
  if (start < passed || starts.length === 0) starts.push({ start, firstLine });
  return starts.map((part, index) => ({
    ...part,
    index,
    count: starts.length,
    end: starts[index + 1]?.start ?? passed,
    more: false,
  }));
}
