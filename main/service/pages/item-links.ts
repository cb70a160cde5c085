import { posix } from 'node:path';
import { type AssetRecord, isGone, type Kept, type ShareRecord } from '../store/model.ts';
import type { PageKind } from './kind.ts';
import { extensionOf } from './names.ts';

/** An item of the same collection that a text refers to. */
export interface LinkedItem {
  /** Its page, such as `/s/abc/2`. */
  readonly path: string;
  readonly image: boolean;
  readonly markdown: boolean;
}

/** Finds the item that a relative address means; `undefined` where the collection has none. */
export type FindItem = (address: string) => Promise<LinkedItem | undefined>;

interface ItemLinksNeeds {
  readonly share: ShareRecord;
  /** Where the collection is for this visitor, such as `/s/abc`. */
  readonly root: string;
  /** The name of the item that refers to others: its folder is where they are looked for. */
  readonly from: string;
  readonly assetOf: (id: string) => Promise<Kept<AssetRecord> | undefined>;
  readonly kindOf: (asset: AssetRecord) => Promise<PageKind>;
}

export const isMarkdown = (ext: string | undefined): boolean =>
  /^(md|markdown|mdown)$/.test(ext ?? '');

/** Reads the collection's items at the first address that is asked for. */
export function createFindItem({ share, root, from, assetOf, kindOf }: ItemLinksNeeds): FindItem {
  let items: Promise<ReadonlyMap<string, readonly [number, AssetRecord]>> | undefined;

  async function readItems() {
    const found = new Map<string, readonly [number, AssetRecord]>();
    const assets = await Promise.all(share.assetIds.map(assetOf));
    for (const [index, asset] of assets.entries()) {
      if (asset === undefined || isGone(asset)) continue;
      const name = normalized(asset.name);
      if (!found.has(name)) found.set(name, [index + 1, asset]);
    }
    return found;
  }

  return async (address) => {
    const name = decoded(address.split(/[?#]/, 1)[0] ?? '');
    if (name === undefined || name === '') return undefined;
    items ??= readItems();
    const path = name.startsWith('/') ? name : posix.join(posix.dirname(from), name);
    const [number, asset] = (await items).get(normalized(path)) ?? [];
    if (number === undefined || asset === undefined) return undefined;
    return {
      path: `${root}/${number}`,
      image: (await kindOf(asset)).kind === 'image',
      markdown: isMarkdown(extensionOf(asset)),
    };
  };
}

const normalized = (name: string): string =>
  posix.normalize(name.replaceAll('\\', '/').normalize('NFC')).replace(/^\/|\/$/g, '');

function decoded(address: string): string | undefined {
  try {
    return decodeURIComponent(address);
  } catch {
    return undefined;
  }
}
