import { isTombstone, type ShareRecord } from '../store/model.ts';
import type { AssetBodies } from './asset-body.ts';
import type { PageMessages } from './i18n.ts';
import { collectionView, type ItemShown, itemShown } from './markup/collection-view.ts';
import { pageBody, senderOf } from './markup/frame.ts';
import { cleanName } from './markup/html.ts';
import type { RecentRecords } from './recent-records.ts';
import type { Page } from './send.ts';
import { ShareCache } from './share-cache.ts';

/** Items whose start is read at the same time. */
const AT_ONCE = 16;

/** All pages, in bytes. */
const CACHE_BYTES = 4 * 1024 * 1024;

/** The pages of collections: what is in each, with previews. */
export class CollectionPages {
  readonly #bodies: AssetBodies;
  readonly #records: RecentRecords;
  readonly #cache = new ShareCache<Page>({
    maxBytes: CACHE_BYTES,
    sizeOf: ({ body }) => body.bytes.length,
  });

  constructor(bodies: AssetBodies, records: RecentRecords) {
    this.#bodies = bodies;
    this.#records = records;
  }

  /** @param root where the collection is for this visitor, such as `/s/abc` */
  async pageOf(share: ShareRecord, root: string, messages: PageMessages): Promise<Page> {
    const key = `${root} ${messages.locale}`;
    return await this.#cache.load(share.id, key, () => this.#create(share, root, messages));
  }

  /** A share has changed or ended. */
  remove(shareId: string): void {
    this.#cache.remove(shareId);
  }

  clear(): void {
    this.#cache.clear();
  }

  async #create(share: ShareRecord, root: string, messages: PageMessages): Promise<Page> {
    const items: ItemShown[] = [];
    for (let at = 0; at < share.assetIds.length; at += AT_ONCE) {
      const some = share.assetIds.slice(at, at + AT_ONCE);
      items.push(...(await Promise.all(some.map((id) => this.#itemOf(share, id, messages)))));
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
      body: pageBody(collectionView(messages, title, root, items, senderOf(share))),
      plain: { text: list },
    };
  }

  async #itemOf(share: ShareRecord, id: string, messages: PageMessages): Promise<ItemShown> {
    const asset = await this.#records.asset(share.id, id);
    return itemShown(
      asset === undefined || isTombstone(asset) ? undefined : asset,
      this.#bodies,
      messages,
      share.assetIds.length,
    );
  }
}
