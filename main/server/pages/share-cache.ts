import { LRUCache } from 'lru-cache';

/** What an entry takes besides its value: its key and its places in the cache. In bytes. */
const ENTRY_BYTES = 400;

interface Entry<V> {
  readonly shareId: string;
  readonly value: V;
}

interface ShareCacheOptions<V> {
  /** All entries together, in bytes. */
  readonly maxBytes: number;
  /** What a value takes, in bytes. */
  readonly sizeOf: (value: V) => number;
}

/**
 * A cache whose entries belong to shares, so that the end or the change of one share removes its
 * entries and no others. The least recently used entries make room for new ones.
 */
export class ShareCache<V extends object> {
  readonly #entries: LRUCache<string, Entry<V>>;
  readonly #keysOf = new Map<string, Set<string>>();
  #changes = 0;

  constructor({ maxBytes, sizeOf }: ShareCacheOptions<V>) {
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ value }) => ENTRY_BYTES + sizeOf(value),
      dispose: ({ shareId }, key) => this.#removeKey(shareId, key),
    });
  }

  /** @param key unique among all shares */
  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /**
   * Call it before anything is read that the value is made from.
   * @returns adds the value, unless a share has changed or ended since then
   */
  prepare(shareId: string, key: string): (value: V) => void {
    const before = this.#changes;
    return (value) => {
      if (before === this.#changes) this.#add(shareId, key, value);
    };
  }

  /** The cached value, else what `create` returns, which is added. */
  async load(shareId: string, key: string, create: () => Promise<V>): Promise<V> {
    const cached = this.get(key);
    if (cached !== undefined) return cached;
    const add = this.prepare(shareId, key);
    const value = await create();
    add(value);
    return value;
  }

  /** A share has changed or ended. */
  remove(shareId: string): void {
    this.#changes += 1;
    for (const key of this.#keysOf.get(shareId) ?? []) this.#entries.delete(key);
  }

  /** Also drops what is being made: it may have been read before. */
  clear(): void {
    this.#changes += 1;
    this.#entries.clear();
  }

  #add(shareId: string, key: string, value: V): void {
    this.#entries.set(key, { shareId, value });
    // A value that is larger than the cache isn't taken.
    if (!this.#entries.has(key)) return;
    const keys = this.#keysOf.get(shareId);
    if (keys === undefined) this.#keysOf.set(shareId, new Set([key]));
    else keys.add(key);
  }

  #removeKey(shareId: string, key: string): void {
    const keys = this.#keysOf.get(shareId);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysOf.delete(shareId);
  }
}
