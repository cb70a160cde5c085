import * as v from 'valibot';
import { LINK_PAGE_VERSION, linkPageSchema, type RecentLink, recentLinkSchema } from './schema.ts';

/** Where the pages of the list are kept. One page is one small file, so that a write stays small. */
export interface LinkPages {
  /** Every page there is, in any order; what is in them is not checked yet. */
  load(): readonly { readonly page: number; readonly value: unknown }[];
  /** Writes a page whole, or leaves the old one as it was. Throws when it cannot. */
  save(page: number, value: unknown): void;
  remove(page: number): void;
  /** Puts away something unreadable where a person can find it, and never over something else. */
  setAside(page: number, value: unknown): void;
}

export type LinksProblem =
  /** Some of the list could not be read; it was set aside. */
  | { readonly kind: 'unreadable'; readonly entries: number }
  /** A newer version of the app wrote this page: it stays as it is, and its links are not listed. */
  | { readonly kind: 'newer'; readonly page: number }
  /** The list is right in memory, but not on disk; each later change tries again. */
  | { readonly kind: 'not-saved'; readonly cause: unknown }
  /** The list is full of live links: each stays until a person revokes or forgets some. */
  | { readonly kind: 'full'; readonly limit: number };

export interface RecentLinksNeeds {
  readonly pages: LinkPages;
  readonly onProblem?: (problem: LinksProblem) => void;
  /** Most entries; beyond it the oldest link that is no longer live goes. */
  readonly limit?: number;
  /** Most entries in one page. */
  readonly pageSize?: number;
  /** Wall clock, in ms since 1970: a link whose time is over is no longer live. */
  readonly now?: () => number;
}

/** What may change about an entry after it was made. */
export type LinkChange = Partial<
  Pick<
    RecentLink,
    'state' | 'title' | 'link' | 'expiresAtMs' | 'ended' | 'checkedDeadAtMs' | 'closedUntilMs'
  >
>;

/** The links that were made, newest first, in memory and on disk. */
export interface RecentLinks {
  list(): readonly RecentLink[];
  get(id: string): RecentLink | undefined;
  /** Puts a link at the top and on disk before it returns; an id that is known is replaced. */
  add(link: RecentLink): void;
  /** Answers the entry as it is now, or `undefined` when there is none. */
  update(id: string, change: LinkChange): RecentLink | undefined;
  /** Changes each entry that `change` answers something for, with one write a page; how many. */
  updateAll(change: (link: RecentLink) => LinkChange | undefined): number;
  /** Forgets an entry; the link itself stays as it is. */
  remove(id: string): boolean;
  /** Calls back after each change; returns how to stop. */
  subscribe(listener: () => void): () => void;
}

export const MAX_LINKS = 10_000;
const PAGE_SIZE = 200;

interface Placed {
  readonly link: RecentLink;
  readonly page: number;
}

/**
 * Opens the list. A page, or an entry, that cannot be understood is set aside and told once,
 * and the rest is used; a page of a newer version is left as it is. No entry with a live link is ever dropped to make room:
 * then the list grows past its limit, and says so.
 */
export function openRecentLinks({
  pages,
  onProblem = () => {},
  limit = MAX_LINKS,
  pageSize = PAGE_SIZE,
  now = Date.now,
}: RecentLinksNeeds): RecentLinks {
  const entries = new Map<string, Placed>();
  const unsaved = new Set<number>();
  const listeners = new Set<() => void>();
  let shown: readonly RecentLink[] | undefined;
  let newestPage = 0;
  const newerPages = new Set<number>();

  const load = (): void => {
    const found: Placed[] = [];
    let unreadable = 0;
    for (const { page, value } of pages.load()) {
      newestPage = Math.max(newestPage, page);
      if (isNewerPage(value)) {
        newerPages.add(page);
        onProblem({ kind: 'newer', page });
        continue;
      }
      const { links, rejected } = parsePage(value);
      found.push(...links.map((link) => ({ link, page })));
      if (rejected === undefined) continue;
      unreadable += rejected;
      pages.setAside(page, value);
      unsaved.add(page);
    }
    // Oldest first, as they were added; of two entries with one id the later one counts.
    found.sort((a, b) => a.link.createdAtMs - b.link.createdAtMs || a.page - b.page);
    for (const placed of found) {
      const earlier = entries.get(placed.link.id);
      if (earlier !== undefined) {
        entries.delete(placed.link.id);
        unsaved.add(earlier.page);
      }
      entries.set(placed.link.id, placed);
    }
    while (newerPages.has(newestPage)) newestPage++;
    if (unreadable > 0) onProblem({ kind: 'unreadable', entries: unreadable });
    // What was set aside is not found again at the next start.
    if (unsaved.size > 0) changed();
  };

  const linksOn = (page: number): RecentLink[] =>
    [...entries.values()].filter((entry) => entry.page === page).map(({ link }) => link);

  const changed = (...changedPages: readonly number[]): void => {
    shown = undefined;
    for (const page of changedPages) unsaved.add(page);
    try {
      for (const dirty of [...unsaved]) {
        const links = linksOn(dirty);
        if (links.length === 0 && dirty !== newestPage) pages.remove(dirty);
        else pages.save(dirty, { version: LINK_PAGE_VERSION, links });
        unsaved.delete(dirty);
      }
    } catch (cause) {
      onProblem({ kind: 'not-saved', cause });
    }
    for (const listener of listeners) listener();
  };

  /** Drops the oldest entry whose link is dead, once there are too many. */
  const makeRoom = (): void => {
    if (entries.size <= limit) return;
    for (const [id, { link, page }] of entries) {
      const over = link.expiresAtMs !== undefined && link.expiresAtMs <= now();
      if (link.state !== 'revoked' && !over) continue;
      entries.delete(id);
      unsaved.add(page);
      return;
    }
    onProblem({ kind: 'full', limit });
  };

  load();

  return {
    list() {
      shown ??= [...entries.values()].map(({ link }) => link).reverse();
      return shown;
    },
    get: (id) => entries.get(id)?.link,
    add(link) {
      const earlier = entries.get(link.id);
      if (earlier !== undefined) {
        entries.delete(link.id);
        unsaved.add(earlier.page);
      }
      if (linksOn(newestPage).length >= pageSize) newestPage++;
      entries.set(link.id, { link, page: newestPage });
      makeRoom();
      changed(newestPage);
    },
    update(id, change) {
      const placed = entries.get(id);
      if (placed === undefined) return undefined;
      const link = { ...placed.link, ...change };
      entries.set(id, { ...placed, link });
      changed(placed.page);
      return link;
    },
    updateAll(change) {
      const touched = new Set<number>();
      let count = 0;
      for (const [id, { link, page }] of entries) {
        const made = change(link);
        if (made === undefined) continue;
        entries.set(id, { link: { ...link, ...made }, page });
        touched.add(page);
        count += 1;
      }
      if (count > 0) changed(...touched);
      return count;
    },
    remove(id) {
      const placed = entries.get(id);
      if (placed === undefined) return false;
      entries.delete(id);
      changed(placed.page);
      return true;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function isNewerPage(value: unknown): boolean {
  const page = v.safeParse(v.looseObject({ version: v.number() }), value);
  return page.success && page.output.version > LINK_PAGE_VERSION;
}

/** The readable entries of a page, and how many were not; a page that is none counts as one. */
function parsePage(value: unknown): {
  readonly links: readonly RecentLink[];
  readonly rejected?: number;
} {
  const page = v.safeParse(linkPageSchema, value);
  if (!page.success) return { links: [], rejected: 1 };
  const links: RecentLink[] = [];
  for (const entry of page.output.links) {
    const link = v.safeParse(recentLinkSchema, entry);
    if (link.success) links.push(link.output);
  }
  const rejected = page.output.links.length - links.length;
  return rejected === 0 ? { links } : { links, rejected };
}
