import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRecentLinks } from '../links/recent-links.ts';
import type { CommandAnswer } from './command-line.ts';

/**
 * The recent links for a script, newest first: one a line, tab-separated
 * `id, state, ISO 8601 time, link, title`. Read straight from the files and never written:
 * the running app owns them. A link whose time is over has expired, whether that was noticed or not.
 * What can be read is listed; what cannot be read makes the command fail.
 */
export function listLinks(folder: string, nowMs = Date.now()): CommandAnswer {
  let problem: string | undefined;
  const load = (): { readonly page: number; readonly value: unknown }[] => {
    const names = readOr([], () => readdirSync(folder));
    return names.flatMap((name) => {
      const page = /^links-(\d{1,9})\.json$/.exec(name)?.[1];
      if (page === undefined) return [];
      const text = readOr(undefined, () => readFileSync(join(folder, name), 'utf8'));
      if (text === undefined) return [];
      try {
        return [{ page: Number(page), value: JSON.parse(text) }];
      } catch {
        problem = `${name} is damaged.`;
        return [];
      }
    });
  };
  const readOr = <T>(otherwise: T, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      // Nothing was ever shared, or the app has just removed an empty page.
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') problem = `Some links couldn't be read: ${message}`;
      return otherwise;
    }
  };
  const links = openRecentLinks({
    pages: { load, save: () => {}, remove: () => {}, setAside: () => {} },
    onProblem: (found) => {
      if (found.kind === 'unreadable') problem = `${found.entries} links couldn't be read.`;
    },
  });
  const lines = links
    .list()
    .map(({ id, state, createdAtMs, expiresAtMs = Infinity, link, title, ended }) =>
      [
        id,
        ended?.how ?? (state === 'live' && expiresAtMs <= nowMs ? 'expired' : state),
        new Date(createdAtMs).toISOString(),
        link,
        title,
      ]
        // Neither a line end nor a sequence for the terminal gets into a field.
        .map((field) => field.replace(/[\p{Cc}\u2028\u2029]/gu, ' '))
        .join('\t'),
    )
    .map((line) => `${line}\n`);
  return {
    code: problem === undefined ? 0 : 1,
    out: lines.join(''),
    ...(problem === undefined ? {} : { error: problem }),
  };
}
