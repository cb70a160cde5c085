import { RecentLinks } from '../../main/links/recent-links.ts';
import { AppDatabase } from '../../main/storage/app-database.ts';

/** A list of links that ends with the process. */
export function linksInMemory(): RecentLinks {
  return new RecentLinks({ database: new AppDatabase({ path: ':memory:' }) });
}
