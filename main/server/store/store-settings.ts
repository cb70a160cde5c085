import { randomUUID } from 'node:crypto';
import type { Sql } from './sql/database.ts';

/** Single values of the store, such as the key that grants are signed with. */
export class StoreSettings {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async get(name: string): Promise<string | undefined> {
    const row = await this.#sql.get<{ readonly value: string }>(
      'select value from settings where name = ?',
      name,
    );
    return row?.value;
  }

  async set(name: string, value: string): Promise<void> {
    await this.#sql.run(
      `insert into settings (name, value) values (?, ?)
        on conflict (name) do update set value = excluded.value`,
      name,
      value,
    );
  }

  /** The value; one is created and saved if there is none. */
  async getOrCreate(name: string, create: () => string): Promise<string> {
    const saved = await this.get(name);
    if (saved !== undefined) return saved;
    // Another process may create it at the same time.
    await this.#sql.run(
      'insert into settings (name, value) values (?, ?) on conflict (name) do nothing',
      name,
      create(),
    );
    const stored = await this.get(name);
    if (stored === undefined) throw new Error(`The setting ${name} was removed.`);
    return stored;
  }
}

/** The id of this installation: of its catalog, and of its contents in a bucket. */
export async function installationIn(settings: StoreSettings): Promise<string> {
  return await settings.getOrCreate('installation', randomUUID);
}
