import { posix } from 'node:path';
import { type AssetRecord, isTombstone, type ShareRecord } from '../../store/model.ts';
import type { PageKind } from '../content/content-kind.ts';
import { extensionOf } from '../content/names.ts';
import type { RecentRecords } from '../recent-records.ts';

/** An item of the same collection that a text may refer to. */
export interface LinkedItem {
  /** Its page, such as `/s/abc/2`. */
  readonly path: string;
  readonly image: boolean;
  readonly markdown: boolean;
}

/** The items of a collection by their names. Data alone, so that another thread may have it. */
export type LinkedItems = ReadonlyMap<string, LinkedItem>;

/** A longer address is no name of an item, in characters: names have 1000 at most. */
const MAX_ADDRESS = 4_096;

/** Only these are read to find out whether they are pictures. */
const PICTURE = /^(?:a?png|jpe?g|jfif|gif|webp|avif|bmp)$/;

export const isMarkdown = (ext: string | undefined): boolean =>
  /^(md|markdown|mdown)$/.test(ext ?? '');

/** @param root path of the collection for this visitor, such as `/s/abc` */
export async function linkedItems(
  share: ShareRecord,
  root: string,
  records: Pick<RecentRecords, 'asset'>,
  bodies: { kindOf(asset: AssetRecord): Promise<PageKind> },
): Promise<LinkedItems> {
  const found = new Map<string, LinkedItem>();
  const assets = await Promise.all(share.assetIds.map((id) => records.asset(share.id, id)));
  for (const [index, asset] of assets.entries()) {
    if (asset === undefined || isTombstone(asset)) continue;
    const name = normalized(asset.name);
    // Of several with one name, the first.
    if (found.has(name)) continue;
    const ext = extensionOf(asset);
    const image = PICTURE.test(ext ?? '') && (await bodies.kindOf(asset)).kind === 'image';
    found.set(name, { path: `${root}/${index + 1}`, image, markdown: isMarkdown(ext) });
  }
  return found;
}

/**
 * The item that a relative address means; `undefined` where the collection has none.
 * @param from the name of the item that has the address: others are looked for from its folder on
 */
export function findItem(
  items: LinkedItems,
  from: string,
  address: string,
): LinkedItem | undefined {
  if (address.length > MAX_ADDRESS) return undefined;
  const name = decoded(address.split(/[?#]/, 1)[0] ?? '');
  if (name === undefined || name === '') return undefined;
  return items.get(normalized(name.startsWith('/') ? name : `${posix.dirname(from)}/${name}`));
}

function normalized(name: string): string {
  const path = posix.normalize(name.replaceAll('\\', '/').normalize('NFC'));
  return path.startsWith('/') ? path.slice(1) : path;
}

function decoded(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}
