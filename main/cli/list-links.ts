import { join } from 'node:path';
import { RecentLinks } from '../links/recent-links.ts';
import { AppDatabase, DATABASE_FILE } from '../storage/app-database.ts';
import { linkRecord } from './link-record.ts';
import type { CommandResult } from './protocol.ts';

/**
 * The recent links, newest first. Read straight from the file and never written: the running app
 * owns it. What can be read is listed; what cannot be read makes the command fail.
 */
export function listLinks(folder: string, nowMs = Date.now()): CommandResult {
  let problem: string | undefined;
  const database = new AppDatabase({ path: join(folder, DATABASE_FILE), readOnly: true });
  const recent = new RecentLinks({
    database,
    onProblem(found) {
      if (found.kind === 'unreadable') problem = `${found.entries} links couldn't be read.`;
      if (found.kind === 'not-read') problem = `The links couldn't be read: ${found.cause}`;
    },
  });
  database.close();
  return {
    code: problem === undefined ? 0 : 1,
    value: { links: recent.list().map((link) => linkRecord(link, nowMs)) },
    ...(problem === undefined ? {} : { error: problem }),
  };
}
