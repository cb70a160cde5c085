import { createHash } from 'node:crypto';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from './sql/database.ts';

type LimiterDatabase = Pick<Database, 'get' | 'run' | 'now'>;

interface LimiterOptions {
  /** Tells the keys of this limiter from those of others. */
  readonly name: string;
  /** Allowed within `duration`. */
  readonly points: number;
  /** In seconds, from the first one. */
  readonly duration: number;
}

/** What has ended is removed this often, in ms. */
const CLEAN_MS = 10 * 60_000;

interface Row {
  readonly points: number;
  readonly ends_at: number;
}

/**
 * A limiter in the database, so that all processes count together; by the time of the database,
 * which the library's own limiter for PostgreSQL doesn't do. Keys are stored as hashes, for they
 * hold ids of shares and addresses of visitors.
 */
export class StoredLimiter {
  readonly #database: LimiterDatabase;
  readonly #options: LimiterOptions;
  #cleanedAtMs = 0;

  constructor(database: LimiterDatabase, options: LimiterOptions) {
    this.#database = database;
    this.#options = options;
  }

  async get(key: string): Promise<RateLimiterRes | null> {
    const nowMs = this.#database.now();
    const row = await this.#database.get<Row>(
      'select points, ends_at from limits where key = ? and ends_at > ?',
      this.#hashOf(key),
      nowMs,
    );
    return row === undefined ? null : this.#resultOf(row, nowMs);
  }

  /** Counts one. @throws RateLimiterRes when there were more than allowed */
  async consume(key: string): Promise<RateLimiterRes> {
    const nowMs = this.#database.now();
    await this.#clean(nowMs);
    const row = await this.#database.get<Row>(
      `insert into limits (key, points, ends_at) values (?, 1, ?)
        on conflict (key) do update set
          points = case when limits.ends_at > ? then limits.points + 1 else 1 end,
          ends_at = case when limits.ends_at > ? then limits.ends_at else excluded.ends_at end
        returning points, ends_at`,
      this.#hashOf(key),
      nowMs + this.#options.duration * 1_000,
      nowMs,
      nowMs,
    );
    if (row === undefined) throw new Error('a counter that is not there');
    const result = this.#resultOf(row, nowMs);
    if (row.points > this.#options.points) throw result;
    return result;
  }

  async block(key: string, seconds: number): Promise<void> {
    await this.#database.run(
      `insert into limits (key, points, ends_at) values (?, ?, ?)
        on conflict (key) do update set points = excluded.points, ends_at = excluded.ends_at`,
      this.#hashOf(key),
      this.#options.points + 1,
      this.#database.now() + seconds * 1_000,
    );
  }

  async reward(key: string): Promise<void> {
    await this.#database.run(
      'update limits set points = points - 1 where key = ?',
      this.#hashOf(key),
    );
  }

  async delete(key: string): Promise<void> {
    await this.#database.run('delete from limits where key = ?', this.#hashOf(key));
  }

  async #clean(nowMs: number): Promise<void> {
    if (nowMs - this.#cleanedAtMs < CLEAN_MS) return;
    this.#cleanedAtMs = nowMs;
    await this.#database.run('delete from limits where ends_at < ?', nowMs);
  }

  #hashOf(key: string): string {
    return createHash('sha256').update(`${this.#options.name} ${key}`).digest('base64url');
  }

  #resultOf({ points, ends_at: endsAtMs }: Row, nowMs: number): RateLimiterRes {
    const left = Math.max(0, this.#options.points - points);
    return new RateLimiterRes(left, endsAtMs - nowMs, points, points === 1);
  }
}
