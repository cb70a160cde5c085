import { join } from 'node:path';
import { isExpired } from '../links/link-state.ts';
import { RecentLinks } from '../links/recent-links.ts';
import { AppDatabase, DATABASE_FILE } from '../storage/app-database.ts';
import type { CommandAnswer } from './command-line.ts';

/**
 * The recent links for a script, newest first: one a line, tab-separated
 * `id, state, ISO 8601 time, link, title`. Read straight from the file and never written:
 * the running app owns it. An expired link is listed as expired, whether that was noticed or not.
 * What can be read is listed; what cannot be read makes the command fail.
 */
export function listLinks(folder: string, nowMs = Date.now()): CommandAnswer {
  let problem: string | undefined;
  const database = new AppDatabase({ path: join(folder, DATABASE_FILE), readOnly: true });
  const links = new RecentLinks({
    database,
    onProblem(found) {
      if (found.kind === 'unreadable') problem = `${found.entries} links couldn't be read.`;
      if (found.kind === 'not-read') problem = `The links couldn't be read: ${found.cause}`;
    },
  });
  database.close();
  const lines = links
    .list()
    .map((link) =>
      [
        link.id,
        link.ended?.how ??
          (link.state === 'active' && isExpired(link, nowMs) ? 'expired' : link.state),
        new Date(link.createdAtMs).toISOString(),
        link.link,
        link.title,
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
