import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../files/write-atomically.ts';
import type { AppDatabase } from '../storage/app-database.ts';
import type { OutboxEncryption } from './encryption.ts';

/** An entry as it was read; nothing of it is checked yet. */
export interface StoredEntry {
  readonly id: string;
  /** `undefined`: it cannot be read. */
  readonly head: unknown;
  readonly events: readonly unknown[];
  /** Whether an earlier start reported that it cannot be read. */
  readonly wasReported: boolean;
}

export interface EntryStoreOptions {
  readonly database: AppDatabase;
  /** For contents; with mode 0700, created with the first one. */
  readonly folder: string;
  readonly encryption: OutboxEncryption;
}

/**
 * The entries of the outbox on disk: a row with the sealed head, one more for each event, and a
 * sealed file `ID.N` for the content of item N that is too long for the head. Such a file is written
 * before its row: a blob in the database would be written while the main process stands still, and
 * twice. The row decides what exists, and a file without one is removed at the next start.
 */
export class EntryStore {
  readonly #database: AppDatabase;
  readonly #folder: string;
  readonly #encryption: OutboxEncryption;

  constructor({ database, folder, encryption }: EntryStoreOptions) {
    this.#database = database;
    this.#folder = folder;
    this.#encryption = encryption;
  }

  /** False where the system cannot encrypt: then everything is stored as it is. */
  isEncrypted(): boolean {
    return this.#encryption.isAvailable();
  }

  /**
   * Every entry, oldest first. Removes contents that belong to none.
   * @throws SQLite's error when the database cannot be read
   */
  load(): readonly StoredEntry[] {
    const rows = this.#database.rows<{
      readonly id: string;
      readonly head: Uint8Array;
      readonly reported: number;
    }>('select id, head, reported from outbox order by position');
    const events = this.#loadEvents();
    this.#removeOrphans(new Set(rows.map(({ id }) => id)));
    return rows.map(({ id, head, reported }) => ({
      id,
      head: this.#opened(head),
      events: events.get(id) ?? [],
      wasReported: reported !== 0,
    }));
  }

  /** Stores that the user was told of an entry that cannot be read. */
  markReported(id: string): void {
    this.#database.run('update outbox set reported = 1 where id = ?', id);
  }

  /**
   * Stores an entry with its contents, by item: all of it or nothing.
   * @throws the system's error, or SQLite's
   */
  async add(id: string, head: unknown, contents: ReadonlyMap<number, Uint8Array>): Promise<void> {
    try {
      await this.#writeContents(id, contents);
      this.insert(id, head);
    } catch (error) {
      this.removeContents(id);
      throw error;
    }
  }

  /** Stores an entry that has no contents. */
  insert(id: string, head: unknown): void {
    this.#database.run('insert into outbox (id, head) values (?, ?)', id, this.#sealed(head));
  }

  /** Runs the writes, all or none. */
  transaction(write: () => void): void {
    this.#database.transaction(write);
  }

  /**
   * Adds an event. `isLazy`: it reaches the disk with the next one that is not. A power cut may lose
   * it until then, the end of the process may not.
   */
  append(id: string, event: unknown, isLazy: boolean): void {
    const insert = 'insert into outbox_events (entry, event) values (?, ?)';
    this.#database.transaction(() => this.#database.run(insert, id, this.#sealed(event)), {
      isLazy,
    });
  }

  /** @throws when it is missing or cannot be decrypted */
  async content(id: string, item: number): Promise<Uint8Array> {
    const file = await open(this.#fileOf(id, item));
    try {
      return this.#encryption.open(await file.readFile());
    } finally {
      await file.close();
    }
  }

  /** All but its contents, which `removeContents` removes once the transaction has ended. */
  remove(id: string): void {
    this.#database.transaction(() => {
      this.#database.run('delete from outbox_events where entry = ?', id);
      this.#database.run('delete from outbox where id = ?', id);
    });
  }

  removeContents(id: string): void {
    for (const name of this.#contentFiles()) {
      if (entryOf(name) === id) removeFile(join(this.#folder, name));
    }
  }

  #loadEvents(): ReadonlyMap<string, readonly unknown[]> {
    const events = new Map<string, unknown[]>();
    for (const row of this.#database.rows<{ readonly entry: string; readonly event: Uint8Array }>(
      'select entry, event from outbox_events order by position',
    )) {
      const event = this.#opened(row.event);
      if (event === undefined) continue;
      const ofEntry = events.get(row.entry);
      if (ofEntry === undefined) events.set(row.entry, [event]);
      else ofEntry.push(event);
    }
    return events;
  }

  #removeOrphans(ids: ReadonlySet<string>): void {
    for (const name of this.#contentFiles()) {
      if (!ids.has(entryOf(name) ?? '')) removeFile(join(this.#folder, name));
    }
  }

  #contentFiles(): readonly string[] {
    try {
      return readdirSync(this.#folder).filter((name) => entryOf(name) !== undefined);
    } catch {
      // There is no such folder before the first content.
      return [];
    }
  }

  async #writeContents(id: string, contents: ReadonlyMap<number, Uint8Array>): Promise<void> {
    if (contents.size === 0) return;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (const [item, bytes] of contents) {
      const file = await open(this.#fileOf(id, item), 'w', 0o600);
      try {
        await file.writeFile(this.#encryption.seal(bytes));
        await file.sync();
      } finally {
        await file.close();
      }
    }
    syncFolder(this.#folder);
  }

  #fileOf(id: string, item: number): string {
    return join(this.#folder, `${id}.${item}`);
  }

  #sealed(value: unknown): Uint8Array {
    return this.#encryption.seal(Buffer.from(JSON.stringify(value)));
  }

  #opened(sealed: Uint8Array): unknown {
    try {
      return JSON.parse(Buffer.from(this.#encryption.open(sealed)).toString('utf8'));
    } catch {
      return undefined;
    }
  }
}

/** The entry that a file holds a content of; `undefined` for other files, such as the key. */
function entryOf(name: string): string | undefined {
  return /^([\w-]+)\.\d+$/.exec(name)?.[1];
}

/** Where that is not possible the file is an orphan, which the next start removes. */
function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // See above.
  }
}
