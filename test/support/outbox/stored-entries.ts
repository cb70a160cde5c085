import { join } from 'node:path';
import { AppDatabase, DATABASE_FILE } from '../../../main/storage/app-database.ts';

/** How many entries the outbox of a profile has on disk, whether its app runs or not. */
export function storedEntries(profile: string): number {
  const database = new AppDatabase({ path: join(profile, DATABASE_FILE), readOnly: true });
  try {
    return database.rows('select id from outbox').length;
  } catch (error) {
    // The app has created the file, and not yet its tables.
    if (/no such table/.test(String(error))) return 0;
    throw error;
  } finally {
    database.close();
  }
}
