import { StoreError } from '../store-error.ts';
import { Catalog } from './catalog.ts';
import { CatalogChanges } from './catalog-changes.ts';
import type { Database } from './database.ts';

/** Writes to the catalog, and enforces the quota: what all contents together may take, in bytes. */
export class CatalogWriter {
  readonly #database: Database;
  readonly #quotaBytes: () => number;
  /** As of the last transaction of this process that is durable. */
  #usedBytes: number;

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
   * Adds contents, all or nothing. @see Database.transaction
   * @throws StoreError as `refuseUnlessFits`
   */
  async add<T>(
    bytes: number,
    owner: string | undefined,
    task: (catalog: CatalogChanges) => Promise<T>,
  ): Promise<T> {
    return await this.#write(task, (usedBytes) => {
      if (usedBytes > this.#quotaBytes()) throw this.#full(usedBytes - bytes, owner);
    });
  }

  /** Changes what is there, all or nothing; what is removed leaves the files soon. */
  async change<T>(task: (catalog: CatalogChanges) => Promise<T>): Promise<T> {
    const result = await this.#write(task, () => {});
    this.#database.eraseSoon();
    return result;
  }

  async #write<T>(
    task: (catalog: CatalogChanges) => Promise<T>,
    check: (usedBytes: number) => void,
  ): Promise<T> {
    const written = await this.#database.transaction(async (sql) => {
      const catalog = new CatalogChanges(sql);
      const result = await task(catalog);
      const usedBytes = await catalog.writeUsedBytes();
      check(usedBytes);
      return { result, usedBytes };
    });
    this.#usedBytes = written.usedBytes;
    return written.result;
  }

  #full(usedBytes: number, owner: string | undefined): StoreError {
    if (owner !== undefined) return new StoreError({ kind: 'server-full' });
    return new StoreError({ kind: 'full', usedBytes, quotaBytes: this.#quotaBytes() });
  }
}
