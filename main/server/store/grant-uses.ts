import type { Database } from './sql/database.ts';

export interface GrantUse {
  readonly tokenHash: string;
  /** In ms since 1970. */
  readonly lastAtMs: number;
}

/** When grants (access to a share after its password) were last used. Keeps hashes of them only. */
export class GrantUses {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async lastAtMs(tokenHash: string): Promise<number | undefined> {
    const row = await this.#database.get<{ readonly at: number }>(
      'select last_used_at as at from grants where token_hash = ?',
      tokenHash,
    );
    return row?.at;
  }

  async save(uses: readonly GrantUse[]): Promise<void> {
    await this.#database.transaction(async (sql) => {
      // In one order for all processes: none waits for another that waits for it.
      const sorted = uses.toSorted((a, b) => (a.tokenHash < b.tokenHash ? -1 : 1));
      for (const { tokenHash, lastAtMs } of sorted) {
        await sql.run(
          `insert into grants (token_hash, last_used_at) values (?, ?)
            on conflict (token_hash) do update set last_used_at = excluded.last_used_at
            where excluded.last_used_at > grants.last_used_at`,
          tokenHash,
          lastAtMs,
        );
      }
    });
  }

  async removeUnusedSince(ms: number): Promise<void> {
    await this.#database.run('delete from grants where last_used_at < ?', ms);
  }
}
