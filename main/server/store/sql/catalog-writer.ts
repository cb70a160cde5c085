import { StoreError } from '../store-error.ts';
import { Catalog } from './catalog.ts';
import type { Database } from './database.ts';

/** Writes to the catalog, and enforces the quota: what all contents together may take, in bytes. */
export class CatalogWriter {
  readonly #database: Database;
  readonly #quotaBytes: () => number;
  /** As of the last transaction that is durable. */
  #usedBytes: number;

  private constructor(database: Database, quotaBytes: () => number, usedBytes: number) {
    this.#database = database;
    this.#quotaBytes = quotaBytes;
    this.#usedBytes = usedBytes;
  }

  static async open(database: Database, quotaBytes: () => number): Promise<CatalogWriter> {
    return new CatalogWriter(database, quotaBytes, await new Catalog(database).usedBytes());
  }

  usedBytes(): number {
    return this.#usedBytes;
  }

  fits(bytes: number): boolean {
    return this.#usedBytes + bytes <= this.#quotaBytes();
  }

  /** For a refusal before a long upload; `add` checks again. @throws StoreError `full` */
  refuseUnlessFits(bytes: number): void {
    if (!this.fits(bytes)) throw this.#full(this.#usedBytes);
  }

  /** Adds contents, all or nothing. @see Database.transaction @throws StoreError `full` */
  async add<T>(bytes: number, task: (catalog: Catalog) => Promise<T>): Promise<T> {
    return await this.#write(task, (usedBytes) => {
      if (usedBytes > this.#quotaBytes()) throw this.#full(usedBytes - bytes);
    });
  }

  /** Changes what is there, all or nothing; what is removed leaves the files soon. */
  async change<T>(task: (catalog: Catalog) => Promise<T>): Promise<T> {
    const result = await this.#write(task, () => {});
    this.#database.eraseSoon();
    return result;
  }

  async #write<T>(
    task: (catalog: Catalog) => Promise<T>,
    check: (usedBytes: number) => void,
  ): Promise<T> {
    const written = await this.#database.transaction(async (sql) => {
      const catalog = new Catalog(sql);
      const result = await task(catalog);
      const usedBytes = await catalog.usedBytes();
      check(usedBytes);
      return { result, usedBytes };
    });
    this.#usedBytes = written.usedBytes;
    return written.result;
  }

  #full(usedBytes: number): StoreError {
    return new StoreError({ kind: 'full', usedBytes, quotaBytes: this.#quotaBytes() });
  }
}
