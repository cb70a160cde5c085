import type { AssetRecord, ShareRecord } from '../model.ts';
import { StoreError, StoreUnavailableError } from '../store-error.ts';
import { Catalog } from './catalog.ts';
import { CatalogChanges } from './catalog-changes.ts';
import type { Database } from './database.ts';
import { settleAll } from './settle-all.ts';

/** So many contents are added in one transaction. */
const GROUP = 32;

/** So many such transactions run at once: one is committed while the next one is written. */
const AT_ONCE = 2;

interface Addition {
  readonly asset: AssetRecord;
  readonly content: Uint8Array | undefined;
  readonly share: ShareRecord | undefined;
  resolve(): void;
  reject(error: unknown): void;
}

/** Writes to the catalog, and enforces the quota: what all contents together may take, in bytes. */
export class CatalogWriter {
  readonly #database: Database;
  readonly #quotaBytes: () => number;
  /** As of the last transaction of this process that is durable. */
  #usedBytes: number;
  readonly #waiting: Addition[] = [];
  #running = 0;

  private constructor(database: Database, quotaBytes: () => number, usedBytes: number) {
    this.#database = database;
    this.#quotaBytes = quotaBytes;
    this.#usedBytes = usedBytes;
  }

  static async open(database: Database, quotaBytes: () => number): Promise<CatalogWriter> {
    return new CatalogWriter(database, quotaBytes, await new Catalog(database).usedBytes());
  }

  /** As of the last write of this process: others may have written since. */
  usedBytes(): number {
    return this.#usedBytes;
  }

  /** As it is now. */
  async readUsedBytes(): Promise<number> {
    this.#usedBytes = await new Catalog(this.#database).usedBytes();
    return this.#usedBytes;
  }

  async fits(bytes: number): Promise<boolean> {
    const quotaBytes = this.#quotaBytes();
    if (this.#usedBytes + bytes <= quotaBytes) return true;
    return (await this.readUsedBytes()) + bytes <= quotaBytes;
  }

  /**
   * For a refusal before a long upload; `add` checks again.
   * @param owner the user whose it will be
   * @throws StoreError `full`, `server-full` or `user-disabled`
   */
  async refuseUnlessFits(bytes: number, owner: string | undefined): Promise<void> {
    if (!(await this.fits(bytes))) throw this.#full(this.#usedBytes, owner);
    if (owner !== undefined) await new Catalog(this.#database).refuseUnlessUserFits(owner, bytes);
  }

  /**
   * Adds an asset, and a share of it alone, both or neither. What others add at the same time is in
   * the same transaction; if that fails, each is added alone.
   * @param content absent where it is in a file
   * @throws StoreError `id-taken`, and as `refuseUnlessFits`
   */
  add(
    asset: AssetRecord,
    content: Uint8Array | undefined,
    share: ShareRecord | undefined,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asset, content, share, resolve, reject });
      if (this.#running < AT_ONCE) void this.#addWaiting();
    });
  }

  /** Changes what is there, all or nothing; what is removed leaves the files soon. */
  async change<T>(task: (catalog: CatalogChanges) => Promise<T>): Promise<T> {
    const written = await this.#database.transaction(async (sql) => {
      const catalog = new CatalogChanges(sql);
      const result = await task(catalog);
      return { result, usedBytes: await catalog.writeUsedBytes() };
    });
    this.#usedBytes = written.usedBytes;
    this.#database.eraseSoon();
    return written.result;
  }

  async #addWaiting(): Promise<void> {
    this.#running++;
    while (this.#waiting.length > 0) await this.#addGroup(this.#waiting.splice(0, GROUP));
    this.#running--;
  }

  /** Never rejects: each addition hears of its own error. */
  async #addGroup(group: readonly Addition[]): Promise<void> {
    try {
      this.#usedBytes = await this.#database.transaction(async (sql) => {
        const catalog = new CatalogChanges(sql);
        const added = group.map(({ asset, content, share }) =>
          catalog.addAsset(asset, content, share),
        );
        const used = catalog.writeUsedBytes();
        // That an id is taken is reported before a quota that is full.
        await settleAll([...added, used]);
        const usedBytes = await used;
        if (usedBytes > this.#quotaBytes()) {
          const bytes = group.reduce((sum, { asset }) => sum + asset.sizeBytes, 0);
          throw this.#full(usedBytes - bytes, group[0]?.asset.owner);
        }
        return usedBytes;
      });
      for (const { resolve } of group) resolve();
    } catch (error) {
      const isLast = group.length === 1 || error instanceof StoreUnavailableError;
      if (isLast) for (const { reject } of group) reject(error);
      else for (const addition of group) await this.#addGroup([addition]);
    }
  }

  #full(usedBytes: number, owner: string | undefined): StoreError {
    if (owner !== undefined) return new StoreError({ kind: 'server-full' });
    return new StoreError({ kind: 'full', usedBytes, quotaBytes: this.#quotaBytes() });
  }
}
