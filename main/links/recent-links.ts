import * as v from 'valibot';
import type { AppDatabase } from '../storage/app-database.ts';
import { mayOpen } from './link-state.ts';
import { type RecentLink, recentLinkSchema } from './schema.ts';

export type LinksProblem =
  /** Some entries could not be read; they stay in the file, but are not listed. */
  | { readonly kind: 'unreadable'; readonly entries: number }
  /** The file could not be opened, so that the list is empty. */
  | { readonly kind: 'not-read'; readonly cause: unknown }
  /** The list is right in memory, but not on disk; each later change tries again. */
  | { readonly kind: 'not-saved'; readonly cause: unknown }
  /** The list is full of active links: each stays until the user revokes or removes some. */
  | { readonly kind: 'full'; readonly limit: number };

export interface RecentLinksOptions {
  readonly database: AppDatabase;
  readonly onProblem?: (problem: LinksProblem) => void;
  /** Most entries; beyond it the oldest link that is no longer active is removed. */
  readonly limit?: number;
  /** Wall clock, in ms since 1970: an expired link is no longer active. */
  readonly now?: () => number;
}

/** What may change about an entry. */
export type LinkChange = Partial<
  Pick<
    RecentLink,
    | 'state'
    | 'title'
    | 'link'
    | 'expiresAtMs'
    | 'once'
    | 'maxOpens'
    | 'password'
    | 'ended'
    | 'confirmedRevokedAtMs'
    | 'closedUntilMs'
  >
>;

export const MAX_LINKS = 10_000;

/** @param ids the entries that were added, changed or removed */
export type LinksListener = (ids: readonly string[]) => void;

/** The links that were created, newest first, in memory and on disk. */
export class RecentLinks {
  readonly #database: AppDatabase;
  readonly #onProblem: (problem: LinksProblem) => void;
  readonly #limit: number;
  readonly #now: () => number;
  /** Oldest first. */
  readonly #links = new Map<string, RecentLink>();
  /** Ids whose row on disk is not what is in memory: added or replaced, changed, removed. */
  readonly #unsaved = new Map<string, 'add' | 'change' | 'remove'>();
  /** Writes of others that belong to the next transaction. */
  #alongside: (() => void)[] = [];
  readonly #listeners = new Set<LinksListener>();
  #newestFirst: readonly RecentLink[] | undefined;

  /**
   * Reads the list. An entry that cannot be understood is set aside and reported once. No entry with
   * an active link is ever removed to make room: then the list grows past its limit, and reports that.
   */
  constructor({
    database,
    onProblem = () => {},
    limit = MAX_LINKS,
    now = Date.now,
  }: RecentLinksOptions) {
    this.#database = database;
    this.#onProblem = onProblem;
    this.#limit = limit;
    this.#now = now;
    this.#load();
  }

  // Bound, as both are passed on by themselves.
  readonly list = (): readonly RecentLink[] => {
    this.#newestFirst ??= [...this.#links.values()].reverse();
    return this.#newestFirst;
  };

  readonly get = (id: string): RecentLink | undefined => this.#links.get(id);

  /**
   * Puts a link at the top, and on disk before it returns; an id that is known is replaced.
   * @param alongside further writes to the database that belong to the same transaction; if the disk
   *   refuses it, they are part of the next one
   * @returns whether it is on disk
   */
  add(link: RecentLink, alongside?: () => void): boolean {
    this.#links.delete(link.id);
    this.#links.set(link.id, link);
    // At the end: rows are written in the order of the list.
    this.#unsaved.delete(link.id);
    this.#unsaved.set(link.id, 'add');
    this.#makeRoom();
    return this.#save(alongside);
  }

  /**
   * @param alongside as for `add`; written also when there is no such entry
   * @returns whether there is such an entry, and the change is on disk
   */
  update(id: string, change: LinkChange, alongside?: () => void): boolean {
    const isChanged = this.#change(id, change);
    const isSaved = (isChanged || alongside !== undefined) && this.#save(alongside);
    return isChanged && isSaved;
  }

  /** Changes each entry for which `change` returns something, in one write. @returns how many */
  updateAll(change: (link: RecentLink) => LinkChange | undefined): number {
    let count = 0;
    for (const link of [...this.#links.values()]) {
      const changed = change(link);
      if (changed === undefined) continue;
      this.#change(link.id, changed);
      count += 1;
    }
    if (count > 0) this.#save();
    return count;
  }

  /** Changes several entries in one write, which costs as much as one change does. */
  updateEach(changes: ReadonlyMap<string, LinkChange>): void {
    const changed = [...changes].filter(([id, change]) => this.#change(id, change));
    if (changed.length > 0) this.#save();
  }

  /** Removes entries from the list, in one write; the links themselves stay as they are. */
  remove(...ids: readonly string[]): boolean {
    const removed = ids.filter((id) => this.#links.delete(id));
    for (const id of removed) this.#unsaved.set(id, 'remove');
    if (removed.length > 0) this.#save();
    return removed.length > 0;
  }

  /** Calls back after each change. @returns how to stop */
  subscribe(listener: LinksListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #load(): void {
    const unreadable: string[] = [];
    for (const row of this.#rows()) {
      const link = parse(row.link);
      if (link === undefined || link.id !== row.id) unreadable.push(row.id);
      else this.#links.set(link.id, link);
    }
    if (unreadable.length === 0) return;
    this.#onProblem({ kind: 'unreadable', entries: unreadable.length });
    this.#attempt(() => {
      for (const id of unreadable) {
        this.#database.run(
          'insert into unreadable_links (link) select link from links where id = ?',
          id,
        );
        this.#database.run('delete from links where id = ?', id);
      }
    });
  }

  #rows(): readonly { readonly id: string; readonly link: string }[] {
    try {
      return this.#database.rows('select id, link from links order by position');
    } catch (cause) {
      this.#onProblem({ kind: 'not-read', cause });
      return [];
    }
  }

  /** @returns whether there is such an entry */
  #change(id: string, change: LinkChange): boolean {
    const link = this.#links.get(id);
    if (link === undefined) return false;
    const isRevoked = (change.state ?? link.state) === 'revoked';
    const revokedAtMs = isRevoked ? (link.revokedAtMs ?? this.#now()) : undefined;
    this.#links.set(id, { ...link, ...change, revokedAtMs });
    if (this.#unsaved.get(id) !== 'add') this.#unsaved.set(id, 'change');
    return true;
  }

  /** Removes the oldest entry whose link is no longer active, once there are too many. */
  #makeRoom(): void {
    if (this.#links.size <= this.#limit) return;
    for (const link of this.#links.values()) {
      if (mayOpen(link, this.#now())) continue;
      this.#links.delete(link.id);
      this.#unsaved.set(link.id, 'remove');
      return;
    }
    this.#onProblem({ kind: 'full', limit: this.#limit });
  }

  #save(alongside?: () => void): boolean {
    this.#newestFirst = undefined;
    const ids = [...this.#unsaved.keys()];
    if (alongside !== undefined) this.#alongside.push(alongside);
    const isSaved = this.#attempt(() => {
      for (const [id, what] of this.#unsaved) this.#write(id, what);
      for (const write of this.#alongside) write();
    });
    if (isSaved) {
      this.#unsaved.clear();
      this.#alongside = [];
    }
    for (const listener of this.#listeners) listener(ids);
    return isSaved;
  }

  #write(id: string, what: 'add' | 'change' | 'remove'): void {
    const link = this.#links.get(id);
    if (what === 'change' && link !== undefined) {
      this.#database.run('update links set link = ? where id = ?', JSON.stringify(link), id);
      return;
    }
    this.#database.run('delete from links where id = ?', id);
    if (link === undefined) return;
    this.#database.run('insert into links (id, link) values (?, ?)', id, JSON.stringify(link));
  }

  #attempt(write: () => void): boolean {
    try {
      this.#database.transaction(write);
      return true;
    } catch (cause) {
      this.#onProblem({ kind: 'not-saved', cause });
      return false;
    }
  }
}

function parse(text: string): RecentLink | undefined {
  try {
    const link = v.safeParse(recentLinkSchema, JSON.parse(text));
    return link.success ? link.output : undefined;
  } catch {
    return undefined;
  }
}
