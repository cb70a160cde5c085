import { EventEmitter } from 'node:events';
import type { RecentLinks } from '../links/recent-links.ts';
import type { RecentLink } from '../links/schema.ts';
import { type Entry, type EntryState, newEntry } from './entry.ts';
import type { EntryStore, StoredEntry } from './entry-store.ts';
import {
  type CleanupHead,
  type EntryEvent,
  type EntryHead,
  readEvent,
  readHead,
} from './schema.ts';
import { transition } from './transition.ts';

export type OutboxProblem =
  | { readonly kind: 'unreadable'; readonly entries: number }
  | { readonly kind: 'not-saved'; readonly cause: unknown };

export interface OutboxLimits {
  readonly entries: number;
  /** Of stored contents; the user's own files stay where they are. */
  readonly bytes: number;
}

const LIMITS: OutboxLimits = { entries: 200, bytes: 1_000_000_000 };

export interface EntriesOptions {
  readonly store: EntryStore;
  /** In the same database. */
  readonly links: RecentLinks;
  readonly onProblem: (problem: OutboxProblem) => void;
  readonly limits?: OutboxLimits;
}

/** A running attempt to send an entry. */
export interface Attempt {
  /** Aborted when the entry is discarded meanwhile. */
  readonly signal: AbortSignal;
  abort(): void;
  /** Resolves when the entry leaves the state `sending`. */
  readonly ended: Promise<void>;
}

/** Without these a later attempt asks the service once more, and finds out. */
const LAZY: ReadonlySet<EntryEvent['event']> = new Set([
  'asset-created',
  'assets-lost',
  'link-refused',
]);

/**
 * All pending shares and remote cleanups, in memory and on disk, oldest first. What the disk refuses
 * is reported, and is right in memory.
 */
export class Entries extends EventEmitter<{ changed: [] }> {
  readonly #store: EntryStore;
  readonly #links: RecentLinks;
  readonly #onProblem: (problem: OutboxProblem) => void;
  readonly #limits: OutboxLimits;
  readonly #entries: Map<string, Entry>;
  readonly #attempts = new Map<string, { readonly attempt: Attempt; readonly end: () => void }>();

  /** Reads what an earlier run left. What cannot be read is reported once and stays where it is. */
  constructor({ store, links, onProblem, limits = LIMITS }: EntriesOptions) {
    super();
    this.#store = store;
    this.#links = links;
    this.#onProblem = onProblem;
    this.#limits = limits;
    this.#entries = new Map(this.#load().map((entry) => [entry.head.id, entry]));
  }

  list(): readonly Entry[] {
    return [...this.#entries.values()];
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Whether the disk has everything encrypted. */
  isEncrypted(): boolean {
    return this.#store.isEncrypted();
  }

  /**
   * Stores an entry; it is on disk once this resolves.
   * @param state `sending` if its first attempt begins at once
   * @returns false when the outbox is full or the disk refused it
   */
  async add(
    head: EntryHead,
    contents: ReadonlyMap<number, Uint8Array>,
    state: EntryState = 'pending',
  ): Promise<boolean> {
    if (!this.#fits(head)) return false;
    try {
      await this.#store.add(head.id, head, contents);
    } catch (cause) {
      this.#onProblem({ kind: 'not-saved', cause });
      return false;
    }
    this.#entries.set(head.id, newEntry(head, state));
    if (state === 'sending') this.startAttempt(head.id);
    else this.emit('changed');
    return true;
  }

  /**
   * Applies an event to an entry.
   * @param cleanup stored in the same transaction: deletes what the entry no longer owns after it
   */
  record(id: string, event: EntryEvent, cleanup?: CleanupHead): Entry | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    const next = transition(entry, event);
    this.#entries.set(id, next);
    if (event.event !== 'attempt-started' && event.event !== 'attempt-ended') {
      this.#save(cleanup, () => this.#store.append(id, event, LAZY.has(event.event)));
    }
    if (next.state !== 'sending') this.#endAttempt(id);
    this.emit('changed');
    return next;
  }

  /** Starts an attempt; it ends when the entry leaves the state `sending`. */
  startAttempt(id: string): Attempt {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const controller = new AbortController();
    const attempt = { signal: controller.signal, abort: () => controller.abort(), ended };
    this.#attempts.set(id, { attempt, end });
    this.record(id, { event: 'attempt-started' });
    return attempt;
  }

  /** The running attempt of an entry. */
  attempt(id: string): Attempt | undefined {
    return this.#attempts.get(id)?.attempt;
  }

  /** @throws when it is missing or cannot be decrypted */
  content(id: string, item: number): Promise<Uint8Array> {
    return this.#store.content(id, item);
  }

  /** @param cleanup takes its place, in the same transaction */
  remove(id: string, cleanup?: CleanupHead): void {
    if (!this.#entries.has(id)) return;
    if (this.#save(cleanup, () => this.#store.remove(id))) this.#store.removeContents(id);
    this.#removed(id);
  }

  /** Removes a share; its link is on the list from the same transaction on. */
  removeDelivered(id: string, link: RecentLink): void {
    // Until the disk has taken it, the next start needs the contents.
    if (this.#links.add(link, () => this.#store.remove(id))) this.#store.removeContents(id);
    this.#removed(id);
  }

  /** Removes a cleanup; its link is marked in the same transaction. */
  removeCleanup({ head: { id, shareId } }: Entry<CleanupHead>, state: 'revoked' | 'failed'): void {
    if (shareId === undefined) this.#save(undefined, () => this.#store.remove(id));
    else this.#links.update(shareId, { state }, () => this.#store.remove(id));
    this.#removed(id);
  }

  #removed(id: string): void {
    this.#entries.delete(id);
    this.#endAttempt(id);
    this.emit('changed');
  }

  #endAttempt(id: string): void {
    this.#attempts.get(id)?.end();
    this.#attempts.delete(id);
  }

  /** Stores a cleanup, if there is one, and does the write, in one transaction. */
  #save(cleanup: CleanupHead | undefined, write: () => void): boolean {
    if (cleanup !== undefined) this.#entries.set(cleanup.id, newEntry(cleanup));
    try {
      if (cleanup === undefined) write();
      else {
        this.#store.transaction(() => {
          this.#store.insert(cleanup.id, cleanup);
          write();
        });
      }
      return true;
    } catch (cause) {
      this.#onProblem({ kind: 'not-saved', cause });
      return false;
    }
  }

  #load(): readonly Entry[] {
    let unreadable = 0;
    const loaded: Entry[] = [];
    for (const { id, head, events, wasReported } of this.#loadRows()) {
      const read = readHead(head);
      if (read === undefined) {
        // It stays: a newer version can read it, or this one once the keyring is open.
        if (!wasReported) unreadable++;
        this.#save(undefined, () => this.#store.markReported(id));
        continue;
      }
      const stored = events.map(readEvent).filter((event) => event !== undefined);
      loaded.push(stored.reduce<Entry>(transition, newEntry(read)));
    }
    if (unreadable > 0) this.#onProblem({ kind: 'unreadable', entries: unreadable });
    return loaded;
  }

  #loadRows(): readonly StoredEntry[] {
    try {
      return this.#store.load();
    } catch (cause) {
      this.#onProblem({ kind: 'not-saved', cause });
      return [];
    }
  }

  /** Cleanups always fit: they are small, and what they delete would stay on the service for good. */
  #fits(head: EntryHead): boolean {
    if (head.type === 'cleanup') return true;
    const bytes = this.list().reduce((sum, entry) => sum + storedBytes(entry.head), 0);
    return (
      this.#entries.size < this.#limits.entries && bytes + storedBytes(head) <= this.#limits.bytes
    );
  }
}

function storedBytes(head: EntryHead): number {
  if (head.type === 'cleanup') return 0;
  return head.items.reduce((sum, item) => {
    if (item.kind === 'path') return sum;
    return sum + (item.kind === 'text' ? item.text.length : item.sizeBytes);
  }, 0);
}
