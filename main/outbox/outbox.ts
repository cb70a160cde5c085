import { after, type Entry, newEntry } from './entry.ts';
import { type EntryHead, readHead, readStep, type Step } from './schema.ts';

/** Where entries are kept. What it reads is not checked yet. */
export interface OutboxStore {
  /** False where the system cannot encrypt: then everything lies there as it is. */
  readonly encrypted: () => boolean;
  /** Every entry there is, in any order; `undefined` stands for a head that cannot be read. */
  load(): readonly {
    readonly id: string;
    readonly head: unknown;
    readonly steps: readonly unknown[];
    /** Whether an earlier start reported that it could not be read. */
    readonly wasReported: boolean;
  }[];
  /** Notes that the person was told of an entry that cannot be read. */
  markReported(id: string): void;
  /**
   * Writes an entry with its contents, by item; the head last, so that there is all of it or nothing.
   * @param durable also after a power cut once it returns
   */
  add(
    id: string,
    head: unknown,
    contents: ReadonlyMap<number, Uint8Array>,
    durable: boolean,
  ): Promise<void>;
  /** Adds a step; in order, and all before it are durable as well where one is. */
  append(id: string, step: unknown, durable: boolean): void;
  /** @throws when it is not there or was sealed by someone else */
  content(id: string, item: number): Promise<Uint8Array>;
  remove(id: string): void;
}

export type OutboxProblem =
  | { readonly kind: 'unreadable'; readonly entries: number }
  | { readonly kind: 'not-kept'; readonly cause: unknown };

export interface OutboxNeeds {
  readonly store: OutboxStore;
  readonly onProblem: (problem: OutboxProblem) => void;
  readonly limits?: OutboxLimits;
}

export interface OutboxLimits {
  readonly entries: number;
  /** Of contents that are kept; files of the person's own stay where they are. */
  readonly bytes: number;
}

export const OUTBOX_LIMITS: OutboxLimits = { entries: 200, bytes: 1_000_000_000 };

/** What waits to be sent, in memory and on disk, oldest first. */
export interface Outbox {
  list(): readonly Entry[];
  get(id: string): Entry | undefined;
  /** Keeps an entry; false when it cannot be: full, or the disk refused it. */
  add(
    head: EntryHead,
    contents: ReadonlyMap<number, Uint8Array>,
    durable: boolean,
  ): Promise<boolean>;
  /** Notes a step; answers the entry as it is then. A disk that refuses is told, and work goes on. */
  note(id: string, step: Step, durable?: boolean): Entry | undefined;
  content(id: string, item: number): Promise<Uint8Array>;
  remove(id: string): void;
  isEncrypted(): boolean;
  /** Tells the listeners of something that is not in the entries themselves. */
  touch(): void;
  subscribe(listener: () => void): () => void;
}

/** Opens what an earlier run left. What cannot be read is told once, and left where it is. */
export function openOutbox({ store, onProblem, limits = OUTBOX_LIMITS }: OutboxNeeds): Outbox {
  const listeners = new Set<() => void>();
  let unreadable = 0;
  let loaded: Entry[] = [];
  for (const { id, head, steps, wasReported } of store.load()) {
    const read = readHead(head);
    if (read === undefined) {
      // Left where it is: a newer version can read it, or this one once the keyring is open.
      if (!wasReported) unreadable++;
      store.markReported(id);
      continue;
    }
    let entry = newEntry(read);
    for (const line of steps) {
      const step = readStep(line);
      if (step !== undefined) entry = after(entry, step);
    }
    loaded.push(entry);
  }
  for (const { head } of withdrawn(loaded)) {
    try {
      store.remove(head.id);
    } catch (cause) {
      onProblem({ kind: 'not-kept', cause });
    }
    loaded = loaded.filter((entry) => entry.head.id !== head.id);
  }
  loaded.sort((a, b) => a.head.createdAtMs - b.head.createdAtMs);
  const entries = new Map(loaded.map((entry) => [entry.head.id, entry]));
  if (unreadable > 0) onProblem({ kind: 'unreadable', entries: unreadable });

  /** What is to be taken back always does: it is small, and would stay for good elsewhere. */
  const fits = (head: EntryHead): boolean => {
    const bytes = [...entries.values()].reduce((sum, entry) => sum + keptBytes(entry.head), 0);
    return entries.size < limits.entries && bytes + keptBytes(head) <= limits.bytes;
  };

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  return {
    list: () => [...entries.values()],
    get: (id) => entries.get(id),
    async add(head, contents, durable) {
      if (head.type === 'share' && !fits(head)) return false;
      try {
        await store.add(head.id, head, contents, durable);
      } catch (cause) {
        onProblem({ kind: 'not-kept', cause });
        return false;
      }
      entries.set(head.id, newEntry(head));
      changed();
      return true;
    },
    note(id, step, durable = false) {
      const entry = entries.get(id);
      if (entry === undefined) return undefined;
      const next = after(entry, step);
      entries.set(id, next);
      try {
        store.append(id, step, durable);
      } catch (cause) {
        onProblem({ kind: 'not-kept', cause });
      }
      changed();
      return next;
    },
    content: (id, item) => store.content(id, item),
    remove(id) {
      if (!entries.delete(id)) return;
      try {
        store.remove(id);
      } catch (cause) {
        onProblem({ kind: 'not-kept', cause });
      }
      changed();
    },
    isEncrypted: () => store.encrypted(),
    touch: changed,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/**
 * What was to be taken back, when a crash came before the share that it belongs to was let go of:
 * that share still goes out, and its link must not be revoked behind it.
 */
function withdrawn(entries: readonly Entry[]): readonly Entry[] {
  const owned = new Set(
    entries.flatMap(({ head, assets }) =>
      head.type === 'share' ? [...assets.values()].map(({ id }) => id) : [],
    ),
  );
  return entries.filter(
    ({ head }) =>
      head.type === 'undo' &&
      head.shareId === undefined &&
      head.assetIds.some((id) => owned.has(id)),
  );
}

function keptBytes(head: EntryHead): number {
  if (head.type === 'undo') return 0;
  return head.items.reduce((sum, item) => {
    if (item.kind === 'path') return sum;
    return sum + (item.kind === 'text' ? item.text.length : item.sizeBytes);
  }, 0);
}
