import type { Patch } from './patches.ts';

/** Boxes that hold boxes, on the way to where a place may be (ISO 14496-12; QuickTime file format). */
const CONTAINERS: ReadonlySet<string> = new Set(['moov', 'trak', 'udta']);
/** Places as text: QuickTime's and 3GPP's (TS 26.244, section 8). */
const PLACES: ReadonlySet<string> = new Set(['\xa9xyz', 'loci']);
const PLACE_KEY = 'location.ISO6709';
const MAX_DEPTH = 8;

export interface Box {
  readonly type: string;
  /** Where it begins, with its header. */
  readonly at: number;
  readonly bodyAt: number;
  readonly end: number;
}

/**
 * What takes the place out of a `moov` box without moving anything: a box that holds one becomes a
 * `free` box, which players skip.
 * @param at where `bytes` begin in the file
 */
export function videoLocation(bytes: Uint8Array, at: number): readonly Patch[] {
  const patches: Patch[] = [];
  const free = ({ at: from, bodyAt, end }: Box): void => {
    patches.push(
      { at: at + from + 4, bytes: new TextEncoder().encode('free') },
      { at: at + bodyAt, bytes: new Uint8Array(end - bodyAt) },
    );
  };
  const walk = (from: number, to: number, depth: number): void => {
    for (const box of boxesIn(bytes, from, to)) {
      if (PLACES.has(box.type)) free(box);
      else if (box.type === 'meta' && depth < MAX_DEPTH) freeKeyed(bytes, box, free);
      else if (CONTAINERS.has(box.type) && depth < MAX_DEPTH) walk(box.bodyAt, box.end, depth + 1);
    }
  };
  walk(0, bytes.byteLength, 0);
  return patches;
}

/** QuickTime metadata: `keys` names them, `ilst` has the values by the numbers of their keys, from 1. */
function freeKeyed(bytes: Uint8Array, meta: Box, free: (box: Box) => void): void {
  // A `meta` of ISO has a version and flags first, QuickTime's has none.
  const isFull = boxesIn(bytes, meta.bodyAt, meta.end)[0]?.type !== 'hdlr';
  const inside = boxesIn(bytes, meta.bodyAt + (isFull ? 4 : 0), meta.end);
  const keys = inside.find(({ type }) => type === 'keys');
  const values = inside.find(({ type }) => type === 'ilst');
  if (keys === undefined || values === undefined) return;
  const names = boxesIn(bytes, keys.bodyAt + 8, keys.end).map(({ bodyAt, end }) =>
    latin1(bytes, bodyAt, end),
  );
  for (const value of boxesIn(bytes, values.bodyAt, values.end)) {
    const number = view(bytes).getUint32(value.at + 4);
    if (names[number - 1]?.endsWith(PLACE_KEY)) free(value);
  }
}

/** The boxes in a row; one that says that it is longer than its place ends the row. */
export function boxesIn(bytes: Uint8Array, from: number, to: number): readonly Box[] {
  const boxes: Box[] = [];
  let at = from;
  while (at + 8 <= to) {
    const short = view(bytes).getUint32(at);
    const type = latin1(bytes, at + 4, at + 8);
    const isLong = short === 1 && at + 16 <= to;
    const size = isLong ? Number(view(bytes).getBigUint64(at + 8)) : short === 0 ? to - at : short;
    const bodyAt = at + (isLong ? 16 : 8);
    if (size < bodyAt - at || at + size > to) break;
    boxes.push({ type, at, bodyAt, end: at + size });
    at += size;
  }
  return boxes;
}

const view = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(0, to - from)).toString('latin1');
