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

export interface OutboxOptions {
  readonly store: EntryStore;
  /** In the same database. */
  readonly links: RecentLinks;
  readonly onProblem: (problem: OutboxProblem) => void;
  readonly limits?: OutboxLimits;
}

export interface OutboxLimits {
  readonly entries: number;
  /** Of stored contents; the user's own files stay where they are. */
  readonly bytes: number;
}

export const OUTBOX_LIMITS: OutboxLimits = { entries: 200, bytes: 1_000_000_000 };

/** Without these a later attempt asks the service once more, and finds out. */
const LAZY: ReadonlySet<EntryEvent['event']> = new Set([
  'asset-created',
  'assets-lost',
  'link-refused',
]);

/** A running attempt to send an entry. */
export interface Attempt {
  /** Aborted when the entry is discarded meanwhile. */
  readonly signal: AbortSignal;
  abort(): void;
  /** Resolves when the entry leaves the state `sending`. */
  readonly ended: Promise<void>;
}

/** All pending shares and remote cleanups, in memory and on disk, oldest first. */
export interface Outbox {
  list(): readonly Entry[];
  get(id: string): Entry | undefined;
  /**
   * Stores an entry.
   * @param state `sending` if its first attempt begins at once
   * @returns false when the outbox is full or the disk refused it
   */
  add(
    head: EntryHead,
    contents: ReadonlyMap<number, Uint8Array>,
    state?: EntryState,
  ): Promise<boolean>;
  /**
   * Applies an event to an entry. If the disk refuses it, that is reported and work goes on.
   * @param cleanup stored in the same transaction: deletes what the entry no longer owns after it
   */
  record(id: string, event: EntryEvent, cleanup?: CleanupHead): Entry | undefined;
  /** Starts an attempt; it ends when the entry leaves the state `sending`. */
  startAttempt(id: string): Attempt;
  /** The running attempt of an entry. */
  attempt(id: string): Attempt | undefined;
  content(id: string, item: number): Promise<Uint8Array>;
  /** @param cleanup takes its place, in the same transaction */
  remove(id: string, cleanup?: CleanupHead): void;
  /** Removes a share; its link is on the list from the same transaction on. */
  removeDelivered(id: string, link: RecentLink): void;
  /** Removes a cleanup; its link is marked in the same transaction. */
  removeCleanup(entry: Entry<CleanupHead>, state: 'revoked' | 'failed'): void;
  isEncrypted(): boolean;
  subscribe(listener: () => void): () => void;
}

/** Opens what an earlier run left. What cannot be read is reported once and stays where it is. */
export function openOutbox({
  store,
  links,
  onProblem,
  limits = OUTBOX_LIMITS,
}: OutboxOptions): Outbox {
  const listeners = new Set<() => void>();
  const attempts = new Map<string, { readonly attempt: Attempt; readonly end: () => void }>();

  const saved = (write: () => void): void => {
    try {
      write();
    } catch (cause) {
      onProblem({ kind: 'not-saved', cause });
    }
  };

  /** Stores a cleanup, and does something else, in one transaction. */
  const inOne = (cleanup: CleanupHead, write: () => void): void =>
    store.transaction(() => {
      store.insert(cleanup.id, cleanup);
      write();
    });

  const loadRows = (): readonly StoredEntry[] => {
    try {
      return store.load();
    } catch (cause) {
      onProblem({ kind: 'not-saved', cause });
      return [];
    }
  };

  const load = (): Map<string, Entry> => {
    let unreadable = 0;
    const loaded: Entry[] = [];
    for (const { id, head, events, wasReported } of loadRows()) {
      const read = readHead(head);
      if (read === undefined) {
        // It stays: a newer version can read it, or this one once the keyring is open.
        if (!wasReported) unreadable++;
        saved(() => store.markReported(id));
        continue;
      }
      const stored = events.map(readEvent).filter((event) => event !== undefined);
      loaded.push(stored.reduce<Entry>(transition, newEntry(read)));
    }
    if (unreadable > 0) onProblem({ kind: 'unreadable', entries: unreadable });
    return new Map(loaded.map((entry) => [entry.head.id, entry]));
  };

  const entries = load();

  /** Cleanups always fit: they are small, and what they delete would stay on the service for good. */
  const fits = (head: EntryHead): boolean => {
    const bytes = [...entries.values()].reduce((sum, entry) => sum + storedBytes(entry.head), 0);
    return entries.size < limits.entries && bytes + storedBytes(head) <= limits.bytes;
  };

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const endAttempt = (id: string): void => {
    attempts.get(id)?.end();
    attempts.delete(id);
  };

  const record: Outbox['record'] = (id, event, cleanup) => {
    const entry = entries.get(id);
    if (entry === undefined) return undefined;
    const next = transition(entry, event);
    entries.set(id, next);
    if (cleanup !== undefined) entries.set(cleanup.id, newEntry(cleanup));
    if (event.event !== 'attempt-started' && event.event !== 'attempt-ended') {
      const append = (): void => store.append(id, event, LAZY.has(event.event));
      saved(() => (cleanup === undefined ? append() : inOne(cleanup, append)));
    }
    if (next.state !== 'sending') endAttempt(id);
    changed();
    return next;
  };

  const startAttempt: Outbox['startAttempt'] = (id) => {
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const controller = new AbortController();
    const attempt: Attempt = {
      signal: controller.signal,
      abort: () => controller.abort(),
      ended,
    };
    attempts.set(id, { attempt, end });
    record(id, { event: 'attempt-started' });
    return attempt;
  };

  return {
    list: () => [...entries.values()],
    get: (id) => entries.get(id),
    async add(head, contents, state = 'pending') {
      if (head.type === 'share' && !fits(head)) return false;
      try {
        await store.add(head.id, head, contents);
      } catch (cause) {
        onProblem({ kind: 'not-saved', cause });
        return false;
      }
      entries.set(head.id, newEntry(head, state));
      if (state === 'sending') startAttempt(head.id);
      else changed();
      return true;
    },
    record,
    startAttempt,
    attempt: (id) => attempts.get(id)?.attempt,
    content: (id, item) => store.content(id, item),
    remove(id, cleanup) {
      if (!entries.delete(id)) return;
      if (cleanup !== undefined) entries.set(cleanup.id, newEntry(cleanup));
      saved(() => {
        if (cleanup === undefined) store.remove(id);
        else inOne(cleanup, () => store.remove(id));
        store.removeContents(id);
      });
      endAttempt(id);
      changed();
    },
    removeDelivered(id, link) {
      // Until the disk has taken it, the contents are needed by the next start.
      if (links.add(link, () => store.remove(id))) store.removeContents(id);
      entries.delete(id);
      endAttempt(id);
      changed();
    },
    removeCleanup({ head: { id, shareId } }, state) {
      if (shareId === undefined) saved(() => store.remove(id));
      else links.update(shareId, { state }, () => store.remove(id));
      entries.delete(id);
      endAttempt(id);
      changed();
    },
    isEncrypted: () => store.isEncrypted(),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function storedBytes(head: EntryHead): number {
  if (head.type === 'cleanup') return 0;
  return head.items.reduce((sum, item) => {
    if (item.kind === 'path') return sum;
    return sum + (item.kind === 'text' ? item.text.length : item.sizeBytes);
  }, 0);
}
