import type { ByteRange } from '../../store/blobs/blobs.ts';

/**
 * The one range of a representation that a `Range` header asks for (RFC 9110, section 14.1.2).
 * Ranges that overlap or adjoin are joined; several that stay apart are answered with the whole,
 * which a server may do (section 14.2).
 * @param sizeBytes length of the whole representation
 * @returns `undefined` for the whole, also where the header is invalid; `unsatisfiable` for a 416
 */
export function parseRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const specs =
    /^bytes=(.*)$/i
      .exec(header ?? '')?.[1]
      ?.split(',')
      .map((spec) => spec.trim()) ?? [];
  const ranges: ByteRange[] = [];
  let isEmpty = true;
  for (const spec of specs) {
    // A list may have empty elements (section 5.6.1.2).
    if (spec === '') continue;
    isEmpty = false;
    const match = /^(\d*)-(\d*)$/.exec(spec);
    if (match === null || spec === '-') return undefined;
    const [, from = '', to = ''] = match;
    if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
    const start = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
    const end = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
    // The end of something empty can be asked for, but no `Content-Range` can say so.
    if (from === '' && sizeBytes === 0 && Number(to) > 0) return undefined;
    if (start < sizeBytes && start <= end) ranges.push({ start, end });
  }
  if (isEmpty) return undefined;
  return joined(ranges);
}

function joined(ranges: readonly ByteRange[]): ByteRange | 'unsatisfiable' | undefined {
  const [first, ...others] = [...ranges].sort((a, b) => a.start - b.start);
  if (first === undefined) return 'unsatisfiable';
  const { start } = first;
  let { end } = first;
  for (const other of others) {
    if (other.start > end + 1) return undefined;
    end = Math.max(end, other.end);
  }
  return { start, end };
}
