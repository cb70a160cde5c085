import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { UnusableDatabaseError } from './sql/database.ts';
import { SqliteDatabase } from './sql/sqlite-database.ts';

const FILE = 'catalog.db';

/**
 * Opens the catalog of a data folder. One that is damaged, or that a newer version has written, is
 * moved into a folder of its own together with its contents, and an empty one is created: nothing
 * is erased.
 * @param onSetAside called with that folder's path
 */
export async function openStore(
  dataDir: string,
  onSetAside: (folder: string, cause: UnusableDatabaseError) => void,
): Promise<SqliteDatabase> {
  const path = join(dataDir, FILE);
  try {
    return await SqliteDatabase.open(path);
  } catch (error) {
    if (!(error instanceof UnusableDatabaseError)) throw error;
    const time = new Date().toISOString().replaceAll(':', '-');
    const folder = join(dataDir, `set-aside-${time}`);
    await mkdir(folder, { mode: 0o700 });
    // The contents first: without their catalog they would be removed as nobody's.
    for (const name of ['blobs', `${FILE}-wal`, FILE]) {
      await rename(join(dataDir, name), join(folder, name)).catch((cause) => {
        if (cause.code !== 'ENOENT') throw cause;
      });
    }
    onSetAside(folder, error);
    return await SqliteDatabase.open(path);
  }
}
