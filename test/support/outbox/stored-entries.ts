import { join } from 'node:path';
import { AppDatabase, DATABASE_FILE } from '../../../main/storage/app-database.ts';

/** How many entries the outbox of a profile has on disk, whether its app runs or not. */
export function storedEntries(profile: string): number {
  const database = new AppDatabase({ path: join(profile, DATABASE_FILE), readOnly: true });
  try {
    return database.rows('select id from outbox').length;
  } catch {
    // The app is just creating the file.
    return 0;
  } finally {
    database.close();
  }
}
