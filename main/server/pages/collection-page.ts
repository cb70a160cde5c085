import { LRUCache } from 'lru-cache';
import { isTombstone, type ShareRecord } from '../store/model.ts';
import type { AssetBodies } from './asset-body.ts';
import type { PageMessages } from './i18n.ts';
import { collectionView, type ItemShown, itemShown } from './markup/collection-view.ts';
import { cleanName } from './markup/html.ts';
import type { RecentRecords } from './recent-records.ts';
import type { Page } from './send.ts';

/** Items whose start is read at the same time. */
const AT_ONCE = 16;

/** Pages in the cache. */
const CACHED = 100;

export interface CollectionPages {
  /** @param root where the collection is for this visitor, such as `/s/abc` */
  pageOf(share: ShareRecord, root: string, messages: PageMessages): Promise<Page>;
  /** Forgets what was made: something has changed or gone. */
  clear(): void;
}

/** The page of a collection: what is in it, each with a preview. */
export function createCollectionPages(
  bodies: AssetBodies,
  records: RecentRecords,
): CollectionPages {
  const made = new LRUCache<string, Page>({ max: CACHED });
  let changes = 0;

  async function itemOf(id: string, messages: PageMessages): Promise<ItemShown> {
    const asset = await records.asset(id);
    return itemShown(
      asset === undefined || isTombstone(asset) ? undefined : asset,
      bodies,
      messages,
    );
  }

  async function make(share: ShareRecord, root: string, messages: PageMessages): Promise<Page> {
    const items: ItemShown[] = [];
    for (let at = 0; at < share.assetIds.length; at += AT_ONCE) {
      const some = share.assetIds.slice(at, at + AT_ONCE);
      items.push(...(await Promise.all(some.map((id) => itemOf(id, messages)))));
    }
    const title = cleanName(share.name ?? '') || messages.t('collection');
    const list = (origin: string): string =>
      items
        .map((item, index) =>
          item.gone ? messages.t('deleted') : `${origin}${root}/${index + 1}/raw\t${item.title}`,
        )
        .join('\n');
    return {
      status: 200,
      title,
      body: collectionView(messages, title, root, items),
      plain: { text: list },
    };
  }

  return {
    async pageOf(share, root, messages) {
      const key = `${root} ${messages.locale}`;
      const kept = made.get(key);
      if (kept !== undefined) return kept;
      const before = changes;
      const page = await make(share, root, messages);
      if (before === changes) made.set(key, page);
      return page;
    },
    clear() {
      changes++;
      made.clear();
    },
  };
}
