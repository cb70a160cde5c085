import { EventEmitter } from 'node:events';
import type { ShareItem } from '../linkify/model.ts';
import type { AppDatabase } from '../storage/app-database.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

export interface LinkThumbnailsDeps {
  readonly database: AppDatabase;
  readonly links: Pick<RecentLinks, 'get' | 'subscribe'>;
  /** A small PNG of an image; `undefined` for what can't be decoded. Blocks while it decodes. */
  readonly thumbnailOf: (image: Uint8Array) => Uint8Array | undefined;
  /** Resolves after this time, in ms. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Larger images take too long to decode, in bytes. */
const MAX_IMAGE_BYTES = 3_000_000;

/** What the database stores for one link at most, in bytes. */
const MAX_THUMBNAIL_BYTES = 16_384;

/** A share is over by then, with the link on the clipboard, in ms. */
const AFTER_SHARE_MS = 1_000;

/**
 * Thumbnails of the images that this app shared: on disk, and read when a row shows one. They are
 * deleted with the content, when a link ends for good, or with its row.
 */
export class LinkThumbnails {
  /** `id`: the link that has one now. */
  readonly events = new EventEmitter<{ created: [id: string] }>();
  readonly #deps: LinkThumbnailsDeps;
  readonly #ids: Set<string>;

  constructor(deps: LinkThumbnailsDeps) {
    this.#deps = deps;
    this.#ids = new Set(this.#stored());
    this.#deleteEnded([...this.#ids]);
    deps.links.subscribe((ids) => this.#deleteEnded(ids));
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** The bytes of a PNG. */
  get(id: string): Uint8Array | undefined {
    if (!this.#ids.has(id)) return undefined;
    const [row] = this.#deps.database.rows<{ readonly png: Uint8Array }>(
      'select png from link_thumbnails where id = ?',
      id,
    );
    return row?.png;
  }

  /** Creates the thumbnail of a new link, if it is one of an image, once the share is over. */
  async create({ id, kind }: RecentLink, item: ShareItem): Promise<void> {
    const { database, thumbnailOf, wait } = this.#deps;
    if (kind !== 'image' || item.kind !== 'file' || item.sizeBytes > MAX_IMAGE_BYTES) return;
    await wait(AFTER_SHARE_MS);
    if (!this.#isWanted(id)) return;
    const chunks: Uint8Array[] = [];
    for await (const chunk of item.open()) chunks.push(chunk);
    const png = thumbnailOf(Buffer.concat(chunks));
    if (png === undefined || png.byteLength > MAX_THUMBNAIL_BYTES || !this.#isWanted(id)) return;
    const insert = 'insert or replace into link_thumbnails (id, png) values (?, ?)';
    database.transaction(() => database.run(insert, id, png), { isLazy: true });
    this.#ids.add(id);
    this.events.emit('created', id);
  }

  #stored(): readonly string[] {
    const { database } = this.#deps;
    try {
      const rows = database.rows<{ readonly id: string }>('select id from link_thumbnails');
      return rows.map(({ id }) => id);
    } catch {
      // The list of links reports a file that can't be read.
      return [];
    }
  }

  #deleteEnded(ids: readonly string[]): void {
    const { database } = this.#deps;
    for (const id of ids) {
      if (!this.#ids.has(id) || this.#isWanted(id)) continue;
      this.#ids.delete(id);
      try {
        database.transaction(() => database.run('delete from link_thumbnails where id = ?', id), {
          isLazy: true,
        });
      } catch {
        // The next start deletes it.
      }
    }
  }

  /** Whether the link exists, and opens or can be restored. */
  #isWanted(id: string): boolean {
    const link = this.#deps.links.get(id);
    return link !== undefined && (link.state !== 'revoked' || link.closedUntilMs !== undefined);
  }
}
