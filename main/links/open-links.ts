import { join } from 'node:path';
import type { Failures } from '../failures/failures.ts';
import { storeSetAside } from '../failures/faults.ts';
import { AppDatabase, DATABASE_FILE, OUTBOX_FOLDER } from '../storage/app-database.ts';
import { linksFault } from './links-fault.ts';
import { RecentLinks } from './recent-links.ts';

/** Opens the app's database and the links in it; a damaged file is set aside and reported. */
export function openLinks(
  folder: string,
  failures: Failures,
): { readonly database: AppDatabase; readonly links: RecentLinks } {
  const database = new AppDatabase({
    path: join(folder, DATABASE_FILE),
    contentFolder: join(folder, OUTBOX_FOLDER),
    onSetAside: (backupName) => failures.report(storeSetAside(DATABASE_FILE, backupName)),
  });
  const links = new RecentLinks({
    database,
    onProblem: (problem) => failures.report(linksFault(problem)),
  });
  return { database, links };
}
