import {
  imageLocation,
  type LocationFound,
  mayHaveLocation,
  movieLocation,
} from '../geotags/find-geotags.ts';
import { withPatches } from '../geotags/patches.ts';
import { boxesIn } from '../geotags/video.ts';
import type { Prepared, PreparedItem } from '../items/prepare-items.ts';
import { partOf } from '../items/read-part.ts';
import type { ShareItem } from '../linkify/model.ts';

/** An image larger than this is looked at in its first part only, and so is a `moov` box, in bytes. */
const MAX_READ_BYTES = 64_000_000;
/** Of the images of a share so much is read; of those that come after it the first part, in bytes. */
const MAX_READ_TOGETHER_BYTES = 256_000_000;
const FIRST_PART_BYTES = 256_000;
/** A file has a handful of boxes at its top level; fragments make some thousands. */
const MAX_BOXES = 10_000;

export type LocationChoice = 'ask' | 'remove' | 'share';

export interface CheckGeotagsDeps {
  /** Part of a file; shorter where the file ends. Rejects when it can't be read. */
  readonly readRange: (path: string, at: number, bytes: number) => Promise<Uint8Array>;
  /** What the user chose for good. */
  readonly choice: () => LocationChoice;
}

export type CheckedLocation =
  /** There is none, it was removed as the user chose for good, or it may stay. */
  | { readonly kind: 'share'; readonly prepared: Prepared }
  | {
      readonly kind: 'ask';
      /** What it was found in; the first of them. */
      readonly name: string;
      readonly count: number;
      /** The same share without it; `undefined` where it can't be removed from everything. */
      readonly removed: Prepared | undefined;
    };

type FileItem = PreparedItem & { readonly kind: 'file' };

/** Something to look into: part by part, so that a video of many GB is not read whole. */
interface Readable {
  readonly sizeBytes: number;
  read(at: number, bytes: number): Promise<Uint8Array>;
}

/** Looks for location data in the images and videos of a share, before anything of it leaves. */
export function createCheckLocation(
  deps: CheckGeotagsDeps,
): (prepared: Prepared) => Promise<CheckedLocation> {
  const readable = (item: Pick<FileItem, 'sizeBytes' | 'open'>, path?: string): Readable => ({
    sizeBytes: item.sizeBytes,
    read: (at, bytes) =>
      path === undefined ? partOf(item.open(), at, bytes) : deps.readRange(path, at, bytes),
  });

  return async (prepared) => {
    const choice = deps.choice();
    const unchanged = { kind: 'share', prepared } as const;
    if (choice === 'share') return unchanged;
    const budget = { bytes: MAX_READ_TOGETHER_BYTES };
    const found = new Map<number, { readonly name: string; readonly without?: ShareItem }>();
    for (const [index, item] of prepared.items.entries()) {
      if (item.kind !== 'file') continue;
      if (item.inside !== undefined) {
        if (await isInside(item.inside.files, readable, budget))
          found.set(index, { name: item.name });
        continue;
      }
      const location = await locate(readable(item, item.origin?.path), budget);
      if (location === undefined) continue;
      const name = item.origin === undefined ? prepared.title : item.name;
      const { patches } = location;
      found.set(index, { name, ...(patches && { without: withoutLocation(item, patches) }) });
    }
    const [first] = found.values();
    if (first === undefined) return unchanged;
    const canRemove = [...found.values()].every(({ without }) => without !== undefined);
    const removed = canRemove
      ? {
          ...prepared,
          items: prepared.items.map(
            (item, index) => found.get(index)?.without ?? item,
            // As many as before: one at least.
          ) as unknown as Prepared['items'],
        }
      : undefined;
    if (choice === 'remove' && removed !== undefined) return { kind: 'share', prepared: removed };
    return { kind: 'ask', name: first.name, count: found.size, removed };
  };
}

/** A pending file without its location, as it is on disk now; `undefined` when that can't be done. */
export async function removeLocation(
  item: FileItem,
  readRange: CheckGeotagsDeps['readRange'],
): Promise<FileItem | undefined> {
  const path = item.origin?.path;
  if (path === undefined) return undefined;
  const { sizeBytes } = item;
  const location = await locate(
    { sizeBytes, read: (at, bytes) => readRange(path, at, bytes) },
    { bytes: MAX_READ_BYTES },
  );
  if (location === undefined) return item;
  return location.patches && withoutLocation(item, location.patches);
}

function withoutLocation(item: FileItem, patches: NonNullable<LocationFound['patches']>): FileItem {
  const { origin } = item;
  return {
    ...item,
    ...(origin === undefined ? {} : { origin: { ...origin, withoutLocation: true } }),
    open: () => withPatches(item.open(), patches),
  };
}

async function isInside(
  files: NonNullable<FileItem['inside']>['files'],
  readable: (file: Pick<FileItem, 'sizeBytes' | 'open'>, path?: string) => Readable,
  budget: { bytes: number },
): Promise<boolean> {
  for (const file of files) {
    if ((await locate(readable(file, file.path), budget)) !== undefined) return true;
  }
  return false;
}

/** @param budget how much more of images may be read whole */
async function locate(
  file: Readable,
  budget: { bytes: number },
): Promise<LocationFound | undefined> {
  try {
    switch (mayHaveLocation(await file.read(0, 16))) {
      case 'image': {
        const wanted = Math.min(file.sizeBytes, MAX_READ_BYTES);
        const bytes = wanted > budget.bytes ? Math.min(wanted, FIRST_PART_BYTES) : wanted;
        budget.bytes -= bytes;
        return await imageLocation(await file.read(0, bytes));
      }
      case 'video':
        return await inMovie(file);
      case undefined:
        return undefined;
    }
  } catch {
    // Sending it will fail in the same way, and say so.
    return undefined;
  }
}

/** Finds the `moov` box, which cameras write last, without reading what comes before it. */
async function inMovie(file: Readable): Promise<LocationFound | undefined> {
  let at = 0;
  for (let count = 0; at + 8 <= file.sizeBytes && count < MAX_BOXES; count += 1) {
    const head = await file.read(at, 16);
    // Its header alone: the box itself is longer than what was read.
    const size = boxBytes(head, file.sizeBytes - at);
    if (size === undefined) return undefined;
    if (Buffer.from(head.subarray(4, 8)).toString('latin1') === 'moov') {
      const moov = await file.read(at, Math.min(size, MAX_READ_BYTES));
      return boxesIn(moov, 0, moov.byteLength).length === 0 ? undefined : movieLocation(moov, at);
    }
    at += size;
  }
  return undefined;
}

/** A size of 1 stands for the 64 bits that follow, 0 for the rest of the file (ISO 14496-12, 4.2). */
function boxBytes(head: Uint8Array, rest: number): number | undefined {
  if (head.byteLength < 8) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const short = view.getUint32(0);
  if (short === 0) return rest;
  if (short !== 1) return short < 8 ? undefined : short;
  if (head.byteLength < 16) return undefined;
  const long = Number(view.getBigUint64(8));
  return long < 16 ? undefined : long;
}
