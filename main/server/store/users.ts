import { hash, randomBytes } from 'node:crypto';
import { newId } from '../ids.ts';
import { nameKeyOf } from './sql/catalog.ts';
import type { Database, Sql } from './sql/database.ts';

/** What a token may do: read its user's own links, create and revoke them, and also manage users. */
export const SCOPES = ['read-only', 'share', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Someone with a token. Sizes in bytes; absent limits are those of the server. */
export interface User extends UserLimits {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  /** What all of the user's contents take. */
  readonly usedBytes: number;
  /** In ms since 1970. */
  readonly createdAtMs: number;
  /** The token is refused; links stay. */
  readonly isDisabled: boolean;
}

export interface UserLimits {
  /** What all of the user's contents may take together. */
  readonly quotaBytes?: number | undefined;
  readonly maxContentBytes?: number | undefined;
  readonly requestsPerMinute?: number | undefined;
}

export interface NewUser extends UserLimits {
  /** Unique in any case and Unicode form. */
  readonly name: string;
  readonly scope: Scope;
}

/** A user's new token; it can't be read again. */
export interface IssuedToken {
  readonly user: User;
  readonly token: string;
}

/** One entry of the audit log. */
export interface AuditEntry {
  readonly atMs: number;
  /** Whose link it is, or who was changed; absent for the server's own token. */
  readonly userName?: string;
  readonly action: AuditAction;
  /** The SHA-256 of the link's id in base64url: whoever reads the log can't open the link. */
  readonly shareHash?: string;
}

export type AuditAction =
  | 'shared'
  | 'revoked'
  | 'used-up'
  | 'user-added'
  | 'user-disabled'
  | 'user-enabled'
  | 'token-rotated'
  | 'user-removed';

interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly quota_bytes: number | null;
  readonly max_content_bytes: number | null;
  readonly requests_per_minute: number | null;
  readonly used_bytes: number;
  readonly created_at: number;
  readonly disabled_at: number | null;
}

const USER = `id, name, scope, quota_bytes, max_content_bytes, requests_per_minute, used_bytes,
  created_at, disabled_at`;

/** 256 random bits, with a beginning by which scanners for secrets can find it. */
const newToken = (): string => `lkt_${randomBytes(32).toString('base64url')}`;

/** A token is random, so one hash is enough: nobody can try all of them. */
const tokenHashOf = (token: string): string => hash('sha256', token, 'base64url');

/** The users of a server, their tokens (only hashes of them are stored), and the audit log. */
export class Users {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * The user of a token, unless disabled. Read anew each time, so that a revoked token works at no
   * process any more. @throws StoreUnavailableError
   */
  async byToken(token: string): Promise<User | undefined> {
    const row = await this.#database.get<UserRow>(
      `select ${USER} from users where token_hash = ? and disabled_at is null`,
      tokenHashOf(token),
    );
    return row && userFrom(row);
  }

  /** By name. */
  async list(): Promise<readonly User[]> {
    const rows = await this.#database.all<UserRow>(`select ${USER} from users order by name_key`);
    return rows.map(userFrom);
  }

  /** @returns `undefined` if there is a user of this name */
  async add({ name, scope, ...limits }: NewUser): Promise<IssuedToken | undefined> {
    const token = newToken();
    return await this.#database.transaction(async (sql) => {
      const row = await sql.get<UserRow>(
        `insert into users (id, name, name_key, scope, token_hash, quota_bytes, max_content_bytes,
          requests_per_minute, created_at)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (name_key) do nothing returning ${USER}`,
        newId(),
        name,
        nameKeyOf(name),
        scope,
        tokenHashOf(token),
        limits.quotaBytes ?? null,
        limits.maxContentBytes ?? null,
        limits.requestsPerMinute ?? null,
        this.#database.now(),
      );
      if (row === undefined) return undefined;
      await this.#record(sql, name, 'user-added');
      return { user: userFrom(row), token };
    });
  }

  /** @returns `undefined` for an unknown user */
  async setDisabled(userId: string, isDisabled: boolean): Promise<User | undefined> {
    return await this.#change(
      userId,
      isDisabled ? 'user-disabled' : 'user-enabled',
      async (sql) => {
        const at = isDisabled ? this.#database.now() : null;
        await sql.run('update users set disabled_at = ? where id = ?', at, userId);
      },
    );
  }

  /** Replaces a user's token; the old one stops working. @returns `undefined` for an unknown user */
  async rotate(userId: string): Promise<IssuedToken | undefined> {
    const token = newToken();
    const user = await this.#change(userId, 'token-rotated', async (sql) => {
      await sql.run('update users set token_hash = ? where id = ?', tokenHashOf(token), userId);
    });
    return user && { user, token };
  }

  /** Removes a user whose links have ended before. */
  async remove(userId: string): Promise<User | undefined> {
    return await this.#change(userId, 'user-removed', async (sql) => {
      await sql.run('delete from users where id = ?', userId);
    });
  }

  /** The newest entries first. @param beforeMs only older ones */
  async audit(limit: number, beforeMs = Number.MAX_SAFE_INTEGER): Promise<readonly AuditEntry[]> {
    const rows = await this.#database.all<{
      readonly at: number;
      readonly user_name: string;
      readonly action: AuditAction;
      readonly share_hash: string | null;
    }>(
      `select at, user_name, action, share_hash from audit where at < ?
        order by at desc, pk desc limit ?`,
      beforeMs,
      limit,
    );
    return rows.map((row) => ({
      atMs: row.at,
      ...(row.user_name === '' ? {} : { userName: row.user_name }),
      action: row.action,
      ...(row.share_hash === null ? {} : { shareHash: row.share_hash }),
    }));
  }

  async #change(
    userId: string,
    action: AuditAction,
    change: (sql: Sql) => Promise<void>,
  ): Promise<User | undefined> {
    return await this.#database.transaction(async (sql) => {
      const user = await findUser(sql, userId);
      if (user === undefined) return undefined;
      await change(sql);
      await this.#record(sql, user.name, action);
      return (await findUser(sql, userId)) ?? user;
    });
  }

  async #record(sql: Sql, userName: string, action: AuditAction): Promise<void> {
    await sql.run(
      'insert into audit (at, user_name, action) values (?, ?, ?)',
      this.#database.now(),
      userName,
      action,
    );
  }
}

async function findUser(sql: Sql, id: string): Promise<User | undefined> {
  const row = await sql.get<UserRow>(`select ${USER} from users where id = ?`, id);
  return row && userFrom(row);
}

function userFrom(row: UserRow): User {
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    ...(row.quota_bytes === null ? {} : { quotaBytes: row.quota_bytes }),
    ...(row.max_content_bytes === null ? {} : { maxContentBytes: row.max_content_bytes }),
    ...(row.requests_per_minute === null ? {} : { requestsPerMinute: row.requests_per_minute }),
    usedBytes: row.used_bytes,
    createdAtMs: row.created_at,
    isDisabled: row.disabled_at !== null,
  };
}
