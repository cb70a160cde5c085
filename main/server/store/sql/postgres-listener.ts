import type pg from 'pg';
import type { ChangeListener } from './database.ts';
import { createClient } from './postgres-connection.ts';
import type { PostgresOptions } from './postgres-options.ts';

export const CHANNEL = 'linkify_changes';

/**
 * A cached row is trusted for this long after the database was last heard of, in ms. With the time
 * that an answer takes, a revoked link is gone everywhere within a second.
 */
export const MAX_DELAY_MS = 700;

/** How often the database is asked, in ms. */
const BEAT_MS = 200;

/** A connection whose answer takes longer is given up, in ms. */
const ANSWER_MS = 1_000;

/** By how much the clocks of two computers drift apart in a ms, at most. In ms. */
const DRIFT = 0.001;

interface ClockSample {
  /** Database's time in ms since 1970 less `performance.now()`. */
  readonly offsetMs: number;
  readonly errorMs: number;
  readonly takenAtMs: number;
}

/**
 * Hears of changes that other processes have published, and knows the database's time.
 *
 * One connection listens, and is asked for the time: an answer proves that what was published
 * before the question has arrived. While there is none, nothing cached is trusted.
 */
export class PostgresListener {
  readonly #options: PostgresOptions;
  readonly #listeners = new Set<ChangeListener>();
  /** The connection that listens; `undefined` while there is none. */
  #client: pg.Client | undefined;
  /** When the last question was sent that was answered: by a clock that only runs, and by the other. */
  #heard = { elapsedMs: Number.NEGATIVE_INFINITY, wallMs: 0 };
  #clock: ClockSample | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(options: PostgresOptions) {
    this.#options = options;
  }

  /** @throws the library's error when the database can't be reached */
  static async open(options: PostgresOptions): Promise<PostgresListener> {
    const listener = new PostgresListener(options);
    await listener.#beat();
    listener.#beatLater();
    return listener;
  }

  listen(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The database's time, in ms since 1970. */
  now(): number {
    // `open` has a sample before anyone can ask.
    return Math.round(performance.now() + (this.#clock?.offsetMs ?? 0));
  }

  /** By both clocks: one stands still while a computer sleeps, the other one can be set. */
  isCurrent(): boolean {
    const { elapsedMs, wallMs } = this.#heard;
    return (
      performance.now() - elapsedMs < MAX_DELAY_MS && Math.abs(Date.now() - wallMs) < MAX_DELAY_MS
    );
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#beating;
    // Not awaited: where packets are lost, its end never arrives.
    void this.#client?.end().catch(() => undefined);
  }

  #beatLater(): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      // The next one is another try.
      this.#beating = this.#beat().catch(() => undefined);
      void this.#beating.then(() => this.#beatLater());
    }, BEAT_MS);
  }

  async #beat(): Promise<void> {
    const client = this.#client ?? (await this.#connect());
    try {
      const sent = { elapsedMs: performance.now(), wallMs: Date.now() };
      const { rows } = await client.query<{ readonly ms: number }>(
        'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
      );
      const [row] = rows;
      if (row === undefined) return;
      this.#setClock(row.ms, sent.elapsedMs);
      // What was published between the two connections is not known.
      if (client !== this.#client) for (const listener of this.#listeners) listener.missed();
      this.#client = client;
      this.#heard = sent;
    } catch (error) {
      if (this.#client !== undefined) for (const listener of this.#listeners) listener.lost();
      this.#client = undefined;
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = createClient(this.#options, ANSWER_MS);
    client.on('notification', ({ channel, payload }) => {
      if (channel !== CHANNEL || payload === undefined) return;
      for (const listener of this.#listeners) listener.changed(payload);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  /** Keeps the sample with the smallest error; an old one's grows. */
  #setClock(databaseMs: number, sentMs: number): void {
    const takenAtMs = performance.now();
    const errorMs = (takenAtMs - sentMs) / 2;
    const before = this.#clock;
    const grown =
      before === undefined
        ? Number.POSITIVE_INFINITY
        : before.errorMs + (takenAtMs - before.takenAtMs) * DRIFT;
    if (errorMs > grown) return;
    this.#clock = { offsetMs: databaseMs - (sentMs + errorMs), errorMs, takenAtMs };
  }
}
