import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRecentLinks } from './links/recent-links.ts';

/**
 * The recent links for a script, newest first: one a line, tab-separated
 * `id, state, ISO 8601 time, link, title`. Read straight from the files and never written:
 * the running app owns them.
 */
export function printedLinks(folder: string): string {
  const links = openRecentLinks({
    pages: {
      load: () => readdirSync(folder).flatMap((name) => readPage(folder, name)),
      save: () => {},
      remove: () => {},
      setAside: () => {},
    },
  });
  return links
    .list()
    .map(({ id, state, createdAtMs, link, title, ended }) =>
      [
        id,
        ended?.how ?? state,
        new Date(createdAtMs).toISOString(),
        link,
        title.replaceAll('\t', ' '),
      ].join('\t'),
    )
    .join('\n');
}

function readPage(
  folder: string,
  name: string,
): readonly { readonly page: number; readonly value: unknown }[] {
  const page = /^links-(\d{1,9})\.json$/.exec(name)?.[1];
  if (page === undefined) return [];
  try {
    return [{ page: Number(page), value: JSON.parse(readFileSync(join(folder, name), 'utf8')) }];
  } catch {
    // The app itself tells of a file that cannot be read, and sets it aside.
    return [];
  }
}
